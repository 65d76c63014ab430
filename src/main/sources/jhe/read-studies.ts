import type { z } from "../../../contract/schema.ts";
import type { IndexedStudyGroup } from "../resources-source.ts";
import { patientRow, scopeRow, studyRow } from "./admin-rows.ts";
import { readList, type SyncContext } from "./sync-context.ts";

/** The studies that the practitioner sees, with who takes part and which kinds of data they ask for. */
export async function readStudies(context: SyncContext): Promise<IndexedStudyGroup[]> {
  const { config, tell } = context;
  const groups: IndexedStudyGroup[] = [];
  const wanted = (study: string, organization: string): boolean =>
    (config.studies.length === 0 || config.studies.includes(study)) &&
    (config.organizations.length === 0 || config.organizations.includes(organization));
  const studies: z.infer<typeof studyRow>[] = [];
  await readList(context, "studies", studyRow, (study) => void studies.push(study));
  for (const { id, name, organization } of studies) {
    if (!wanted(id, organization?.id ?? "")) continue;
    const patients = new Set<string>();
    await readList(context, `studies/${id}/patients`, patientRow, (patient) => void patients.add(patient.id));
    const scopes: string[] = [];
    await readList(
      context,
      `studies/${id}/scope_requests`,
      scopeRow,
      ({ scopeCode }) => void scopes.push(`${scopeCode.codingSystem}|${scopeCode.codingCode}`),
    );
    groups.push({ id, name, organization: organization?.name ?? "", patients: [...patients], scopes });
    tell("resources", "Reading studies", groups.length, null);
  }
  return groups;
}

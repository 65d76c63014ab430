import type { Catalog } from "../catalog/database.ts";
import { noteExportedPatients, type ExportedPatient } from "../catalog/exported-patients.ts";
import { inTurns } from "../in-turns.ts";
import { readJournalItems } from "../package/journal-lines.ts";
import { journalPath } from "../package/publish.ts";
import type { ChunkData } from "./dataset-sums.ts";
import type { JobWork } from "./job-work.ts";
import type { JobsPorts } from "./run-job.ts";

/** Written in one transaction. */
const BATCH = 500;

/**
 * Writes down who is in a package that was published, and with which types, from the journal that lies beside it: a later export by the same
 * recipe names those who have withdrawn since.
 */
export async function keepExported(
  { catalog }: Pick<JobsPorts, "catalog">,
  { dataset, plan }: JobWork & { kind: "dataset" },
  final: string,
): Promise<void> {
  await inTurns(noting(catalog, dataset.digest, plan.startedAt, exportedIn(catalog, final)));
}

function* noting(
  catalog: Catalog,
  digest: string,
  exportedAt: string,
  patients: Iterable<ExportedPatient>,
): Generator<void> {
  let batch: ExportedPatient[] = [];
  const write = (): void => {
    const some = batch;
    batch = [];
    if (some.length > 0) catalog.write(() => noteExportedPatients(catalog, digest, some, exportedAt));
  };
  for (const patient of patients) {
    batch.push(patient);
    if (batch.length < BATCH) continue;
    write();
    yield;
  }
  write();
}

function* exportedIn(catalog: Catalog, final: string): Generator<ExportedPatient> {
  for (const { data } of readJournalItems(journalPath(final))) {
    const outcome = (data as Partial<ChunkData> | undefined)?.outcome ?? {};
    for (const [type, { patients }] of Object.entries(outcome))
      for (const row of patients) {
        const found = catalog.get<{ source: number; patientId: string }>(
          "SELECT source, patient_id AS patientId FROM resource_patient WHERE id = ?",
          row,
        );
        if (found !== undefined) yield { ...found, type };
      }
  }
}

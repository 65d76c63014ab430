import { join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { iterateJobItems } from "../catalog/job-items.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import type { Catalog } from "../catalog/database.ts";
import type { TableChunk } from "../exports/table/table.ts";
import { enterRecords } from "./enter-records.ts";
import { noteJob, noteTablePlan } from "./job-notes.ts";
import { totalsOf, type JobWork } from "./job-work.ts";
import { keepPackage } from "./keep-package.ts";
import { removeServedJournal } from "./package-target.ts";
import { planAnew } from "./prepare-table.ts";
import type { JobRun, JobsPorts } from "./run-job.ts";
import type { PackageProgress } from "./run-package.ts";
import { adoptTable, runTable } from "./run-table.ts";
import { isToCome } from "./stored-plan.ts";
import type { TableContext } from "./table-context.ts";
import { discardOwnTable } from "./table-target.ts";

type TableWork = JobWork & { kind: "table" };

/** A study list holds DICOM studies as well, which syncs of images change below it: it is planned anew so often at most. */
const MOST_PLANS = 3;

/**
 * Makes the package of a table's job, while no sync changes the records. What changed before is planned anew, and the package begins anew:
 * a table is of one state of the catalog.
 */
export async function runTables(ports: JobsPorts, run: JobRun, work: TableWork): Promise<void> {
  const leave = await enterRecords(ports, run);
  try {
    let outdated = false;
    for (let resume = run.resume, plans = 1; ; resume = false) {
      try {
        await runOnce(ports, run, work, resume, outdated);
        return;
      } catch (thrown) {
        if (!(thrown instanceof SatchelError) || thrown.code !== "SOURCE_ANSWER") throw thrown;
        outdated = work.recipe.kind === "studies" && plans++ < MOST_PLANS;
        if (!outdated && !hasChanged(ports.catalog, work)) throw thrown;
      }
    }
  } finally {
    leave();
  }
}

function hasChanged(catalog: Catalog, { plan }: TableWork): boolean {
  return recordsGeneration(catalog) !== plan.generation;
}

/** @param outdated the plan is, though the records have not changed */
async function runOnce(
  ports: JobsPorts,
  run: JobRun,
  work: TableWork,
  resume: boolean,
  outdated: boolean,
): Promise<void> {
  const { id, packages } = run;
  const { destination } = work.recipe;
  for (let index = 0; index < work.plan.packages.length; index++) {
    const named = work.plan.packages[index];
    if (named === undefined) return;
    const final = join(destination, named.name);
    const onProgress = (progress: PackageProgress): void =>
      run.meter.update({ ...progress, package: named.name, packageNumber: index + 1 });
    if (!packages.some(({ name }) => name === named.name)) {
      let result = resume ? await adoptTable(contextOf(ports, run, work), named, final, onProgress) : undefined;
      if (result === undefined) {
        let isAnew = false;
        if (outdated || hasChanged(ports.catalog, work)) {
          await begin(ports, run, work, final);
          isAnew = true;
        }
        const plan = work.plan.packages[index] ?? named;
        noteJob(ports, id, "package-began", { name: plan.name, number: index + 1, of: work.plan.packages.length });
        const chunks = (from: number): Generator<TableChunk> => chunksFrom(ports.catalog, id, from);
        const context = contextOf(ports, run, work);
        result = await runTable(context, plan, final, chunks, resume && !isAnew, onProgress);
      }
      packages.push(result);
      keepPackage(ports, run, result, null);
    }
    removeServedJournal(final, work.plan.token);
  }
}

/** Throws away what was made of an earlier state of the catalog, and plans the present one. */
async function begin(ports: JobsPorts, run: JobRun, work: TableWork, final: string): Promise<void> {
  discardOwnTable(final, work.plan.token);
  // Opened before the catalog stood still: times of syncs and time zones may be others now.
  work.table = ports.tableOf(work.recipe, work.plan.startedAt);
  const event = isToCome(work.plan) ? "planned-rows" : "planned-anew";
  work.plan = await planAnew(ports, run.id, work.recipe, work.table, work.plan, run.abort.signal);
  noteTablePlan(ports, run.id, work.plan, event);
  const { items, bytes } = totalsOf(work.plan);
  run.meter.update({ itemsTotal: items, bytesTotal: bytes, itemsDone: 0, bytesDone: 0 });
}

function contextOf(ports: JobsPorts, run: JobRun, { recipe, table, plan }: TableWork): TableContext {
  return {
    token: plan.token,
    planDigest: plan.digest,
    recipe,
    table,
    rows: { ...table.rows, catalog: ports.catalogAccess(), generation: plan.generation },
    startedAt: plan.startedAt,
    exportedBy: plan.exportedBy,
    softwareVersion: ports.softwareVersion,
    now: () => ports.now(),
    pool: ports.pool,
    signal: run.abort.signal,
    goesOn: () => run.stopAs !== "cancelled",
  };
}

function* chunksFrom(catalog: Catalog, job: number, from: number): Generator<TableChunk> {
  for (const { item } of iterateJobItems(catalog, job, from)) yield item as TableChunk;
}

import { join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import type { Catalog } from "../catalog/database.ts";
import { iterateJobItems } from "../catalog/job-items.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import type { DatasetChunk } from "../exports/dataset/dataset.ts";
import type { DatasetContext } from "./dataset-context.ts";
import { enterRecords } from "./enter-records.ts";
import { noteJob, notePlannedResources } from "./job-notes.ts";
import { totalsOf, type JobWork } from "./job-work.ts";
import { keepPackage } from "./keep-package.ts";
import { keepExported } from "./keep-exported.ts";
import { removeServedJournal } from "./package-target.ts";
import { planDatasetAnew } from "./prepare-dataset.ts";
import { isDatasetToCome } from "./put-off-dataset.ts";
import { adoptDataset, runDataset } from "./run-dataset.ts";
import type { JobRun, JobsPorts } from "./run-job.ts";
import type { PackageProgress } from "./run-package.ts";
import { discardOwnTable } from "./table-target.ts";

type DatasetWork = JobWork & { kind: "dataset" };

/**
 * Makes the package of a dataset's job, while no sync changes the catalog. What changed before is planned anew, and the package begins anew: a
 * dataset is of one state of the catalog.
 */
export async function runDatasets(ports: JobsPorts, run: JobRun, work: DatasetWork): Promise<void> {
  const leave = await enterRecords(ports, run);
  try {
    for (let resume = run.resume; ; resume = false) {
      try {
        await runOnce(ports, run, work, resume);
        return;
      } catch (thrown) {
        const isOutdated = thrown instanceof SatchelError && thrown.code === "SOURCE_ANSWER";
        if (!isOutdated || !hasChanged(ports.catalog, work)) throw thrown;
      }
    }
  } finally {
    leave();
  }
}

function hasChanged(catalog: Catalog, { plan }: DatasetWork): boolean {
  return recordsGeneration(catalog) !== plan.generation;
}

async function runOnce(ports: JobsPorts, run: JobRun, work: DatasetWork, resume: boolean): Promise<void> {
  const { id, packages } = run;
  for (let index = 0; index < work.plan.packages.length; index++) {
    const named = work.plan.packages[index];
    if (named === undefined) return;
    const final = join(work.recipe.destination, named.name);
    const onProgress = (progress: PackageProgress): void =>
      run.meter.update({ ...progress, package: named.name, packageNumber: index + 1 });
    if (!packages.some(({ name }) => name === named.name)) {
      let result = resume ? await adoptDataset(contextOf(ports, run, work), named, final, onProgress) : undefined;
      if (result === undefined) {
        let isAnew = false;
        if (hasChanged(ports.catalog, work)) {
          await begin(ports, run, work, final);
          isAnew = true;
        }
        const plan = work.plan.packages[index] ?? named;
        noteJob(ports, id, "package-began", { name: plan.name, number: index + 1, of: work.plan.packages.length });
        const context = contextOf(ports, run, work);
        result = await runDataset(
          context,
          plan,
          final,
          (from) => chunksFrom(ports.catalog, id, from),
          resume && !isAnew,
          onProgress,
        );
      }
      // Before the job is known to be done: a crash in between notes them once more.
      await keepExported(ports, work, final);
      packages.push(result);
      keepPackage(ports, run, result, null);
    }
    removeServedJournal(final, work.plan.token);
  }
}

/** Throws away what was made of an earlier state of the catalog, and plans the present one. */
async function begin(ports: JobsPorts, run: JobRun, work: DatasetWork, final: string): Promise<void> {
  discardOwnTable(final, work.plan.token);
  // Opened before the catalog stood still: times of syncs and types may be others now.
  work.dataset = ports.datasetOf(work.recipe, work.plan.startedAt);
  const event = isDatasetToCome(work.plan) ? "planned-resources" : "planned-resources-anew";
  work.plan = await planDatasetAnew(ports, run.id, work.recipe, work.dataset, work.plan, run.abort.signal);
  notePlannedResources(ports, run.id, work.plan, event);
  const { items, bytes } = totalsOf(work.plan);
  run.meter.update({ itemsTotal: items, bytesTotal: bytes, itemsDone: 0, bytesDone: 0 });
}

function contextOf(ports: JobsPorts, run: JobRun, { recipe, dataset, plan }: DatasetWork): DatasetContext {
  return {
    token: plan.token,
    planDigest: plan.digest,
    recipe,
    dataset,
    source: { ...dataset.source, catalog: ports.catalogAccess(), generation: plan.generation },
    startedAt: plan.startedAt,
    exportedBy: plan.exportedBy,
    softwareVersion: ports.softwareVersion,
    now: () => ports.now(),
    pool: ports.pool,
    signal: run.abort.signal,
    goesOn: () => run.stopAs !== "cancelled",
  };
}

function* chunksFrom(catalog: Catalog, job: number, from: number): Generator<DatasetChunk> {
  for (const { item } of iterateJobItems(catalog, job, from)) yield item as DatasetChunk;
}

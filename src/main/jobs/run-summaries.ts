import { join } from "node:path";
import type { PackageResult } from "../../contract/job.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import { summaryReceipt } from "../exports/summary/summary-receipt.ts";
import type { ComputedSummary } from "../exports/summary/summary.ts";
import { finishFolder, finishZip, type FinishInput } from "../package/finish.ts";
import { entriesOf, journalItems } from "../package/journal-lines.ts";
import { prepareEntry } from "../package/prepare-entry.ts";
import { writeFolderEntry, writeZipEntry } from "../package/write-entry.ts";
import { computeOnWorker } from "./compute-on-worker.ts";
import { openDatasetTarget, type DatasetTarget } from "./dataset-target.ts";
import { enterRecords } from "./enter-records.ts";
import { noteJob } from "./job-notes.ts";
import type { JobWork } from "./job-work.ts";
import { keepPackage } from "./keep-package.ts";
import { nothingSelected } from "./plan-errors.ts";
import { removeServedJournal } from "./package-target.ts";
import type { JobRun, JobsPorts } from "./run-job.ts";
import type { PackageProgress } from "./run-package.ts";
import { discardOwnTable, type ClosedTable } from "./table-target.ts";
import { adoptPackage, publishPackage, verifyPartial, type PackageEnd } from "./whole-package.ts";

type SummaryWork = JobWork & { kind: "summary" };

/** What is written down of a summary that is whole, before it gets its name. */
interface ClosedSummary extends ClosedTable {
  resources: number;
}

/** Computes the documents of a summary's job and makes their package, while no sync changes the catalog. An interrupted one begins anew. */
export async function runSummaries(ports: JobsPorts, run: JobRun, work: SummaryWork): Promise<void> {
  const leave = await enterRecords(ports, run);
  try {
    for (const [index, { name }] of work.plan.packages.entries()) {
      const final = join(work.recipe.destination, name);
      const onProgress = (progress: PackageProgress): void =>
        run.meter.update({ ...progress, package: name, packageNumber: index + 1 });
      if (!run.packages.some((one) => one.name === name)) {
        const result =
          (run.resume ? await adopt(ports, run, work, final) : undefined) ??
          (await make(ports, run, work, final, onProgress));
        run.packages.push(result);
        keepPackage(ports, run, result, null);
      }
      removeServedJournal(final, work.plan.token);
    }
  } finally {
    leave();
  }
}

function endOf({ pool }: JobsPorts, { abort }: JobRun, { recipe }: SummaryWork): PackageEnd {
  return { format: recipe.format, table: "", pool, signal: abort.signal };
}

async function adopt(
  ports: JobsPorts,
  run: JobRun,
  work: SummaryWork,
  final: string,
): Promise<PackageResult | undefined> {
  const { token, startedAt } = work.plan;
  const closed = await adoptPackage<ClosedSummary>(endOf(ports, run, work), final, token, startedAt, () => undefined);
  return closed === undefined ? undefined : toResult(work, final, closed, ports.now());
}

async function make(
  ports: JobsPorts,
  run: JobRun,
  work: SummaryWork,
  final: string,
  onProgress: (progress: PackageProgress) => void,
): Promise<PackageResult> {
  const { recipe, plan } = work;
  const { signal } = run.abort;
  discardOwnTable(final, plan.token);
  const at = { itemsDone: 0, bytesDone: 0, verified: null };
  onProgress({ phase: "reading", ...at });
  noteJob(ports, run.id, "package-began", { name: plan.packages[0]?.name ?? "", number: 1, of: plan.packages.length });
  // Opened before the catalog stood still: times of syncs may be others now.
  work.summary = ports.summaryOf(recipe, plan.startedAt);
  const task = { ...work.summary.task, catalog: ports.catalogAccess(), generation: recordsGeneration(ports.catalog) };
  const computed = await computeOnWorker(
    ports.pool,
    task,
    (resources) => onProgress({ phase: "writing", ...at, itemsDone: resources }),
    signal,
  );
  if (computed.resources === 0) throw nothingSelected();
  const done = { ...at, itemsDone: computed.resources };
  onProgress({ phase: "finishing", ...done });
  const closed = await write(ports, run, work, final, computed, (verified) =>
    onProgress({ phase: "verifying", ...done, verified }),
  );
  publishPackage(recipe, final, []);
  return toResult(work, final, closed, ports.now());
}

async function write(
  ports: JobsPorts,
  run: JobRun,
  work: SummaryWork,
  final: string,
  computed: ComputedSummary,
  onShare: (share: number) => void,
): Promise<ClosedSummary> {
  const { recipe, plan, summary } = work;
  const identity = { job: plan.token, plan: plan.digest };
  const target = openDatasetTarget(final, recipe.format, identity, false, {
    layoutOf: () => undefined,
    take: () => undefined,
  });
  try {
    for (const { path, role, content } of computed.documents) {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      const { record, pieces } = prepareEntry(path, role, [bytes], recipe.format === "zip" ? recipe.compress : 0);
      target.appendEntry(
        recipe.format === "zip"
          ? writeZipEntry(target.fd, target.end, record, pieces)
          : writeFolderEntry(target.partial, record, pieces),
      );
    }
    const receipt = summaryReceipt({
      recipe,
      summary,
      computed,
      startedAt: plan.startedAt,
      exportedBy: plan.exportedBy,
      softwareVersion: ports.softwareVersion,
    });
    const finished = await finish(target, receipt, run.abort.signal);
    const fd = recipe.format === "zip" ? target.fd : -1;
    await verifyPartial(endOf(ports, run, work), target.partial, fd, finished.bytes, onShare);
    const closed: ClosedSummary = {
      files: [],
      bytes: finished.bytes,
      entries: finished.entries,
      rows: 0,
      resources: computed.resources,
    };
    target.journal.seal({ item: target.journal.items, entries: [], data: closed });
    return closed;
  } finally {
    target.close();
  }
}

async function finish(
  target: DatasetTarget,
  receipt: FinishInput["receipt"],
  signal: AbortSignal,
): Promise<{ bytes: number; entries: number }> {
  const items = journalItems(target.journal.path);
  const input: FinishInput = { entries: () => entriesOf(items()), receipt, missing: () => [], signal, unsynced: true };
  return target.container === "zip"
    ? await finishZip(target.fd, target.end, input)
    : await finishFolder(target.partial, input);
}

function toResult({ plan }: SummaryWork, path: string, closed: ClosedSummary, now: Date): PackageResult {
  return {
    name: plan.packages[0]?.name ?? "",
    path,
    bytes: closed.bytes,
    files: closed.entries,
    result: "complete",
    instances: { expected: 0, exported: 0, heldBack: 0, failed: 0 },
    previews: { expected: 0, exported: 0, failed: 0, withoutInstance: 0 },
    rows: null,
    resources: { expected: closed.resources, exported: closed.resources, withheld: 0, rows: 0 },
    reasons: [],
    verifiedAt: now.toISOString(),
  };
}

import { existsSync } from "node:fs";
import { SatchelError } from "../../contract/errors.ts";
import type { PackageResult } from "../../contract/job.ts";
import type { ImagingRecipe } from "../../contract/recipe.ts";
import { documentText, type ExportedItem } from "../exports/imaging/document.ts";
import type { ImagingItem, ItemOutcome, PackagePlan } from "../exports/imaging/item.ts";
import { missingOf, missingText } from "../exports/imaging/missing.ts";
import { OutcomeCounts, receiptHead, type ReceiptPolicy } from "../exports/imaging/receipt-head.ts";
import type { JournalItem } from "../package/journal.ts";
import { journalItems, readJournalItems } from "../package/journal-lines.ts";
import { isPublished, journalPath, partialPath, publishFile, publishFolder } from "../package/publish.ts";
import type { VerifyReport } from "../package/verify-report.ts";
import type { DoneItem, GivenUp, RunSettings } from "./messages.ts";
import { assertVerified, nameTaken } from "./package-errors.ts";
import { openTarget, type PackageTarget } from "./package-target.ts";
import type { WorkerPool } from "./pool.ts";
import { ItemFailure, runItems } from "./run-items.ts";
import { SyncMarks } from "./sync-marks.ts";
import { verifyOnWorkers } from "./verify-on-workers.ts";

/** What holds for every package of a job. */
export interface JobContext {
  /** Known to this job alone: what bears it in its journal is this job's to go on with or to remove. */
  token: string;
  recipe: ImagingRecipe;
  planDigest: string;
  policy: ReceiptPolicy;
  notices: readonly string[];
  /** ISO 8601, UTC: the same after every interruption. */
  startedAt: string;
  exportedBy: string;
  softwareVersion: string;
  now(): Date;
  pool: WorkerPool;
  settings: Pick<RunSettings, "compress" | "policy" | "sources" | "scratch" | "lanes">;
  /** Stops the run. */
  signal: AbortSignal;
  /** Whether a run that is stopped goes on later: then what it wrote is made durable first. */
  goesOn(): boolean;
}

/** What a run tells while it goes. Bytes and items are sums over this package. */
export interface PackageProgress {
  phase: "reading" | "writing" | "finishing" | "verifying";
  /** Share of the package's bytes that are verified; null in other phases. */
  verified: number | null;
  itemsDone: number;
  bytesDone: number;
}

/**
 * Makes one package: items on workers, document, receipt, manifest, verification, final name. Goes on where an interrupted run stopped.
 * The journal stays: it is how a job that dies before the catalog knows of the package knows it for its own (removeServedJournal).
 *
 * @param items the plan from an index of this package on.
 * @param resume this job ran before.
 * @throws what ended the run; the partial file and its journal stay, so that the job can be resumed.
 */
export async function runPackage(
  context: JobContext,
  plan: PackagePlan,
  final: string,
  items: (from: number) => Iterator<ImagingItem>,
  resume: boolean,
  onProgress: (progress: PackageProgress) => void,
): Promise<PackageResult> {
  if (resume && isPublished(final)) return adopt(context, plan, final, onProgress);
  const layout = context.recipe.format === "zip" ? "zip" : "folder";
  const done: PackageProgress = { phase: "reading", verified: null, itemsDone: 0, bytesDone: 0 };
  onProgress(done);
  const count = (item: JournalItem): void => {
    done.itemsDone = Math.min(done.itemsDone + 1, plan.items);
    for (const entry of item.entries) done.bytesDone += entry.size;
  };
  const identity = { job: context.token, plan: `${context.planDigest}:${plan.firstItem}` };
  const target = openTarget(final, layout, identity, resume, count);
  done.phase = "writing";
  onProgress(done);
  let report: VerifyReport;
  let counts: OutcomeCounts;
  try {
    await writeItems(context, plan, target, items, (item) => {
      count(item);
      onProgress(done);
    });
    counts = await finish(context, plan, target, () => onProgress({ ...done, phase: "finishing" }));
    const settled = target.settle();
    // Neither may be left running when the target is closed.
    const [verified] = await Promise.allSettled([
      verify(context, target.partial, (verified) => onProgress({ ...done, phase: "verifying", verified })),
      settled,
    ]);
    await settled;
    if (verified.status === "rejected") throw verified.reason;
    report = verified.value;
  } catch (thrown) {
    // Stopped to go on later: a power cut in between then costs nothing.
    if (context.signal.aborted && context.goesOn()) await target.sync();
    throw thrown;
  } finally {
    target.close();
  }
  assertVerified(report);
  if (layout === "zip") publishFile(partialPath(final), final);
  else publishFolder(partialPath(final), final);
  return toResult(plan, final, report, counts, context.now().toISOString());
}

async function writeItems(
  context: JobContext,
  plan: PackagePlan,
  target: PackageTarget,
  items: (from: number) => Iterator<ImagingItem>,
  onItem: (item: JournalItem) => void,
): Promise<void> {
  const marks = new SyncMarks(() => target.sync());
  const onDone = (done: DoneItem): void => {
    marks.assertDurable();
    const item: JournalItem = { item: done.item, entries: done.entries, data: done.outcome };
    target.append(item);
    onItem(item);
    marks.wrote(done.entries.reduce((sum, entry) => sum + entry.compressedSize, 0));
  };
  const givenUp: GivenUp[] = [];
  try {
    for (let failure = await run(); failure !== undefined; failure = await run()) {
      givenUp.push(failure);
      target.forgetUnjournaled();
    }
  } finally {
    await marks.settle();
  }
  marks.assertDurable();

  /** One run over what is left; undefined when it went through, otherwise the item that it could not get past. */
  async function run(): Promise<GivenUp | undefined> {
    const from = Math.min(target.journal.items, plan.items);
    const { partial, layout, end } = target;
    const settings = {
      kind: "imaging" as const,
      ...context.settings,
      target: partial,
      layout,
      items: plan.items,
      givenUp,
    };
    try {
      const { pool, signal } = context;
      await runItems<"imaging">({ pool, settings, from, offset: end, items: items(from), signal, onDone });
      return undefined;
    } catch (thrown) {
      if (
        thrown instanceof ItemFailure &&
        !givenUp.some(({ item, what }) => item === thrown.givenUp.item && what === thrown.givenUp.what)
      )
        return thrown.givenUp;
      throw thrown;
    }
  }
}

/** The journal's items that are instances, with their outcomes; the text files that follow them have none. */
function* exportedItems(items: Iterable<JournalItem>): Generator<ExportedItem> {
  for (const { entries, data } of items) {
    if (data !== undefined) yield { entries, outcome: data as ItemOutcome };
  }
}

function countOutcomes(items: Iterable<JournalItem>): OutcomeCounts {
  const counts = new OutcomeCounts();
  for (const { entries, outcome } of exportedItems(items)) {
    counts.add(outcome, entries.filter((entry) => entry.role === "preview").length);
  }
  return counts;
}

async function finish(
  context: JobContext,
  plan: PackagePlan,
  target: PackageTarget,
  onStep: () => void,
): Promise<OutcomeCounts> {
  onStep();
  // Only instances are of interest here: what is kept may lack the text files that follow them.
  const items = journalItems(target.journal.path);
  const missing = function* () {
    for (const { outcome } of exportedItems(items())) yield* missingOf(outcome);
  };
  const counts = countOutcomes(items());
  if (target.journal.items === plan.items) {
    const text = documentText({
      plan,
      items: () => exportedItems(items()),
      exportedBy: context.exportedBy,
      exportedAt: context.startedAt,
      includesImages: context.recipe.images && context.recipe.format !== "json",
    });
    target.writeText({ name: plan.document, role: "metadata" }, text);
  }
  if (target.journal.items === plan.items + 1 && isAny(missing())) {
    target.writeText({ name: "MISSING.txt", role: "missing" }, missingText(missing()));
  }
  const receipt = receiptHead({ ...context, plan }, counts);
  await target.finish({ receipt, missing, signal: context.signal });
  return counts;
}

/** Leaving the loop closes the journal behind it; `next()` alone would leave it open. */
function isAny(list: Iterable<unknown>): boolean {
  for (const _one of list) return true;
  return false;
}

async function verify(
  context: Pick<JobContext, "pool" | "signal">,
  path: string,
  onShare: (share: number) => void,
): Promise<VerifyReport> {
  return verifyOnWorkers(context.pool, path, context.signal, ({ bytes, bytesTotal }) => onShare(bytes / bytesTotal));
}

async function adopt(
  context: JobContext,
  plan: PackagePlan,
  final: string,
  onProgress: (progress: PackageProgress) => void,
): Promise<PackageResult> {
  if (existsSync(partialPath(final))) publishFile(partialPath(final), final);
  const report = await verify(context, final, (verified) =>
    onProgress({ phase: "verifying", verified, itemsDone: plan.items, bytesDone: plan.counts.bytes }),
  );
  if (!report.ok || report.receipt?.startedAt !== context.startedAt || report.entries !== entriesOf(final))
    throw nameTaken();
  return toResult(
    plan,
    final,
    report,
    countOutcomes(readJournalItems(journalPath(final))),
    context.now().toISOString(),
  );
}

/** Entries that the journal beside a package vouches for, receipt and manifest included. */
function entriesOf(final: string): number {
  let entries = 2;
  for (const item of readJournalItems(journalPath(final))) entries += item.entries.length;
  return entries;
}

function toResult(
  plan: PackagePlan,
  final: string,
  report: VerifyReport,
  counts: OutcomeCounts,
  verifiedAt: string,
): PackageResult {
  const receipt = report.receipt;
  if (receipt?.kind !== "imaging") throw new SatchelError("PACKAGE_DAMAGED", "The package holds no receipt.");
  return {
    name: plan.name,
    path: final,
    bytes: report.bytes,
    files: report.entries,
    result: receipt.result,
    instances: receipt.counts.instances,
    previews: receipt.counts.previews,
    rows: null,
    reasons: [...counts.reasons.values()].slice(0, 100),
    verifiedAt,
  };
}

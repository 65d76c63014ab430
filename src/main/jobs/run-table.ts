import { existsSync, ftruncateSync } from "node:fs";
import { dirname } from "node:path";
import type { PackageResult } from "../../contract/job.ts";
import type { TableChunk } from "../exports/table/table.ts";
import { besideNames } from "../package/beside.ts";
import type { JournalItem } from "../package/journal.ts";
import { isPublished, partialPath, publishFile, publishFolder } from "../package/publish.ts";
import { finishBeside, publishBeside } from "../package/publish-beside.ts";
import { finishTable, type FinishedTable } from "./finish-table.ts";
import { digestOnWorker } from "./digest-on-worker.ts";
import type { PlacedChunk } from "./messages.ts";
import { assertVerified, nameTaken } from "./package-errors.ts";
import { flush, fullSync } from "./package-target.ts";
import { runItems } from "./run-items.ts";
import type { PackageProgress } from "./run-package.ts";
import type { TablePackagePlan } from "./stored-plan.ts";
import { SyncMarks } from "./sync-marks.ts";
import { layTable, type TableContext, type TableLayout } from "./table-context.ts";
import { toJournalItem } from "./table-sums.ts";
import { closedTable, openTableTarget, type ClosedTable, type TableTarget } from "./table-target.ts";
import { verifyOnWorkers } from "./verify-on-workers.ts";

/**
 * Makes the package of a table: chunks on workers, the end of the table, descriptions, receipt, manifest, verification, final name. Goes on
 * where an interrupted run stopped. The journal stays until the catalog knows of the package.
 *
 * @param chunks the plan from a chunk on.
 * @param resume this job ran before.
 * @throws what ended the run; what is partial and its journal stay, so that the job can be resumed.
 */
export async function runTable(
  context: TableContext,
  plan: TablePackagePlan,
  final: string,
  chunks: (from: number) => Iterator<TableChunk>,
  resume: boolean,
  onProgress: (progress: PackageProgress) => void,
): Promise<PackageResult> {
  const layout = layTable(context, plan);
  const done: PackageProgress = { phase: "reading", verified: null, itemsDone: 0, bytesDone: 0 };
  onProgress(done);
  const count = (item: JournalItem): void => {
    layout.sums.add(item);
    done.itemsDone = layout.sums.rows;
    done.bytesDone = layout.sums.stretch.size;
  };
  const shape = { format: context.recipe.format, table: plan.table };
  const identity = { job: context.token, plan: context.planDigest };
  const target = openTableTarget(final, shape, identity, layout.prefix, resume, count);
  let finished: FinishedTable;
  try {
    done.phase = "writing";
    onProgress(done);
    await writeChunks(context, plan, layout, target, chunks, (item) => {
      count(item);
      onProgress(done);
    });
    onProgress({ ...done, phase: "finishing" });
    finished = await finishTable(context, plan, layout, target);
    await verifyWhole(context, plan, target, finished, (verified) =>
      onProgress({ ...done, phase: "verifying", verified }),
    );
    target.journal.seal({ item: plan.items, entries: [], data: close(context, layout, finished) });
  } catch (thrown) {
    // Stopped to go on later: a power cut in between then costs nothing.
    if (context.signal.aborted && context.goesOn()) await target.sync();
    throw thrown;
  } finally {
    target.close();
  }
  publish(context, final, finished);
  return toResult(plan, final, close(context, layout, finished), context.now());
}

async function writeChunks(
  { pool, signal, rows }: TableContext,
  plan: TablePackagePlan,
  { sums, level, settings }: TableLayout,
  target: TableTarget,
  chunks: (from: number) => Iterator<TableChunk>,
  onItem: (item: JournalItem) => void,
): Promise<void> {
  const marks = new SyncMarks(() => target.sync());
  const from = target.journal.items;
  try {
    await runItems<"table">({
      pool,
      settings: { kind: "table", target: target.path, level, format: settings, source: rows, items: plan.items },
      from,
      offset: target.end,
      items: placed(chunks(from), sums.rows),
      signal,
      onDone(done) {
        marks.assertDurable();
        const item = toJournalItem(done);
        target.append(item);
        onItem(item);
        marks.wrote(done.stretch.writtenSize);
      },
    });
  } finally {
    await marks.settle();
  }
  marks.assertDurable();
}

function* placed(chunks: Iterator<TableChunk>, rows: number): Generator<PlacedChunk> {
  let firstRow = rows;
  for (let next = chunks.next(); next.done !== true; next = chunks.next()) {
    yield { chunk: next.value, firstRow };
    firstRow += next.value.rows;
  }
}

/** Makes everything durable and looks, beside that, whether it is what it says it is. Neither may be left running. */
async function verifyWhole(
  { pool, recipe, signal }: TableContext,
  plan: TablePackagePlan,
  target: TableTarget,
  { entries }: FinishedTable,
  onShare: (share: number) => void,
): Promise<void> {
  const settle = async (): Promise<void> => {
    // What an earlier run left behind the end goes.
    if (recipe.format === "file") ftruncateSync(target.fd, entries[0]?.size ?? 0);
    await flush(target.fd, fullSync);
  };
  const look = async (): Promise<void> => {
    // A table alone has nothing to be verified by; it was read back when it was whole.
    if (recipe.format === "file") return;
    const names = recipe.format === "beside" ? besideNames(plan.table) : undefined;
    const onProgress = ({ bytes, bytesTotal }: { bytes: number; bytesTotal: number }): void =>
      onShare(bytesTotal === 0 ? 1 : bytes / bytesTotal);
    assertVerified(await verifyOnWorkers(pool, target.partial, signal, onProgress, names));
  };
  const settled = settle();
  const [looked] = await Promise.allSettled([look(), settled]);
  await settled;
  if (looked.status === "rejected") throw looked.reason;
}

function close({ recipe }: TableContext, { sums }: TableLayout, { entries, bytes }: FinishedTable): ClosedTable {
  // The table last: so it gets its name.
  const files = [...entries.slice(1), ...entries.slice(0, 1)].map(({ name, size, sha256 }) => ({
    name,
    bytes: size,
    sha256,
  }));
  return {
    // In a ZIP only the table's digest is of use: to know the package again.
    files: recipe.format === "zip" ? files.slice(-1) : files,
    bytes,
    entries: entries.length,
    rows: sums.rows,
  };
}

function publish({ recipe }: TableContext, final: string, { entries }: FinishedTable): void {
  const partial = partialPath(final);
  if (recipe.format === "folder") publishFolder(partial, final);
  else if (recipe.format === "beside") {
    const [table, ...beside] = entries.map(({ name }) => name);
    publishBeside(partial, dirname(final), [...beside, ...(table === undefined ? [] : [table])]);
  } else publishFile(partial, final);
}

/**
 * Takes up a crash after the package got its final name and before the job knew.
 *
 * @returns undefined where it has not got its name yet
 * @throws ALREADY_EXISTS where what bears the name is another's
 */
export async function adoptTable(
  context: TableContext,
  plan: TablePackagePlan,
  final: string,
  onProgress: (progress: PackageProgress) => void,
): Promise<PackageResult | undefined> {
  const closed = existsSync(final) ? closedTable(final, context.token) : undefined;
  if (closed === undefined) return undefined;
  const partial = partialPath(final);
  const { format } = context.recipe;
  if (format === "beside")
    finishBeside(
      partial,
      closed.files.map(({ name }) => name),
    );
  else if (!isPublished(final)) return undefined;
  else if (existsSync(partial)) publishFile(partial, final);
  const progress = { itemsDone: plan.counts.rows, bytesDone: plan.counts.bytes };
  if (!(await isSame(context, closed, final, (verified) => onProgress({ phase: "verifying", verified, ...progress }))))
    throw nameTaken();
  return toResult(plan, final, closed, context.now());
}

async function isSame(
  { pool, recipe, signal, startedAt }: TableContext,
  closed: ClosedTable,
  final: string,
  onShare: (share: number) => void,
): Promise<boolean> {
  if (recipe.format === "file") {
    const place = { start: 0, length: closed.bytes + 1, inflate: false, most: closed.bytes + 1 };
    return (await digestOnWorker(pool, final, place, signal)).sha256 === closed.files.at(-1)?.sha256;
  }
  const report = await verifyOnWorkers(pool, final, signal, ({ bytes, bytesTotal }) => onShare(bytes / bytesTotal));
  return report.ok && report.receipt?.startedAt === startedAt && report.entries === closed.entries;
}

function toResult(plan: TablePackagePlan, path: string, closed: ClosedTable, now: Date): PackageResult {
  return {
    name: plan.name,
    path,
    bytes: closed.bytes,
    files: closed.entries,
    result: closed.rows === plan.counts.rows ? "complete" : "incomplete",
    instances: { expected: 0, exported: 0, heldBack: 0, failed: 0 },
    previews: { expected: 0, exported: 0, failed: 0, withoutInstance: 0 },
    rows: { expected: plan.counts.rows, written: closed.rows },
    reasons: [],
    verifiedAt: now.toISOString(),
  };
}

import type { PackageResult } from "../../contract/job.ts";
import type { DatasetChunk, DatasetPart } from "../exports/dataset/dataset.ts";
import type { JournalItem } from "../package/journal.ts";
import type { DatasetContext } from "./dataset-context.ts";
import { DatasetState } from "./dataset-state.ts";
import { chunkItem } from "./dataset-sums.ts";
import { containerOf, openDatasetTarget, type DatasetTarget } from "./dataset-target.ts";
import { endPart } from "./end-part.ts";
import { finishDataset, type FinishedDataset } from "./finish-dataset.ts";
import type { DatasetRunSettings } from "./messages.ts";
import { runItems } from "./run-items.ts";
import type { PackageProgress } from "./run-package.ts";
import type { DatasetPackagePlan } from "./stored-plan.ts";
import { SyncMarks } from "./sync-marks.ts";
import type { ClosedTable } from "./table-target.ts";
import { adoptPackage, publishPackage, verifyPartial, type PackageEnd } from "./whole-package.ts";

/** What is written down of a dataset that is whole, before it gets its name. */
export interface ClosedDataset extends ClosedTable {
  resources: { expected: number; exported: number; withheld: number };
}

type Chunks = (from: number) => Iterable<DatasetChunk>;

/**
 * Makes the package of a dataset: part after part, chunks on workers; descriptions, receipt, manifest, verification, final name. Goes on where
 * an interrupted run stopped. The journal stays until the catalog knows of the package.
 *
 * @param chunks the plan from a chunk on.
 * @param resume this job ran before.
 * @throws what ended the run; what is partial and its journal stay, so that the job can be resumed.
 */
export async function runDataset(
  context: DatasetContext,
  plan: DatasetPackagePlan,
  final: string,
  chunks: Chunks,
  resume: boolean,
  onProgress: (progress: PackageProgress) => void,
): Promise<PackageResult> {
  const state = new DatasetState(context, plan);
  const tell = (phase: PackageProgress["phase"], verified: number | null = null): void =>
    onProgress({ phase, verified, itemsDone: state.sums.read, bytesDone: state.sums.bytes });
  tell("reading");
  const identity = { job: context.token, plan: context.planDigest };
  const target = openDatasetTarget(final, containerOf(context.recipe), identity, resume, state);
  let closed: ClosedDataset;
  let finished: FinishedDataset;
  try {
    tell("writing");
    if (plan.layout === "patients") await writePatients(context, plan, state, target, chunks, () => tell("writing"));
    else await writeParts(context, state, target, chunks, () => tell("writing"));
    tell("finishing");
    finished = await finishDataset(context, plan, state, target);
    const fd = target.container === "folder" ? -1 : target.fd;
    await verifyPartial(endOf(context, plan), target.partial, fd, finished.bytes, (verified) =>
      tell("verifying", verified),
    );
    closed = close(context, state, finished);
    target.journal.seal({ item: target.journal.items, entries: [], data: closed });
  } catch (thrown) {
    // Stopped to go on later: a power cut in between then costs nothing.
    if (context.signal.aborted && context.goesOn()) await target.sync();
    throw thrown;
  } finally {
    target.close();
  }
  publishPackage(context.recipe, final, [...finished.names, ...finished.beside.map(({ name }) => name)]);
  return toResult(plan, final, closed, context.now());
}

async function writeParts(
  context: DatasetContext,
  state: DatasetState,
  target: DatasetTarget,
  chunks: Chunks,
  onChunk: () => void,
): Promise<void> {
  for (let current = state.current; current !== undefined; current = state.current) {
    const { layout, first } = current;
    target.openPart(layout);
    await writeChunks(context, state, target, {
      part: layout.part,
      whole: null,
      level: layout.level,
      from: layout.sums.chunks,
      count: current.chunks,
      offset: target.partEnd,
      opened: layout.sums.written > 0,
      chunks: (from) => chunks(first + from),
      onChunk,
    });
    const record = await endPart(context, layout, target);
    state.take(target.appendEntry(record));
  }
}

/** Each chunk is a file: of one patient. */
async function writePatients(
  context: DatasetContext,
  { chunks: [count = 0] }: DatasetPackagePlan,
  state: DatasetState,
  target: DatasetTarget,
  chunks: Chunks,
  onChunk: () => void,
): Promise<void> {
  const [part] = context.dataset.parts;
  if (part === undefined) return;
  await writeChunks(context, state, target, {
    part,
    whole: target.container === "zip" ? "zip" : "folder",
    level: context.recipe.compress,
    from: Math.min(target.journal.items, count),
    count,
    offset: target.end,
    opened: false,
    chunks,
    onChunk,
  });
}

interface ChunksToWrite {
  part: DatasetPart;
  whole: DatasetRunSettings["whole"];
  level: number;
  from: number;
  count: number;
  offset: number;
  opened: boolean;
  chunks: Chunks;
  onChunk: () => void;
}

async function writeChunks(
  { pool, signal, source }: DatasetContext,
  state: DatasetState,
  target: DatasetTarget,
  { part, whole, level, from, count, offset, opened, chunks, onChunk }: ChunksToWrite,
): Promise<void> {
  const marks = new SyncMarks(() => target.sync());
  const path = whole === "folder" ? target.partial : target.path;
  try {
    await runItems<"dataset">({
      pool,
      settings: { kind: "dataset", target: path, whole, level, part, source, items: count, opened },
      from,
      offset,
      items: some(chunks(from), count - from),
      signal,
      onDone(done) {
        marks.assertDurable();
        const item: JournalItem = chunkItem(target.journal.items, done, whole !== null);
        target.appendChunk(item);
        state.take(item);
        onChunk();
        marks.wrote(done.stretch.writtenSize);
      },
    });
  } finally {
    await marks.settle();
  }
  marks.assertDurable();
}

function* some<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  if (count <= 0) return;
  let left = count;
  for (const item of items) {
    yield item;
    if (--left === 0) return;
  }
}

function endOf({ recipe, pool, signal }: DatasetContext, { table }: DatasetPackagePlan): PackageEnd {
  return { format: recipe.format, table, pool, signal };
}

function close({ recipe }: DatasetContext, { made, sums }: DatasetState, finished: FinishedDataset): ClosedDataset {
  const isOneFile = recipe.format === "file" || recipe.format === "beside";
  // The data last: so they get their name. Of a package that holds all of them nothing has to be known by itself.
  const records = isOneFile
    ? [...(recipe.format === "file" ? [] : finished.beside), ...made.map(({ record }) => record)]
    : [];
  const expected = sums.types.reduce((sum, one) => sum + one.expected, 0);
  const exported = sums.types.reduce((sum, one) => sum + one.exported, 0);
  return {
    files: records.map(({ name, size, sha256 }) => ({ name, bytes: size, sha256 })),
    bytes: finished.bytes,
    entries: finished.entries,
    rows: sums.written,
    resources: { expected, exported, withheld: expected - exported },
  };
}

/**
 * Takes up a crash after the package got its final name and before the job knew.
 *
 * @returns undefined where it has not got its name yet
 * @throws ALREADY_EXISTS where what bears the name is another's
 */
export async function adoptDataset(
  context: DatasetContext,
  plan: DatasetPackagePlan,
  final: string,
  onProgress: (progress: PackageProgress) => void,
): Promise<PackageResult | undefined> {
  const { resources, bytes } = plan.counts;
  const closed = await adoptPackage<ClosedDataset>(
    endOf(context, plan),
    final,
    context.token,
    context.startedAt,
    (verified) => onProgress({ phase: "verifying", verified, itemsDone: resources, bytesDone: bytes }),
  );
  return closed === undefined ? undefined : toResult(plan, final, closed, context.now());
}

function toResult(plan: DatasetPackagePlan, path: string, closed: ClosedDataset, now: Date): PackageResult {
  const { expected, exported, withheld } = closed.resources;
  return {
    name: plan.name,
    path,
    bytes: closed.bytes,
    files: closed.entries,
    result: expected === plan.counts.resources ? "complete" : "incomplete",
    instances: { expected: 0, exported: 0, heldBack: 0, failed: 0 },
    previews: { expected: 0, exported: 0, failed: 0, withoutInstance: 0 },
    rows: null,
    resources: { expected, exported, withheld, rows: closed.rows },
    reasons: [],
    verifiedAt: now.toISOString(),
  };
}

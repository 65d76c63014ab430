import type { SyncOptions } from "../../contract/calls/sources.ts";
import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import { findNotices } from "../catalog/conflicts.ts";
import { recordsTarget } from "../catalog/records-sync.ts";
import { resourcesTarget, type ResourcesOutcome } from "../catalog/resources-sync.ts";
import { beginSync, recordSync, recordSyncError, sourceSecret, type SourceRow } from "../catalog/sources.ts";
import { syncTarget } from "../catalog/sync.ts";
import { inTurns } from "../in-turns.ts";
import { imagesKind } from "../sources/image-kinds.ts";
import { sourceKind, type RegisteredSource } from "../sources/registry.ts";
import type { SyncProgress, SyncReport } from "../sources/source.ts";
import { keptSecret } from "./kept-secret.ts";
import type { SyncPorts } from "./running-syncs.ts";

type OnProgress = (progress: SyncProgress) => void;

/** One sync from its beginning to what it reports. @throws what the source throws, once what was read is kept and the reason is noted */
export async function runSync(
  ports: SyncPorts,
  source: SourceRow,
  onProgress: OnProgress,
  signal: AbortSignal,
  options: SyncOptions = {},
): Promise<SyncReport> {
  const { catalog } = ports;
  const kind = sourceKind(source.kind);
  if (Object.keys(options).length > 0 && (kind.holds !== "resources" || kind.takesOptions !== true))
    throw new SatchelError(
      "USAGE",
      `A source of the kind ${kind.kind} has no options for one sync.`,
      "Leave them out.",
    );
  let leave: (() => void) | undefined;
  try {
    if (kind.holds !== "images")
      leave = await ports.recordsGate.write(signal, () =>
        onProgress({ phase: "waiting", step: "Waiting for an export to end", done: 0, total: null }),
      );
    beginSync(catalog, source.id);
    await ports.prepare(source, onProgress, signal);
    const report = await syncKind(ports, kind, source, onProgress, signal, options);
    recordSync(catalog, source.id, report);
    return report;
  } catch (thrown) {
    recordSyncError(catalog, source.id, {
      ...toErrorRecord(thrown),
      ...(signal.aborted
        ? {
            code: "CANCELLED" as const,
            message: "The last sync was cancelled; what it had read is kept.",
            next: "Sync again to read the rest.",
          }
        : {}),
    });
    throw thrown;
  } finally {
    leave?.();
  }
}

async function syncKind(
  ports: SyncPorts,
  kind: RegisteredSource,
  source: SourceRow,
  onProgress: OnProgress,
  signal: AbortSignal,
  options: SyncOptions,
): Promise<SyncReport> {
  if (kind.holds === "records") return await syncRecords(ports, kind, source, onProgress, signal);
  if (kind.holds === "resources") return await syncResources(ports, kind, source, onProgress, signal, options);
  return await syncImages(ports, source, onProgress, signal);
}

async function syncImages(
  { catalog }: SyncPorts,
  { id, kind, config }: SourceRow,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<SyncReport> {
  const target = syncTarget(catalog, id);
  let complete = false;
  try {
    const report = await imagesKind(kind).sync(config, sourceSecret(catalog, id), target, onProgress, signal);
    complete = report.complete;
    onProgress(PUTTING_IN_ORDER);
    const { removed } = await inTurns(target.finishing(report.complete));
    const notices = [...report.notices, ...(await inTurns(findNotices(catalog)))];
    return { ...report, removed: report.removed + removed, notices };
  } catch (thrown) {
    // What was read so far is kept: the next sync goes on from there.
    if (!complete) await inTurns(target.finishing(false));
    throw thrown;
  }
}

/** What became of the records is counted by the catalog: a source cannot tell what is new from what is as it was. */
async function syncRecords(
  { catalog }: SyncPorts,
  kind: Extract<RegisteredSource, { holds: "records" }>,
  { id, config }: SourceRow,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<SyncReport> {
  const target = recordsTarget(catalog, id);
  let finishing = false;
  try {
    const report = await kind.sync(config, sourceSecret(catalog, id), target, onProgress, signal);
    finishing = true;
    onProgress(PUTTING_IN_ORDER);
    const { orphans, ...outcome } = await inTurns(target.finishing(report.complete));
    return { ...report, ...outcome, problems: report.problems + orphans };
  } catch (thrown) {
    if (!finishing) await inTurns(target.finishing(false));
    throw thrown;
  }
}

/** The same of resources. */
async function syncResources(
  { catalog }: SyncPorts,
  kind: Extract<RegisteredSource, { holds: "resources" }>,
  { id, config }: SourceRow,
  onProgress: OnProgress,
  signal: AbortSignal,
  options: SyncOptions,
): Promise<SyncReport> {
  const target = resourcesTarget(catalog, id);
  let finishing = false;
  try {
    const report = await kind.sync(
      config,
      sourceSecret(catalog, id),
      target,
      onProgress,
      signal,
      options,
      keptSecret(catalog, id),
    );
    finishing = true;
    onProgress(PUTTING_IN_ORDER);
    const { added, changed, unchanged, removed, ...kept } = await inTurns(target.finishing(report.complete));
    return {
      ...report,
      added,
      changed,
      unchanged,
      removed,
      problems: report.problems + kept.invalid,
      notices: [...report.notices, ...noticesOf(kept)],
    };
  } catch (thrown) {
    if (!finishing) await inTurns(target.finishing(false));
    throw thrown;
  }
}

function noticesOf({ older, partial }: Pick<ResourcesOutcome, "older" | "partial">): string[] {
  const notices: string[] = [];
  if (older > 0)
    notices.push(
      `${count(older, "resource")} came in a version older than the one in the catalog, which was kept. If the source was set back to an earlier state, remove it and add it again.`,
    );
  if (partial > 0)
    notices.push(
      `${count(partial, "resource")} came without all elements (SUBSETTED); the whole ones in the catalog were kept.`,
    );
  return notices;
}

function count(number: number, what: string): string {
  return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
}

const PUTTING_IN_ORDER: SyncProgress = { phase: "counting", step: "Putting in order", done: 0, total: null };

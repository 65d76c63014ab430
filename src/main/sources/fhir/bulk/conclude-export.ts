import type { SyncContext } from "../sync-context.ts";
import type { BulkManifest } from "./bulk-manifest.ts";
import { isSameExport, type BulkRequest } from "./bulk-request.ts";
import { readBulkState, writeBulkState, type BulkJob } from "./bulk-state.ts";
import type { FilesResult } from "./read-bulk-files.ts";

/**
 * Says what came and what did not, forgets what is gone at the server, and notes since when changes are to be asked for.
 *
 * @returns whether all of it came
 */
export function concludeExport(
  context: SyncContext,
  job: BulkJob,
  request: BulkRequest,
  manifest: BulkManifest,
  { complete, skipped }: FilesResult,
): boolean {
  const { options, target } = context;
  // Less than the source is to have: nothing is concluded from what did not come.
  const restricted =
    options.since !== undefined ||
    options.filters !== undefined ||
    options.group !== undefined ||
    options.types !== undefined;
  const { job: _, whole: before, ...state } = readBulkState(context);
  const changesOnly = request.since !== request.oldest;
  if (!restricted && !changesOnly)
    for (const type of new Set([...request.types, ...Object.keys(job.received), ...Object.keys(job.expected)])) {
      const received = job.received[type] ?? 0;
      const expected = job.expected[type] ?? (type in job.expected ? null : 0);
      target.expect(type, expected, received, complete && (expected === null || received >= expected));
    }
  const { transactionTime, tellsDeletions } = manifest;
  const kept = restricted || !complete ? before : { asked: job.asked, transactionTime, tellsDeletions };
  if (!restricted && complete && !changesOnly && !skipped)
    for (const type of goneTypes(context, job, request, before?.asked)) target.removeUnmet(type);
  // After what is to go: the catalog keeps it only with that.
  writeBulkState(context, { ...state, ...(kept === undefined ? {} : { whole: kept }) });
  return complete;
}

/** Types of which all came: those that were asked for, or came. All that is held, where it came by such an export before. */
function goneTypes(
  { target }: SyncContext,
  job: BulkJob,
  request: BulkRequest,
  before: string | undefined,
): Iterable<string> {
  const came = [...request.types, ...Object.keys(job.received), ...Object.keys(job.expected)];
  return new Set(
    before !== undefined && isSameExport(before, job.asked) && request.types.length === 0
      ? [...came, ...target.types()]
      : came,
  );
}

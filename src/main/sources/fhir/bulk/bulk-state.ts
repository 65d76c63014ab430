import { z } from "../../../../contract/schema.ts";
import { changeState, readState, type SyncContext } from "../sync-context.ts";

const job = z.object({
  /** What was asked for; see describeRequest. */
  asked: z.string(),
  statusUrl: z.url(),
  begunAt: z.iso.datetime(),
  /** The catalog held nothing of the source when it began: what is done need not be read again to know what is gone. */
  first: z.boolean(),
  /** Files that were read to their end, by fileKey. */
  done: z.array(z.string()),
  /** Resources read, and resources announced, by type. */
  received: z.record(z.string(), z.number()),
  expected: z.record(z.string(), z.number().nullable()),
});
/** An export under way, as it is taken up again after the process ended. */
export type BulkJob = z.infer<typeof job>;

const bulkState = z.object({
  /** When exports were begun within the last hour. */
  begun: z.array(z.iso.datetime()).default([]),
  job: job.optional(),
  /** The latest that came whole. */
  whole: z
    .object({
      asked: z.string(),
      /** By the server's clock: changes are asked for since then. */
      transactionTime: z.string(),
      /** The server tells what was deleted, so that changes alone keep the catalog true. */
      tellsDeletions: z.boolean(),
    })
    .optional(),
});
export type BulkState = z.infer<typeof bulkState>;

/** What no longer can be read is as if it were not there: an export is begun anew. */
export function readBulkState(context: SyncContext): BulkState {
  return bulkState.safeParse(readState(context).bulk ?? {}).data ?? { begun: [] };
}

/** Outlives the process once this returns. */
export function writeBulkState(context: SyncContext, bulk: BulkState): void {
  changeState(context, (state) => ({ ...state, bulk }));
  context.target.flush();
}

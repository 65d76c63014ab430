import { errorRecord } from "./job.ts";
import { z } from "./schema.ts";

/**
 * What happened to a job, for a screen to say in its own language, with the parameters of each. `made` and `of` count packages.
 *
 * planned: packages, instances · planned-rows: rows, patients · planned-anew: rows, patients; the records changed since, and the package
 * begins anew · planned-resources and planned-resources-anew: resources, patients; the same of FHIR · waiting · waiting-for-sync: a sync of records is changing what is to be exported · started · resumed · package-began: name, number, of · package-made: name, files, incomplete
 * (0 or 1) · left-out: name, count, code, reason, held (HELD_CODES with commas between them; "" where it is no hold-back) ·
 * paused: made, of · paused-waiting: before it had its turn · paused-by-error: made, of · interrupted: made, of; the application was
 * closed · crashed: the application ended without a word · cancelled: made, of · given-up: cancelled while it did not run ·
 * failed: made, of · ended: made, of, incomplete · not-resumed: it could not go on at the start · retries: job, the one whose failures it
 * makes anew · retried: job, the one that does so
 */
export const JOB_LOG_EVENTS = [
  "planned",
  "planned-rows",
  "planned-anew",
  "planned-resources",
  "planned-resources-anew",
  "waiting",
  "waiting-for-sync",
  "started",
  "resumed",
  "package-began",
  "package-made",
  "left-out",
  "paused",
  "paused-waiting",
  "paused-by-error",
  "interrupted",
  "crashed",
  "cancelled",
  "given-up",
  "failed",
  "ended",
  "not-resumed",
  "retries",
  "retried",
] as const;
export type JobLogEvent = (typeof JOB_LOG_EVENTS)[number];

export const jobLogRow = z.object({
  at: z.string(),
  /** In English. */
  text: z.string(),
  /** Null in rows of earlier versions, which have their text only. */
  event: z.enum(JOB_LOG_EVENTS).nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  error: errorRecord.nullable(),
});
export type JobLogRow = z.infer<typeof jobLogRow>;

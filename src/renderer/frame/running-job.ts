import type { JobProgress } from "../../contract/job.ts";

type Amounts = Pick<JobProgress, "phase" | "verified" | "bytesDone" | "bytesTotal" | "itemsDone" | "itemsTotal">;

/**
 * How far a job is, 0 to 1: by bytes, which take the time, or by items where there are no bytes. Once all is written what is left is to
 * verify the last package, so that a job is never shown as whole before that is.
 */
export function shareDone({ phase, verified, bytesDone, bytesTotal, itemsDone, itemsTotal }: Amounts): number {
  const written = bytesTotal > 0 ? bytesDone / bytesTotal : itemsTotal > 0 ? itemsDone / itemsTotal : 0;
  if (written < 1) return written;
  return phase === "verifying" ? (verified ?? 0) : 0.99;
}

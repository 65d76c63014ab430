import type { JobProgress } from "../../contract/job.ts";

/** How far a job is, 0 to 1: by bytes, which take the time, or by items where there are no bytes. */
export function shareDone({ bytesDone, bytesTotal, itemsDone, itemsTotal }: JobProgress): number {
  if (bytesTotal > 0) return Math.min(bytesDone / bytesTotal, 1);
  return itemsTotal > 0 ? Math.min(itemsDone / itemsTotal, 1) : 0;
}

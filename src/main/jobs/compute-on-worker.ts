import { fromErrorRecord, SatchelError } from "../../contract/errors.ts";
import type { ComputedSummary, SummaryTask } from "../exports/summary/summary.ts";
import type { WorkerPool } from "./pool.ts";

/** Never begun anew: what a cancelled run still had under way must not answer for the next. */
let batches = 0;

/** Lets a worker compute a summary. @throws what it threw, CANCELLED, WORKER_DIED */
export async function computeOnWorker(
  pool: WorkerPool,
  task: SummaryTask,
  onProgress: (resources: number) => void,
  signal: AbortSignal,
): Promise<ComputedSummary> {
  const batch = batches++;
  const { promise, resolve, reject } = Promise.withResolvers<ComputedSummary>();
  await pool.acquire(
    {
      message(message) {
        if (message.type === "computing" && message.batch === batch) onProgress(message.resources);
        if (message.type !== "computed" || message.batch !== batch) return;
        if (message.summary !== undefined) resolve(message.summary);
        else if (message.error !== undefined) reject(fromErrorRecord(message.error));
      },
      died: (error) => reject(error),
    },
    signal,
  );
  // A worker in the midst of a million resources hears nothing: it is ended, and replaced.
  const onAbort = (): void => pool.end(0);
  try {
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    pool.sendTo(0, { type: "compute", batch, task });
    return await promise;
  } catch (thrown) {
    if (signal.aborted) throw new SatchelError("CANCELLED", "The export was cancelled.", undefined, { cause: thrown });
    throw thrown;
  } finally {
    signal.removeEventListener("abort", onAbort);
    pool.release();
  }
}

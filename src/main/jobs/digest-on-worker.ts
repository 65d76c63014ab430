import { fromErrorRecord, SatchelError } from "../../contract/errors.ts";
import type { ContentDigest, ContentPlace } from "../package/digest-content.ts";
import type { WorkerPool } from "./pool.ts";

/** Never begun anew: what a cancelled run still had under way must not answer for the next. */
let batches = 0;

/**
 * Lets a worker read what was written of a table.
 *
 * @throws READ_FAILED, CANCELLED, WORKER_DIED
 */
export async function digestOnWorker(
  pool: WorkerPool,
  path: string,
  place: ContentPlace,
  signal: AbortSignal,
): Promise<ContentDigest> {
  const batch = batches++;
  const { promise, resolve, reject } = Promise.withResolvers<ContentDigest>();
  await pool.acquire(
    {
      message(message) {
        if (message.type !== "digested" || message.batch !== batch) return;
        if (message.digest !== undefined) resolve(message.digest);
        else if (message.error !== undefined) reject(fromErrorRecord(message.error));
      },
      died: (error) => reject(error),
    },
    signal,
  );
  // A worker in the midst of a gigabyte hears nothing: it is ended, and replaced.
  const onAbort = (): void => pool.end(0);
  try {
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    pool.sendTo(0, { type: "digest", batch, path, place });
    return await promise;
  } catch (thrown) {
    if (signal.aborted) throw new SatchelError("CANCELLED", "The export was cancelled.", undefined, { cause: thrown });
    throw thrown;
  } finally {
    signal.removeEventListener("abort", onAbort);
    pool.release();
  }
}

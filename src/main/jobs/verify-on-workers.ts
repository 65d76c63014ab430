import { fromErrorRecord } from "../../contract/errors.ts";
import type { EntryProblem } from "../package/check-entries.ts";
import { verifyPackage } from "../package/verify.ts";
import type { OwnNames } from "../package/receipt-text.ts";
import type { VerifyProgress, VerifyReport } from "../package/verify-report.ts";
import type { FromWorker } from "./messages.ts";
import type { WorkerPool } from "./pool.ts";

interface Waiting {
  resolve(problems: EntryProblem[]): void;
  reject(error: Error): void;
}

/** Never begun anew: what a cancelled run still had under way must not answer for the next. */
let batches = 0;

/**
 * Verifies a package with the hashing shared out to the workers.
 *
 * @throws NOT_FOUND, READ_FAILED, CANCELLED, WORKER_DIED
 */
export async function verifyOnWorkers(
  pool: WorkerPool,
  path: string,
  signal: AbortSignal,
  onProgress: (progress: VerifyProgress) => void,
  names?: OwnNames,
): Promise<VerifyReport> {
  const waiting = new Map<number, Waiting>();
  await pool.acquire(
    {
      message(message: FromWorker) {
        if (message.type !== "verified") return;
        const one = waiting.get(message.batch);
        waiting.delete(message.batch);
        if (message.error === undefined) one?.resolve(message.problems);
        else one?.reject(fromErrorRecord(message.error));
      },
      died(error) {
        for (const one of waiting.values()) one.reject(error);
        waiting.clear();
      },
    },
    signal,
  );
  try {
    return await verifyPackage(path, {
      parallel: pool.size * 2,
      signal,
      onProgress,
      ...(names === undefined ? {} : { names }),
      checkBatch: (path, layout, entries) =>
        new Promise((resolve, reject) => {
          const batch = batches++;
          waiting.set(batch, { resolve, reject });
          pool.sendTo(batch % pool.size, { type: "verify", batch, path, layout, entries });
        }),
    });
  } finally {
    pool.release();
  }
}

import { Worker } from "node:worker_threads";
import { fromErrorRecord, SatchelError } from "../../contract/errors.ts";
import type { FromDemoThread, ToDemoThread } from "./demo-messages.ts";
import type { DemoProgress } from "./make-demo-hospital.ts";

/**
 * Makes the demo hospital beside everything else: drawing a study takes up to a second of a processor.
 *
 * @param workerFile entry of the worker threads, a port of createApp
 * @throws as makeDemoHospital; WORKER_DIED
 */
export async function makeDemoOnThread(
  workerFile: URL,
  folder: string,
  onProgress: (progress: DemoProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const worker = new Worker(workerFile, { workerData: { index: 0, role: "demo", folder } });
  const abort = (): void => worker.postMessage({ type: "abort" } satisfies ToDemoThread);
  // The thread is left to end by itself: what it wrote in part it removes first.
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    await new Promise<void>((resolve, reject) => {
      let outcome: (() => void) | undefined;
      let cause: unknown;
      worker.on("message", (message: FromDemoThread) => {
        if (message.type === "progress") onProgress(message.progress);
        else if (message.type === "made") outcome = resolve;
        else outcome = () => reject(fromErrorRecord(message.error));
      });
      worker.on("error", (error) => (cause = error));
      worker.on("exit", () => {
        if (outcome !== undefined) outcome();
        else
          reject(
            new SatchelError(
              "WORKER_DIED",
              "The thread that makes the demo hospital ended unexpectedly.",
              "Try again.",
              {
                cause,
              },
            ),
          );
      });
    });
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

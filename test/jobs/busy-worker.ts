/** A worker whose decoder never comes back: it begins a frame of the first item and stays there. */
import { parentPort, workerData } from "node:worker_threads";
import type { ToWorker } from "../../src/main/jobs/messages.ts";
import { noteFrame } from "../../src/main/jobs/watchdog.ts";

parentPort?.on("message", (message: ToWorker) => {
  if (message.type !== "begin") return;
  noteFrame(message.settings.watch, (workerData as { index: number }).index, 0);
  for (;;) Atomics.load(new Int32Array(message.settings.watch), 0);
});

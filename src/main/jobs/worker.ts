/** Entry of a worker thread. Started once by the pool and kept; its path is a port of createApp. */
import { parentPort, workerData } from "node:worker_threads";
import { SatchelError } from "../../contract/errors.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { verifyEntries } from "./worker-verify.ts";
import { WorkerRun } from "./worker-run.ts";

if (parentPort === null) throw new SatchelError("INTERNAL", "This file is only run as a worker thread.");
const port = parentPort;
const { index, role, folder } = workerData as { index: number; role?: "side" | "demo"; folder?: string };
const post = (message: FromWorker): void => port.postMessage(message);

let current: { run: number; work: WorkerRun } | undefined;

if (role === "side") {
  const { serveSideThread } = await import("../review/side-worker.ts");
  serveSideThread(port);
} else if (role === "demo") {
  const { serveDemoThread } = await import("../demo/demo-worker.ts");
  void serveDemoThread(port, folder ?? "");
} else port.on("message", takeMessage);

function takeMessage(message: ToWorker): void {
  if (message.type === "begin") {
    const work = new WorkerRun(message.settings, post, index);
    current = { run: message.settings.run, work };
    void work.run();
  } else if (message.type === "items") {
    if (current?.run === message.run) current.work.add(message.first, message.items);
  } else {
    void verifyEntries(message, post);
  }
}

/** Entry of a worker thread. Started once by the pool and kept; its path is a port of createApp. */
import { parentPort, workerData } from "node:worker_threads";
import { SatchelError } from "../../contract/errors.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import type { FromWorker, PlacedChunk, ToWorker } from "./messages.ts";
import { digestTable } from "./worker-digest.ts";
import { verifyEntries } from "./worker-verify.ts";
import { WorkerRun } from "./worker-run.ts";

if (parentPort === null) throw new SatchelError("INTERNAL", "This file is only run as a worker thread.");
const port = parentPort;
const { index, role, folder } = workerData as { index: number; role?: "side" | "demo"; folder?: string };
const post = (message: FromWorker): void => port.postMessage(message);

interface Work {
  run: number;
  add(first: number, items: ImagingItem[] | PlacedChunk[]): void;
}
let current: Work | undefined;

if (role === "side") {
  const { serveSideThread } = await import("../review/side-worker.ts");
  serveSideThread(port);
} else if (role === "demo") {
  const { serveDemoThread } = await import("../demo/demo-worker.ts");
  void serveDemoThread(port, folder ?? "");
} else port.on("message", takeMessage);

function takeMessage(message: ToWorker): void {
  if (message.type === "begin") {
    current = begin(message.settings);
  } else if (message.type === "items") {
    if (current?.run === message.run) current.add(message.first, message.items);
  } else if (message.type === "digest") {
    void digestTable(message, post);
  } else {
    void verifyEntries(message, post);
  }
}

function begin(settings: (ToWorker & { type: "begin" })["settings"]): Work {
  const { run } = settings;
  if (settings.kind === "imaging") {
    const work = new WorkerRun(settings, post, index);
    void work.run();
    return { run, add: (first, items) => work.add(first, items as ImagingItem[]) };
  }
  // Only where tables are made: the catalog's driver takes its time to load. Items that come meanwhile wait.
  const early: [number, PlacedChunk[]][] = [];
  let add = (first: number, items: PlacedChunk[]): void => void early.push([first, items]);
  const load = async (): Promise<void> => {
    const { TableRun } = await import("./worker-table.ts");
    const work = new TableRun(settings, post);
    add = (first, items) => work.add(first, items);
    for (const [first, items] of early) add(first, items);
    await work.run();
  };
  void load();
  return { run, add: (first, items) => add(first, items as PlacedChunk[]) };
}

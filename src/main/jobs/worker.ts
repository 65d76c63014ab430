/** Entry of a worker thread. Started once by the pool and kept; its path is a port of createApp. */
import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { SatchelError } from "../../contract/errors.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import type { FromWorker, PlacedChunk, RunKind, ToWorker } from "./messages.ts";
import { digestTable } from "./worker-digest.ts";
import { verifyEntries } from "./worker-verify.ts";

if (parentPort === null) throw new SatchelError("INTERNAL", "This file is only run as a worker thread.");
const port = parentPort;
const { index, role, folder, first } = workerData as {
  index: number;
  role?: "side" | "demo";
  folder?: string;
  first?: RunKind;
};
// Rows live for a look of the collector or two. From that V8 concludes, now and then, that they are to be made among what lives long: 30 MB
// more of them lie about in each worker then. Whether it does changes from run to run.
setFlagsFromString("--no-allocation-site-pretenuring");
const post = (message: FromWorker): void => port.postMessage(message);

type Items = ImagingItem[] | PlacedChunk[];
interface Work {
  run: number;
  add(first: number, items: Items): void;
}

/** What runs are made of: 0.1 s and 30 MB in each worker, which those of the other kind do without. */
const LOAD = {
  imaging: () => import("./worker-run.ts"),
  table: () => import("./worker-table.ts"),
};
let current: Work | undefined;

if (role === "side") {
  const { serveSideThread } = await import("../review/side-worker.ts");
  serveSideThread(port);
} else if (role === "demo") {
  const { serveDemoThread } = await import("../demo/demo-worker.ts");
  void serveDemoThread(port, folder ?? "");
} else {
  port.on("message", takeMessage);
  if (first !== undefined) void LOAD[first]();
}

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
  // Items that come while modules are loaded wait.
  const early: [number, Items][] = [];
  let add = (first: number, items: Items): void => void early.push([first, items]);
  const load = async (): Promise<void> => {
    const work =
      settings.kind === "imaging"
        ? new (await LOAD.imaging()).WorkerRun(settings, post, index)
        : new (await LOAD.table()).TableRun(settings, post);
    add = (first, items) => work.add(first, items as ImagingItem[] & PlacedChunk[]);
    for (const [first, items] of early) add(first, items);
    await work.run();
  };
  void load();
  return { run, add: (first, items) => add(first, items) };
}

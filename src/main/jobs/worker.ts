/** Entry of a worker thread. Started once by the pool and kept; its path is a port of createApp. */
import { setFlagsFromString } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import { SatchelError } from "../../contract/errors.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import type { DatasetChunk } from "../exports/dataset/dataset.ts";
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

interface Work {
  run: number;
  add(first: number, items: ImagingItem[] | PlacedChunk[] | DatasetChunk[]): void;
}
/** What runs are made of: of imaging 0.1 s and 30 MB in each worker, which the others do without. */
const LOAD = {
  imaging: () => import("./worker-run.ts"),
  table: () => import("./worker-table.ts"),
  dataset: () => import("./worker-dataset.ts"),
};
/** The same of one kind of items. */
interface ChunkWork<Item> {
  add(first: number, items: readonly Item[]): void;
  run(): Promise<void>;
}
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
  } else if (message.type === "compute") {
    void compute(message);
  } else {
    void verifyEntries(message, post);
  }
}

/** Loaded only where it is asked for. */
async function compute(message: ToWorker & { type: "compute" }): Promise<void> {
  const { computeSummary } = await import("./worker-summary.ts");
  computeSummary(message, post);
}

function begin(settings: (ToWorker & { type: "begin" })["settings"]): Work {
  const { run } = settings;
  if (settings.kind === "imaging")
    return loaded<ImagingItem>(run, async () => new (await LOAD.imaging()).WorkerRun(settings, post, index));
  if (settings.kind === "table")
    return loaded<PlacedChunk>(run, async () => new (await LOAD.table()).TableRun(settings, post));
  return loaded<DatasetChunk>(run, async () => new (await LOAD.dataset()).DatasetRun(settings, post));
}

/** Items that come while modules are loaded wait. */
function loaded<Item>(run: number, load: () => Promise<ChunkWork<Item>>): Work {
  const early: [number, Item[]][] = [];
  let add = (first: number, items: Item[]): void => void early.push([first, items]);
  const start = async (): Promise<void> => {
    const work = await load();
    add = (first, items) => work.add(first, items);
    for (const [first, items] of early) add(first, items);
    await work.run();
  };
  void start();
  return { run, add: (first, items) => add(first, items as Item[]) };
}

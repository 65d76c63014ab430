import { fromErrorRecord, SatchelError } from "../../contract/errors.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import type { DatasetChunk } from "../exports/dataset/dataset.ts";
import type {
  DatasetRunSettings,
  DoneChunk,
  DoneDatasetChunk,
  DoneItem,
  FromWorker,
  GivenUp,
  PlacedChunk,
  RunSettings,
  TableRunSettings,
} from "./messages.ts";
import type { WorkerPool } from "./pool.ts";
import { createTurn, stopTurn } from "./turn.ts";
import { createWatch, findStuck } from "./watchdog.ts";

/** Items sent to the workers and not yet done: enough that none waits, few enough that a plan of a million stays on disk. */
const AHEAD = 256;
const BATCH = 64;
const LOOK_MS = 1_000;
/** How long a cancelled run waits for a worker that is in the midst of something. */
const CANCEL_PATIENCE_MS = 700;

/** A run that ended because of one item. The caller may begin another that lists it as given up. */
export class ItemFailure extends SatchelError {
  readonly givenUp: GivenUp;

  constructor(givenUp: GivenUp) {
    super(givenUp.code, givenUp.reason);
    this.givenUp = givenUp;
  }
}

/** What goes to the workers and comes back, by the kind of run. */
interface RunKinds {
  imaging: { settings: RunSettings; item: ImagingItem; done: DoneItem };
  table: { settings: TableRunSettings; item: PlacedChunk; done: DoneChunk };
  dataset: { settings: DatasetRunSettings; item: DatasetChunk; done: DoneDatasetChunk };
}

export interface RunItemsInput<Kind extends keyof RunKinds> {
  pool: WorkerPool;
  settings: Omit<RunKinds[Kind]["settings"], "run" | "turn" | "watch">;
  /** First item still to be done, and where its first entry goes. */
  from: number;
  offset: number;
  /** The plan from `from` on. */
  items: Iterator<RunKinds[Kind]["item"]>;
  signal: AbortSignal;
  /** Longest that decoding one frame may take; see watchdog.ts for the default. */
  longestFrameSeconds?: number;
  /** Called in plan order. What it throws (disk full) ends the run. */
  onDone(item: RunKinds[Kind]["done"]): void;
}

type ToWorkerSettings = RunKinds[keyof RunKinds]["settings"];

let runs = 0;

/**
 * Lets the workers do the items of a package. Resolves when all are done and journaled.
 *
 * @throws what ended the run: CANCELLED, DISK_FULL, SOURCE_UNREACHABLE, WORKER_DIED, … What was done until then has been given to onDone.
 * ItemFailure where it was one item's fault that could not be helped in passing.
 */
export async function runItems<Kind extends keyof RunKinds>(input: RunItemsInput<Kind>): Promise<void> {
  const { pool, settings, signal } = input;
  if (input.from >= settings.items) return;
  const run = runs++;
  const turn = createTurn(input.from, input.offset, "opened" in settings && settings.opened === true);
  const watch = createWatch(pool.size);
  let sent = input.from;
  let done = input.from;
  /** Workers that are done with the run; one may say so and die afterwards. */
  const ended = new Set<number>();
  let failure: unknown;
  /** Done, but not yet their turn in the journal: at most a few, since turns are taken in order. */
  const early = new Map<number, RunKinds[Kind]["done"]>();
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => (settle = resolve));

  const stop = (error: unknown): void => {
    failure ??= error;
    stopTurn(turn);
  };
  const sendMore = (): void => {
    while (sent < settings.items && sent - done < AHEAD && failure === undefined) {
      const items: RunKinds[Kind]["item"][] = [];
      while (items.length < BATCH) {
        const next = input.items.next();
        if (next.done === true) break;
        items.push(next.value);
      }
      if (items.length === 0) {
        stop(new SatchelError("INTERNAL", "The plan of the job is shorter than it says."));
        return;
      }
      pool.send({ type: "items", run, first: sent, items: items as ImagingItem[] | PlacedChunk[] | DatasetChunk[] });
      sent += items.length;
    }
  };
  const take = (items: readonly RunKinds[Kind]["done"][]): void => {
    for (const item of items) early.set(item.item, item);
    for (let next = early.get(done); next !== undefined; next = early.get(done)) {
      early.delete(done);
      input.onDone(next);
      done++;
    }
  };
  let patience: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    stop(new SatchelError("CANCELLED", "The export was cancelled."));
    patience = setTimeout(() => {
      for (let worker = 0; worker < pool.size; worker++) if (!ended.has(worker)) pool.end(worker);
    }, CANCEL_PATIENCE_MS);
  };
  const look = (): void => {
    for (const { worker, item } of findStuck(watch, input.longestFrameSeconds)) {
      const reason = "Decoding a frame took longer than a minute.";
      stop(new ItemFailure({ item, what: "previews", code: "CANNOT_RENDER", reason }));
      pool.end(worker);
    }
  };

  await pool.acquire(
    {
      message(message: FromWorker, worker) {
        if (!("run" in message) || message.run !== run) return;
        try {
          if (message.type === "done") {
            take(message.items);
            sendMore();
          } else if (message.type === "stopped") stop(toFailure(message));
          else if (ended.add(worker).size === pool.size) settle();
        } catch (thrown) {
          stop(thrown);
        }
      },
      died(error, worker) {
        stop(error);
        if (ended.add(worker).size === pool.size) settle();
      },
    },
    signal,
  );
  const looking = setInterval(look, LOOK_MS);
  try {
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    pool.send({ type: "begin", settings: { ...settings, run, turn, watch } as ToWorkerSettings });
    sendMore();
    await settled;
  } finally {
    clearInterval(looking);
    clearTimeout(patience);
    signal.removeEventListener("abort", onAbort);
    pool.release();
  }
  if (failure !== undefined) throw failure;
}

/** A source that fails while a large file is copied fails after it took its place: nothing but a new run can leave it out. */
function toFailure({ error, item }: FromWorker & { type: "stopped" }): Error {
  if (item === undefined || error.code !== "READ_FAILED") return fromErrorRecord(error);
  return new ItemFailure({ item, what: "instance", code: error.code, reason: error.message });
}

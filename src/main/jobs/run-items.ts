import { fromErrorRecord, SatchelError } from "../../contract/errors.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import type { DoneItem, FromWorker, RunSettings } from "./messages.ts";
import type { WorkerPool } from "./pool.ts";
import { createTurn, stopTurn } from "./turn.ts";

/** Items sent to the workers and not yet done: enough that none waits, few enough that a plan of a million stays on disk. */
const AHEAD = 256;
const BATCH = 64;

export interface RunItemsInput {
  pool: WorkerPool;
  settings: Omit<RunSettings, "run" | "turn">;
  /** First item still to be done, and where its first entry goes. */
  from: number;
  offset: number;
  /** The plan from `from` on. */
  items: Iterator<ImagingItem>;
  signal: AbortSignal;
  /** Called in plan order. What it throws (disk full) ends the run. */
  onDone(item: DoneItem): void;
}

let runs = 0;

/**
 * Lets the workers do the items of a package. Resolves when all are done and journaled.
 *
 * @throws what ended the run: CANCELLED, DISK_FULL, SOURCE_UNREACHABLE, WORKER_DIED, … What was done until then has been given to onDone.
 */
export async function runItems(input: RunItemsInput): Promise<void> {
  const { pool, settings, signal } = input;
  if (input.from >= settings.items) return;
  const run = runs++;
  const turn = createTurn(input.from, input.offset);
  let sent = input.from;
  let done = input.from;
  /** Workers that are done with the run; one may say so and die afterwards. */
  const ended = new Set<number>();
  let failure: unknown;
  /** Done, but not yet their turn in the journal: at most a few, since turns are taken in order. */
  const early = new Map<number, DoneItem>();
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => (settle = resolve));

  const stop = (error: unknown): void => {
    failure ??= error;
    stopTurn(turn);
  };
  const sendMore = (): void => {
    while (sent < settings.items && sent - done < AHEAD && failure === undefined) {
      const items: ImagingItem[] = [];
      while (items.length < BATCH) {
        const next = input.items.next();
        if (next.done === true) break;
        items.push(next.value);
      }
      if (items.length === 0) {
        stop(new SatchelError("INTERNAL", "The plan of the job is shorter than it says."));
        return;
      }
      pool.send({ type: "items", run, first: sent, items });
      sent += items.length;
    }
  };
  const take = (items: DoneItem[]): void => {
    for (const item of items) early.set(item.item, item);
    for (let next = early.get(done); next !== undefined; next = early.get(done)) {
      early.delete(done);
      input.onDone(next);
      done++;
    }
  };
  const onAbort = (): void => stop(new SatchelError("CANCELLED", "The export was cancelled."));

  await pool.acquire(
    {
      message(message: FromWorker, worker) {
        if (message.type === "verified" || message.run !== run) return;
        try {
          if (message.type === "done") {
            take(message.items);
            sendMore();
          } else if (message.type === "stopped") stop(fromErrorRecord(message.error));
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
  try {
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    pool.send({ type: "begin", settings: { ...settings, run, turn } });
    sendMore();
    await settled;
  } finally {
    signal.removeEventListener("abort", onAbort);
    pool.release();
  }
  if (failure !== undefined) throw failure;
}

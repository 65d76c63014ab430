import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import type { SyncOptions } from "../../contract/calls/sources.ts";
import type { ChangeTopic } from "../../contract/calls/workspace.ts";
import type { Catalog } from "../catalog/database.ts";
import type { SourceRow } from "../catalog/sources.ts";
import type { RecordsGate } from "../records-gate.ts";
import { ClosingError } from "../sources/closing.ts";
import type { SyncProgress, SyncReport } from "../sources/source.ts";
import { runSync } from "./run-sync.ts";

/** Lists are told of a sync under way this often. */
const TELL_EVERY_MS = 1_000;

interface RunningSync {
  readonly abort: AbortController;
  progress: SyncProgress;
  /** Goes on where the one who started it loses interest. */
  detached: boolean;
  readonly wakers: Set<() => void>;
  ended: boolean;
  report: Promise<SyncReport>;
}

/** What syncs need of the rooms around them. */
export interface SyncPorts {
  readonly catalog: Catalog;
  readonly recordsGate: RecordsGate;
  tell(...topics: ChangeTopic[]): void;
  /** What has to be there before the source can be read; told as the first phase of its sync. */
  prepare(source: SourceRow, onProgress: (progress: SyncProgress) => void, signal: AbortSignal): Promise<void>;
  /** Notes an unexpected error of a sync that nobody watches in the local log. */
  unexpected(thrown: unknown): void;
}

/** The syncs of this process: at most one for a source, watched by any number of pages. */
export class RunningSyncs {
  readonly #running = new Map<number, RunningSync>();
  /** Sources that are being changed or removed: no sync may begin. */
  readonly #held = new Set<number>();
  #closed = false;

  /** How far the sync of a source is; undefined where none runs. */
  progressOf(source: number): SyncProgress | undefined {
    return this.#running.get(source)?.progress;
  }

  /**
   * Joins the sync that runs, or starts one.
   *
   * @param options of this sync; one that runs already is another
   * @throws what the sync throws; USAGE where options are given and a sync runs; CANCELLED where the signal of the one who started it is
   * aborted, unless detached
   */
  async *sync(
    ports: SyncPorts,
    source: SourceRow,
    detached: boolean,
    signal: AbortSignal,
    options: SyncOptions = {},
  ): AsyncGenerator<{ kind: "progress"; value: SyncProgress } | { kind: "result"; value: SyncReport }> {
    const joined = this.#running.get(source.id);
    if (joined !== undefined && Object.keys(options).length > 0)
      throw new SatchelError(
        "USAGE",
        `The source ${source.name} is being synced already, with other options.`,
        "Wait for that to end, or cancel it first.",
      );
    const sync = joined ?? this.#start(ports, source, detached, options);
    if (detached) sync.detached = true;
    let wake: () => void = () => undefined;
    const waker = (): void => wake();
    const lost = (): void => {
      if (joined === undefined && !sync.detached) sync.abort.abort(signal.reason);
      wake();
    };
    sync.wakers.add(waker);
    signal.addEventListener("abort", lost);
    if (signal.aborted) lost();
    try {
      let told: SyncProgress | undefined;
      while (!sync.ended) {
        if (signal.aborted && (joined !== undefined || sync.detached)) return;
        if (told !== sync.progress && !signal.aborted) {
          told = sync.progress;
          yield { kind: "progress", value: told };
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
      yield { kind: "result", value: await sync.report };
    } finally {
      sync.wakers.delete(waker);
      signal.removeEventListener("abort", lost);
    }
  }

  /** Stops the sync of a source and waits until it has written down what it read. @returns whether one ran */
  async cancel(source: number, why = new SatchelError("CANCELLED", "The sync was cancelled.")): Promise<boolean> {
    const sync = this.#running.get(source);
    if (sync === undefined) return false;
    sync.abort.abort(why);
    await sync.report.catch(() => undefined);
    return true;
  }

  /** Runs `work` while no sync of the source can begin. @throws USAGE where one runs, or another such work does */
  async hold<T>(source: SourceRow, what: string, work: () => Promise<T> | T): Promise<T> {
    if (this.#running.has(source.id) || this.#held.has(source.id))
      throw new SatchelError(
        "USAGE",
        `The source ${source.name} cannot be ${what} while it is ${this.#held.has(source.id) ? "being changed" : "being synced"}.`,
        "Wait for that to end, or cancel the sync first.",
      );
    this.#held.add(source.id);
    try {
      return await work();
    } finally {
      this.#held.delete(source.id);
    }
  }

  /** Starts the sync of a source where none runs; it goes on without a watcher. @throws as `sync` where it cannot begin */
  begin(ports: SyncPorts, source: SourceRow): void {
    if (!this.#running.has(source.id)) this.#start(ports, source, true, {});
  }

  /** Ends all syncs so that nothing they read is lost; none can begin any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#running.keys()].map((source) => this.cancel(source, new ClosingError())));
  }

  #start(ports: SyncPorts, source: SourceRow, detached: boolean, options: SyncOptions): RunningSync {
    if (this.#closed) throw new SatchelError("CANCELLED", "Satchel is being closed.");
    if (this.#held.has(source.id))
      throw new SatchelError("USAGE", `The source ${source.name} is just being changed.`, "Wait a moment.");
    const abort = new AbortController();
    const begun = Promise.withResolvers<SyncReport>();
    const sync: RunningSync = {
      abort,
      progress: { phase: "connecting", step: "Connecting", done: 0, total: null },
      detached,
      wakers: new Set(),
      ended: false,
      report: begun.promise,
    };
    this.#running.set(source.id, sync);
    let toldAt = performance.now();
    const onProgress = (progress: SyncProgress): void => {
      sync.progress = progress;
      for (const wake of sync.wakers) wake();
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      ports.tell("sources", "catalog");
    };
    const end = (): void => {
      this.#running.delete(source.id);
      sync.ended = true;
      ports.tell("sources", "catalog");
      for (const wake of sync.wakers) wake();
    };
    begun.promise.then(end, (thrown: unknown) => {
      if (sync.wakers.size === 0 && toErrorRecord(thrown).code === "INTERNAL") ports.unexpected(thrown);
      end();
    });
    begun.resolve(runSync(ports, source, onProgress, abort.signal, options));
    ports.tell("sources");
    return sync;
  }
}

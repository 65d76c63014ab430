import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import {
  createItemProcessor,
  type ItemProcessor,
  type PreparedItem,
  type ProcessedItem,
} from "../exports/imaging/process-item.ts";
import type { EntryRecord } from "../package/entry.ts";
import { writeFolderEntry, writeLargeFolderEntry, writeLargeZipEntry, writeZipEntry } from "../package/write-entry.ts";
import { localHeaderLength } from "../package/zip-format.ts";
import { closeSync, openSync } from "node:fs";
import { toWriteError } from "../package/write-bytes.ts";
import type { DoneItem, FromWorker, RunSettings } from "./messages.ts";
import { stopTurn, TurnTaker } from "./turn.ts";
import { noteFrame } from "./watchdog.ts";

/** Results wait for one message until there are this many, or the first is this old, or a lane has nothing to do. */
const REPORT_BATCH = 16;
const REPORT_MS = 50;
/** One buffer a thread for content that is copied in passing. */
const copyBuffer = Buffer.allocUnsafe(1024 * 1024);

/** One package as a worker sees it: takes items, makes their entries, writes them where their turn puts them. */
export class WorkerRun {
  readonly #settings: RunSettings;
  readonly #post: (message: FromWorker) => void;
  readonly #turn: TurnTaker;
  readonly #processor: ItemProcessor;
  readonly #items = new Map<number, ImagingItem>();
  readonly #arrivals = new Set<() => void>();
  readonly #abort = new AbortController();
  #report: DoneItem[] = [];
  #reportBegan = 0;
  /** First of the items still held that nobody may have taken. */
  #oldest: number | undefined;
  #fd = -1;

  /** @param worker this worker's number in the pool */
  constructor(settings: RunSettings, post: (message: FromWorker) => void, worker: number) {
    this.#settings = settings;
    this.#post = post;
    this.#turn = new TurnTaker(settings.turn);
    this.#processor = createItemProcessor(settings, this.#abort.signal, {
      isStopped: () => this.#turn.stopped,
      onFrame: (item) => noteFrame(settings.watch, worker, item),
    });
  }

  add(first: number, items: readonly ImagingItem[]): void {
    // Every worker gets every item; those that another one took are let go, or a long plan would fill the memory.
    let oldest = this.#oldest ?? first;
    while (oldest < first && this.#turn.hasPassed(oldest)) this.#items.delete(oldest++);
    this.#oldest = oldest;
    items.forEach((item, index) => this.#items.set(first + index, item));
    for (const arrived of this.#arrivals) arrived();
    this.#arrivals.clear();
  }

  /** Runs until every item is taken or the run is stopped. */
  async run(): Promise<void> {
    try {
      if (this.#settings.layout === "zip") this.#fd = openTarget(this.#settings.target);
      const watch = setInterval(() => this.#turn.stopped && this.#abort.abort(), 50);
      try {
        await Promise.all(Array.from({ length: this.#settings.lanes }, () => this.#lane()));
      } finally {
        clearInterval(watch);
      }
    } catch (thrown) {
      this.#stop(thrown);
    } finally {
      this.#flush();
      if (this.#fd >= 0) closeSync(this.#fd);
      await this.#processor.close();
      this.#post({ type: "ended", run: this.#settings.run });
    }
  }

  async #lane(): Promise<void> {
    for (;;) {
      const index = this.#turn.take();
      if (index >= this.#settings.items) return;
      const item = await this.#await(index);
      if (item === undefined) return;
      this.#items.delete(index);
      try {
        const prepared = await this.#processor.process(item, index);
        try {
          if (!(await this.#turn.wait(index))) return;
          const entries = await this.#place(index, prepared.entries);
          if (entries === undefined) return;
          this.#done({ item: index, entries, outcome: prepared.outcome() });
        } finally {
          prepared.close();
        }
      } catch (thrown) {
        this.#stop(thrown, index);
        return;
      }
    }
  }

  async #await(index: number): Promise<ImagingItem | undefined> {
    for (;;) {
      const item = this.#items.get(index);
      if (item !== undefined) return item;
      if (this.#turn.stopped) return undefined;
      this.#flush();
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#arrivals.delete(wake);
          this.#abort.signal.removeEventListener("abort", wake);
          resolve();
        };
        this.#arrivals.add(wake);
        this.#abort.signal.addEventListener("abort", wake, { once: true });
        if (this.#abort.signal.aborted) wake();
      });
    }
  }

  /**
   * Writes an item's entries where its turn puts them, and passes the turn on. Places are all that needs an order: where every size is
   * known they are claimed together, and the other workers write at the same time. A crash then leaves a hole only behind the last item
   * of the journal, which is where the partial file is cut.
   *
   * @returns undefined where the run was stopped meanwhile.
   */
  async #place(index: number, entries: ProcessedItem["entries"]): Promise<EntryRecord[] | undefined> {
    if (Array.isArray(entries)) {
      const known = entries as readonly PreparedItem[];
      const offsets = known.map((one) => this.#claim(one));
      this.#turn.pass(index);
      return known.map((one, at) => this.#write(one, offsets[at] ?? 0));
    }
    const written: EntryRecord[] = [];
    for await (const one of entries) {
      // An instance may have a thousand frames, and making their previews lets no timer run.
      if (this.#turn.stopped) return undefined;
      written.push(this.#write(one, this.#claim(one)));
    }
    this.#turn.pass(index);
    return written;
  }

  /** Where an entry goes. Files of a folder need no place. */
  #claim(one: PreparedItem): number {
    if (this.#settings.layout === "folder") return 0;
    const sizes = one.large === undefined ? one.prepared.record : { ...one.large, compressedSize: one.large.size };
    return this.#turn.claim(localHeaderLength(sizes) + sizes.compressedSize);
  }

  #write({ prepared, large }: PreparedItem, offset: number): EntryRecord {
    const { layout, target } = this.#settings;
    if (large !== undefined) {
      return layout === "folder"
        ? writeLargeFolderEntry(target, large, large.pieces, copyBuffer)
        : writeLargeZipEntry(this.#fd, offset, large, large.pieces, copyBuffer);
    }
    return layout === "folder"
      ? writeFolderEntry(target, prepared.record, prepared.pieces)
      : writeZipEntry(this.#fd, offset, prepared.record, prepared.pieces);
  }

  #done(item: DoneItem): void {
    if (this.#report.length === 0) this.#reportBegan = performance.now();
    this.#report.push(item);
    if (this.#report.length >= REPORT_BATCH || performance.now() - this.#reportBegan > REPORT_MS) this.#flush();
  }

  #flush(): void {
    if (this.#report.length === 0) return;
    this.#post({ type: "done", run: this.#settings.run, items: this.#report });
    this.#report = [];
  }

  #stop(thrown: unknown, item?: number): void {
    const stoppedBefore = this.#turn.stopped;
    stopTurn(this.#settings.turn);
    this.#abort.abort();
    const cancelled = stoppedBefore && thrown instanceof SatchelError && thrown.code === "CANCELLED";
    if (!cancelled) this.#post({ type: "stopped", run: this.#settings.run, error: toErrorRecord(thrown), item });
  }
}

function openTarget(path: string): number {
  try {
    return openSync(path, "r+");
  } catch (error) {
    throw toWriteError(error);
  }
}

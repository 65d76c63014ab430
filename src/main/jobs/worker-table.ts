import { closeSync, openSync } from "node:fs";
import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import { openCatalog, type Catalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import { ColumnStatistics } from "../exports/table/column-statistics.ts";
import { createTableFormat } from "../exports/table/create-table-format.ts";
import { ROW_READERS } from "../exports/table/row-readers.ts";
import type { TableFormat } from "../exports/table/table-format.ts";
import type { Row, RowReader, WrittenRow } from "../exports/table/table.ts";
import { toWriteError, writeFully } from "../package/write-bytes.ts";
import type { DoneChunk, FromWorker, PlacedChunk, TableRunSettings } from "./messages.ts";
import { PartWriter, PieceStore } from "./part-writer.ts";
import { stopTurn, TurnTaker } from "./turn.ts";

/** How often it is looked whether the run was stopped while nothing comes. */
const LOOK_MS = 50;
/** Each worker has one; a chunk is read once, and only the upper pages of its indexes are met again. */
const CACHE_KILOBYTES = 4 * 1024;

/** A table as a worker sees it: takes chunks, reads their rows, makes their bytes, writes them where their turn puts them. */
export class TableRun {
  readonly #settings: TableRunSettings;
  readonly #post: (message: FromWorker) => void;
  readonly #turn: TurnTaker;
  readonly #format: TableFormat;
  readonly #pieces = new PieceStore();
  readonly #chunks = new Map<number, PlacedChunk>();
  #arrived: () => void = () => undefined;
  #oldest: number | undefined;

  constructor(settings: TableRunSettings, post: (message: FromWorker) => void) {
    this.#settings = settings;
    this.#post = post;
    this.#turn = new TurnTaker(settings.turn);
    this.#format = createTableFormat(settings.format);
  }

  add(first: number, chunks: readonly PlacedChunk[]): void {
    let oldest = this.#oldest ?? first;
    while (oldest < first && this.#turn.hasPassed(oldest)) this.#chunks.delete(oldest++);
    this.#oldest = oldest;
    chunks.forEach((chunk, index) => this.#chunks.set(first + index, chunk));
    this.#arrived();
  }

  /** Runs until every chunk is taken or the run is stopped. */
  async run(): Promise<void> {
    const { run, source, target } = this.#settings;
    let catalog: Catalog | undefined;
    let reader: RowReader | undefined;
    let fd = -1;
    try {
      fd = openForWriting(target);
      const options = { readOnly: true, cacheKilobytes: CACHE_KILOBYTES };
      catalog = openCatalog(source.catalog.path, Buffer.from(source.catalog.key), options);
      reader = ROW_READERS[source.kind](catalog, source.settings, this.#format.writeRow !== undefined);
      for (;;) {
        const index = this.#turn.take();
        if (index >= this.#settings.items) break;
        const placed = await this.#await(index);
        if (placed === undefined) break;
        this.#chunks.delete(index);
        const done = this.#make(catalog, reader, fd, index, placed);
        if (done === undefined) break;
        this.#post({ type: "done", run, items: [done] });
      }
    } catch (thrown) {
      const stoppedBefore = this.#turn.stopped;
      stopTurn(this.#settings.turn);
      const cancelled = stoppedBefore && thrown instanceof SatchelError && thrown.code === "CANCELLED";
      if (!cancelled) this.#post({ type: "stopped", run, error: toErrorRecord(thrown), item: undefined });
    } finally {
      reader?.close();
      catalog?.close();
      if (fd >= 0) closeSync(fd);
      this.#post({ type: "ended", run });
    }
  }

  async #await(index: number): Promise<PlacedChunk | undefined> {
    for (;;) {
      const chunk = this.#chunks.get(index);
      if (chunk !== undefined || this.#turn.stopped) return chunk;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
        timer = setTimeout(resolve, LOOK_MS);
      });
      clearTimeout(timer);
    }
  }

  /**
   * One chunk from its rows to its place in the file, on one unchanging view of the catalog. A place is taken when all bytes are there, or
   * when they become too many to be held: then the chunk goes on in its turn, which it keeps.
   *
   * @returns undefined where the run was stopped meanwhile
   */
  #make(
    catalog: Catalog,
    reader: RowReader,
    fd: number,
    index: number,
    { chunk, firstRow }: PlacedChunk,
  ): DoneChunk | undefined {
    const turn = this.#turn;
    let offset: number | undefined;
    const streamOn = (): ((piece: Buffer) => void) | undefined => {
      if (!turn.waitHere(index)) return undefined;
      return (piece) => {
        const at = turn.claim(piece.length);
        offset ??= at;
        writeFully(fd, [piece], at);
      };
    };
    const part = new PartWriter(this.#settings.level, streamOn, this.#pieces);
    const statistics = new ColumnStatistics(this.#settings.format.columns);
    const { writeRow } = this.#format;
    const write = (row: WrittenRow, number: number): boolean =>
      writeRow === undefined ? part.add(this.#format.row(row as Row, number)) : writeRow(row, part);
    const rows = catalog.read(() => {
      assertSame(catalog, this.#settings.source.generation);
      let number = firstRow;
      for (const row of reader.rows(chunk)) {
        statistics.add(row);
        if (!write(row, number++) || turn.stopped) return undefined;
      }
      return number - firstRow;
    });
    if (rows === undefined) return undefined;
    if (rows !== chunk.rows) throw changed();
    const end = part.end();
    if (end === undefined) return undefined;
    const { held, stretch, streamed } = end;
    if (!streamed) {
      if (!turn.waitHere(index)) return undefined;
      offset = turn.claim(stretch.writtenSize);
    }
    turn.pass(index);
    // Places are all that needs an order: the others write at the same time.
    if (!streamed) writeFully(fd, held, offset ?? 0);
    part.release();
    return { item: index, offset: offset ?? 0, stretch, rows, columns: statistics.toJSON(), notes: reader.notes() };
  }
}

function assertSame(catalog: Catalog, generation: number): void {
  if (recordsGeneration(catalog) !== generation) throw changed();
}

function changed(): SatchelError {
  return new SatchelError(
    "SOURCE_ANSWER",
    "The records in the catalog are not those that were planned.",
    "Resume the job: it plans anew.",
  );
}

function openForWriting(path: string): number {
  try {
    return openSync(path, "r+");
  } catch (error) {
    throw toWriteError(error);
  }
}

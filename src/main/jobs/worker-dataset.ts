import { closeSync, openSync } from "node:fs";
import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import { openCatalog, type Catalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import type { DatasetChunk, ResourceReader, RowMaker } from "../exports/dataset/dataset.ts";
import { createPartFormat, type PartFormat } from "../exports/dataset/part-format.ts";
import { openResourceReader } from "../exports/dataset/resource-reader.ts";
import { openRowMaker } from "../exports/dataset/row-makers.ts";
import { ColumnStatistics } from "../exports/table/column-statistics.ts";
import { toWriteError } from "../package/write-bytes.ts";
import { columnsOf, RowGroupChunk, TextChunk, type ChunkEncoder, type ChunkPlace } from "./chunk-encoder.ts";
import { ChunkInbox } from "./chunk-inbox.ts";
import type { DatasetRunSettings, DoneDatasetChunk, FromWorker } from "./messages.ts";
import { PieceStore } from "./part-writer.ts";
import { stopTurn, TurnTaker } from "./turn.ts";
import { WholePart } from "./whole-part.ts";

/** Each worker has one; a chunk is read once, and only the upper pages of its indexes are met again. */
const CACHE_KILOBYTES = 4 * 1024;

/** A part of a dataset as a worker sees it: takes chunks, treats their resources, makes their bytes, writes them where their turn puts them. */
export class DatasetRun {
  readonly #settings: DatasetRunSettings;
  readonly #post: (message: FromWorker) => void;
  readonly #turn: TurnTaker;
  readonly #inbox: ChunkInbox<DatasetChunk>;
  readonly #format: PartFormat;
  readonly #pieces = new PieceStore();

  constructor(settings: DatasetRunSettings, post: (message: FromWorker) => void) {
    this.#settings = settings;
    this.#post = post;
    this.#turn = new TurnTaker(settings.turn);
    this.#inbox = new ChunkInbox(this.#turn);
    this.#format = createPartFormat(settings.part.encoding);
  }

  add(first: number, chunks: readonly DatasetChunk[]): void {
    this.#inbox.add(first, chunks);
  }

  /** Runs until every chunk is taken or the run is stopped. */
  async run(): Promise<void> {
    const { run, source, target, whole, part } = this.#settings;
    let catalog: Catalog | undefined;
    let fd = -1;
    try {
      fd = whole === "folder" ? -1 : openForWriting(target);
      const options = { readOnly: true, cacheKilobytes: CACHE_KILOBYTES };
      catalog = openCatalog(source.catalog.path, Buffer.from(source.catalog.key), options);
      const reader = openResourceReader(catalog, source.settings);
      const maker = openRowMaker(source.kind, part);
      for (;;) {
        const index = this.#turn.take();
        if (index >= this.#settings.items) break;
        const chunk = await this.#inbox.take(index);
        if (chunk === undefined) break;
        const done = this.#make(catalog, reader, maker, { fd, index, turn: this.#turn }, chunk);
        if (done === undefined) break;
        this.#post({ type: "done", run, items: [done] });
      }
    } catch (thrown) {
      const stoppedBefore = this.#turn.stopped;
      stopTurn(this.#settings.turn);
      const cancelled = stoppedBefore && thrown instanceof SatchelError && thrown.code === "CANCELLED";
      if (!cancelled) this.#post({ type: "stopped", run, error: toErrorRecord(thrown), item: undefined });
    } finally {
      catalog?.close();
      if (fd >= 0) closeSync(fd);
      this.#post({ type: "ended", run });
    }
  }

  /** One chunk, on one unchanging view of the catalog. @returns undefined where the run was stopped meanwhile */
  #make(
    catalog: Catalog,
    reader: ResourceReader,
    maker: RowMaker | undefined,
    place: ChunkPlace,
    chunk: DatasetChunk,
  ): DoneDatasetChunk | undefined {
    const encoder = this.#encoder(place, chunk);
    const statistics = new ColumnStatistics(columnsOf(this.#settings.part) ?? []);
    const whole = catalog.read(() => {
      if (recordsGeneration(catalog) !== this.#settings.source.generation) throw changed();
      for (const { resource, id, json } of reader.read(chunk)) {
        if (maker === undefined) {
          if (!encoder.line(json(), id)) return false;
        } else
          for (const row of maker.rows(resource)) {
            statistics.add(row);
            if (!encoder.row(row)) return false;
          }
        if (this.#turn.stopped) return false;
      }
      return true;
    });
    const made = whole ? encoder.end() : undefined;
    if (made === undefined) return undefined;
    return {
      item: place.index,
      written: encoder.written,
      columns: statistics.toJSON(),
      outcome: chunk.again === true ? {} : reader.outcome(),
      ...made,
    };
  }

  #encoder(place: ChunkPlace, chunk: DatasetChunk): ChunkEncoder {
    const { part, whole, target, level } = this.#settings;
    if (whole !== null) {
      const folder = whole === "folder" ? target : undefined;
      return new WholePart(place, this.#format, { folder, name: chunk.path ?? part.path, role: part.role, level });
    }
    const columns = columnsOf(part);
    return columns !== undefined && this.#format.text === null
      ? new RowGroupChunk(place, columns)
      : new TextChunk(place, this.#format, level, this.#pieces);
  }
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

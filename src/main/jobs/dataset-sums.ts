import type { ReceiptType } from "../../contract/dataset-receipt.ts";
import type { ElementTreatment, WithheldReason } from "../../contract/fhir.ts";
import { createIdSet, type IdSet } from "../catalog/id-set.ts";
import type { ChunkOutcome, DatasetPart } from "../exports/dataset/dataset.ts";
import type { PlacedGroup } from "../exports/dataset/part-format.ts";
import { ColumnStatistics, type ColumnSummary } from "../exports/table/column-statistics.ts";
import type { Stretch } from "../exports/table/table-format.ts";
import type { JournalItem } from "../package/journal.ts";
import { columnsOf } from "./chunk-encoder.ts";
import type { DoneDatasetChunk } from "./messages.ts";
import { joinStretches } from "./part-writer.ts";

/** What of a chunk stands in its line of the journal, beside where it was written. */
export type ChunkData = Pick<DoneDatasetChunk, "stretch" | "written" | "outcome" | "columns" | "group">;

/** @param item its place in the journal */
export function chunkItem(item: number, done: DoneDatasetChunk, whole: boolean): JournalItem {
  const { offset, stretch, written, outcome, columns, group, entries } = done;
  const data: ChunkData = { stretch, written, outcome, columns, ...(group === undefined ? {} : { group }) };
  if (whole) return { item, entries, data };
  return { item, entries: [], part: { offset, length: stretch.writtenSize, crc32: stretch.writtenCrc32 }, data };
}

/** Sums over one part as its chunks come, in their order. */
export class PartSums {
  /** Of the stream so far, its head included. */
  stretch: Stretch;
  written = 0;
  /** Chunks so far. */
  chunks = 0;
  readonly groups: PlacedGroup[] = [];
  readonly #columns: ColumnStatistics;

  constructor(head: Stretch, part: DatasetPart) {
    this.stretch = head;
    this.#columns = new ColumnStatistics(columnsOf(part) ?? []);
  }

  add({ stretch, written, columns, group }: ChunkData): void {
    if (group !== undefined) this.groups.push({ group, offset: this.stretch.writtenSize });
    this.stretch = joinStretches(this.stretch, stretch);
    this.written += written;
    this.chunks++;
    this.#columns.merge(columns);
  }

  get columns(): ColumnSummary[] {
    return this.#columns.toJSON();
  }
}

interface TypeSums {
  read: number;
  exported: number;
  withheld: Partial<Record<WithheldReason, number>>;
  treatments: Partial<Record<ElementTreatment, number>>;
  patients: IdSet;
  refused: IdSet;
  refusedRows: number[];
}

/** Sums over a whole dataset: all that its receipt says of resources and patients. */
export class DatasetSums {
  written = 0;
  read = 0;
  bytes = 0;
  readonly #patients = createIdSet();
  readonly #types = new Map<string, TypeSums>();

  add({ written, outcome, stretch }: ChunkData): void {
    this.written += written;
    this.bytes += stretch.size;
    for (const [type, one] of Object.entries(outcome)) this.#addType(type, one);
  }

  /** Patients of whom something left. */
  get patients(): number {
    return this.#patients.size;
  }

  get types(): ReceiptType[] {
    return this.#sorted().map(([type, { read, exported, withheld, treatments }]) => ({
      type,
      expected: read,
      exported,
      withheld,
      treatments,
    }));
  }

  /** Patients of whom nothing of a type left for want of consent. */
  get leftOut(): { type: string; patients: number }[] {
    return this.#sorted()
      .map(([type, { refusedRows, patients }]) => ({
        type,
        patients: refusedRows.filter((row) => !patients.has(row)).length,
      }))
      .filter(({ patients }) => patients > 0);
  }

  #sorted(): [string, TypeSums][] {
    return [...this.#types].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  #addType(type: string, { read, exported, withheld, treatments, patients, refused }: ChunkOutcome[string]): void {
    let sums = this.#types.get(type);
    if (sums === undefined)
      this.#types.set(
        type,
        (sums = {
          read: 0,
          exported: 0,
          withheld: {},
          treatments: {},
          patients: createIdSet(),
          refused: createIdSet(),
          refusedRows: [],
        }),
      );
    this.read += read;
    sums.read += read;
    sums.exported += exported;
    addCounts(sums.withheld, withheld);
    addCounts(sums.treatments, treatments);
    for (const row of patients) {
      sums.patients.add(row);
      this.#patients.add(row);
    }
    for (const row of refused) {
      if (!sums.refused.has(row)) sums.refusedRows.push(row);
      sums.refused.add(row);
    }
  }
}

function addCounts<Word extends string>(
  sums: Partial<Record<Word, number>>,
  counts: Partial<Record<Word, number>>,
): void {
  for (const [word, count] of Object.entries(counts) as [Word, number][]) sums[word] = (sums[word] ?? 0) + count;
}

import { ColumnStatistics, type ColumnSummary } from "../exports/table/column-statistics.ts";
import type { Stretch } from "../exports/table/table-format.ts";
import type { ChunkNotes, TableColumn } from "../exports/table/table.ts";
import type { ScrubCounts, ScrubKind } from "../../contract/calls/records.ts";
import type { JournalItem } from "../package/journal.ts";
import type { DoneChunk } from "./messages.ts";
import { joinStretches } from "./part-writer.ts";

/** What of a chunk stands in its line of the journal, beside where it was written. */
type ChunkData = Omit<DoneChunk, "item" | "offset">;

export function toJournalItem({ item, offset, ...data }: DoneChunk): JournalItem {
  const { writtenSize, writtenCrc32 } = data.stretch;
  return { item, entries: [], part: { offset, length: writtenSize, crc32: writtenCrc32 }, data };
}

/** Sums over a table as its chunks come, in their order: all that its receipt and descriptions say of the rows. */
export class TableSums {
  /** Of the stream so far, its head included. */
  stretch: Stretch;
  rows = 0;
  patients = 0;
  changed = 0;
  readonly replacements: ScrubCounts = {};
  readonly #columns: ColumnStatistics;

  constructor(head: Stretch, columns: readonly TableColumn[]) {
    this.stretch = head;
    this.#columns = new ColumnStatistics(columns);
  }

  add(item: JournalItem): void {
    const { stretch, rows, columns, notes } = item.data as ChunkData;
    this.stretch = joinStretches(this.stretch, stretch);
    this.rows += rows;
    this.#columns.merge(columns);
    this.#note(notes);
  }

  get columns(): ColumnSummary[] {
    return this.#columns.toJSON();
  }

  #note({ patients, changed, replacements }: ChunkNotes): void {
    this.patients += patients;
    this.changed += changed;
    for (const [kind, count] of Object.entries(replacements) as [ScrubKind, number][]) {
      this.replacements[kind] = (this.replacements[kind] ?? 0) + count;
    }
  }
}

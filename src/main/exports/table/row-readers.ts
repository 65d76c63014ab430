import type { Catalog } from "../../catalog/database.ts";
import { NoteRows, type NoteRowsSettings } from "../notes/note-rows.ts";
import { ExamRows, type ExamRowsSettings } from "../studies/exam-rows.ts";
import type { RowReader, RowSource } from "./table.ts";

/**
 * How a worker comes to the rows of each kind of table.
 *
 * @param catalog the worker's own, read-only. It belongs to the reader's caller, who begins a transaction for each chunk and closes it.
 */
export type OpenRows = (catalog: Catalog, settings: unknown, takesBytes: boolean) => RowReader;

export const ROW_READERS: Record<RowSource["kind"], OpenRows> = {
  notes: (catalog, settings, takesBytes) => new NoteRows(catalog, settings as NoteRowsSettings, takesBytes),
  studies: (catalog, settings) => new ExamRows(catalog, settings as ExamRowsSettings),
};

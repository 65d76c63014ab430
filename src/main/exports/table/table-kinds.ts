import { notesTable } from "../notes/notes-table.ts";
import { studiesTable } from "../studies/studies-table.ts";
import type { TableKinds } from "./kinds.ts";

/** The tables that jobs can make. */
export const TABLE_KINDS: TableKinds = { notes: notesTable, studies: studiesTable };

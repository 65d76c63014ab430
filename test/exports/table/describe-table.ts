import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { columnNotices, ColumnStatistics } from "../../../src/main/exports/table/column-statistics.ts";
import type { TableDescription } from "../../../src/main/exports/table/table-description.ts";
import type { TableFormatSettings } from "../../../src/main/exports/table/table-format.ts";
import type { Row } from "../../../src/main/exports/table/table.ts";
import { column } from "./nasty-values.ts";
import { writeTable } from "./write-table.ts";

const NOTICE = "Handle with care: record numbers lead back to the hospital | do not <share> it.";

export const NOTE_TABLE = [
  column("patient_id", {
    required: true,
    title: "Patient",
    description: "Keyed pseudonym.",
    treatment: "pseudonymised",
  }),
  column("patient_gender", {
    required: true,
    enum: ["M", "F", "O", "N"],
    meanings: { M: "male", F: "female", O: "other", N: "not informed" },
  }),
  column("patient_age_at_note", { type: "integer", unit: "years", missing: "birth date unknown" }),
  column("note_id", { required: true, unique: true, treatment: "pseudonymised" }),
  column("note_event_datetime", { type: "datetime", required: true, description: "With the offset of America/Bahia." }),
  column("note_content", { treatment: "scrubbed" }),
];

export const NOTE_ROWS: Row[] = [
  ["p1", "F", 34, "n1", "2024-03-01T21:15:00-03:00", "Maria Souza, =1+1"],
  ["p1", "F", 35, "n2", "2024-03-02T00:15:00.5-03:00", ""],
  ["p2", "N", null, "n3", "1999-01-31T08:00:00-02:00", "segredo"],
];

/** Writes a table and describes it as a job does. */
export function describeTable(
  path: string,
  more: Partial<TableFormatSettings> = {},
  rows = NOTE_ROWS,
): TableDescription {
  const format: TableFormatSettings = {
    table: "csv",
    columns: NOTE_TABLE,
    byteOrderMark: false,
    formulas: "guard",
    sheet: "Notes",
    rows: rows.length,
    ...more,
  };
  writeTable(path, format, rows);
  const statistics = new ColumnStatistics(format.columns);
  for (const row of rows) statistics.add(row);
  const bytes = readFileSync(path);
  return {
    kind: "notes",
    fileName: basename(path),
    format,
    summaries: statistics.toJSON(),
    rows: rows.length,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    startedAt: "2026-01-02T03:04:05.000Z",
    notices: [NOTICE, ...columnNotices(statistics.toJSON())],
  };
}

import type { TableColumn } from "../table.ts";
import { columnLetters, textCell } from "./sheet.ts";
import { STYLES } from "./styles.ts";

const HEADER = ["Column", "Type", "Title", "Description", "Unit", "When empty", "What was done to it"];
const WIDTHS = [28, 12, 28, 70, 10, 30, 24];

const TYPES: Record<TableColumn["type"], string> = {
  string: "text",
  integer: "number",
  number: "number",
  boolean: "true or false",
  date: "date",
  datetime: "date and time, as clocks showed it where the record was made",
};

/** A second sheet that says what the columns of the first one are: a table that leaves alone brings no codebook. */
export function columnsSheet(columns: readonly TableColumn[]): string {
  const rows = columns.map(({ name, type, title, description, unit, missing, treatment }) => [
    name,
    TYPES[type],
    title,
    description,
    unit ?? "",
    missing ?? "",
    treatment,
  ]);
  const widths = WIDTHS.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    `</sheetView></sheetViews><cols>${widths.join("")}</cols>` +
    `<sheetData>${[HEADER, ...rows].map(rowOf).join("")}</sheetData></worksheet>`
  );
}

function rowOf(cells: readonly string[], index: number): string {
  const style = index === 0 ? STYLES.header : STYLES.wrapped;
  const filled = cells.map((text, column) =>
    text === "" ? "" : textCell(`${columnLetters(column)}${index + 1}`, style, text),
  );
  return `<row r="${index + 1}">${filled.join("")}</row>`;
}

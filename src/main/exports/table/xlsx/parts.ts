import type { TableFormatSettings } from "../table-format.ts";
import { columnsSheet } from "./columns-sheet.ts";
import { tableRange } from "./sheet.ts";
import { STYLES_XML } from "./styles.ts";
import { escapeAttribute, escapeText } from "./text.ts";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Name of the part that is the stream. */
export const SHEET_PART = "xl/worksheets/sheet1.xml";
const COLUMNS_PART = "xl/worksheets/sheet2.xml";

const CONTENT_TYPES =
  `${XML}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/>` +
  `<Override PartName="/${SHEET_PART}" ContentType="${SPREADSHEET}.worksheet+xml"/>` +
  `<Override PartName="/${COLUMNS_PART}" ContentType="${SPREADSHEET}.worksheet+xml"/></Types>`;

const PACKAGE_RELATIONS =
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

const WORKBOOK_RELATIONS =
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>` +
  `<Relationship Id="rId2" Type="${OFFICE}/worksheet" Target="worksheets/sheet2.xml"/>` +
  `<Relationship Id="rId3" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

/** Everything of a workbook but its sheet, in order (ECMA-376 part 2: the content types come first by custom). */
export function workbookParts(settings: TableFormatSettings): { name: string; text: string }[] {
  return [
    { name: "[Content_Types].xml", text: CONTENT_TYPES },
    { name: "_rels/.rels", text: PACKAGE_RELATIONS },
    { name: "xl/workbook.xml", text: workbook(settings) },
    { name: "xl/_rels/workbook.xml.rels", text: WORKBOOK_RELATIONS },
    { name: "xl/styles.xml", text: STYLES_XML },
    { name: COLUMNS_PART, text: columnsSheet(settings.columns) },
  ];
}

function workbook({ sheet, columns, rows }: TableFormatSettings): string {
  const name = sheetName(sheet);
  return (
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
    `<sheet name="${escapeAttribute(name)}" sheetId="1" r:id="rId1"/><sheet name="About the columns" sheetId="2" r:id="rId2"/>` +
    `</sheets>${rows === null ? "" : filterName(name, columns.length, rows)}</workbook>`
  );
}

/** What a spreadsheet makes of a filter itself when it first opens the sheet. */
function filterName(sheet: string, columns: number, rows: number): string {
  const range = escapeText(`'${sheet.replaceAll("'", "''")}'!${tableRange(columns, rows, "$")}`);
  return (
    `<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${range}</definedName>` +
    "</definedNames>"
  );
}

/** At most 31 characters, none of []:*?/\, and no apostrophe at either end: what spreadsheets demand of the name of a sheet. */
function sheetName(name: string): string {
  const allowed = name
    .replaceAll(/[[\]:*?/\\]/g, " ")
    .slice(0, 31)
    .replaceAll(/^'+|'+$/g, "")
    .trim();
  return allowed === "" ? "Table" : allowed;
}

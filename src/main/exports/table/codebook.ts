import type { ColumnSummary } from "./column-statistics.ts";
import { UNGUARD_PATTERN, UNGUARD_PATTERN_PCRE } from "./formula-guard.ts";
import { codeSpan, fenced, plainText } from "./markdown.ts";
import { wordsOf, type TableDescription } from "./table-description.ts";
import type { TableColumn } from "./table.ts";

const TYPES: Record<TableColumn["type"], string> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  date: "date (ISO 8601, YYYY-MM-DD)",
  datetime: "date and time (ISO 8601 with the offset from UTC)",
};

/** The codebook of a table, in Markdown: what `datapackage.json` says to programs, for people. */
export function codebook(description: TableDescription): string {
  const { notices } = description;
  const { title } = wordsOf(description);
  return `${[
    `# Codebook: ${title.toLowerCase()}`,
    size(description),
    "## Handling",
    ...notices.map(plainText),
    "## Reading the file",
    ...reading(description),
    "## Columns",
    ...columnSections(description),
  ].join("\n\n")}\n`;
}

/** The same of a package of several tables, each in a part of its own. */
export function codebookOf(title: string, descriptions: readonly TableDescription[]): string {
  const [first] = descriptions;
  return `${[
    `# Codebook: ${title.toLowerCase()}`,
    "## Handling",
    ...(first?.notices ?? []).map(plainText),
    "## Reading the files",
    ...(first === undefined ? [] : reading(first)),
    ...descriptions.flatMap((one) => [`## ${plainText(wordsOf(one).title)}`, size(one), ...columnSections(one)]),
  ].join("\n\n")}\n`;
}

function size(description: TableDescription): string {
  const { fileName, rows, format } = description;
  const { row } = wordsOf(description);
  return `${codeSpan(fileName)} has ${rows} ${rows === 1 ? "row" : "rows"} and ${format.columns.length} columns. ${row}`;
}

function reading(description: TableDescription): string[] {
  const { format } = description;
  if (format.table === "parquet") return parquetReading(description);
  return format.table === "csv" ? csvReading(description) : sheetReading(format.sheet);
}

function columnSections({ format, summaries }: TableDescription): string[] {
  return format.columns.flatMap((column, index) => columnSection(column, summaries[index]));
}

function parquetReading({ fileName }: TableDescription): string[] {
  return [
    "Parquet. Dates and times are text in ISO 8601, as they would stand in a CSV: FHIR knows years and months without a day, and a timestamp of Parquet has no offset from UTC. Nothing was added to texts.",
    fenced("python", `import pandas\n\ntable = pandas.read_parquet(${JSON.stringify(fileName)})`),
  ];
}

function columnSection(column: TableColumn, summary: ColumnSummary | undefined): string[] {
  const facts = [`- Type: ${TYPES[column.type]}`];
  if (column.unit !== undefined) facts.push(`- Unit: ${plainText(column.unit)}`);
  if (column.unique === true) facts.push("- Different in every row");
  if (column.enum !== undefined) facts.push("- Allowed values:", ...column.enum.map((value) => allowed(value, column)));
  const empty = summary === undefined ? "" : summary.nulls === 1 ? "; 1 row is" : `; ${summary.nulls} rows are`;
  facts.push(`- Empty: ${column.missing === undefined ? "not known" : plainText(column.missing)}${empty}`);
  if (summary?.min !== undefined) facts.push(`- From ${summary.min} to ${summary.max}`);
  facts.push(`- What was done to it: ${plainText(column.treatment)}`);
  return [
    `### ${codeSpan(column.name)}`,
    `${plainText(column.title)}. ${plainText(column.description)}`,
    facts.join("\n"),
  ];
}

function allowed(value: string, { meanings }: TableColumn): string {
  const meaning = meanings?.[value];
  return `  - ${codeSpan(value)}${meaning === undefined ? "" : `: ${plainText(meaning)}`}`;
}

function csvReading({ format, fileName }: TableDescription): string[] {
  const mark = format.byteOrderMark
    ? "with a byte order mark (spreadsheets need it; in Python the encoding is `utf-8-sig`)"
    : "without a byte order mark";
  const reading = [
    `CSV after RFC 4180: commas, quotes doubled within quotes, lines end in CR LF, the first line has the names. UTF-8 ${mark}. A cell may hold line breaks.`,
    'An empty text and a missing value look the same: nothing between two commas. Texts such as "NULL" or "NA" are texts. Numbers with leading zeros are texts: let no program guess types.',
    fenced(
      "python",
      `import pandas\n\ntable = pandas.read_csv(${JSON.stringify(fileName)}, dtype=str, keep_default_na=False, encoding=${format.byteOrderMark ? '"utf-8-sig"' : '"utf-8"'})`,
    ),
  ];
  if (format.formulas === "keep") {
    return [
      ...reading,
      "Cells stand exactly as they are. A spreadsheet may run a cell that begins with = + - or @: open the file as text only.",
    ];
  }
  return [...reading, ...guardReading()];
}

function guardReading(): string[] {
  return [
    "### Formulas made harmless",
    "A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`. So an apostrophe stands before each of these (and their full-width and small twins), and before a tab or line break, where a cell begins, and before each of these after a quote, comma, semicolon, tab or line break within a cell; spaces and characters that nobody sees may stand between. A cell that is a number as a whole is left as it is. To have the text as it was, take off one apostrophe in each such place, after the CSV is read:",
    fenced(
      "python",
      `import re\n\nGUARD = re.compile(r"""${UNGUARD_PATTERN}""")\n\ndef unguard(text):\n    return GUARD.sub(r"\\1\\2", text)`,
    ),
    fenced(
      "r",
      `guard <- r"---(${UNGUARD_PATTERN_PCRE})---"\nunguard <- function(text) gsub(guard, "\\\\1\\\\2", enc2utf8(text), perl = TRUE)`,
    ),
  ];
}

function sheetReading(sheet: string): string[] {
  return [
    `An Excel workbook. The rows are on the sheet ${codeSpan(sheet)}; another sheet says what the columns are.`,
    "Dates and times are real ones. Times are those that a clock showed where the record was made; a sheet cannot hold the offset from UTC, nor less than a millisecond; a CSV does. Dates before March 1900, on which spreadsheets do not agree, are text.",
    "Text is text whatever it begins with: no cell holds a formula, and editing a cell does not make one. Nothing was added to the text for that.",
  ];
}

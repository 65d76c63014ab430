import { createCsvFormat } from "./csv.ts";
import type { TableFormat, TableFormatSettings } from "./table-format.ts";
import { createXlsxFormat } from "./xlsx/format.ts";

/** @throws TOO_LARGE where the table has more rows than the format holds */
export function createTableFormat(settings: TableFormatSettings): TableFormat {
  return settings.table === "csv" ? createCsvFormat(settings) : createXlsxFormat(settings);
}

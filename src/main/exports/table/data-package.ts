import type { ColumnSummary } from "./column-statistics.ts";
import { UNGUARD_PATTERN } from "./formula-guard.ts";
import { wordsOf, type TableDescription } from "./table-description.ts";
import type { TableColumn } from "./table.ts";

const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const PARQUET_TYPE = "application/vnd.apache.parquet";

/**
 * `datapackage.json`: a Frictionless Data Package (specs.frictionlessdata.io, version 1). A CSV is a Tabular Data Package with a Table
 * Schema and a CSV Dialect; an XLSX, which that profile does not allow, is a Data Package whose resource carries the same schema.
 *
 * What it says of values is what the columns may hold, and the range of times and numbers: no text of any row.
 */
export function dataPackage(description: TableDescription): string {
  const { format, startedAt, notices } = description;
  const { name, title, row } = wordsOf(description);
  const document = {
    profile: format.table === "csv" ? "tabular-data-package" : "data-package",
    name: `satchel-${name}`,
    title,
    description: row,
    created: startedAt,
    handling: notices,
    resources: [resource(description)],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The same of a package of several tables. */
export function dataPackageOf(
  { name, title }: { name: string; title: string },
  descriptions: readonly TableDescription[],
): string {
  const document = {
    profile: descriptions.every(({ format }) => format.table === "csv") ? "tabular-data-package" : "data-package",
    name: `satchel-${name}`,
    title,
    created: descriptions[0]?.startedAt,
    handling: descriptions[0]?.notices ?? [],
    resources: descriptions.map(resource),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function resource(description: TableDescription): Record<string, unknown> {
  const { name, title } = wordsOf(description);
  const { fileName, format, bytes, sha256, rows, summaries } = description;
  const fields = format.columns.map((column, index) => field(column, summaries[index], format.table));
  const primaryKey = format.columns.filter(({ unique }) => unique === true).map(({ name }) => name);
  const common = {
    name,
    path: fileName,
    title,
    bytes,
    hash: `sha256:${sha256}`,
    rows,
    schema: { fields, missingValues: [""], ...(primaryKey.length === 1 ? { primaryKey: primaryKey[0] } : {}) },
  };
  if (format.table === "parquet") {
    return { profile: "data-resource", ...common, format: "parquet", mediatype: PARQUET_TYPE };
  }
  if (format.table === "xlsx") {
    return { profile: "data-resource", ...common, format: "xlsx", mediatype: XLSX_TYPE, sheet: format.sheet };
  }
  return {
    profile: "tabular-data-resource",
    ...common,
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    dialect: {
      csvddfVersion: 1.2,
      delimiter: ",",
      lineTerminator: "\r\n",
      quoteChar: '"',
      doubleQuote: true,
      skipInitialSpace: false,
      header: true,
      caseSensitiveHeader: true,
    },
    formulaGuard:
      format.formulas === "guard"
        ? { applied: true, undo: { replace: UNGUARD_PATTERN, with: "\\1\\2" } }
        : { applied: false },
  };
}

/** A Field Descriptor. What the rows do not keep to is not promised. */
function field(
  column: TableColumn,
  summary: ColumnSummary | undefined,
  table: TableDescription["format"]["table"],
): Record<string, unknown> {
  const typed = (summary?.offType ?? 0) === 0;
  const constraints: Record<string, unknown> = {};
  if (column.required && (summary?.nulls ?? 0) === 0) constraints["required"] = true;
  if (column.unique === true) constraints["unique"] = true;
  if (column.enum !== undefined) constraints["enum"] = column.enum;
  // A sheet's times have no offset: a smallest moment is not the smallest time on the clock where clocks were set back.
  if (typed && !(table === "xlsx" && column.type === "datetime")) {
    if (summary?.min !== undefined) constraints["minimum"] = summary.min;
    if (summary?.max !== undefined) constraints["maximum"] = summary.max;
  }
  return {
    name: column.name,
    type: typed ? column.type : "string",
    // Of times: the default is UTC alone, "any" allows offsets.
    ...(column.type === "datetime" && typed ? { format: "any" } : {}),
    title: column.title,
    description: column.description,
    ...(column.unit === undefined ? {} : { unit: column.unit }),
    ...(column.missing === undefined ? {} : { missing: column.missing }),
    treatment: column.treatment,
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
  };
}

import type { Json } from "../../fhir/json.ts";
import type { Cell, ColumnType, TableColumn } from "../table/table.ts";
import { compileDefinition } from "./evaluate-view.ts";
import type { CompiledView } from "./view.ts";
import type { ViewColumn } from "./view-definition.ts";

/**
 * A ViewDefinition as a table: what it reads has been through the policy, so that no view can reach what that took out.
 *
 * @throws USAGE where the document is no valid ViewDefinition, with what is wrong
 */
export function compileView(document: unknown): CompiledView {
  const { definition, columns, evaluate } = compileDefinition(document);
  const { resource } = definition;
  const cells = columns.map(cellMaker);
  return {
    name: toFileName(definition.name ?? resource),
    title: definition.title ?? definition.name ?? resource,
    resource,
    columns: columns.map((column) => tableColumn(column, resource)),
    rows: (treated) =>
      evaluate(treated).map((values) => {
        const row: Cell[] = [];
        for (let index = 0; index < cells.length; index++) row.push(cells[index]!(values[index] ?? null));
        return row;
      }),
  };
}

/** Types of FHIR that are numbers, truths or times; all others are text. A dateTime may be partial: where one is, the column is text. */
const COLUMN_TYPES: Readonly<Record<string, ColumnType>> = {
  boolean: "boolean",
  integer: "integer",
  positiveInt: "integer",
  unsignedInt: "integer",
  decimal: "number",
  date: "date",
  dateTime: "datetime",
  instant: "datetime",
};

function typeOf({ type, collection }: ViewColumn): ColumnType {
  return collection === true ? "string" : (COLUMN_TYPES[type ?? ""] ?? "string");
}

/** Lists, and what is no primitive, are told as their JSON. */
function cellMaker(column: ViewColumn): (value: Json) => Cell {
  const isNumber = ["integer", "number"].includes(typeOf(column));
  return (value) => {
    if (value === null) return null;
    if (typeof value === "number") return isNumber ? value : String(value);
    if (typeof value === "string") return value;
    if (Array.isArray(value) && value.length === 0) return null;
    return typeof value === "boolean" ? String(value) : JSON.stringify(value);
  };
}

function tableColumn(column: ViewColumn, resource: string): TableColumn {
  const { name, path, type, description, collection } = column;
  const what = `${type ?? "value"}${collection === true ? ", a list in JSON" : ""}, ${path} of ${resource}`;
  return {
    name,
    type: typeOf(column),
    title: name,
    description: description === undefined ? `FHIR ${what}` : `${description} (FHIR ${what})`,
    required: false,
    treatment: "as the policy left it",
  };
}

/** "UsCoreBloodPressures" becomes "us-core-blood-pressures". */
function toFileName(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}

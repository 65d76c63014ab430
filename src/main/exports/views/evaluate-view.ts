import { SatchelError } from "../../../contract/errors.ts";
import type { Json, Resource } from "../../fhir/json.ts";
import {
  compilePath,
  compileSinglePath,
  type Evaluate,
  type PathConstants,
  type PathScope,
} from "../../fhir/path/compile-path.ts";
import { SEVERAL } from "../../fhir/path/compile-single.ts";
import { tooMuch } from "../../fhir/path/functions.ts";
import { bare, type Collection } from "../../fhir/path/item.ts";
import {
  constantsOf,
  parseViewDefinition,
  type ViewColumn,
  type ViewDefinition,
  type ViewSelect,
} from "./view-definition.ts";

/** Values of one row in the order of the columns: null where there is none, a list where the column is a collection. */
export type ViewValues = readonly Json[];

export interface EvaluatedView {
  definition: ViewDefinition;
  columns: readonly ViewColumn[];
  /** @throws USAGE where what the view says does not go with the resource: two values in a column of one, a condition that is none */
  evaluate: (resource: Resource) => ViewValues[];
}

/** Rows of a part of a view, for one focus. */
type Rows = (focus: Collection, scope: PathScope) => ViewValues[];

interface CompiledSelect {
  columns: ViewColumn[];
  rows: Rows;
}

/** A view that asks for more rows of one resource was not meant. */
const MOST_ROWS = 1_000_000;

/**
 * A ViewDefinition made ready to run (SQL on FHIR 2.0.0, processing algorithm).
 *
 * @throws USAGE where the document is no valid ViewDefinition, with what is wrong
 */
export function compileDefinition(document: unknown): EvaluatedView {
  const definition = parseViewDefinition(document);
  const constants = constantsOf(definition);
  const { columns, rows } = compileSelect({ select: definition.select }, constants);
  assertUnique(columns);
  const conditions = (definition.where ?? []).map(({ path }) => ({ path, holds: compilePath(path, constants) }));
  return {
    definition,
    columns,
    evaluate(resource) {
      if (resource.resourceType !== definition.resource) return [];
      const scope = { resource, rowIndex: 0 };
      const focus = [resource];
      try {
        for (const { path, holds } of conditions) if (!isTrue(holds(focus, scope), path)) return [];
        return rows(focus, scope);
      } catch (error) {
        // A repeat that finds itself again, or a text that doubles.
        throw error instanceof RangeError ? tooMuch(error) : error;
      }
    },
  };
}

function compileSelect(select: ViewSelect, constants: PathConstants): CompiledSelect {
  const parts: CompiledSelect[] = [];
  if (select.column !== undefined) parts.push(compileColumns(select.column, constants));
  for (const inner of select.select ?? []) parts.push(compileSelect(inner, constants));
  if (select.unionAll !== undefined) parts.push(compileUnion(select.unionAll, constants));
  const columns = parts.flatMap((part) => part.columns);
  const within: Rows = (focus, scope) => join(parts.map((part) => part.rows(focus, scope)));
  return { columns, rows: compileIteration(select, columns.length, within, constants) };
}

function compileColumns(columns: ViewColumn[], constants: PathConstants): CompiledSelect {
  const values = columns.map((column) => {
    const evaluate = compilePath(column.path, constants);
    if (column.collection === true) return (focus: Collection, scope: PathScope) => evaluate(focus, scope).map(bare);
    const single = compileSinglePath(column.path, constants);
    return (focus: Collection, scope: PathScope): Json => {
      const value = single(focus, scope);
      return value === SEVERAL ? valueOf(column, evaluate(focus, scope)) : (value ?? null);
    };
  });
  return {
    columns,
    rows(focus, scope) {
      const row: Json[] = [];
      for (const value of values) row.push(value(focus, scope));
      return [row];
    },
  };
}

function valueOf({ name }: ViewColumn, values: Collection): Json {
  if (values.length > 1)
    throw new SatchelError(
      "USAGE",
      `The column ${name} of the view has several values of one resource.`,
      "Take one of them with first(), go through them with forEach, or make the column a collection.",
    );
  return values.length === 0 ? null : bare(values[0]!);
}

/** All of each, one after another; their columns must be the same in the same order. */
function compileUnion(selects: ViewSelect[], constants: PathConstants): CompiledSelect {
  const parts = selects.map((select) => compileSelect(select, constants));
  const columns = parts[0]?.columns ?? [];
  const names = columns.map(({ name }) => name).join(", ");
  for (const part of parts)
    if (part.columns.map(({ name }) => name).join(", ") !== names)
      throw new SatchelError(
        "USAGE",
        "The parts of a unionAll of the view have different columns.",
        `Give all of them these columns, in this order: ${names}.`,
      );
  return { columns, rows: (focus, scope) => parts.flatMap((part) => part.rows(focus, scope)) };
}

function compileIteration(select: ViewSelect, width: number, within: Rows, constants: PathConstants): Rows {
  const each = select.forEach ?? select.forEachOrNull;
  if (each !== undefined) {
    const items = compilePath(each, constants);
    const orNull = select.forEachOrNull !== undefined;
    return (focus, scope) => {
      const found = items(focus, scope);
      if (found.length === 0 && orNull) return within([], { ...scope, rowIndex: 0 });
      return goThrough(found, scope, within);
    };
  }
  if (select.repeat === undefined) return within;
  const paths = select.repeat.map((path) => compilePath(path, constants));
  return (focus, scope) => (width === 0 ? [] : goThrough(descend(focus, paths, scope), scope, within));
}

function goThrough(items: Collection, scope: PathScope, within: Rows): ViewValues[] {
  const rows: ViewValues[] = [];
  const inner = { ...scope };
  for (const [rowIndex, item] of items.entries()) {
    inner.rowIndex = rowIndex;
    for (const row of within([item], inner)) rows.push(row);
  }
  return rows;
}

/** Depth first: an item, then what the paths find below it (SQL on FHIR 3.0.0-ballot, repeat). */
function descend(focus: Collection, paths: readonly Evaluate[], scope: PathScope): Collection {
  return paths.flatMap((path) => path(focus, scope).flatMap((item) => [item, ...descend([item], paths, scope)]));
}

/** Each row of one with each row of the next. */
function join(parts: readonly ViewValues[][]): ViewValues[] {
  if (parts.length === 1) return parts[0]!;
  let rows: ViewValues[] = [[]];
  for (const [index, part] of parts.entries()) {
    if (rows.length * part.length > MOST_ROWS)
      throw new SatchelError(
        "TOO_LARGE",
        `The view makes more than ${MOST_ROWS.toLocaleString("en")} rows of one resource.`,
        "Put what it goes through into views of their own.",
      );
    if (index === 0) rows = part;
    else rows = cross(rows, part);
  }
  return rows;
}

function cross(rows: readonly ViewValues[], others: readonly ViewValues[]): ViewValues[] {
  const crossed: ViewValues[] = [];
  for (const row of rows) for (const other of others) crossed.push(row.concat(other));
  return crossed;
}

function isTrue(values: Collection, path: string): boolean {
  if (values.length === 0) return false;
  const value = values.length === 1 ? bare(values[0]!) : undefined;
  if (typeof value === "boolean") return value;
  throw new SatchelError(
    "USAGE",
    `The condition of the view gives no true or false: ${path}`,
    "Make it a comparison, or end it with exists().",
  );
}

function assertUnique(columns: readonly ViewColumn[]): void {
  const names = new Set<string>();
  for (const { name } of columns) {
    if (names.has(name))
      throw new SatchelError("USAGE", `The view has two columns named ${name}.`, "Give one of them another name.");
    names.add(name);
  }
}

import type { ReactNode } from "react";

/** A column of a virtual table. `cell` is called for each row that comes into view: it must be quick and depend on the row alone. */
export interface Column<Row> {
  id: string;
  label: string;
  /** A text gets itself as its title, so that a cut one can be read. */
  cell: (row: Row) => ReactNode;
  /** CSS pixels to begin with. */
  width: number;
  /** Numbers stand at the end, so that their digits stand below each other. */
  align?: "start" | "end";
  sortable?: boolean;
  /** Cannot be hidden: it says what the row is. */
  fixed?: boolean;
  /** Hidden until somebody shows it. */
  hidden?: boolean;
}

/** What a person has made of a table's columns. Columns it does not name stand as the screen has them. */
export interface TableLayout {
  order: readonly string[];
  widths: Readonly<Record<string, number>>;
  /** Hidden or shown against what the column says. */
  hidden: Readonly<Record<string, boolean>>;
}

export interface Sort {
  column: string;
  descending: boolean;
}

export const PLAIN_LAYOUT: TableLayout = { order: [], widths: {}, hidden: {} };

/** Narrower, nothing can be read; wider, nothing else can be seen. CSS pixels. */
export const NARROWEST = 48;
export const WIDEST = 1200;

export function widthOf(column: Pick<Column<never>, "id" | "width">, layout: TableLayout): number {
  return clampWidth(layout.widths[column.id] ?? column.width);
}

export function isHidden(column: Pick<Column<never>, "id" | "hidden" | "fixed">, layout: TableLayout): boolean {
  return column.fixed !== true && (layout.hidden[column.id] ?? column.hidden ?? false);
}

/** All columns in the order of the layout; those it does not know keep their place behind their neighbour. */
export function arrangeColumns<C extends { id: string }>(columns: readonly C[], layout: TableLayout): C[] {
  const arranged = layout.order.flatMap((id) => columns.filter((column) => column.id === id));
  columns.forEach((column, at) => {
    if (arranged.includes(column)) return;
    const before = columns[at - 1];
    arranged.splice(before === undefined ? 0 : arranged.indexOf(before) + 1, 0, column);
  });
  return arranged;
}

export function resizeColumn(layout: TableLayout, id: string, width: number): TableLayout {
  return { ...layout, widths: { ...layout.widths, [id]: clampWidth(width) } };
}

export function hideColumn(layout: TableLayout, id: string, hidden: boolean): TableLayout {
  return { ...layout, hidden: { ...layout.hidden, [id]: hidden } };
}

/** @param by places to the end (or, negative, to the start); a column at the edge stays */
export function moveColumn(
  columns: readonly { id: string }[],
  layout: TableLayout,
  id: string,
  by: number,
): TableLayout {
  const order = arrangeColumns(columns, layout).map((column) => column.id);
  const from = order.indexOf(id);
  const to = Math.min(order.length - 1, Math.max(0, from + by));
  if (from === -1) return layout;
  order.splice(from, 1);
  order.splice(to, 0, id);
  return { ...layout, order };
}

function clampWidth(width: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, Math.round(width)));
}

/** Reads what the settings hold. They may be of another edition: what is not understood is as if it were not there. */
export function parseLayout(stored: unknown): TableLayout & { sort: Sort | undefined } {
  const record = asRecord(stored);
  const sort = asRecord(record["sort"]);
  return {
    order: Array.isArray(record["order"]) ? record["order"].filter((one) => typeof one === "string") : [],
    widths: entriesOf(record["widths"], (one): one is number => typeof one === "number" && Number.isFinite(one)),
    hidden: entriesOf(record["hidden"], (one): one is boolean => typeof one === "boolean"),
    sort:
      typeof sort["column"] === "string" && typeof sort["descending"] === "boolean"
        ? { column: sort["column"], descending: sort["descending"] }
        : undefined,
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function entriesOf<T>(value: unknown, isRight: (one: unknown) => one is T): Record<string, T> {
  const right = Object.entries(asRecord(value)).filter((entry): entry is [string, T] => isRight(entry[1]));
  return Object.fromEntries(right);
}

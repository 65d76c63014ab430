import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode, type RefObject } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { NARROWEST, resizeColumn, widthOf, type Column, type Sort, type TableLayout } from "./columns.ts";
import styles from "./virtual-table.module.css";

/** How far a key widens or narrows a column, in CSS pixels. */
const STEP = 16;

export interface HeadPick {
  state: "none" | "some" | "all";
  disabled: boolean;
  onToggle: () => void;
}

export interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  layout: TableLayout;
  onLayout: ((layout: TableLayout) => void) | undefined;
  sort: Sort | undefined;
  onSort: ((sort: Sort) => void) | undefined;
  pick: HeadPick | undefined;
  /** The element that bears the widths while a column is dragged, so that nothing is drawn anew meanwhile. */
  grid: RefObject<HTMLElement | null>;
  /** Gives the keyboard back to the rows. */
  onLeave: () => void;
}

/** Names of the columns, one stop of the Tab key: arrows go from one to the next, Enter sorts, Shift with an arrow widens. */
export function TableHead<Row>({
  columns,
  layout,
  onLayout,
  sort,
  onSort,
  pick,
  grid,
  onLeave,
}: TableHeadProps<Row>): ReactNode {
  const labels = useLabels().parts.table;
  const row = useRef<HTMLDivElement>(null);
  const stop = Math.max(
    0,
    columns.findIndex((column) => column.id === sort?.column),
  );
  const first = pick === undefined ? 1 : 2;
  function onKeyDown(event: KeyboardEvent, column: Column<Row>, at: number): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "ArrowDown") onLeave();
    else if (step !== undefined && event.shiftKey)
      onLayout?.(resizeColumn(layout, column.id, widthOf(column, layout) + step * STEP));
    else if (step !== undefined) row.current?.querySelectorAll("button")[at + step]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow} ref={row}>
        {pick === undefined ? null : (
          <div role="columnheader" aria-colindex={1} className={styles.pick}>
            <input
              type="checkbox"
              aria-label={labels.pickAll}
              title={labels.pickAll}
              checked={pick.state === "all"}
              disabled={pick.disabled}
              ref={(input) => {
                if (input !== null) input.indeterminate = pick.state === "some";
              }}
              onChange={pick.onToggle}
            />
          </div>
        )}
        {columns.map((column, at) => (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={first + at}
            aria-sort={ariaSort(column, sort)}
            className={column.align === "end" ? styles.endHeading : styles.heading}
          >
            <button
              type="button"
              tabIndex={at === stop ? 0 : -1}
              className={styles.sort}
              aria-disabled={column.sortable === true ? undefined : true}
              onClick={() => {
                if (column.sortable === true)
                  onSort?.({ column: column.id, descending: sort?.column === column.id && !sort.descending });
              }}
              onKeyDown={(event) => onKeyDown(event, column, at)}
              title={onLayout === undefined ? undefined : labels.headingHint}
            >
              <span className={styles.headingText}>{column.label}</span>
              <SortMark column={column} sort={sort} />
            </button>
            {onLayout === undefined ? null : (
              <span
                className={styles.grip}
                aria-hidden="true"
                onPointerDown={(event) =>
                  dragWidth(event, { column, columns, layout, onLayout, grid, picking: pick !== undefined })
                }
              />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function SortMark<Row>({ column, sort }: { column: Column<Row>; sort: Sort | undefined }): ReactNode {
  if (column.sortable !== true || sort?.column !== column.id) return null;
  return sort.descending ? <IconArrowDown size={14} aria-hidden /> : <IconArrowUp size={14} aria-hidden />;
}

function ariaSort<Row>(column: Column<Row>, sort: Sort | undefined): "ascending" | "descending" | "none" | undefined {
  if (column.sortable !== true) return undefined;
  if (sort?.column !== column.id) return "none";
  return sort.descending ? "descending" : "ascending";
}

/** The CSS grid of header and rows. The last track takes what is left, so that rows reach the edge. */
export function gridTracks(widths: readonly number[], picking: boolean): string {
  return `${picking ? "36px " : ""}${widths.map((width) => `${width}px`).join(" ")} minmax(0, 1fr)`;
}

function dragWidth<Row>(
  event: PointerEvent,
  {
    column,
    columns,
    layout,
    onLayout,
    grid,
    picking,
  }: {
    column: Column<Row>;
    columns: readonly Column<Row>[];
    layout: TableLayout;
    onLayout: (layout: TableLayout) => void;
    grid: RefObject<HTMLElement | null>;
    picking: boolean;
  },
): void {
  event.preventDefault();
  const start = event.clientX;
  const before = widthOf(column, layout);
  // To the right is wider, unless the page runs from right to left.
  const way = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
  let width = before;
  const move = (moved: globalThis.PointerEvent): void => {
    width = Math.max(NARROWEST, before + (moved.clientX - start) * way);
    const widths = columns.map((one) => (one.id === column.id ? width : widthOf(one, layout)));
    grid.current?.style.setProperty("--tracks", gridTracks(widths, picking));
  };
  const end = (): void => {
    globalThis.removeEventListener("pointermove", move);
    globalThis.removeEventListener("pointerup", end);
    globalThis.removeEventListener("pointercancel", end);
    if (width !== before) onLayout(resizeColumn(layout, column.id, width));
  };
  globalThis.addEventListener("pointermove", move);
  globalThis.addEventListener("pointerup", end);
  globalThis.addEventListener("pointercancel", end);
}

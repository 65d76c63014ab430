import { useVirtualizer, defaultRangeExtractor } from "@tanstack/react-virtual";
import {
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../format.ts";
import {
  arrangeColumns,
  isHidden,
  PLAIN_LAYOUT,
  widthOf,
  type Column,
  type Sort,
  type TableLayout,
} from "./columns.ts";
import { gridTracks, TableHead, type HeadPick } from "./table-head.tsx";
import { readTableKey } from "./table-keys.ts";
import { TableRow } from "./table-row.tsx";
import styles from "./virtual-table.module.css";

/**
 * Chromium draws nothing below 33,554,432 px, and positions above 16,777,216 px are no longer exact to the pixel (they are 32-bit floats).
 * Rows beyond this height are not shown; the table says so and asks for a narrower filter. At 32 px that is after 500,000 rows.
 */
const TALLEST_PX = 16_000_000;
const HEAD_PX = 32;

export interface Picking<Row> {
  /** Undefined where it cannot be told. */
  isPicked: (row: Row) => boolean | undefined;
  head: HeadPick;
  onToggle: (row: Row, index: number) => void;
  /** From where the range began to where it ends now, in either order. Said again with each step. */
  onRange: (anchor: number, end: number) => void;
}

export interface VirtualTableProps<Row> {
  /** What the table is, for those who hear it. */
  label: string;
  columns: readonly Column<Row>[];
  total: number;
  /** Undefined while the row is on its way. Must be a new function when a row changes, and the same one otherwise. */
  rowAt: (index: number) => Row | undefined;
  /** Rows on the screen and a few more, both ends included. */
  onShow?: (first: number, last: number) => void;
  rowHeight: number;
  layout?: TableLayout;
  onLayout?: (layout: TableLayout) => void;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  picking?: Picking<Row>;
  /** Enter, or a click. */
  onOpen?: (row: Row, index: number) => void;
  /** The row that the keyboard stands on has changed. */
  onActive?: (row: Row | undefined, index: number) => void;
  /** Escape. */
  onClose?: () => void;
  isOpen?: (row: Row) => boolean;
  /** When it changes the list is another one: it is shown from its top. */
  listKey?: string;
  /** Where to begin, in CSS pixels, and where it was left. */
  startAt?: number;
  onScrolled?: (offset: number) => void;
}

/**
 * A table of up to 500,000 rows of one height, of which only those on the screen exist. An ARIA grid: the grid has the focus, the active
 * row is its `aria-activedescendant`, so that no row that scrolls away takes the focus with it.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>): ReactNode {
  const { columns, total, rowAt, onShow, rowHeight, layout = PLAIN_LAYOUT, picking } = props;
  const labels = useLabels().parts.table;
  const format = useFormat();
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const anchor = useRef(0);
  const count = Math.min(total, Math.floor(TALLEST_PX / rowHeight));
  const shown = useMemo(
    () => arrangeColumns(columns, layout).filter((column) => !isHidden(column, layout)),
    [columns, layout],
  );
  const current = Math.min(active, Math.max(0, count - 1));
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: HEAD_PX,
    initialOffset: props.startAt ?? 0,
    // The active row stays in the page wherever it is, or a screen reader would lose it.
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const rows = defaultRangeExtractor(range);
        return count === 0 || rows.includes(current) ? rows : [...rows, current].sort((a, b) => a - b);
      },
      [current, count],
    ),
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const lastKey = useRef(props.listKey);
  useEffect(() => {
    if (lastKey.current === props.listKey) return;
    lastKey.current = props.listKey;
    anchor.current = 0;
    setActive(0);
    virtualizer.scrollToOffset(0);
  }, [props.listKey, virtualizer]);
  const range = virtualizer.range;
  const [first, last] = [range?.startIndex ?? 0, range?.endIndex ?? 0];
  useEffect(
    () => onShow?.(Math.max(0, first - 8), Math.min(Math.max(0, count - 1), last + 8)),
    [onShow, first, last, count],
  );

  function moveTo(index: number, asRange: boolean): void {
    setActive(index);
    virtualizer.scrollToIndex(index, { align: "auto" });
    if (asRange) picking?.onRange(anchor.current, index);
    else anchor.current = index;
    props.onActive?.(rowAt(index), index);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== grid.current) return;
    const perPage = Math.floor((grid.current.clientHeight - HEAD_PX) / rowHeight);
    const action = readTableKey(event, current, count, perPage);
    if (action === undefined) return;
    const row = rowAt(current);
    if (action.type === "close") {
      props.onClose?.();
      return;
    }
    event.preventDefault();
    if (action.type === "move") moveTo(action.to, action.range);
    else if (action.type === "pickAll") {
      if (picking?.head.state !== "all" && picking?.head.disabled === false) picking.head.onToggle();
    } else if (row !== undefined && action.type === "toggle") {
      anchor.current = current;
      picking?.onToggle(row, current);
    } else if (row !== undefined && action.type === "open") props.onOpen?.(row, current);
  }
  function onClick(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const index = Number(target.closest<HTMLElement>("[data-index]")?.dataset["index"] ?? Number.NaN);
    const row = Number.isNaN(index) ? undefined : rowAt(index);
    if (row === undefined) return;
    setActive(index);
    if (event.shiftKey) {
      picking?.onRange(anchor.current, index);
      return;
    }
    anchor.current = index;
    const picks = target.closest("[data-pick]") !== null || event.ctrlKey || event.metaKey;
    if (picks) picking?.onToggle(row, index);
    else props.onOpen?.(row, index);
  }
  const tracks = gridTracks(
    shown.map((column) => widthOf(column, layout)),
    picking !== undefined,
  );
  useEffect(() => grid.current?.style.setProperty("--tracks", tracks), [tracks]);
  return (
    <div className={styles.frame}>
      {/* The rows are reached through the grid by keys; a click on one is the same as Enter or Space. */}
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={total + 1}
        aria-colcount={shown.length + (picking === undefined ? 0 : 1)}
        aria-multiselectable={picking === undefined ? undefined : true}
        aria-activedescendant={count > 0 ? `${id}-${current}` : undefined}
        className={styles.grid}
        onKeyDown={onKeyDown}
        onScroll={(event) => props.onScrolled?.(event.currentTarget.scrollTop)}
      >
        <TableHead
          columns={shown}
          layout={layout}
          onLayout={props.onLayout}
          sort={props.sort}
          onSort={props.onSort}
          pick={picking?.head}
          grid={grid}
          onLeave={() => grid.current?.focus()}
        />
        <div
          role="rowgroup"
          className={styles.body}
          style={{ height: virtualizer.getTotalSize() }}
          onClick={onClick}
          onMouseDown={(event) => {
            // A range picked by mouse is no text to be marked.
            if (!event.shiftKey) return;
            event.preventDefault();
            grid.current?.focus({ preventScroll: true });
          }}
        >
          {virtualizer.getVirtualItems().map((item) => {
            const row = rowAt(item.index);
            return (
              <TableRow
                key={item.key}
                id={`${id}-${item.index}`}
                index={item.index}
                row={row}
                columns={shown}
                top={item.start}
                height={rowHeight}
                picking={picking !== undefined}
                picked={row === undefined ? false : picking?.isPicked(row)}
                active={item.index === current}
                open={row !== undefined && props.isOpen?.(row) === true}
              />
            );
          })}
        </div>
      </div>
      {total > count ? <p className={styles.beyond}>{labels.beyond(format.count(count))}</p> : null}
    </div>
  );
}

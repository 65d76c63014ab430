import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import classes from "./receipt.module.css";

const ROW_HEIGHT = 28;
/** On paper nothing scrolls: so many rows at most are printed whole. */
const MOST_PRINTED = 500;

/**
 * Rows of words, of which only those in sight are in the page.
 *
 * @param tracks widths of the columns, as CSS grid tracks. @param printed the rows are printed too, instead of left out on paper
 */
export function VirtualRows(props: {
  label: string;
  titles: readonly string[];
  tracks: string;
  count: number;
  cells: (index: number) => readonly string[];
  printed?: boolean;
}): ReactNode {
  const { label, titles, tracks, count, cells, printed = false } = props;
  const { leftOut } = useLabels().packages.receiptPage;
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  const columns = { gridTemplateColumns: tracks };
  return (
    <>
      <div
        ref={scroller}
        className={classes.rows}
        role="table"
        aria-label={label}
        aria-rowcount={count + 1}
        tabIndex={0}
      >
        <div className={classes.titles} role="row" aria-rowindex={1} style={columns}>
          {titles.map((title) => (
            <span key={title} role="columnheader">
              {title}
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ position: "relative", height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              ref={virtual.measureElement}
              data-index={index}
              role="row"
              aria-rowindex={index + 2}
              className={classes.line}
              style={{ ...columns, transform: `translateY(${start}px)` }}
            >
              {cells(index).map((cell, column) => (
                <span key={titles[column] ?? column} role="cell">
                  <bdi dir="auto">{cell}</bdi>
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
      {printed && (
        <ul className={classes.onlyPrinted}>
          {Array.from({ length: Math.min(count, MOST_PRINTED) }, (_, index) => (
            <li key={index}>{cells(index).join(": ")}</li>
          ))}
          {count > MOST_PRINTED && <li>{leftOut(format.count(count - MOST_PRINTED))}</li>}
        </ul>
      )}
    </>
  );
}

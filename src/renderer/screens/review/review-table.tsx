import { VisuallyHidden } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";
import type { ReviewRow } from "../../../contract/calls/exports.ts";
import { useLabels } from "../../labels/labels.tsx";
import type { ReviewLine } from "./review-order.ts";
import classes from "./review.module.css";

const ROW_HEIGHT = 33;
const INDENT = 16;
const COLUMNS = 5;

/** A header before and after, element by element, nested by indent. Only the rows in sight are in the page; long values take more lines. */
export function ReviewTable({ lines }: { lines: readonly ReviewLine[] }): ReactNode {
  const labels = useLabels().review;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  return (
    <div
      ref={scroller}
      className={classes.table}
      role="table"
      aria-label={labels.table}
      aria-rowcount={lines.length + 1}
      tabIndex={0}
    >
      <div className={classes.inner} role="presentation">
        <div role="rowgroup">
          <div className={classes.titles} role="row" aria-rowindex={1}>
            {[labels.tag, labels.name, labels.before, labels.after, labels.change].map((title) => (
              <span key={title} role="columnheader">
                {title}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" style={{ position: "relative", height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index];
            if (line === undefined) return null;
            const isHeading = "heading" in line;
            return (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                role="row"
                aria-rowindex={index + 2}
                className={isHeading ? classes.group : classes.row}
                data-change={isHeading ? undefined : line.row.change}
                style={{ transform: `translateY(${start}px)` }}
              >
                {isHeading ? (
                  <span role="rowheader" aria-colspan={COLUMNS}>
                    {labels.groups[line.heading]}
                  </span>
                ) : (
                  <Cells row={line.row} />
                )}
              </div>
            );
          })}
        </div>
      </div>
      {lines.length === 0 && <p className={classes.none}>{labels.nothingFound}</p>}
    </div>
  );
}

function Cells({ row }: { row: ReviewRow }): ReactNode {
  const labels = useLabels().review;
  return (
    <>
      <span role="cell" className={`${classes.cell} ${classes.tag}`}>
        {row.tag}
      </span>
      <span role="cell" className={classes.cell} style={{ paddingInlineStart: row.depth * INDENT }}>
        {row.name}
      </span>
      <Value value={row.before} className={classes.was} />
      <Value value={row.after} className={classes.is} />
      <span role="cell" className={classes.change}>
        <span className={classes.mark} aria-hidden />
        {labels.changes[row.change]}
      </span>
    </>
  );
}

function Value({ value, className }: { value: string | null; className: string | undefined }): ReactNode {
  const labels = useLabels().review;
  return (
    <span role="cell" className={classes.cell}>
      {value === null ? (
        <span className={classes.absent}>
          <span aria-hidden>–</span>
          <VisuallyHidden>{labels.nothing}</VisuallyHidden>
        </span>
      ) : (
        <bdi dir="auto" className={className}>
          {value}
        </bdi>
      )}
    </span>
  );
}

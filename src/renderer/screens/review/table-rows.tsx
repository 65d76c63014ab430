import { Button, VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";
import { EXAM_COLUMNS, NOTE_COLUMNS } from "../../../contract/records.ts";
import { useLabels } from "../../labels/labels.tsx";
import type { Labels } from "../../labels/en/index.ts";
import { useFormat } from "../../parts/format.ts";
import { MarkedText, type TextMark } from "./marked-text.tsx";
import classes from "./review.module.css";
import type { ReviewedCell, ReviewedCells } from "./table-review-rows.ts";

/** So much of a cell is shown in the table; a longer text is read beside it. */
const SHOWN = 320;
const COLUMNS = 4;
const HEAD_HEIGHT = 33;

/** A column of either table in plain words; as it is called where it is of neither. */
export function sayColumn(column: string, kind: "notes" | "studies", { records }: Pick<Labels, "records">): string {
  const note = NOTE_COLUMNS.find((one) => one === column);
  const exam = EXAM_COLUMNS.find((one) => one === column);
  if (kind === "notes") return note === undefined ? column : records.noteColumns[note];
  return exam === undefined ? column : records.examColumns[exam];
}

/** Rows of a table, cell by cell, before and after. */
export function TableRows(props: {
  kind: "notes" | "studies";
  rows: readonly ReviewedCells[];
  /** The row whose text is open beside the page. */
  opened: number | undefined;
  onOpen: (row: number) => void;
}): ReactNode {
  const { kind, rows, opened, onOpen } = props;
  const { review, tableReview } = useLabels();
  const labels = tableReview.review;
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // By itself and not with the page: whoever opens one note after the other from a list stays at that list.
    const row = scroller.current?.querySelector<HTMLElement>("[data-opened=true]");
    if (row && scroller.current !== null) scroller.current.scrollTop = row.offsetTop - HEAD_HEIGHT;
  }, [opened]);
  return (
    <div ref={scroller} className={classes.table} tabIndex={0} role="region" aria-label={labels.table}>
      <table className={classes.cells} aria-label={labels.table}>
        <thead>
          <tr>
            {[labels.column, review.before, review.after, review.change].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {rows.map(({ row, cells, long }) => (
          <tbody key={row} data-opened={row === opened}>
            <tr>
              <th colSpan={COLUMNS} scope="rowgroup" className={classes.rowHead}>
                {labels.row(format.count(row + 1))}
                {long !== undefined && (long.before ?? "") !== "" && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    ml="sm"
                    aria-label={labels.read(format.count(row + 1))}
                    aria-expanded={row === opened}
                    onClick={() => onOpen(row)}
                  >
                    {labels.readShort}
                  </Button>
                )}
              </th>
            </tr>
            {cells.map((cell) => (
              <Cells key={cell.column} cell={cell} kind={kind} />
            ))}
          </tbody>
        ))}
      </table>
      {rows.length === 0 && <p className={classes.none}>{labels.nothingChanged}</p>}
    </div>
  );
}

function Cells({ cell, kind }: { cell: ReviewedCell; kind: "notes" | "studies" }): ReactNode {
  const words = useLabels();
  const { column, before, after, change, text } = cell;
  return (
    <tr data-change={change}>
      <th scope="row" title={column}>
        {sayColumn(column, kind, words)}
        <span className={classes.columnCode}>{column}</span>
      </th>
      <Value value={before} marks={text?.replaced} className={text === undefined ? classes.was : undefined} />
      {/* Of a text only the marks are coloured: a page of it is to be read. */}
      <Value value={after} marks={text?.suspicious} className={text === undefined ? classes.is : undefined} />
      <td>
        <span className={classes.change}>
          <span className={classes.mark} aria-hidden />
          {words.review.changes[change]}
        </span>
      </td>
    </tr>
  );
}

function Value(props: {
  value: string | null;
  marks: readonly TextMark[] | undefined;
  className: string | undefined;
}): ReactNode {
  const { value, marks = [], className } = props;
  const labels = useLabels().review;
  if (value === null || value === "")
    return (
      <td>
        <span className={classes.absent}>
          <span aria-hidden>–</span>
          <VisuallyHidden>{labels.nothing}</VisuallyHidden>
        </span>
      </td>
    );
  return (
    <td>
      <bdi dir="auto" className={className}>
        <MarkedText text={value} marks={marks} limit={SHOWN} />
        {value.length > SHOWN ? "…" : ""}
      </bdi>
    </td>
  );
}

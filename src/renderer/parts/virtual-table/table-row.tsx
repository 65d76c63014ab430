import { memo, type CSSProperties, type ReactElement, type ReactNode } from "react";
import type { Column } from "./columns.ts";
import styles from "./virtual-table.module.css";

export interface TableRowProps<Row> {
  id: string;
  index: number;
  /** Undefined while it is on its way. */
  row: Row | undefined;
  columns: readonly Column<Row>[];
  top: number;
  height: number;
  /** Undefined where it cannot be told. */
  picked: boolean | undefined;
  picking: boolean;
  active: boolean;
  open: boolean;
}

function TableRowOf<Row>({ id, index, row, columns, top, height, ...state }: TableRowProps<Row>): ReactNode {
  const style: CSSProperties = { height, transform: `translateY(${top}px)` };
  const classes = [styles.row, state.active ? styles.active : "", state.open ? styles.open : ""];
  const first = state.picking ? 2 : 1;
  return (
    <div
      role="row"
      id={id}
      data-index={index}
      className={classes.join(" ")}
      style={style}
      aria-rowindex={index + 2}
      aria-busy={row === undefined ? true : undefined}
      aria-selected={state.picking ? state.picked : undefined}
      aria-current={state.open ? "true" : undefined}
    >
      {state.picking ? (
        <div role="gridcell" aria-colindex={1} className={styles.pick} data-pick>
          <span className={styles.box} data-state={state.picked === undefined ? "unknown" : String(state.picked)} />
        </div>
      ) : null}
      {columns.map((column, at) => (
        <Cell key={column.id} column={column} row={row} at={first + at} />
      ))}
    </div>
  );
}

function Cell<Row>({ column, row, at }: { column: Column<Row>; row: Row | undefined; at: number }): ReactNode {
  const content = row === undefined ? <span className={styles.waiting} /> : column.cell(row);
  return (
    <div
      role="gridcell"
      aria-colindex={at}
      className={column.align === "end" ? styles.endCell : styles.cell}
      title={typeof content === "string" && content.length > 8 ? content : undefined}
      dir={typeof content === "string" ? "auto" : undefined}
    >
      {content}
    </div>
  );
}

/** Only rows whose own state has changed are drawn anew: while scrolling none of those that stay. */
export const TableRow = memo(TableRowOf) as <Row>(props: TableRowProps<Row>) => ReactElement;

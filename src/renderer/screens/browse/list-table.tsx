import { useEffect, useRef, type ReactNode } from "react";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import type { Column, Sort } from "../../parts/virtual-table/columns.ts";
import type { RememberedTable } from "../../parts/virtual-table/use-table-layout.ts";
import type { Windows } from "../../parts/virtual-table/use-windows.ts";
import { VirtualTable, type Picking } from "../../parts/virtual-table/virtual-table.tsx";
import styles from "./browse.module.css";

/** The keyboard may run down a list: the side panel follows when it rests. */
const REST_MS = 140;

export interface ListTableProps<Row> {
  label: string;
  /** Of the list: another one is shown from its top. */
  filter: object;
  columns: readonly Column<Row>[];
  table: RememberedTable;
  sort: Sort;
  windows: Windows<Row>;
  /** Undefined while the side panel is closed. */
  isOpen: ((row: Row) => boolean) | undefined;
  onOpen: (row: Row) => void;
  onClose: () => void;
  picking?: Picking<Row>;
  /** Where to begin, in CSS pixels. */
  startAt: number;
  onScrolled: (offset: number) => void;
}

/** A list of Browse: a table and its windows put together, with the side panel following the keyboard. */
export function ListTable<Row>(props: ListTableProps<Row>): ReactNode {
  const { filter, table, sort, windows, isOpen, onOpen, picking } = props;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const follow = (row: Row | undefined): void => {
    clearTimeout(timer.current);
    if (row !== undefined && isOpen !== undefined) timer.current = setTimeout(() => onOpen(row), REST_MS);
  };
  return (
    <>
      {windows.error === undefined ? null : (
        <div className={styles.notice}>
          <ErrorNotice error={windows.error} />
        </div>
      )}
      <div className={styles.table} data-old={windows.isOld}>
        <VirtualTable
          label={props.label}
          columns={props.columns}
          total={windows.total ?? 0}
          rowAt={windows.rowAt}
          onShow={windows.show}
          rowHeight={table.rowHeight}
          layout={table.layout}
          onLayout={table.setLayout}
          sort={sort}
          onSort={table.setSort}
          {...(picking === undefined ? {} : { picking })}
          onOpen={onOpen}
          onActive={follow}
          onClose={props.onClose}
          {...(isOpen === undefined ? {} : { isOpen })}
          listKey={JSON.stringify([filter, sort])}
          startAt={props.startAt}
          onScrolled={props.onScrolled}
        />
      </div>
    </>
  );
}

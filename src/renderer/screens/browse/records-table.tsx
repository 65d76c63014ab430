import { useEffect, useRef, type ReactNode } from "react";
import type { SearchFilter } from "../../../contract/search.ts";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import type { Column, Sort } from "../../parts/virtual-table/columns.ts";
import type { RememberedTable } from "../../parts/virtual-table/use-table-layout.ts";
import type { Windows } from "../../parts/virtual-table/use-windows.ts";
import { VirtualTable } from "../../parts/virtual-table/virtual-table.tsx";
import { getBrowseState, rememberOffset } from "./browse-state.ts";
import { usePicking, type PickingOf } from "./use-picking.ts";
import styles from "./browse.module.css";

/** The keyboard may run down a list: the side panel follows when it rests. */
const REST_MS = 140;

/** Patients or studies: a table, its windows and its picking put together. */
export function RecordsTable<Row>({
  label,
  of,
  filter,
  columns,
  table,
  sort,
  windows,
  isOpen,
  onOpen,
  onClose,
}: {
  label: string;
  of: PickingOf<Row>;
  filter: SearchFilter;
  columns: readonly Column<Row>[];
  table: RememberedTable;
  sort: Sort;
  windows: Windows<Row>;
  /** Undefined while the side panel is closed. */
  isOpen: ((row: Row) => boolean) | undefined;
  onOpen: (row: Row) => void;
  onClose: () => void;
}): ReactNode {
  const total = windows.total ?? 0;
  const picking = usePicking(of, filter, total, windows.rowAt, windows.fetchRange);
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
          label={label}
          columns={columns}
          total={total}
          rowAt={windows.rowAt}
          onShow={windows.show}
          rowHeight={table.rowHeight}
          layout={table.layout}
          onLayout={table.setLayout}
          sort={sort}
          onSort={table.setSort}
          picking={picking}
          onOpen={onOpen}
          onActive={follow}
          onClose={onClose}
          {...(isOpen === undefined ? {} : { isOpen })}
          listKey={JSON.stringify([filter, sort])}
          startAt={getBrowseState().offsets[of.kind]}
          onScrolled={(offset) => rememberOffset(of.kind, offset)}
        />
      </div>
    </>
  );
}

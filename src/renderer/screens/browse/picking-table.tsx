import type { ReactNode } from "react";
import type { SearchFilter } from "../../../contract/search.ts";
import { getBrowseState, rememberOffset } from "./browse-state.ts";
import { ListTable, type ListTableProps } from "./list-table.tsx";
import { usePicking, type PickingOf } from "./use-picking.ts";

/** Patients or studies: a list whose rows are picked for an export. */
export function PickingTable<Row>({
  of,
  filter,
  ...list
}: Omit<ListTableProps<Row>, "filter" | "picking" | "startAt" | "onScrolled"> & {
  of: PickingOf<Row>;
  filter: SearchFilter;
}): ReactNode {
  const { total = 0, rowAt, fetchRange } = list.windows;
  const picking = usePicking(of, filter, total, rowAt, fetchRange);
  return (
    <ListTable
      {...list}
      filter={filter}
      picking={picking}
      startAt={getBrowseState().offsets[of.kind]}
      onScrolled={(offset) => rememberOffset(of.kind, offset)}
    />
  );
}

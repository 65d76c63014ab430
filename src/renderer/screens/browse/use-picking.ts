import { useCallback, useMemo, useRef } from "react";
import type { SearchFilter } from "../../../contract/search.ts";
import type { HeadPick } from "../../parts/virtual-table/table-head.tsx";
import type { Picking } from "../../parts/virtual-table/virtual-table.tsx";
import {
  allMatching,
  clearSelection,
  getSelection,
  isSameFilter,
  kindOf,
  NOTHING,
  setSelection,
  useSelection,
  type Selection,
  type SelectionKind,
} from "../../selection.ts";
import { changeBrowse } from "./browse-state.ts";

/** Up to so many rows are named one by one, where picks made under other filters are to be kept beside them. */
const NAMED_AT_MOST = 10_000;

/** How one kind of row is picked. */
export interface PickingOf<Row> {
  kind: SelectionKind;
  isPicked: (selection: Selection, row: Row, filter: SearchFilter) => boolean | undefined;
  withRows: (selection: Selection, rows: readonly Row[], picked: boolean) => Selection;
}

/**
 * Picking in one of Browse's tables. What would give up an earlier picking (of the other kind of row, or of all that match another filter)
 * is not done but asked about: the selection bar shows the question.
 */
export function usePicking<Row>(
  of: PickingOf<Row>,
  filter: SearchFilter,
  total: number,
  rowAt: (index: number) => Row | undefined,
  fetchRange: (first: number, last: number) => Promise<Row[]>,
): Picking<Row> {
  const selection = useSelection();
  const range = useRange(of, filter, rowAt, fetchRange);
  const { onToggle, onRange } = range;
  const state = headState(selection, of.kind, filter);
  return useMemo(() => {
    const head: HeadPick = {
      state,
      disabled: total === 0,
      onToggle: () => {
        if (state === "all") clearSelection();
        else void pickAll(of, filter, total, fetchRange);
      },
    };
    return { isPicked: (row: Row) => of.isPicked(selection, row, filter), head, onToggle, onRange };
  }, [selection, state, of, filter, total, fetchRange, onToggle, onRange]);
}

function headState(selection: Selection, kind: SelectionKind, filter: SearchFilter): HeadPick["state"] {
  if (kindOf(selection) !== kind) return "none";
  if (selection.scope !== "matching" || !isSameFilter(selection.filter, filter)) return "some";
  return selection.except.size === 0 ? "all" : "some";
}

/** What rows are added to; undefined where that would give up what is picked. */
function baseFor(selection: Selection, kind: SelectionKind, filter: SearchFilter): Selection | undefined {
  if (selection.scope === "none") return selection;
  if (kindOf(selection) !== kind) return undefined;
  return selection.scope !== "matching" || isSameFilter(selection.filter, filter) ? selection : undefined;
}

async function pickAll<Row>(
  of: PickingOf<Row>,
  filter: SearchFilter,
  total: number,
  fetchRange: (first: number, last: number) => Promise<Row[]>,
): Promise<void> {
  const selection = getSelection();
  const all = allMatching(of.kind, filter);
  const base = baseFor(selection, of.kind, filter);
  if (base === undefined) changeBrowse({ pending: all });
  else if (base.scope === "none" || base.scope === "matching") setSelection(all);
  else if (total <= NAMED_AT_MOST) {
    const rows = await fetchRange(0, total - 1);
    if (getSelection() === selection) setSelection(of.withRows(base, rows, true));
  } else changeBrowse({ pending: all });
}

function useRange<Row>(
  of: PickingOf<Row>,
  filter: SearchFilter,
  rowAt: (index: number) => Row | undefined,
  fetchRange: (first: number, last: number) => Promise<Row[]>,
): Pick<Picking<Row>, "onToggle" | "onRange"> {
  /** What was picked when the range began: a range that shrinks gives back what it had taken. */
  const begun = useRef<{ anchor: number; base: Selection; result: Selection }>(undefined);
  const pick = useCallback(
    (base: Selection, rows: readonly Row[], picked: boolean): Selection => {
      const next = of.withRows(base, rows, picked);
      setSelection(next);
      changeBrowse({ pending: undefined });
      return next;
    },
    [of],
  );
  const onToggle = useCallback(
    (row: Row) => {
      const selection = getSelection();
      const base = baseFor(selection, of.kind, filter);
      if (base === undefined) changeBrowse({ pending: of.withRows(NOTHING, [row], true) });
      else pick(base, [row], of.isPicked(selection, row, filter) !== true);
    },
    [of, filter, pick],
  );
  const onRange = useCallback(
    (anchor: number, end: number) => {
      const selection = getSelection();
      const isSameRange = begun.current?.anchor === anchor && begun.current.result === selection;
      const base = isSameRange ? begun.current?.base : baseFor(selection, of.kind, filter);
      const [first, last] = [Math.min(anchor, end), Math.max(anchor, end)];
      const take = (rows: readonly Row[]): void => {
        if (base === undefined) changeBrowse({ pending: of.withRows(NOTHING, rows, true) });
        else begun.current = { anchor, base, result: pick(base, rows, true) };
      };
      const there: Row[] = [];
      for (let at = first; at <= last; at += 1) {
        const row = rowAt(at);
        if (row === undefined) break;
        there.push(row);
      }
      if (there.length === last - first + 1) take(there);
      else
        void (async () => {
          const rows = await fetchRange(first, last);
          if (getSelection() === selection) take(rows);
        })();
    },
    [of, filter, rowAt, fetchRange, pick],
  );
  return { onToggle, onRange };
}

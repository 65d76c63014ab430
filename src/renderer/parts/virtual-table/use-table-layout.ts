import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useAnswer, useCall } from "../../client/query.ts";
import { parseLayout, type Sort, type TableLayout } from "./columns.ts";

/** Columns are dragged in many small steps; the settings are told when the hand rests. */
const REST_MS = 400;

export interface RememberedTable {
  layout: TableLayout;
  setLayout: (layout: TableLayout) => void;
  sort: Sort | undefined;
  setSort: (sort: Sort) => void;
  reset: () => void;
  /** CSS pixels, by the density of the settings. */
  rowHeight: number;
}

/**
 * What a person made of a table's columns, remembered in the settings under the table's name. Only names of columns and numbers go
 * there, never what a row holds.
 */
export function useTableLayout(view: string): RememberedTable {
  const { data } = useAnswer("settings.get", {});
  const { mutate } = useCall("settings.set");
  const stored = useMemo(() => parseLayout(data?.views[view]), [data, view]);
  const [own, setOwn] = useState<ReturnType<typeof parseLayout>>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const now = own ?? stored;
  const remember = useCallback(
    (next: ReturnType<typeof parseLayout>) => {
      setOwn(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const { sort, ...layout } = next;
        const record = { order: [...layout.order], widths: { ...layout.widths }, hidden: { ...layout.hidden } };
        mutate({ views: { [view]: sort === undefined ? record : { ...record, sort: { ...sort } } } });
      }, REST_MS);
    },
    [mutate, view],
  );
  useEffect(() => setOwn(undefined), [view]);
  return {
    layout: now,
    sort: now.sort,
    setLayout: useCallback((layout: TableLayout) => remember({ ...layout, sort: now.sort }), [remember, now.sort]),
    setSort: useCallback((sort: Sort) => remember({ ...now, sort }), [remember, now]),
    reset: useCallback(() => remember({ order: [], widths: {}, hidden: {}, sort: undefined }), [remember]),
    rowHeight: data?.density === "compact" ? 24 : 32,
  };
}

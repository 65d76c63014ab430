import { useQueries, useQueryClient, type QueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { SatchelError } from "../../../contract/errors.ts";
import { useClient } from "../../client/client.tsx";

/** Rows asked for at once: the engine serves a hundred in a few milliseconds, and three windows fill any screen. */
const WINDOW_ROWS = 100;
/** Most rows in one question when a range is gathered: the contract's own limit. */
const RANGE_ROWS = 10_000;
/** Windows that scrolled away are soon let go: a thousand of them would hold the whole catalog. */
const KEEP_MS = 30_000;

export interface WindowOfRows<Row> {
  total: number;
  rows: readonly Row[];
}

export interface Windows<Row> {
  /** Undefined until the first answer. */
  total: number | undefined;
  /** Undefined while the row is on its way. */
  rowAt: (index: number) => Row | undefined;
  /** Says which rows are on the screen, both ends included. */
  show: (first: number, last: number) => void;
  /** What is shown answers an earlier question; the new answer is on its way. */
  isOld: boolean;
  error: SatchelError | undefined;
  /** Rows of a range, both ends included, wherever it is. */
  fetchRange: (first: number, last: number) => Promise<Row[]>;
}

/**
 * A long list in windows. Those on the screen and their neighbours are asked for, others are not. While a new question (another filter,
 * another order) waits for its answer, the old rows stay.
 *
 * @param question names the list and all it depends on; it becomes the key, so its first word decides when the answer is old
 * @param ask gives one window
 */
export function useWindows<Row>(
  question: readonly [call: string, input: object],
  ask: (
    client: ReturnType<typeof useClient>,
    window: { limit: number; offset: number },
    signal: AbortSignal,
  ) => Promise<WindowOfRows<Row>>,
): Windows<Row> {
  const client = useClient();
  const queryClient = useQueryClient();
  const [call, input] = question;
  const key = JSON.stringify(question);
  const [range, setRange] = useState({ first: 0, last: 0 });
  const newest = useRef({ ask, call, input });
  useEffect(() => {
    newest.current = { ask, call, input };
  });
  const pages = useMemo(() => {
    const all: number[] = [];
    for (let page = range.first; page <= range.last; page += 1) all.push(page);
    return all;
  }, [range]);
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: [call, { ...input, limit: WINDOW_ROWS, offset: page * WINDOW_ROWS }],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask(client, { limit: WINDOW_ROWS, offset: page * WINDOW_ROWS }, signal),
      gcTime: KEEP_MS,
    })),
  });
  const now = useShown(key, pages, results);
  const top = useRef(0);
  const show = useCallback((first: number, last: number) => {
    // One window more in the direction in which the list is scrolled, so that it is there before its rows are.
    const way = Math.sign(first - top.current);
    top.current = first;
    const next = {
      first: Math.max(0, Math.floor(first / WINDOW_ROWS) - (way < 0 ? 1 : 0)),
      last: Math.floor(last / WINDOW_ROWS) + (way > 0 ? 1 : 0),
    };
    setRange((before) => (before.first === next.first && before.last === next.last ? before : next));
  }, []);
  const fetchRange = useCallback(
    (first: number, last: number) => {
      const { ask, call, input } = newest.current;
      return gatherRange<Row>(queryClient, [call, input], { first, last }, (window, signal) =>
        ask(client, window, signal),
      );
    },
    [queryClient, client],
  );
  const failed = results.find((result) => result.error !== null)?.error;
  return {
    ...now,
    show,
    fetchRange,
    error: failed === undefined || failed === null ? undefined : asSatchelError(failed),
  };
}

interface Shown<Row> {
  total: number | undefined;
  rowAt: (index: number) => Row | undefined;
  isOld: boolean;
}

/** The rows of this question, or those of the one before until the first window is there. */
function useShown<Row>(
  key: string,
  pages: readonly number[],
  results: readonly UseQueryResult<WindowOfRows<Row>>[],
): Shown<Row> {
  const kept = useRef<{ key: string; stamp: string; total: number; windows: ReadonlyMap<number, readonly Row[]> }>(
    undefined,
  );
  const stamp = `${key} ${pages.map((page, at) => `${page}:${results[at]?.dataUpdatedAt ?? 0}`).join(" ")}`;
  if (kept.current?.stamp !== stamp) {
    const there = pages.flatMap((page, at) => {
      const data = results[at]?.data;
      return data === undefined ? [] : [{ page, data }];
    });
    const total = there[0]?.data.total;
    if (total !== undefined)
      kept.current = { key, stamp, total, windows: new Map(there.map(({ page, data }) => [page, data.rows])) };
  }
  const shown = kept.current;
  const windows = shown?.windows;
  const rowAt = useCallback(
    (index: number) => windows?.get(Math.floor(index / WINDOW_ROWS))?.[index % WINDOW_ROWS],
    [windows],
  );
  return { total: shown?.total, rowAt, isOld: shown !== undefined && shown.key !== key };
}

async function gatherRange<Row>(
  queryClient: QueryClient,
  [call, input]: readonly [string, object],
  { first, last }: { first: number; last: number },
  ask: (window: { limit: number; offset: number }, signal: AbortSignal) => Promise<WindowOfRows<Row>>,
): Promise<Row[]> {
  const gathered: Row[] = [];
  for (let offset = first; offset <= last; offset += RANGE_ROWS) {
    const window = { limit: Math.min(RANGE_ROWS, last - offset + 1), offset };
    const answer = await queryClient.fetchQuery({
      queryKey: [call, { ...input, ...window }],
      queryFn: ({ signal }) => ask(window, signal),
      gcTime: 0,
    });
    gathered.push(...answer.rows);
    if (answer.rows.length < window.limit) break;
  }
  return gathered;
}

function asSatchelError(thrown: unknown): SatchelError {
  return thrown instanceof SatchelError ? thrown : new SatchelError("INTERNAL", "The list could not be read.");
}

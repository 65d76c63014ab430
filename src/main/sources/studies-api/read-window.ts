import { PAGE_SIZE, SORTS, type StudiesApi, type StudyPage } from "./studies-api.ts";

/** How often what does not add up is read again at most, each time in another order. */
const MOST_ROUNDS = 10;
/** Rounds that bring nothing new, after which no further one is asked for. */
const IDLE_ROUNDS = 2;

export interface Window {
  start: string;
  end: string;
}

export interface WindowReading {
  /** What the server said last. */
  count: number;
  /** Different exams that it gave. */
  found: number;
}

export interface ItemSink {
  /** @returns the exam's id, undefined where the item has none */
  take(item: unknown): string | undefined;
}

/**
 * Reads all pages of a window (or of everything), again and in another order where the exams given are not as many as the server says:
 * its orders have no tiebreak, so that a row may stand on two pages or on none.
 *
 * @param first page 1 by the first order, where that was asked for already
 * @param known exams that count although they are not read here: a pass that only looks for what is left
 */
export async function readWindow(
  api: StudiesApi,
  window: Window | undefined,
  first: StudyPage | undefined,
  sink: ItemSink,
  known: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<WindowReading> {
  const seen = new Set<string>();
  const size = (): number => (window === undefined ? known.size : seen.size);
  let count = 0;
  let idle = 0;
  for (let round = 0; round < MOST_ROUNDS && idle < IDLE_ROUNDS; round++) {
    const before = size();
    const sort = SORTS[round % SORTS.length] ?? "order_datetime_asc";
    let rows = 0;
    for (let page = 1; ; page++) {
      const reused = round === 0 && page === 1 ? first : undefined;
      const answer =
        reused ??
        (await api.search({ page, pageSize: PAGE_SIZE, sort, ...(window === undefined ? {} : { window }) }, signal));
      ({ count } = answer);
      rows += answer.items.length;
      for (const item of answer.items) {
        const id = sink.take(item);
        if (id !== undefined) seen.add(id);
      }
      // A server that caps pages below what was asked for goes on; one that gives nothing more ends, whatever it counts.
      if (answer.items.length === 0 || rows >= count) break;
    }
    if (size() === count) break;
    idle = size() === before ? idle + 1 : 0;
  }
  return { count, found: size() };
}

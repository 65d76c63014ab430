import type { RecordsTarget } from "../records-source.ts";
import type { SyncProgress, SyncReport } from "../source.ts";
import { throttleProgress } from "../sync-progress.ts";
import { readWindow, type ItemSink, type Window } from "./read-window.ts";
import { PAGE_SIZE, type StudiesApi } from "./studies-api.ts";
import { ABSENT_COLUMNS, readStudyListItem } from "./study-list-item.ts";

const DAY = 86_400_000;
/** Wrong dates of two centuries among them; what lies beyond is found by the pass without dates. */
const EVER: Window = { start: "1900-01-01", end: "2200-01-01" };
/** A window in which nothing can lie: a server that gives something here does not look at dates. */
const NEVER: Window = { start: "1801-01-01", end: "1801-01-02" };

export const ABSENT_NOTICE = `The platform's search does not give ${ABSENT_COLUMNS.join(", ")}: these columns are empty.`;

/**
 * Reads the whole study list by windows of check-in dates, halved until one page holds each (or it is one day), then what has no check-in
 * by a pass without dates. Every window and the whole are compared with the server's `count`, by exam_id. The ids of all exams are held
 * for that: some 60 MB for a million.
 */
export async function syncStudies(
  api: StudiesApi,
  target: RecordsTarget,
  onProgress: (progress: SyncProgress) => void,
  signal: AbortSignal,
): Promise<SyncReport> {
  const tell = throttleProgress(onProgress);
  tell({ phase: "connecting", step: "Asking the studies platform", done: 0, total: null });
  const before = target.count("exam");
  const seen = new Set<string>();
  let naive = 0;
  let problems = 0;
  const problem = (ref: string, reason: string): void => {
    problems++;
    target.problem({ ref, code: "SOURCE_ANSWER", reason });
  };
  let total = 0;
  const sink: ItemSink = {
    take(item) {
      const { examId, exam, naive: without } = readStudyListItem(item);
      if (examId === undefined) return undefined;
      if (seen.has(examId)) return examId;
      seen.add(examId);
      if (typeof exam === "string") problem(examId, `The exam cannot be read: ${exam}.`);
      else {
        if (without) naive++;
        target.putExam(exam);
      }
      tell({ phase: "exams", step: "Reading exams", done: seen.size, total });
      return examId;
    },
  };

  ({ count: total } = await api.search({ page: 1, pageSize: 1, sort: "order_datetime_asc" }, signal));
  const { count: never } = await api.search(
    { page: 1, pageSize: 1, sort: "order_datetime_asc", window: NEVER },
    signal,
  );
  const dated = never === 0;
  if (dated) await readByWindows(api, sink, problem, total, signal);
  // Those without a check-in, and those that came or moved while the windows were read.
  const whole = await reconcile(api, sink, seen, signal);
  if (whole.found !== whole.count)
    problem(
      "the whole list",
      `The platform counts ${whole.count.toLocaleString("en")} exams, but gave ${whole.found.toLocaleString("en")} different ones, ` +
        "also when it was asked again.",
    );
  const complete = problems === 0;
  const held = target.count("exam");
  const removed = complete ? target.removeUnmet("exam") : 0;
  const notices = [ABSENT_NOTICE];
  if (!dated)
    notices.push("The platform does not look at dates: the list was read page by page and compared with its count.");
  if (naive > 0) notices.push(`${naive.toLocaleString("en")} exams have times without an offset: read as UTC.`);
  return {
    added: Math.max(0, held - before),
    changed: 0,
    unchanged: Math.min(before, held - removed),
    removed,
    skipped: 0,
    problems,
    analyses: 0,
    complete,
    notices,
  };
}

/** Depth first, so that few windows wait at a time. */
async function readByWindows(
  api: StudiesApi,
  sink: ItemSink,
  problem: (ref: string, reason: string) => void,
  total: number,
  signal: AbortSignal,
): Promise<void> {
  const waiting: { window: Window; expected: number }[] = [{ window: EVER, expected: total }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { window, expected } = next;
    // Where much is expected, one row tells the count as well.
    const pageSize = expected > 2 * PAGE_SIZE && !isOneDay(window) ? 1 : PAGE_SIZE;
    const first = await api.search({ page: 1, pageSize, sort: "order_datetime_asc", window }, signal);
    if (first.count === 0 && first.items.length === 0) continue;
    if (first.count > PAGE_SIZE && !isOneDay(window)) {
      const half = first.count / 2;
      waiting.push(...halve(window).map((part) => ({ window: part, expected: half })));
      continue;
    }
    const page = pageSize === PAGE_SIZE ? first : undefined;
    const { count, found } = await readWindow(api, window, page, sink, new Set(), signal);
    if (count !== found)
      problem(
        `check-in ${window.start} to ${window.end}`,
        `For check-ins from ${window.start} to ${window.end} the platform counts ${count} exams, but gave ${found} different ones.`,
      );
  }
}

/** What is not known yet, by passes without dates. Asks for the count alone where nothing is left. */
async function reconcile(
  api: StudiesApi,
  sink: ItemSink,
  seen: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<{ count: number; found: number }> {
  const { count } = await api.search({ page: 1, pageSize: 1, sort: "order_datetime_asc" }, signal);
  // More than it counts: some were deleted meanwhile, or it counts wrongly. Reading again finds neither out.
  if (count <= seen.size) return { count, found: seen.size };
  return await readWindow(api, undefined, undefined, sink, seen, signal);
}

function isOneDay(window: Window): boolean {
  return Date.parse(window.end) - Date.parse(window.start) <= DAY;
}

/** Both halves share a day as their border: the platform takes the last day of a window for its midnight. */
function halve({ start, end }: Window): [Window, Window] {
  const days = Math.round((Date.parse(end) - Date.parse(start)) / DAY);
  const middle = new Date(Date.parse(start) + Math.floor(days / 2) * DAY).toISOString().slice(0, 10);
  return [
    { start: middle, end },
    { start, end: middle },
  ];
}

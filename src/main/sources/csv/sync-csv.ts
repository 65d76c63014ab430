import { createHash } from "node:crypto";
import type { IndexedPatient, RecordsCollection, RecordsTarget } from "../records-source.ts";
import { throttleProgress } from "../sync-progress.ts";
import type { SyncProgress, SyncReport } from "../source.ts";
import type { CsvConfig } from "./csv-config.ts";
import { cutReason, limitsOf, readingNotices, rowsOf, zoneDoubt } from "./describe-csv.ts";
import { openCsv, readCsv, type CsvReading, type OpenedCsv, type RowSink } from "./read-csv.ts";

/** Grows when rows are read otherwise than before: files that are unchanged are then read again. */
const READER_VERSION = 1;
const UNCHANGED = "The file is as it was at the last sync: it was not read again.";

/**
 * Reads the file into the catalog, unless it is the one that was read without a problem before. Where a row could not be read, or the
 * file is probably cut, nothing is taken for deleted.
 */
export async function syncCsv(
  config: CsvConfig,
  target: RecordsTarget,
  onProgress: (progress: SyncProgress) => void,
  signal: AbortSignal,
): Promise<SyncReport> {
  const tell = throttleProgress(onProgress);
  tell({ phase: "connecting", step: "Looking at the file", done: 0, total: null });
  const opened = await openCsv(config, signal);
  try {
    const { mapping } = opened.columns;
    const zone = zoneDoubt(config, mapping);
    const always = [...limitsOf(mapping), ...(zone === undefined ? [] : [zone])];
    const collections: RecordsCollection[] = mapping.holds === "notes" ? ["note", "patient"] : ["exam"];
    const main = mapping.holds === "notes" ? "note" : "exam";
    const before = target.count(main);
    const stamp = stampOf(opened, config);
    const state = target.readState();
    if (state["stamp"] === stamp && state["count"] === before)
      return { ...report(before, before, 0), notices: [UNCHANGED, ...always] };

    const phase = mapping.holds === "notes" ? "notes" : "exams";
    const step = mapping.holds === "notes" ? "Reading notes" : "Reading exams";
    const sink = sinkInto(target);
    const onRow = (rows: number): void => tell({ phase, step, done: rows, total: null });
    const reading = await readCsv(opened, config.timeZone, sink, onRow, signal);
    const problems = await tellProblems(opened, reading, target);
    const complete = problems === 0;
    const held = target.count(main);
    const [removed = 0, ...others] = complete ? collections.map((collection) => target.removeUnmet(collection)) : [];
    const after = held - removed;
    const twice = complete ? reading.facts.rows - after : 0;
    if (twice > 0)
      target.problem({
        ref: "rows with one id",
        code: "SOURCE_ANSWER",
        reason: `${rowsOf(twice)} bear the id of another row; of each such id the last row was kept.`,
      });
    if (complete && twice === 0) target.writeState({ stamp, count: after });
    return {
      ...report(before, after, problems + (twice > 0 ? 1 : 0)),
      removed: others.reduce((sum, count) => sum + count, removed),
      complete,
      notices: [...always, ...readingNotices(opened, reading, config.timeZone), ...sink.notices()],
    };
  } finally {
    await opened.file.close();
  }
}

/** Content by size and time, and all that decides how it is read. */
function stampOf(opened: OpenedCsv, config: CsvConfig): string {
  const { encoding, timeZone } = config;
  const how = JSON.stringify([READER_VERSION, encoding, timeZone, opened.columns.mapping]);
  return `${opened.file.stamp} ${createHash("sha256").update(how).digest("hex").slice(0, 16)}`;
}

function report(before: number, after: number, problems: number): SyncReport {
  return {
    added: Math.max(0, after - before),
    changed: 0,
    unchanged: Math.min(before, after),
    removed: 0,
    skipped: 0,
    problems,
    analyses: 0,
    complete: true,
    notices: [],
  };
}

/** Puts each patient once for the notes that follow one another, and again where a row says otherwise. */
function sinkInto(target: RecordsTarget): RowSink & { notices(): string[] } {
  let last: IndexedPatient | undefined;
  let differing = 0;
  return {
    note(note, patient) {
      const same = last?.sourceId === patient.sourceId;
      const differs = same && last !== undefined && !sayTheSame(last, patient);
      if (differs) differing++;
      if (!same || differs) target.putPatient(patient);
      last = patient;
      target.putNote(note);
    },
    exam: (exam) => target.putExam(exam),
    notices: () =>
      differing === 0
        ? []
        : [
            `${rowsOf(differing)} ${differing === 1 ? "tells" : "tell"} a patient otherwise than the row before; what the last one tells is kept.`,
          ],
  };
}

function sayTheSame(one: IndexedPatient, other: IndexedPatient): boolean {
  return (
    one.recordNumber === other.recordNumber &&
    one.status.label === other.status.label &&
    one.gender === other.gender &&
    one.name === other.name &&
    one.birthDate === other.birthDate &&
    one.ward === other.ward
  );
}

/** @returns how many */
async function tellProblems(opened: OpenedCsv, reading: CsvReading, target: RecordsTarget): Promise<number> {
  let problems = 0;
  const tell = (ref: string, code: "SOURCE_ANSWER" | "READ_FAILED", reason: string): void => {
    problems++;
    target.problem({ ref, code, reason });
  };
  for (const { line, reason } of reading.broken)
    tell(`line ${line}`, "SOURCE_ANSWER", `The row at line ${line} cannot be read: ${reason}.`);
  const more = reading.brokenRows - reading.broken.length;
  if (more > 0) tell("further rows", "SOURCE_ANSWER", `${rowsOf(more)} beside those listed cannot be read.`);
  const cut = cutReason(opened, reading);
  if (cut !== undefined) tell("end of the file", "SOURCE_ANSWER", cut);
  if (!(await opened.file.unchanged()))
    tell(
      "the file",
      "READ_FAILED",
      "The file was changed while it was read: what was read of it may not belong together.",
    );
  return problems;
}

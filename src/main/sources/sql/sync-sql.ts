/**
 * First sync: everything. Later ones: what changed since the latest change that the last one saw, with some overlap. Hard deletions leave
 * no trace, and a system may change a row without noting when. Therefore each sync compares what the catalog holds with what the snapshot
 * counts; where they differ all ids are read, and where they still differ all records. Every few syncs everything is read in any case.
 */
import { createHash } from "node:crypto";
import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import type { RecordsCollection, RecordsTarget } from "../records-source.ts";
import type { SyncProgress, SyncReport } from "../source.ts";
import { throttleProgress } from "../sync-progress.ts";
import { changingParts, notesMark, patientParts, readMarks } from "./changing-parts.ts";
import { findMapping } from "./find-mapping.ts";
import { createMomentReader } from "./moments.ts";
import { countRows, createBreather, readPages } from "./read-pages.ts";
import { resolveMapping, type Resolution } from "./resolve-mapping.ts";
import type { SqlConfig } from "./server-config.ts";
import { tableText, type SqlSession } from "./sql-session.ts";
import { textOf, type SqlSync } from "./sync-context.ts";
import { syncExams } from "./sync-exams.ts";
import { syncChangedNotes, syncNotes } from "./sync-notes.ts";
import { syncPatients } from "./sync-patients.ts";
import { syncWords } from "./sync-words.ts";

const COLLECTIONS = ["patient", "note", "exam"] as const satisfies readonly RecordsCollection[];

const sqlState = z.object({
  /** Of the mapping, as it was laid over the tables: another one needs everything again. */
  mapping: z.string(),
  /** Since everything was read. */
  syncs: z.int(),
  marks: z.record(z.string(), z.number().nullable()),
  /** Rows that the snapshot counted beyond those that the catalog took: what cannot be read, or belongs to nobody. */
  gaps: z.object({ patient: z.int(), note: z.int(), exam: z.int() }),
  wards: z.string(),
});
type SqlState = z.infer<typeof sqlState>;

/**
 * Fills the catalog from one snapshot. What was added, changed and removed is counted by the catalog.
 *
 * @throws SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_ANSWER, CANCELLED. The state is written at the end only: the next sync repeats what
 *   this one did not finish.
 */
export async function syncSql(
  session: SqlSession,
  config: SqlConfig,
  target: RecordsTarget,
  onProgress: (progress: SyncProgress) => void,
): Promise<SyncReport> {
  const progress = throttleProgress(onProgress);
  progress({ phase: "connecting", step: "Looking at the tables", done: 0, total: null });
  const mapping = findMapping(config.mapping);
  const resolution = await resolveMapping(session, mapping);
  refuseWhatIsMissing(resolution);
  const naiveTimes = mapping.naiveTimes ?? config.timeZone;
  const readMoment = createMomentReader({ naiveTimes, numericTimes: mapping.numericTimes });
  const marks = await readMarks(session, resolution, readMoment);
  const digest = createHash("sha256")
    .update(JSON.stringify([resolution.mapping, naiveTimes]))
    .digest("hex");
  const before = trustedState(target, digest, marks, config.wholeEvery);
  const report: SyncReport = {
    added: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    skipped: 0,
    problems: 0,
    analyses: 0,
    complete: true,
    notices: resolution.findings.filter((finding) => finding.level === "warning").map((finding) => finding.text),
  };
  const sync: SqlSync = {
    session,
    resolution,
    mapping: resolution.mapping,
    target,
    report,
    progress,
    readMoment,
    naiveTimes,
    breathe: createBreather(),
    marks: new Map(Object.entries(before?.marks ?? {})),
    sound: { patient: true, note: true, exam: true },
  };
  const wards = await syncWords(sync);
  const gaps = { patient: 0, note: 0, exam: 0 };
  for (const collection of COLLECTIONS) {
    const old =
      before === undefined || (collection === "patient" && before.wards !== wards)
        ? undefined
        : before.gaps[collection];
    gaps[collection] = await syncCollection(sync, collection, old);
  }
  report.complete = COLLECTIONS.every((collection) => sync.sound[collection]);
  progress({ phase: "counting", step: "Putting in order", done: 0, total: null });
  if (report.complete)
    target.writeState({
      mapping: digest,
      marks: Object.fromEntries(marks),
      gaps,
      wards,
      syncs: before === undefined ? 0 : before.syncs + 1,
    } satisfies SqlState);
  // Only a pass over everything may clear away what it did not meet.
  else target.writeState({});
  return report;
}

function refuseWhatIsMissing({ findings }: Resolution): void {
  const problem = findings.find((finding) => finding.level === "problem");
  if (problem !== undefined)
    throw new SatchelError(
      "SOURCE_ANSWER",
      `The database is not what the mapping says: ${problem.text}`,
      "Let the source be checked: it names everything that is missing.",
    );
}

/** @returns undefined where everything has to be read */
function trustedState(
  target: RecordsTarget,
  digest: string,
  marks: ReadonlyMap<string, number | null>,
  wholeEvery: number,
): SqlState | undefined {
  const state = sqlState.safeParse(target.readState()).data;
  if (state === undefined || state.mapping !== digest || state.syncs + 1 >= wholeEvery) return undefined;
  // A database that knows less than before was put back to an earlier state.
  for (const [name, mark] of Object.entries(state.marks)) {
    const now = marks.get(name);
    if (mark !== null && (now === undefined || now === null || now < mark)) return undefined;
  }
  return state;
}

/** @param gap of the last sync; undefined where all is to be read @returns the gap */
async function syncCollection(sync: SqlSync, collection: RecordsCollection, gap: number | undefined): Promise<number> {
  const parts = partsOf(sync, collection);
  if (parts.length === 0) {
    // An earlier mapping may have had some.
    if (sync.target.count(collection) > 0) sync.target.removeUnmet(collection);
    return 0;
  }
  if (gap !== undefined && tellsChanges(sync, collection)) {
    await readChanges(sync, collection);
    const total = await countAll(sync, collection);
    if (total - sync.target.count(collection) === gap) return gap;
    sync.progress({ phase: "counting", step: "Looking for what was deleted", done: 0, total });
    for (const { part, key } of parts)
      for await (const rows of readPages(sync.session, { part, key, columns: () => [] })) {
        for (const [id] of rows) sync.target.keep(collection, textOf(id));
        await sync.breathe();
      }
    if (total - held(sync, collection) === gap) return gap;
  }
  const { total, read } = await readWhole(sync, collection);
  if (total === read) return total - held(sync, collection);
  sync.sound[collection] = false;
  const what = parts.map(({ table }) => table).join(", ");
  sync.report.problems += 1;
  sync.target.problem({
    ref: what,
    code: "SOURCE_ANSWER",
    reason: `The snapshot counts ${total} rows, but ${read} were read: the column that the mapping takes for the id is empty or the same in several rows, or the table knows no snapshots.`,
  });
  return 0;
}

/** What the catalog will hold when what was not met is gone. */
function held(sync: SqlSync, collection: RecordsCollection): number {
  const count = sync.target.count(collection);
  return count - sync.target.removeUnmet(collection);
}

function partsOf({ mapping }: SqlSync, collection: RecordsCollection) {
  const { patients, notes, exams } = mapping;
  if (collection === "note") return notes.map((part) => ({ part, key: part.id, table: tableText(part.from) }));
  if (collection === "patient")
    return patients === undefined ? [] : [{ part: patients, key: patients.id, table: tableText(patients.from) }];
  const id = exams?.columns.exam_id;
  return exams === undefined || id === undefined ? [] : [{ part: exams, key: id, table: tableText(exams.from) }];
}

/** Whether every table that makes up the collection says when its rows changed. */
function tellsChanges({ mapping }: SqlSync, collection: RecordsCollection): boolean {
  const parts =
    collection === "patient"
      ? patientParts(mapping).map(([, part]) => part)
      : [...changingParts(mapping)]
          .filter(([name]) => (collection === "exam" ? name === "exams" : name.startsWith("notes/")))
          .map(([, part]) => part);
  return parts.every((part) => part.changed !== undefined);
}

async function readChanges(sync: SqlSync, collection: RecordsCollection): Promise<void> {
  const { patients, notes, exams } = sync.mapping;
  if (collection === "patient" && patients !== undefined) await syncPatients(sync, patients, true);
  if (collection === "note") for (const part of notes) await syncChangedNotes(sync, part, notesMark(part));
  if (collection === "exam" && exams !== undefined) await syncExams(sync, exams, true);
}

async function readWhole(sync: SqlSync, collection: RecordsCollection): Promise<{ total: number; read: number }> {
  const { patients, notes, exams } = sync.mapping;
  const sum = { total: 0, read: 0 };
  const add = (one: { total: number; read: number }): void => {
    sum.total += one.total;
    sum.read += one.read;
  };
  if (collection === "patient" && patients !== undefined)
    add({ read: await syncPatients(sync, patients, false), total: await countRows(sync.session, patients) });
  if (collection === "note") {
    const known = sync.target.count("patient");
    for (const part of notes) add(await syncNotes(sync, part, known));
  }
  if (collection === "exam" && exams !== undefined) add(await syncExams(sync, exams, false));
  return sum;
}

async function countAll(sync: SqlSync, collection: RecordsCollection): Promise<number> {
  let total = 0;
  for (const { part } of partsOf(sync, collection)) total += await countRows(sync.session, part);
  return total;
}

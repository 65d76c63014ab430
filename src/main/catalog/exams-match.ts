import type { ExamSort, ExamsFilter } from "../../contract/records.ts";
import { timeZone } from "../time-zone.ts";
import type { Catalog } from "./database.ts";
import { ALL_ROWS, type ExamRows } from "./exam-rows.ts";
import { joinConditions, toExamConditions } from "./exams-filter.ts";
import { houseTimeZone } from "./house-time-zone.ts";
import { recordsConfigOf } from "./record-patients.ts";
import { recordsGeneration } from "./records-generation.ts";
import { studyTimeToMoment } from "./study-time.ts";

/** Rows looked at in one step. */
const WINDOW = 4_000;
/** Filters and orders a screen goes back and forth between. */
const MOST_KEPT = 6;

/** What a filter leaves of the study list, in order: ids of exams, and those of DICOM studies below zero. */
export type ExamMatch = Float64Array;

/** How exams that are equal otherwise are put in order, where that of their own ids would tell something of them. */
export interface ExamTies {
  /** Tells this order from every other. */
  name: string;
  keyOf: (exam: { origin: "exam" | "dicom"; issuer: string; examId: string }) => string;
}

interface Found {
  id: number;
  name: string;
  examId: string;
  order: number | null;
  checkIn: number | null;
  /** Of an exam: whence its issuer is told. */
  source: number;
  /** Made when it is first needed: most exams are alone at their moment. */
  tie?: string;
}

interface Kept {
  version: string;
  matches: Map<string, ExamMatch>;
}
const kept = new WeakMap<Catalog, Kept>();

/**
 * In steps of some milliseconds; the last answers are kept until the catalog changes.
 *
 * Exams without order time come last in both orders by it, the latest check-in first; exam_id (or what `ties` makes of it), then the place
 * in the catalog, break all ties, so that no two rows are equal.
 */
export function* matchingExams(
  catalog: Catalog,
  filter: ExamsFilter,
  sort: ExamSort,
  ties?: ExamTies,
): Generator<void, ExamMatch> {
  const version = examsVersion(catalog);
  let own = kept.get(catalog);
  if (own?.version !== version) kept.set(catalog, (own = { version, matches: new Map() }));
  const key = JSON.stringify([filter, sort, ties?.name]);
  const known = own.matches.get(key);
  if (known !== undefined) return known;
  const found: Found[] = [];
  for (const rows of ALL_ROWS) yield* finding(catalog, rows, filter, sort, found);
  const compare = comparisonOf(sort, tieOf(catalog, ties));
  const match = Float64Array.from(yield* sorting(found, compare), ({ id }) => id);
  const [oldest] = own.matches.keys();
  if (own.matches.size >= MOST_KEPT && oldest !== undefined) own.matches.delete(oldest);
  // What changed while others had their turn is found by the next who asks.
  if (examsVersion(catalog) === version) own.matches.set(key, match);
  return match;
}

/** Of the records and of the imaging studies: what was worked out for another one is out of date. */
export function examsVersion(catalog: Catalog): string {
  const [changes] = catalog.all<{ own: number; other: number }>(
    "SELECT total_changes() AS own, data_version AS other FROM pragma_data_version",
  );
  return `${recordsGeneration(catalog)} ${changes?.own} ${changes?.other}`;
}

function* finding(
  catalog: Catalog,
  rows: ExamRows,
  filter: ExamsFilter,
  sort: ExamSort,
  found: Found[],
): Generator<void> {
  const { where, values } = joinConditions(toExamConditions(catalog, rows, filter));
  const zone = timeZone(houseTimeZone(catalog));
  const { columns } = rows;
  const table = rows.origin === "exam" ? "exam" : "study_listing";
  const name = sort === "patient_name_asc" ? `coalesce(${rows.sortName}, '')` : "''";
  for (let last = 0; ;) {
    const [until] = catalog.column<number | null>(
      `SELECT max(id) FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`,
      last,
      WINDOW,
    );
    if (until === null || until === undefined) return;
    const window = catalog.all<Omit<Found, "checkIn"> & { checkIn: number | string | null }>(
      `SELECT ${rows.id} AS id, ${name} AS name, ${columns.exam_id} AS examId, ${columns.order_datetime} AS "order",
         ${columns.check_in_datetime} AS checkIn, ${rows.origin === "exam" ? rows.source : "0"} AS source FROM ${rows.from} WHERE ${rows.id} > ? AND ${rows.id} <= ? AND ${where}`,
      last,
      until,
      ...values,
    );
    for (const { id, checkIn, ...row } of window)
      found.push({
        ...row,
        id: rows.origin === "exam" ? id : -id,
        checkIn: typeof checkIn === "string" ? studyTimeToMoment(checkIn, zone) : checkIn,
      });
    last = until;
    yield;
  }
}

/** @returns what an exam is put in order by where it is equal to another otherwise */
function tieOf(catalog: Catalog, ties: ExamTies | undefined): (exam: Found) => string {
  if (ties === undefined) return ({ examId }) => examId;
  const issuers = new Map(
    catalog
      .all<{ id: number; config: string }>("SELECT id, config FROM source")
      .map(({ id, config }) => [id, recordsConfigOf(config).issuer]),
  );
  return (exam) =>
    (exam.tie ??= ties.keyOf({
      origin: exam.id > 0 ? "exam" : "dicom",
      issuer: issuers.get(exam.source) ?? "",
      examId: exam.examId,
    }));
}

type Comparison = (one: Found, other: Found) => number;

function comparisonOf(sort: ExamSort, tie: (exam: Found) => string): Comparison {
  const text = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
  const ties: Comparison = (one, other) => text(tie(one), tie(other)) || other.id - one.id;
  // Nothing is after everything, whatever the direction.
  const moments = (one: number | null, other: number | null, direction: 1 | -1): number => {
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return (one - other) * direction;
  };
  if (sort === "patient_name_asc")
    return (one, other) =>
      Number(one.name === "") - Number(other.name === "") || text(one.name, other.name) || ties(one, other);
  const direction = sort === "order_datetime_asc" ? 1 : -1;
  return (one, other) =>
    moments(one.order, other.order, direction) || moments(one.checkIn, other.checkIn, -1) || ties(one, other);
}

/** Sorts runs of some milliseconds, then merges them. */
function* sorting(found: Found[], compare: Comparison): Generator<void, Found[]> {
  let runs: Found[][] = [];
  for (let at = 0; at < found.length; at += WINDOW) {
    runs.push(found.slice(at, at + WINDOW).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: Found[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [one = [], other] = [runs[at], runs[at + 1]];
      merged.push(other === undefined ? one : yield* merging(one, other, compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merging(one: readonly Found[], other: readonly Found[], compare: Comparison): Generator<void, Found[]> {
  const merged: Found[] = [];
  let [left, right] = [0, 0];
  for (;;) {
    const [a, b] = [one[left], other[right]];
    if (a === undefined && b === undefined) return merged;
    if (b === undefined || (a !== undefined && compare(a, b) <= 0)) {
      merged.push(a as Found);
      left += 1;
    } else {
      merged.push(b);
      right += 1;
    }
    if (merged.length % WINDOW === 0) yield;
  }
}

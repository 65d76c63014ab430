import { SatchelError } from "../../contract/errors.ts";
import { EXAM_COLUMNS, type ExamColumn, type ExamSort, type ExamsFilter } from "../../contract/records.ts";
import { timeZone, type TimeZone } from "../time-zone.ts";
import type { Catalog } from "./database.ts";
import { DICOM_ROWS, EXAM_ROWS, type ExamRows } from "./exam-rows.ts";
import { matchingExams, type ExamMatch } from "./exams-match.ts";
import { houseTimeZone } from "./house-time-zone.ts";
import { recordsConfigOf } from "./record-patients.ts";
import { studyTimeToMoment } from "./study-time.ts";

/** A row of the study list. */
export interface ExamRecord {
  /** What tells the row from every other in the catalog: "exam-12", "study-5". */
  row: string;
  origin: "exam" | "dicom";
  /** Name of the source. */
  source: string;
  /** With medical_record_no what a pseudonym of the patient is made of. */
  issuer: string;
  /** Datetimes are ISO 8601 with the offset of the hospital's time zone, the age a number, all else text as it is; null where empty. */
  values: ExamValues;
}

type ExamValues = { [Column in ExamColumn]: Column extends "patient_age" ? number | null : string | null };

/** Of a row's text, about. */
const BYTES = 400;

/** How many rows a filter leaves. */
export function countExams(catalog: Catalog, filter: ExamsFilter): number {
  return matchExams(catalog, filter, "order_datetime_desc").length;
}

/** @returns what `matchingExams` does, at once */
function matchExams(catalog: Catalog, filter: ExamsFilter, sort: ExamSort): ExamMatch {
  const steps = matchingExams(catalog, filter, sort);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/**
 * The rows that a filter leaves, in order. Where `matchingExams` has been run in turns just before, the first comes at once; otherwise it
 * comes after all have been sorted.
 */
export function* planExams(
  catalog: Catalog,
  filter: ExamsFilter,
  sort: ExamSort,
): Generator<{ row: string; bytes: number }> {
  for (const id of matchExams(catalog, filter, sort)) yield { row: toRow(id), bytes: BYTES };
}

export function toRow(id: number): string {
  return id > 0 ? `exam-${id}` : `study-${-id}`;
}

/** Rows in the order asked for. @throws SOURCE_ANSWER where the catalog no longer holds one of them */
export function readExams(catalog: Catalog, rows: readonly string[]): ExamRecord[] {
  const found = findExams(catalog, rows);
  if (found.length === rows.length) return found;
  throw listChanged();
}

export function listChanged(): SatchelError {
  return new SatchelError(
    "SOURCE_ANSWER",
    "The catalog has changed since the study list was planned.",
    "Run the export again.",
  );
}

/** The same without those that are gone. */
export function findExams(catalog: Catalog, rows: readonly string[]): ExamRecord[] {
  const sources = new Map(
    catalog
      .all<{ id: number; name: string; config: string }>("SELECT id, name, config FROM source")
      .map(({ id, name, config }) => [id, { name, ...recordsConfigOf(config) }]),
  );
  const house = timeZone(houseTimeZone(catalog));
  return rows.flatMap((row) => {
    const [, origin, number] = /^(exam|study)-(\d+)$/.exec(row) ?? [];
    const stored = catalog.get<Stored>(origin === "study" ? STUDY : EXAM, Number(number ?? 0));
    if (stored === undefined) return [];
    const { source: sourceId, issuer, ...values } = stored;
    const source = sources.get(sourceId ?? 0);
    const zone = origin === "study" ? house : timeZone(source?.timeZone ?? house.name);
    return [
      {
        row,
        origin: origin === "study" ? ("dicom" as const) : ("exam" as const),
        source: source?.name ?? "",
        issuer: issuer ?? source?.issuer ?? "",
        values: shown(values, zone),
      },
    ];
  });
}

/** Moments are microseconds, or Study Date and Time. */
type Stored = {
  [Column in ExamColumn]: Column extends `${string}_datetime`
    ? string | number | null
    : Column extends "patient_age"
      ? number | null
      : string | null;
} & { source: number | null; issuer: string | null };

const select = (rows: ExamRows, issuer: string): string =>
  `SELECT ${EXAM_COLUMNS.map((column) => `${rows.columns[column]} AS ${column}`).join(", ")}, ${rows.source} AS source,
     ${issuer} AS issuer FROM ${rows.from} WHERE ${rows.id} = ?`;
const EXAM = select(EXAM_ROWS, "NULL");
const STUDY = select(DICOM_ROWS, "patient.issuer");

function shown(values: Omit<Stored, "source" | "issuer">, zone: TimeZone): ExamValues {
  const iso = (value: string | number | null): string | null => {
    const moment = typeof value === "string" ? studyTimeToMoment(value, zone) : value;
    return moment === null ? null : zone.toIso(moment);
  };
  return {
    ...values,
    order_datetime: iso(values.order_datetime),
    check_in_datetime: iso(values.check_in_datetime),
    report_certification_datetime: iso(values.report_certification_datetime),
  };
}

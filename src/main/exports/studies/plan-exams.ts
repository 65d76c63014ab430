import type { ExamsFilter, ExamSort } from "../../../contract/records.ts";
import type { Catalog } from "../../catalog/database.ts";
import { digestOfStudies } from "../../catalog/digest-of-studies.ts";
import { patientsOfExams } from "../../catalog/exam-patients.ts";
import { toRow } from "../../catalog/exams.ts";
import { matchingExams, type ExamTies } from "../../catalog/exams-match.ts";
import type { TableChunk } from "../table/table.ts";

/** A chunk's exams in the order of the table. */
export interface StudiesChunk {
  rows: string[];
  /** Patients of whom no exam is in a chunk before. */
  newPatients: number;
  /** Tells whether the rows still are the DICOM studies that were planned. */
  studies: string;
}

/** Few enough that a plan's chunk is a small line of a job. */
const CHUNK_ROWS = 2_000;
/** A row of 18 cells, about. */
const ROW_BYTES = 300;
/** Rows looked at between two steps: some milliseconds. */
const STEP = 500;

/**
 * The exams that a filter leaves, in the order asked for.
 *
 * @param ties by exported ids, where those are not the exams' own
 * @returns how many patients they are of; those without a record number count as one each
 */
export function* planExamChunks(
  catalog: Catalog,
  filter: ExamsFilter,
  sort: ExamSort,
  ties?: ExamTies,
): Generator<TableChunk | undefined, number> {
  const match = yield* inSteps(matchingExams(catalog, filter, sort, ties));
  const patients = new Set<string>();
  let unknown = 0;
  let counted = 0;
  let rows: string[] = [];
  const finish = (): TableChunk => {
    const known = patientsOfExams(catalog, rows);
    unknown += rows.length - known.length;
    for (const patient of known) patients.add(patient);
    const newPatients = patients.size + unknown - counted;
    counted += newPatients;
    const data: StudiesChunk = { rows, newPatients, studies: digestOfStudies(catalog, rows) };
    const chunk = { rows: rows.length, bytes: rows.length * ROW_BYTES, data };
    rows = [];
    return chunk;
  };
  for (const id of match) {
    rows.push(toRow(id));
    if (rows.length === CHUNK_ROWS) yield finish();
    else if (rows.length % STEP === 0) yield;
  }
  if (rows.length > 0) yield finish();
  return counted;
}

/** Steps that are worth nothing but the turn they give to others. */
function* inSteps<Result>(steps: Generator<void, Result>): Generator<undefined, Result> {
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    yield;
  }
}

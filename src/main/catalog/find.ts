import { SatchelError } from "../../contract/errors.ts";
import type { Catalog, SqlValue } from "./database.ts";
import { patientsById, type PatientRow } from "./patients.ts";
import { fitsTrigramIndex, searchTerms, toFtsString, toLikePattern } from "./search-text.ts";
import { studiesById, type StudyRow } from "./studies.ts";

export interface FindFilter {
  /** Each word must occur somewhere in the study or its patient: names, ids, dates, modality, descriptions, UIDs. */
  text?: string;
  /** Exact Patient ID. */
  patientId?: string;
  /** Exact modality, one of the study's. */
  modality?: string;
  /** Study dates, both included, as YYYY, YYYYMM, YYYYMMDD or with hyphens. Studies without a date match neither. */
  from?: string;
  to?: string;
  /** Default 100. */
  limit?: number;
  offset?: number;
}

export interface FindStudiesFilter extends FindFilter {
  /** `date` (default): newest first. `patient`: by name. */
  sort?: "date" | "patient";
  /** Turns the order round. */
  reverse?: boolean;
}

/** One window of what was found, and how much there is in all. */
export interface Found<Row> {
  rows: Row[];
  total: number;
}

/** Studies that match, one window of them. */
export function findStudies(catalog: Catalog, filter: FindStudiesFilter = {}): Found<StudyRow> {
  return catalog.read(() => {
    const query = toQuery(filter);
    const { total } = first(
      catalog.all<{ total: number }>(query.sql("count(*) AS total", true), ...query.values(true)),
    );
    const byDate = (filter.sort ?? "date") === "date";
    const down = byDate !== (filter.reverse ?? false) ? "DESC" : "ASC";
    const columns = byDate
      ? ["study_date", "study.id"]
      : ["study.sort_name", "study.patient", "study_date", "study.id"];
    const order = columns.map((column) => `${column} ${down}`).join(", ");
    const ids = windowOf(catalog, query, { select: "study.id", order, total, filter });
    return { rows: studiesById(catalog, ids), total };
  });
}

/** Patients of whom a study matches, by name; without a filter all patients. */
export function findPatients(catalog: Catalog, filter: FindFilter = {}): Found<PatientRow> {
  return catalog.read(() => {
    const query = toQuery(filter);
    const counted = query.isEmpty
      ? catalog.all<{ total: number }>("SELECT count(*) AS total FROM patient")
      : catalog.all<{ total: number }>(
          query.sql("count(DISTINCT study.patient) AS total", true),
          ...query.values(true),
        );
    const { total } = first(counted);
    const ids = query.isEmpty
      ? catalog.all<{ id: number }>(
          "SELECT id FROM patient ORDER BY sort_name, id LIMIT ? OFFSET ?",
          filter.limit ?? 100,
          filter.offset ?? 0,
        )
      : undefined;
    const order = "study.sort_name, study.patient";
    const found =
      ids?.map((row) => row.id) ??
      windowOf(catalog, query, { select: "study.patient AS id", group: order, order, total, filter });
    return { rows: patientsById(catalog, found), total };
  });
}

interface StudyQuery {
  isEmpty: boolean;
  /** `indexed`: from the trigram index outwards; else along the order asked for, looking at each study's text. */
  sql(select: string, indexed: boolean): string;
  values(indexed: boolean): SqlValue[];
}

function toQuery(filter: FindFilter): StudyQuery {
  const terms = searchTerms(filter.text ?? "");
  const long = terms.filter(fitsTrigramIndex);
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (filter.patientId !== undefined) {
    conditions.push("study.patient IN (SELECT id FROM patient WHERE patient_id = ?)");
    values.push(filter.patientId);
  }
  if (filter.modality !== undefined) {
    conditions.push(String.raw`instr('\' || study.modalities || '\', ?) > 0`);
    values.push(`\\${filter.modality.toUpperCase()}\\`);
  }
  if (filter.from !== undefined) {
    conditions.push("study_date >= ?", "study_date <> ''");
    values.push(dateBound(filter.from, "from"));
  }
  if (filter.to !== undefined) {
    // "2024" is below every date of 2024, "2024~" above.
    conditions.push("study_date <= ?", "study_date <> ''");
    values.push(`${dateBound(filter.to, "to")}~`);
  }
  const like = (count: number) => Array.from({ length: count }, () => String.raw`study_text.text LIKE ? ESCAPE '\'`);
  const short = terms.filter((term) => !fitsTrigramIndex(term));
  const indexedTerms = long.length === 0 ? [] : [long.map(toFtsString).join(" AND ")];

  return {
    isEmpty: terms.length + conditions.length === 0,
    sql(select, indexed) {
      const useIndex = indexed && long.length > 0;
      // CROSS JOIN fixes the order in which SQLite nests the loops.
      const text = useIndex ? short : terms;
      let from = "study";
      if (useIndex) from = "study_search CROSS JOIN study ON study.id = study_search.rowid";
      if (text.length > 0 && (useIndex || !indexed)) from += " CROSS JOIN study_text ON study_text.id = study.id";
      if (text.length > 0 && !useIndex && indexed) from = "study_text CROSS JOIN study ON study.id = study_text.id";
      const where = [...(useIndex ? ["study_search MATCH ?"] : []), ...like(text.length), ...conditions];
      return `SELECT ${select} FROM ${from}${where.length > 0 ? ` WHERE ${where.join(" AND ")}` : ""}`;
    },
    values(indexed) {
      const useIndex = indexed && long.length > 0;
      const text = useIndex ? short : terms;
      return [...(useIndex ? indexedTerms : []), ...text.map(toLikePattern), ...values];
    },
  };
}

interface WindowRequest {
  select: string;
  group?: string;
  order: string;
  total: number;
  filter: FindFilter;
}

/**
 * The ids of one window. Where few match, they are gathered from the index and sorted; where many match, walking along the order and
 * stopping when the window is full is quicker. (100,000 studies: sorting n matches costs about n x 0.2 us, a step of the walk 0.5 us.)
 */
function windowOf(catalog: Catalog, query: StudyQuery, request: WindowRequest): number[] {
  const limit = request.filter.limit ?? 100;
  const offset = request.filter.offset ?? 0;
  if (request.total === 0) return [];
  const all = first(catalog.all<{ count: number }>("SELECT count(*) AS count FROM study")).count;
  const steps = Math.min(all, ((offset + limit) * all) / request.total);
  const indexed = request.filter.text !== undefined && request.total * 0.2 < steps * 0.5;
  const group = request.group === undefined ? "" : ` GROUP BY ${request.group}`;
  return catalog
    .all<{ id: number }>(
      `${query.sql(request.select, indexed)}${group} ORDER BY ${request.order} LIMIT ? OFFSET ?`,
      ...query.values(indexed),
      limit,
      offset,
    )
    .map((row) => row.id);
}

function dateBound(text: string, option: string): string {
  const match = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?$/.exec(text.trim());
  if (match === null) {
    throw new SatchelError(
      "USAGE",
      `The date given as --${option} cannot be read.`,
      "Write it as 2024, 2024-03 or 2024-03-31.",
    );
  }
  return match.slice(1).join("");
}

function first<Row>(rows: readonly Row[]): Row {
  const row = rows[0];
  if (row === undefined) throw new Error("an aggregate query gave no row");
  return row;
}

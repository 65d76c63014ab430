import type { PATIENT_COLUMNS, SearchFilter, STUDY_COLUMNS } from "../../contract/search.ts";
import type { Catalog } from "./database.ts";
import { studiesWithin } from "./find-query.ts";
import { matchStudies } from "./match.ts";
import { patientsById, type PatientRow } from "./patients.ts";
import { studiesById, type StudyRow } from "./studies.ts";
import type { StudyColumns } from "./study-columns.ts";

type Sort<Column> = { column: Column; descending: boolean };
interface Window {
  /** Default 100. */
  limit?: number | undefined;
  offset?: number | undefined;
}

export interface FindStudiesFilter extends SearchFilter, Window {
  /** Newest first where left out. */
  sort?: Sort<(typeof STUDY_COLUMNS)[number]> | undefined;
}

export interface FindPatientsFilter extends SearchFilter, Window {
  /** By name where left out. */
  sort?: Sort<(typeof PATIENT_COLUMNS)[number]> | undefined;
}

/** One window of what was found, and how much there is in all. */
export interface Found<Row> {
  rows: Row[];
  total: number;
}

/** The columns of study_listing that give each order. Each is an index that ends with the id: no two rows are equal, windows never overlap. */
const STUDY_ORDERS: Record<(typeof STUDY_COLUMNS)[number], string> = {
  studyDate: "study_date",
  patientName: "patient_name, patient, study_date",
  patientId: "patient_id, patient, study_date",
  modality: "modalities, study_date",
  description: "description, study_date",
  accessionNumber: "accession_number",
  series: "series, study_date",
  instances: "instances, study_date",
  bytes: "bytes, study_date",
};

/** The same for patient_listing. */
const PATIENT_ORDERS: Record<(typeof PATIENT_COLUMNS)[number], string> = {
  name: "name",
  patientId: "patient_id",
  birthDate: "birth_date",
  sex: "sex, name",
  studies: "studies, name",
  instances: "instances, name",
  lastStudyDate: "last_study_date, name",
};

/** Studies that match, one window of them. @throws SatchelError USAGE where a date of the filter cannot be read. */
export function findStudies(catalog: Catalog, filter: FindStudiesFilter = {}): Found<StudyRow> {
  return catalog.read(() => {
    const { columns, studies, studyCount } = matchStudies(catalog, filter);
    const { column, descending } = filter.sort ?? { column: "studyDate", descending: true };
    const order = orderOf(catalog, columns.version, "study_listing", STUDY_ORDERS[column]);
    const ids = windowOf(order, studies, studyCount, descending, filter);
    return { rows: studiesById(catalog, ids), total: studyCount };
  });
}

/** Patients of whom a study matches. @throws SatchelError USAGE as findStudies. */
export function findPatients(catalog: Catalog, filter: FindPatientsFilter = {}): Found<PatientRow> {
  return catalog.read(() => {
    const { columns, patients, patientCount } = matchStudies(catalog, filter);
    const { column, descending } = filter.sort ?? { column: "name", descending: false };
    const order = orderOf(catalog, columns.version, "patient_listing", PATIENT_ORDERS[column]);
    const ids = windowOf(order, patients, patientCount, descending, filter);
    const rows = patientsById(catalog, ids);
    return {
      rows:
        filter.within === undefined
          ? rows
          : countedWithin(rows, columns, studiesWithin(catalog, columns, filter.within)),
      total: patientCount,
    };
  });
}

/** What a patient has beyond what may be seen is not counted either. */
function countedWithin(rows: readonly PatientRow[], columns: StudyColumns, studies: readonly number[]): PatientRow[] {
  const counted = new Map(
    rows.map((row) => [row.id, { ...row, studies: 0, instances: 0, bytes: 0, lastStudyDate: "", sharesId: false }]),
  );
  const { patient, date, dates, instances, bytes } = columns;
  for (const id of studies) {
    const row = counted.get(patient[id] ?? 0);
    if (row === undefined) continue;
    row.studies += 1;
    row.instances += instances[id] ?? 0;
    row.bytes += bytes[id] ?? 0;
    const day = dates[date[id] ?? 0] ?? "";
    if (day > row.lastStudyDate) row.lastStudyDate = day;
  }
  return [...counted.values()];
}

interface Orders {
  version: number;
  ids: Map<string, Int32Array>;
}
const orders = new WeakMap<Catalog, Orders>();

/** All ids of a list in one order, ascending: 4 bytes each, read from the order's index once for a state of the catalog. */
function orderOf(catalog: Catalog, version: number, table: string, columns: string): Int32Array {
  let own = orders.get(catalog);
  if (own?.version !== version) {
    own = { version, ids: new Map() };
    orders.set(catalog, own);
  }
  const key = `${table} ${columns}`;
  let ids = own.ids.get(key);
  if (ids === undefined) {
    ids = Int32Array.from(catalog.column<number>(`SELECT id FROM ${table} ORDER BY ${columns}, id`));
    own.ids.set(key, ids);
  }
  return ids;
}

/** Goes through an order from the end that is nearer, past what does not match. */
function windowOf(
  order: Int32Array,
  matches: Uint8Array,
  total: number,
  descending: boolean,
  { limit = 100, offset = 0 }: Window,
): number[] {
  const wanted = Math.min(limit, total - offset);
  if (wanted <= 0) return [];
  const fromStart = offset <= total - offset - wanted;
  const forwards = fromStart !== descending;
  let skip = fromStart ? offset : total - offset - wanted;
  const found: number[] = [];
  for (let step = 0; step < order.length && found.length < wanted; step++) {
    const id = order[forwards ? step : order.length - 1 - step] ?? 0;
    if (matches[id] !== 1) continue;
    if (skip > 0) skip -= 1;
    else found.push(id);
  }
  return fromStart ? found : found.toReversed();
}

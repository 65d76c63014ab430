import { SatchelError } from "../../contract/errors.ts";
import type { ResourcesFilter } from "../../contract/fhir.ts";
import { timeZone } from "../time-zone.ts";
import type { Catalog, SqlValue } from "./database.ts";
import { recordsConfigOf } from "./record-patients.ts";
import { recordsGeneration } from "./records-generation.ts";
import { resourcesConditions } from "./resources-filter.ts";
import { normaliseForSearch } from "./search-text.ts";
import { sortingPlaces } from "./sort-in-turns.ts";

/** A resource as a list shows it. */
export interface ListedResource {
  row: number;
  source: string;
  type: string;
  id: string;
  patientName: string;
  patientId: string;
  day: string;
  code: string;
  lastUpdated: string | null;
  bytes: number;
}

/** Numbers of rows that one step goes through. */
const STEP = 4_000;

/** Numbers of the catalog, the oldest first. */
interface Listing {
  generation: number;
  filter: string;
  rows: Int32Array;
}

/** The list that was looked at last: windows of it follow each other. 4 bytes a resource. */
const kept = new WeakMap<Catalog, Listing>();

/** One window of the resources that a filter leaves, the newest first, and how many there are, in steps of some milliseconds. */
export function* listingResources(
  catalog: Catalog,
  filter: ResourcesFilter,
  { limit, offset, oldestFirst }: { limit: number; offset: number; oldestFirst: boolean },
): Generator<void, { total: number; rows: ListedResource[] }> {
  const rows = yield* orderingResources(catalog, filter);
  const places = Array.from({ length: Math.max(0, Math.min(limit, rows.length - offset)) }, (_, at) => offset + at);
  const wanted = places.map((place) => rows[oldestFirst ? place : rows.length - 1 - place] ?? 0);
  const found: ListedResource[] = [];
  for (let start = 0; start < wanted.length; start += 100) {
    found.push(...listedResources(catalog, wanted.slice(start, start + 100)));
    yield;
  }
  return { total: rows.length, rows: found };
}

function* orderingResources(catalog: Catalog, filter: ResourcesFilter): Generator<void, Int32Array> {
  const generation = recordsGeneration(catalog);
  const key = JSON.stringify(filter);
  const known = kept.get(catalog);
  if (known?.generation === generation && known.filter === key) return known.rows;
  const { patients, resources, ofNobody } = resourcesConditions(catalog, filter);
  const ofPatients = ofNobody ? "" : `AND patient IN (SELECT id FROM resource_patient WHERE ${patients.where})`;
  const values: SqlValue[] = [...resources.values, ...(ofNobody ? [] : patients.values)];
  let ids = new Int32Array(STEP);
  let moments = new Float64Array(STEP);
  let size = 0;
  const [end] = catalog.column<number | null>("SELECT max(id) FROM resource");
  for (let last = 0; last < (end ?? 0); last += STEP) {
    const slice = catalog.all<{ id: number; at: number | null; day: string }>(
      `SELECT id, event_at AS at, day FROM resource WHERE id > ? AND id <= ? AND ${resources.where} ${ofPatients} ORDER BY id`,
      last,
      last + STEP,
      ...values,
    );
    if (size + slice.length > ids.length) {
      ids = grown(ids, new Int32Array(ids.length * 2));
      moments = grown(moments, new Float64Array(moments.length * 2));
    }
    for (const { id, at, day } of slice) {
      ids[size] = id;
      moments[size] = at ?? (day === "" ? Number.NEGATIVE_INFINITY : Date.parse(day) * 1000);
      size += 1;
    }
    yield;
  }
  const places = yield* sortingPlaces(moments.subarray(0, size));
  const rows = places.map((place) => ids[place] ?? 0);
  kept.set(catalog, { generation, filter: key, rows });
  return rows;
}

function grown<Column extends Int32Array | Float64Array>(before: Column, after: Column): Column {
  after.set(before);
  return after;
}

const SELECT = `SELECT resource.id AS row, source.name AS source, config, resource.type, resource_id AS id,
  coalesce(owner.name, '') AS patientName, coalesce(patient_id, '') AS patientId, day, event_at AS at,
  coalesce(text, '') AS text, coalesce(codes, '[]') AS codes, last_updated AS updated, length AS bytes
  FROM resource JOIN source ON source.id = resource.source LEFT JOIN resource_kind AS kinds ON kinds.id = resource.kind
  LEFT JOIN resource_patient AS owner ON owner.id = patient WHERE resource.id = ?`;

/** In the order asked for; those that are gone are left out. */
export function listedResources(catalog: Catalog, rows: readonly number[]): ListedResource[] {
  return rows.flatMap((row) => {
    const found = catalog.get<
      Omit<ListedResource, "code" | "lastUpdated"> & {
        config: string;
        at: number | null;
        text: string;
        codes: string;
        updated: number | null;
      }
    >(SELECT, row);
    if (found === undefined) return [];
    const { config, at, text, codes, updated, day, ...resource } = found;
    const [code = ""] = JSON.parse(codes) as string[];
    return [
      {
        ...resource,
        day: at === null ? day : timeZone(recordsConfigOf(config).timeZone).toLocalDate(at),
        code: text === "" ? code : text,
        lastUpdated: updated === null ? null : new Date(updated / 1000).toISOString(),
      },
    ];
  });
}

/** A patient as a list shows it. */
export interface ListedPatient {
  source: string;
  id: string;
  name: string;
  birthDate: string;
  gender: string;
  known: boolean;
  resources: number;
}

/** By name. @param query a part of the name, or a whole id */
export function* listingPatients(
  catalog: Catalog,
  {
    query,
    sources,
    limit,
    offset,
  }: { query: string; sources?: readonly string[] | undefined; limit: number; offset: number },
): Generator<void, { total: number; rows: ListedPatient[] }> {
  const where = `(? = '' OR instr(sort_name, ?) > 0 OR patient_id = ?) AND (? IS NULL OR lower(source.name) IN (SELECT lower(value) FROM json_each(?)))`;
  const from = "FROM resource_patient AS owner JOIN source ON source.id = owner.source";
  const words = normaliseForSearch(query);
  const chosen = sources === undefined ? null : JSON.stringify(sources);
  const values = [query, words, query, chosen, chosen];
  const [total = 0] = catalog.column<number>(`SELECT count(*) ${from} WHERE ${where}`, ...values);
  yield;
  const owners = catalog.all<Omit<ListedPatient, "known" | "resources"> & { row: number; known: number }>(
    `SELECT owner.id AS row, source.name AS source, patient_id AS id, owner.name, birth_date AS birthDate, gender, known
     ${from} WHERE ${where} ORDER BY sort_name, owner.id LIMIT ? OFFSET ?`,
    ...values,
    limit,
    offset,
  );
  const rows: ListedPatient[] = [];
  for (const { row, known, ...owner } of owners) {
    yield;
    const [resources = 0] = catalog.column<number>("SELECT count(*) FROM resource WHERE patient = ?", row);
    rows.push({ ...owner, known: known === 1, resources });
  }
  return { total, rows };
}

/** The catalog's number of a patient. @throws NOT_FOUND */
export function findResourcePatient(catalog: Catalog, source: string, patientId: string): number {
  const [row] = catalog.column<number>(
    "SELECT owner.id FROM resource_patient AS owner JOIN source ON source.id = owner.source WHERE source.name = ? AND patient_id = ?",
    source,
    patientId,
  );
  if (row !== undefined) return row;
  throw new SatchelError("NOT_FOUND", "The catalog does not hold this patient.", "Look at the list of patients again.");
}

import type { Catalog } from "./database.ts";
import { queryEntries, toEntryQuery, type EntryQuery, type FindFilter } from "./find-query.ts";
import { patientsById, type PatientRow } from "./patients.ts";
import { studiesById, type StudyRow } from "./studies.ts";

export interface FindStudiesFilter extends FindFilter {
  /** `date` (default): newest first. `patient`: by name, then oldest first. */
  sort?: "date" | "patient" | undefined;
  /** Turns the order round. */
  reverse?: boolean | undefined;
}

/** One window of what was found, and how much there is in all. */
export interface Found<Row> {
  rows: Row[];
  total: number;
}

/** Studies that match, one window of them. @throws SatchelError USAGE where a date of the filter cannot be read. */
export function findStudies(catalog: Catalog, filter: FindStudiesFilter = {}): Found<StudyRow> {
  const query = toEntryQuery(filter);
  return catalog.read(() => {
    const way = chooseWay(catalog, query);
    const byDate = (filter.sort ?? "date") === "date";
    const direction = byDate === (filter.reverse ?? false) ? "ASC" : "DESC";
    const columns = byDate ? ["study_date", "id"] : ["sort_name", "patient", "study_date", "id"];
    const order = (prefix: string) => columns.map((column) => `${prefix}entry.${column} ${direction}`).join(", ");
    const ids = windowOf(catalog, query, way, {
      select: "entry.id AS id",
      rest: (prefix) => `ORDER BY ${order(prefix)}`,
      byName: !byDate,
      filter,
    });
    return { rows: studiesById(catalog, ids), total: way.matches };
  });
}

/** Patients of whom a study matches, by name; without a filter all patients. @throws SatchelError USAGE as findStudies. */
export function findPatients(catalog: Catalog, filter: FindFilter = {}): Found<PatientRow> {
  const query = toEntryQuery(filter);
  return catalog.read(() => {
    const way = chooseWay(catalog, query);
    if (way.matches === way.entries) {
      const { total } = only(catalog.all<{ total: number }>("SELECT count(*) AS total FROM patient"));
      const ids = catalog.all<{ id: number }>(
        "SELECT id FROM patient ORDER BY sort_name, id LIMIT ? OFFSET ?",
        filter.limit ?? 100,
        filter.offset ?? 0,
      );
      return {
        rows: patientsById(
          catalog,
          ids.map((row) => row.id),
        ),
        total,
      };
    }
    const columns = (prefix: string) => `${prefix}entry.sort_name, ${prefix}entry.patient`;
    const rest = (prefix: string) => `GROUP BY ${columns(prefix)} ORDER BY ${columns(prefix)}`;
    const select = "entry.patient AS id";
    if (isFew(way)) {
      // Gathered whole, so that one pass gives both the window and the total.
      const { limit = 100, offset = 0 } = filter;
      const all = windowOf(catalog, query, way, { select, rest, byName: true, filter: { limit: -1 } });
      return { rows: patientsById(catalog, all.slice(offset, offset + limit)), total: all.length };
    }
    const counted = { select: "count(DISTINCT entry.patient) AS total", from: way.from };
    const { total } = only(queryEntries<{ total: number }>(catalog, query, counted));
    const ids = windowOf(catalog, query, way, { select, rest, byName: true, filter });
    return { rows: patientsById(catalog, ids), total };
  });
}

interface Way {
  /** Studies that match, and studies in all. */
  matches: number;
  entries: number;
  from: "index" | "entries";
}

/** A fifth of the entries or fewer. */
function isFew({ matches, entries }: Pick<Way, "matches" | "entries">): boolean {
  return matches * 5 <= entries;
}

/** The trigram index is the way where it leaves a fifth of the entries or fewer; beyond that, comparing texts is quicker. */
function chooseWay(catalog: Catalog, query: EntryQuery): Way {
  const entries = only(catalog.all<{ total: number }>("SELECT count(*) AS total FROM study_entry")).total;
  if (query.isEmpty) return { matches: entries, entries, from: "entries" };
  const count = (counted: EntryQuery, from: Way["from"]) =>
    only(queryEntries<{ total: number }>(catalog, counted, { select: "count(*) AS total", from })).total;
  if (query.indexed.length === 0) return { matches: count(query, "entries"), entries, from: "entries" };
  const indexed = count({ ...query, short: [], conditions: [], values: [] }, "index");
  const from = isFew({ matches: indexed, entries }) ? "index" : "entries";
  const onlyIndexed = query.short.length + query.conditions.length === 0;
  return { matches: onlyIndexed ? indexed : count(query, from), entries, from };
}

/**
 * The ids of one window. Where few match they are gathered and sorted; where many do, going through the entries in order until the
 * window is full is quicker, and a unary plus (SQLite's own sign for it) tells the two apart. Measured at 100,000 studies: either way
 * alone takes up to 120 ms at its worst, the choice stays below 20.
 */
function windowOf(
  catalog: Catalog,
  query: EntryQuery,
  way: Way,
  request: { select: string; rest: (prefix: string) => string; byName: boolean; filter: FindFilter },
): number[] {
  if (way.matches === 0) return [];
  const { limit = 100, offset = 0 } = request.filter;
  // Names gather at one end of an order by name: where they are looked for, a walk would mostly meet others.
  const walk = request.byName ? !isFew(way) : way.matches > (limit + offset) * 14;
  const rows = queryEntries<{ id: number }>(catalog, query, {
    select: request.select,
    from: walk ? "entries" : way.from,
    rest: `${request.rest(walk || query.terms.length === 0 ? "" : "+")} LIMIT ? OFFSET ?`,
    restValues: [limit, offset],
  });
  return rows.map((row) => row.id);
}

function only<Row>(rows: readonly Row[]): Row {
  const row = rows[0];
  if (row === undefined) throw new Error("an aggregate query gave no row");
  return row;
}

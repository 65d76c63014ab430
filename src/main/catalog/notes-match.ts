import { GENDERS, type NotesFilter } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";
import type { NotesColumns } from "./notes-columns.ts";
import { resolveNotesFilter, type ResolvedFilter } from "./notes-filter.ts";

/** Parts of a filter that are facets: each is counted as if it were not set. The number is the bit that says that a note misses it. */
export const FACETS = { sources: 1, wards: 2, statuses: 4, genders: 8, kinds: 16, dates: 32 } as const;
/** Misses what is no facet: text, patients, deleted ones. */
const BASE = 64;

/** Which parts of a filter each note misses, at the place of its row id: 0 where it is found. */
interface NotesMatch {
  misses: Uint8Array;
  count: number;
}

/** Notes looked at in one step. */
const SLICE = 100_000;
/** Filters a screen goes back and forth between; each takes a byte a note. */
const MOST_KEPT = 6;

const kept = new WeakMap<NotesColumns, { generation: number; matches: Map<string, NotesMatch> }>();

/** In steps of some milliseconds. The last answers are kept until the records change. */
export function* matchingNotes(
  catalog: Catalog,
  columns: NotesColumns,
  filter: NotesFilter,
): Generator<void, NotesMatch> {
  const { generation } = columns;
  let own = kept.get(columns);
  if (own?.generation !== generation) kept.set(columns, (own = { generation, matches: new Map() }));
  const key = JSON.stringify(filter);
  const known = own.matches.get(key);
  if (known !== undefined) return known;
  const match = yield* computeMatch(catalog, columns, filter);
  const [oldest] = own.matches.keys();
  if (own.matches.size >= MOST_KEPT && oldest !== undefined) own.matches.delete(oldest);
  own.matches.set(key, match);
  return match;
}

function* computeMatch(catalog: Catalog, columns: NotesColumns, filter: NotesFilter): Generator<void, NotesMatch> {
  const resolved = resolveNotesFilter(catalog, filter);
  const settings = missesOfSettings(catalog, resolved);
  const owners = missesOfOwners(catalog, columns, resolved);
  const { size, present, patient, setting, day } = columns;
  const misses = new Uint8Array(size).fill(BASE);
  if (resolved.match !== undefined) {
    misses.fill(BASE * 2);
    for (const id of catalog.column<number>("SELECT rowid FROM note_search WHERE note_search MATCH ?", resolved.match))
      if (id < size) misses[id] = BASE;
    yield;
  }
  const [from, to] = [dayOf(filter.from) ?? -Infinity, dayOf(filter.to) ?? Infinity];
  let count = 0;
  for (let start = 0; start < size; start += SLICE) {
    for (let id = start; id < Math.min(size, start + SLICE); id++) {
      if (present[id] === 0 || misses[id] !== BASE) {
        misses[id] = BASE;
        continue;
      }
      const on = day[id] ?? 0;
      const missed =
        (settings[setting[id] ?? 0] ?? 0) |
        (owners[patient[id] ?? 0] ?? BASE) |
        (on < from || on > to ? FACETS.dates : 0);
      misses[id] = missed;
      if (missed === 0) count += 1;
    }
    yield;
  }
  return { misses, count };
}

function dayOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}

function missesOfSettings(catalog: Catalog, { kinds, wards, statuses }: ResolvedFilter): Uint8Array {
  const ids = catalog.column<number>("SELECT id FROM note_setting");
  const misses = new Uint8Array(Math.max(0, ...ids) + 1);
  for (const id of ids)
    misses[id] =
      (kinds.has(id) ? 0 : FACETS.kinds) |
      (wards?.has(id) === false ? FACETS.wards : 0) |
      (statuses?.has(id) === false ? FACETS.statuses : 0);
  return misses;
}

function missesOfOwners(catalog: Catalog, { owners }: NotesColumns, filter: ResolvedFilter): Uint8Array {
  const { standing, source, gender } = owners;
  const misses = new Uint8Array(standing.length);
  const named = filter.patients === undefined ? undefined : new Set(patientsNamed(catalog, filter.patients));
  const genders = filter.genders === undefined ? undefined : GENDERS.map((one) => filter.genders?.has(one) === true);
  for (let id = 0; id < misses.length; id++) {
    const stands = standing[id] === 1 || (standing[id] === 2 && filter.deletedToo);
    misses[id] =
      (stands && named?.has(id) !== false ? 0 : BASE) |
      (filter.sources?.has(source[id] ?? 0) === false ? FACETS.sources : 0) |
      (genders?.[gender[id] ?? 0] === false ? FACETS.genders : 0);
  }
  return misses;
}

function patientsNamed(catalog: Catalog, names: readonly string[]): number[] {
  const list = JSON.stringify(names);
  return catalog.column<number>(
    `SELECT id FROM record_patient WHERE source_id IN (SELECT value FROM json_each(?))
     UNION SELECT patient FROM record_number WHERE record_number IN (SELECT value FROM json_each(?))`,
    list,
    list,
  );
}

import { GENDERS, NOTE_KINDS, PATIENT_STATUSES, type NotesFilter } from "../../contract/records.ts";
import type { RecordFacet } from "../../contract/calls/records.ts";
import type { Catalog } from "./database.ts";
import { listNoteSettings } from "./note-settings.ts";
import { loadNotesColumns, type NotesColumns } from "./notes-columns.ts";
import { FACETS, matchingNotes } from "./notes-match.ts";
import { countPeriods } from "./record-periods.ts";

interface NotesFacets {
  notes: number;
  patients: number;
  inCatalog: number;
  sources: RecordFacet[];
  wards: RecordFacet[];
  statuses: RecordFacet[];
  genders: RecordFacet[];
  kinds: RecordFacet[];
  dates: RecordFacet[];
}

/** Notes counted in one step. */
const SLICE = 100_000;

/** What a filter leaves, each facet counted as if its own part were not set: one pass over the columns, in steps of some milliseconds. */
export function* countingNotes(catalog: Catalog, filter: NotesFilter): Generator<void, NotesFacets> {
  const columns = yield* loadNotesColumns(catalog);
  const { misses, count } = yield* matchingNotes(catalog, columns, filter);
  const { size, present, patient, setting, day, owners } = columns;
  const settings = listNoteSettings(catalog);
  const most = Math.max(0, ...settings.map(({ id }) => id)) + 1;
  const bySetting = { wards: new Float64Array(most), statuses: new Float64Array(most), kinds: new Float64Array(most) };
  const bySource = new Map<number, number>();
  const byGender = new Float64Array(GENDERS.length);
  const { days, first } = emptyDays(columns);
  const met = new Uint8Array(owners.standing.length);
  let patients = 0;
  let inCatalog = 0;
  for (let start = 0; start < size; start += SLICE) {
    for (let id = start; id < Math.min(size, start + SLICE); id++) {
      if (present[id] === 0) continue;
      inCatalog += 1;
      const missed = misses[id] ?? 0;
      const owner = patient[id] ?? 0;
      const common = setting[id] ?? 0;
      if (missed === 0 && met[owner] === 0) {
        met[owner] = 1;
        patients += 1;
      }
      if ((missed & ~FACETS.wards) === 0) bySetting.wards[common]! += 1;
      if ((missed & ~FACETS.statuses) === 0) bySetting.statuses[common]! += 1;
      if ((missed & ~FACETS.kinds) === 0) bySetting.kinds[common]! += 1;
      if ((missed & ~FACETS.genders) === 0) byGender[owners.gender[owner] ?? 0]! += 1;
      if ((missed & ~FACETS.dates) === 0) days[(day[id] ?? 0) - first]! += 1;
      if ((missed & ~FACETS.sources) === 0) {
        const source = owners.source[owner] ?? 0;
        bySource.set(source, (bySource.get(source) ?? 0) + 1);
      }
    }
    yield;
  }
  const sum = (counts: Float64Array, valueOf: (one: (typeof settings)[number]) => string): Map<string, number> => {
    const sums = new Map<string, number>();
    for (const one of settings) {
      const counted = counts[one.id] ?? 0;
      if (counted > 0) sums.set(valueOf(one), (sums.get(valueOf(one)) ?? 0) + counted);
    }
    return sums;
  };
  const wards = sum(bySetting.wards, ({ ward }) => ward);
  const statuses = sum(bySetting.statuses, ({ status }) => status);
  const kinds = sum(bySetting.kinds, ({ kind }) => kind);
  const ordered = (counts: ReadonlyMap<string, number>, values: readonly string[]): RecordFacet[] =>
    values.flatMap((value) => (counts.has(value) ? [{ value, count: counts.get(value) ?? 0 }] : []));
  return {
    notes: count,
    patients,
    inCatalog,
    sources: catalog
      .all<{ id: number; name: string; notes: number }>(
        "SELECT id, name, notes FROM source JOIN record_count ON source = id WHERE notes > 0 ORDER BY id",
      )
      .map(({ id, name }) => ({ value: name, count: bySource.get(id) ?? 0 })),
    wards: [...wards]
      .filter(([ward]) => ward !== "")
      .map(([value, counted]) => ({ value, count: counted }))
      .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1)),
    statuses: ordered(statuses, PATIENT_STATUSES),
    genders: GENDERS.map((value, at) => ({ value, count: byGender[at] ?? 0 })).filter(({ count: some }) => some > 0),
    kinds: ordered(kinds, NOTE_KINDS),
    dates: countPeriods(days, first),
  };
}

/** A place for each day from the first to the last there is. */
function emptyDays({ size, present, day }: NotesColumns): { days: Float64Array; first: number } {
  let first = Infinity;
  let last = -Infinity;
  for (let id = 0; id < size; id++) {
    if (present[id] === 0) continue;
    first = Math.min(first, day[id] ?? 0);
    last = Math.max(last, day[id] ?? 0);
  }
  if (first > last) return { days: new Float64Array(0), first: 0 };
  return { days: new Float64Array(last - first + 1), first };
}

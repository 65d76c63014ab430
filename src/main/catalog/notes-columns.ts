import { timeZone, type TimeZone } from "../time-zone.ts";
import type { Catalog } from "./database.ts";
import { growColumn } from "./grow-column.ts";
import { loadRecordOwners, type RecordOwners } from "./record-owners.ts";
import { recordsConfigOf } from "./record-patients.ts";
import { recordsGeneration } from "./records-generation.ts";

/**
 * What notes are filtered, counted and ordered by, in memory: a number for each note and column, at the place of its row id. A million
 * notes take 25 MB, and a pass over them some 15 ms, where SQLite needs 200 for each grouping. Read in turns when the first list is
 * asked for, and renewed note by note as they change.
 */
export interface NotesColumns {
  /** Row ids are below it. */
  readonly size: number;
  /** Of the records. */
  readonly generation: number;
  /** 1 where there is a note with this id. */
  readonly present: Uint8Array;
  /** Row ids. */
  readonly patient: Int32Array;
  readonly setting: Int32Array;
  /** Microseconds. */
  readonly eventAt: Float64Array;
  /** Days since 1970 in the time zone of the source. */
  readonly day: Int32Array;
  readonly length: Int32Array;
  readonly owners: RecordOwners;
}

interface Row {
  id: number;
  source: number;
  patient: number;
  setting: number;
  eventAt: number;
  length: number;
}

const SELECT = "SELECT id, source, patient, setting, event_at AS eventAt, length FROM note";
/** Rows of one turn. */
const SLICE = 5_000;
/** With more changes than this, reading everything in slices is quicker than one by one. */
const MOST_CHANGES = 50_000;

class LoadedColumns implements NotesColumns {
  generation = -1;
  size = 1;
  present = new Uint8Array(1024);
  patient = new Int32Array(1024);
  setting = new Int32Array(1024);
  eventAt = new Float64Array(1024);
  day = new Int32Array(1024);
  length = new Int32Array(1024);
  owners: RecordOwners;
  readonly #zones: ReadonlyMap<number, TimeZone>;

  constructor(owners: RecordOwners, zones: ReadonlyMap<number, TimeZone>) {
    this.owners = owners;
    this.#zones = zones;
  }

  put(row: Row): void {
    const { id } = row;
    if (id >= this.present.length) this.#grow(id);
    this.size = Math.max(this.size, id + 1);
    this.present[id] = 1;
    this.patient[id] = row.patient;
    this.setting[id] = row.setting;
    this.eventAt[id] = row.eventAt;
    this.day[id] = this.#zones.get(row.source)?.toLocalDay(row.eventAt) ?? 0;
    this.length[id] = row.length;
  }

  remove(id: number): void {
    if (id < this.size) this.present[id] = 0;
  }

  #grow(id: number): void {
    const length = Math.max(id + 1, this.present.length * 2);
    this.present = growColumn(this.present, length);
    this.patient = growColumn(this.patient, length);
    this.setting = growColumn(this.setting, length);
    this.eventAt = growColumn(this.eventAt, length);
    this.day = growColumn(this.day, length);
    this.length = growColumn(this.length, length);
  }
}

interface Held {
  columns: LoadedColumns;
  /** SQLite's own count of what other processes wrote, and what the zones are. */
  basis: string;
  changed: Set<number>;
}
const held = new WeakMap<Catalog, Held>();

/** Tells that a note was written or removed. One that is rolled back after all is only read once more. */
export function noteNoteChange(catalog: Catalog, note: number): void {
  const own = held.get(catalog);
  // What is new at the end is met by reading on.
  if (own === undefined || note >= own.columns.size) return;
  if (own.changed.size < MOST_CHANGES) own.changed.add(note);
  else held.delete(catalog);
}

/** The columns as the catalog stands now, in steps of some milliseconds. */
export function* loadNotesColumns(catalog: Catalog): Generator<void, NotesColumns> {
  for (;;) {
    const generation = recordsGeneration(catalog);
    const zones = zonesOf(catalog);
    const dataVersion = catalog.get<{ data_version: number }>("PRAGMA data_version")?.data_version ?? 0;
    const basis = JSON.stringify([dataVersion, [...zones].map(([source, { name }]) => [source, name])]);
    let own = held.get(catalog);
    if (own?.basis === basis && own.columns.generation === generation) return own.columns;
    if (own?.basis !== basis) {
      own = { columns: new LoadedColumns(yield* loadRecordOwners(catalog), zones), basis, changed: new Set() };
      held.set(catalog, own);
    } else own.columns.owners = yield* loadRecordOwners(catalog);
    const { columns, changed } = own;
    yield* readOn(catalog, columns);
    yield* readAgain(catalog, columns, changed);
    // What changed while others had their turn is read in the next round; what was dropped meanwhile, from the start.
    if (held.get(catalog) === own && recordsGeneration(catalog) === generation) columns.generation = generation;
  }
}

function* readOn(catalog: Catalog, columns: LoadedColumns): Generator<void> {
  for (;;) {
    const rows = catalog.all<Row>(`${SELECT} WHERE id >= ? ORDER BY id LIMIT ?`, columns.size, SLICE);
    for (const row of rows) columns.put(row);
    if (rows.length < SLICE) return;
    yield;
  }
}

function* readAgain(catalog: Catalog, columns: LoadedColumns, changed: Set<number>): Generator<void> {
  let read = 0;
  for (const id of changed) {
    changed.delete(id);
    const row = catalog.get<Row>(`${SELECT} WHERE id = ?`, id);
    if (row === undefined) columns.remove(id);
    else columns.put(row);
    if (++read % 1_000 === 0) yield;
  }
}

function zonesOf(catalog: Catalog): Map<number, TimeZone> {
  const sources = catalog.all<{ id: number; config: string }>(
    "SELECT id, config FROM source WHERE id IN (SELECT source FROM record_count)",
  );
  return new Map(sources.map(({ id, config }) => [id, timeZone(recordsConfigOf(config).timeZone)]));
}

import type { Catalog } from "./database.ts";
import { growColumn } from "./grow-column.ts";

/**
 * What studies are filtered, counted and grouped by, in memory: a number for each study and column, at the place of its row id. 100,000
 * studies take 4 MB and a pass over them 1 to 2 ms, where SQLite needs 20 to 100 for each grouping: a screen asks for a window, a total
 * and all facets with every key that is pressed. Renewed study by study as they change.
 */
export interface StudyColumns {
  /** Row ids are below it. */
  readonly size: number;
  /** Grows with every change: what was worked out for another one is out of date. */
  readonly version: number;
  /** 1 where there is a study with this id. */
  readonly present: Uint8Array;
  /** Row ids of patients. */
  readonly patient: Int32Array;
  /** Positions in `dates`, `modalitySets` and `sourceSets`. */
  readonly date: Int32Array;
  readonly modalities: Int32Array;
  readonly sources: Int32Array;
  readonly analyses: Int32Array;
  readonly instances: Float64Array;
  readonly bytes: Float64Array;
  /** DA as it stands. */
  readonly dates: readonly string[];
  /** "\CT\SR\" */
  readonly modalitySets: readonly string[];
  /** "\1\2\": row ids. */
  readonly sourceSets: readonly string[];
}

interface Row {
  id: number;
  patient: number;
  date: string;
  modalities: string;
  sources: string;
  analyses: number;
  instances: number;
  bytes: number;
}

const SELECT = `SELECT id, patient, study_date AS date, modalities, sources, analyses, instances, bytes FROM study_listing`;
/** Rows of one turn while all are read. */
const SLICE = 5_000;
/** With more changes than this, reading everything in slices is quicker than one by one. */
const MOST_CHANGES = 2_000;

/** The distinct values of a column, in the order in which they came. */
class Values {
  readonly list: string[] = [];
  readonly #positions = new Map<string, number>();

  positionOf(value: string): number {
    let position = this.#positions.get(value);
    if (position === undefined) {
      position = this.list.push(value) - 1;
      this.#positions.set(value, position);
    }
    return position;
  }
}

class LoadedColumns implements StudyColumns {
  version = 0;
  size = 1;
  present = new Uint8Array(1024);
  patient = new Int32Array(1024);
  date = new Int32Array(1024);
  modalities = new Int32Array(1024);
  sources = new Int32Array(1024);
  analyses = new Int32Array(1024);
  instances = new Float64Array(1024);
  bytes = new Float64Array(1024);
  readonly #dates = new Values();
  readonly #modalitySets = new Values();
  readonly #sourceSets = new Values();

  get dates(): readonly string[] {
    return this.#dates.list;
  }
  get modalitySets(): readonly string[] {
    return this.#modalitySets.list;
  }
  get sourceSets(): readonly string[] {
    return this.#sourceSets.list;
  }

  put(row: Row): void {
    const { id } = row;
    if (id >= this.present.length) this.#grow(id);
    this.size = Math.max(this.size, id + 1);
    this.present[id] = 1;
    this.patient[id] = row.patient;
    this.date[id] = this.#dates.positionOf(row.date);
    this.modalities[id] = this.#modalitySets.positionOf(row.modalities);
    this.sources[id] = this.#sourceSets.positionOf(row.sources);
    this.analyses[id] = row.analyses;
    this.instances[id] = row.instances;
    this.bytes[id] = row.bytes;
  }

  remove(id: number): void {
    if (id < this.size) this.present[id] = 0;
  }

  #grow(id: number): void {
    const length = Math.max(id + 1, this.present.length * 2);
    this.present = growColumn(this.present, length);
    this.patient = growColumn(this.patient, length);
    this.date = growColumn(this.date, length);
    this.modalities = growColumn(this.modalities, length);
    this.sources = growColumn(this.sources, length);
    this.analyses = growColumn(this.analyses, length);
    this.instances = growColumn(this.instances, length);
    this.bytes = growColumn(this.bytes, length);
  }
}

interface Held {
  columns: LoadedColumns | undefined;
  /** SQLite's own count of what other processes wrote. */
  dataVersion: number;
  version: number;
  changed: Set<number>;
  /** Grows where so much changed that everything is to be read anew. */
  epoch: number;
}

const held = new WeakMap<Catalog, Held>();

function heldOf(catalog: Catalog): Held {
  let found = held.get(catalog);
  if (found === undefined) {
    found = { columns: undefined, dataVersion: 0, version: 0, changed: new Set(), epoch: 0 };
    held.set(catalog, found);
  }
  return found;
}

function drop(own: Held): void {
  own.columns = undefined;
  own.epoch += 1;
  own.version += 1;
  own.changed.clear();
}

/** Tells that the listing of a study was written or removed. One that is rolled back after all is only read once more. */
export function noteStudyChange(catalog: Catalog, study: number): void {
  const own = heldOf(catalog);
  own.version += 1;
  if (own.changed.size < MOST_CHANGES) own.changed.add(study);
  else drop(own);
}

/** The columns as the catalog stands now, read at once where they have not been. */
export function studyColumns(catalog: Catalog): StudyColumns {
  const loading = loadStudyColumns(catalog);
  for (let step = loading.next(); ; step = loading.next()) if (step.done === true) return step.value;
}

/** The same in steps of some milliseconds, between which others may have their turn. */
export function* loadStudyColumns(catalog: Catalog): Generator<void, StudyColumns> {
  const own = heldOf(catalog);
  for (;;) {
    const dataVersion = catalog.get<{ data_version: number }>("PRAGMA data_version")?.data_version ?? 0;
    if (own.columns !== undefined && own.dataVersion !== dataVersion) drop(own);
    if (own.columns === undefined) {
      const { epoch } = own;
      const columns = yield* readAll(catalog);
      if (own.epoch !== epoch || own.columns !== undefined) continue;
      own.columns = columns;
      own.dataVersion = dataVersion;
    }
    for (const id of own.changed) {
      const row = catalog.get<Row>(`${SELECT} WHERE id = ?`, id);
      if (row === undefined) own.columns.remove(id);
      else own.columns.put(row);
    }
    own.changed.clear();
    own.columns.version = own.version;
    return own.columns;
  }
}

/** What changes meanwhile is noted beside it. */
function* readAll(catalog: Catalog): Generator<void, LoadedColumns> {
  const columns = new LoadedColumns();
  for (let last = 0; ;) {
    const rows = catalog.all<Row>(`${SELECT} WHERE id > ? ORDER BY id LIMIT ?`, last, SLICE);
    for (const row of rows) columns.put(row);
    if (rows.length < SLICE) return columns;
    last = rows.at(-1)?.id ?? last;
    yield;
  }
}

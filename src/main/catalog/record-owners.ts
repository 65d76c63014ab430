import { GENDERS } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";

/** What notes are filtered by that stands with their patients: at the place of the patient's row id. */
export interface RecordOwners {
  /** 1: known; 2: known, deleted at the source; 0: neither there nor known. */
  readonly standing: Uint8Array;
  /** Row id of the source. */
  readonly source: Int32Array;
  /** Position in GENDERS. */
  readonly gender: Uint8Array;
  /** Position among all patients by name. */
  readonly rank: Int32Array;
}

/** Rows of one turn. */
const SLICE = 5_000;

/** In steps of some milliseconds. */
export function* loadRecordOwners(catalog: Catalog): Generator<void, RecordOwners> {
  const [most] = catalog.column<number | null>("SELECT max(id) FROM record_patient");
  const size = (most ?? 0) + 1;
  const owners = {
    standing: new Uint8Array(size),
    source: new Int32Array(size),
    gender: new Uint8Array(size),
    rank: new Int32Array(size),
  };
  let rank = 0;
  for (let last = { name: "", id: 0 }; ;) {
    const rows = catalog.all<{
      id: number;
      name: string;
      source: number;
      gender: string;
      known: number;
      deleted: number;
    }>(
      `SELECT id, sort_name AS name, source, gender, known, deleted FROM record_patient
       WHERE (sort_name, id) > (?, ?) ORDER BY sort_name, id LIMIT ?`,
      last.name,
      last.id,
      SLICE,
    );
    for (const { id, source, gender, known, deleted } of rows) {
      if (id >= size) continue;
      owners.standing[id] = known === 0 ? 0 : deleted === 1 ? 2 : 1;
      owners.source[id] = source;
      owners.gender[id] = Math.max(0, GENDERS.indexOf(gender as (typeof GENDERS)[number]));
      owners.rank[id] = ++rank;
    }
    const end = rows.at(-1);
    if (end === undefined || rows.length < SLICE) return owners;
    last = { name: end.name, id: end.id };
    yield;
  }
}

import type { NOTE_LIST_COLUMNS } from "../../contract/calls/records.ts";
import { NOTE_KINDS, PATIENT_STATUSES } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";
import { listNoteSettings } from "./note-settings.ts";
import type { NotesColumns } from "./notes-columns.ts";

type Column = (typeof NOTE_LIST_COLUMNS)[number];

/** Rows of one turn. */
const SLICE = 20_000;
const DIGIT = 65_536;
/** Rows that are sorted in one turn: some milliseconds. */
const TURN = 100_000;

const kept = new WeakMap<NotesColumns, { generation: number; orders: Map<Column, Int32Array> }>();

/**
 * All row ids in the order of a column, ascending; ties by moment, then by id. 4 bytes each, kept until the records change. Sorted digit
 * by digit (of 16 bits, least significant first), which a comparison sort of a million would take ten times as long for, and can be left
 * at any row.
 */
export function* orderingNotes(catalog: Catalog, columns: NotesColumns, column: Column): Generator<void, Int32Array> {
  const { generation } = columns;
  let own = kept.get(columns);
  if (own?.generation !== generation) kept.set(columns, (own = { generation, orders: new Map() }));
  const known = own.orders.get(column);
  if (known !== undefined) return known;
  const order =
    column === "eventTime"
      ? yield* byTime(columns)
      : yield* byRanks(yield* orderingNotes(catalog, columns, "eventTime"), yield* ranksOf(catalog, columns, column));
  own.orders.set(column, order);
  return order;
}

function* byTime({ size, present, eventAt }: NotesColumns): Generator<void, Int32Array> {
  let order = new Int32Array(size);
  let count = 0;
  let least = Infinity;
  let most = -Infinity;
  for (let id = 0; id < size; id++) {
    if (present[id] === 0) continue;
    order[count++] = id;
    least = Math.min(least, eventAt[id] ?? 0);
    most = Math.max(most, eventAt[id] ?? 0);
  }
  order = order.subarray(0, count);
  yield;
  for (let unit = 1; unit <= most - least; unit *= DIGIT) {
    order = yield* sortByDigit(order, (id) => Math.floor(((eventAt[id] ?? 0) - least) / unit) % DIGIT);
  }
  return order;
}

function* byRanks(order: Int32Array, ranks: Int32Array): Generator<void, Int32Array> {
  const sorted = yield* sortByDigit(order, (id) => (ranks[id] ?? 0) & 0xffff);
  return yield* sortByDigit(sorted, (id) => (ranks[id] ?? 0) >>> 16);
}

/** Keeps the order of those with one digit. */
function* sortByDigit(order: Int32Array, digitOf: (id: number) => number): Generator<void, Int32Array<ArrayBuffer>> {
  const starts = new Int32Array(DIGIT + 1);
  // Kept: the columns may change between two turns, and each row must still get one place.
  const digits = new Uint16Array(order.length);
  for (let from = 0; from < order.length; from += TURN) {
    const end = Math.min(from + TURN, order.length);
    for (let at = from; at < end; at++) {
      digits[at] = digitOf(order[at]!);
      starts[digits[at]! + 1]! += 1;
    }
    yield;
  }
  for (let digit = 0; digit < DIGIT; digit++) starts[digit + 1]! += starts[digit]!;
  const sorted = new Int32Array(order.length);
  for (let from = 0; from < order.length; from += TURN) {
    const end = Math.min(from + TURN, order.length);
    for (let at = from; at < end; at++) sorted[starts[digits[at]!]!++] = order[at]!;
    yield;
  }
  return sorted;
}

/** A number for each note, at the place of its row id: those of smaller ones come first. */
function* ranksOf(catalog: Catalog, columns: NotesColumns, column: Column): Generator<void, Int32Array> {
  if (column === "length") return columns.length;
  if (column === "recordNumber") return yield* ranksOfNumbers(catalog, columns);
  const { size, setting, patient, owners } = columns;
  const ranks = new Int32Array(size);
  if (column === "patientName") {
    for (let id = 0; id < size; id++) ranks[id] = owners.rank[patient[id] ?? 0] ?? 0;
    return ranks;
  }
  const bySetting = ranksOfSettings(catalog, column);
  for (let id = 0; id < size; id++) ranks[id] = bySetting.get(setting[id] ?? 0) ?? 0;
  yield;
  return ranks;
}

function ranksOfSettings(catalog: Catalog, column: Column): Map<number, number> {
  const settings = listNoteSettings(catalog);
  if (column === "status") return new Map(settings.map(({ id, status }) => [id, PATIENT_STATUSES.indexOf(status)]));
  if (column === "kind") return new Map(settings.map(({ id, kind }) => [id, NOTE_KINDS.indexOf(kind)]));
  const wards = rankTexts(settings.map(({ ward }) => ward));
  return new Map(settings.map(({ id, ward }) => [id, wards.get(ward) ?? 0]));
}

function* ranksOfNumbers(catalog: Catalog, { size }: NotesColumns): Generator<void, Int32Array> {
  const texts: string[] = [];
  const positions = new Map<string, number>();
  const found = new Int32Array(size);
  for (let last = 0; ;) {
    const rows = catalog.all<{ id: number; number: string }>(
      "SELECT id, record_number AS number FROM note WHERE id > ? ORDER BY id LIMIT ?",
      last,
      SLICE / 4,
    );
    for (const { id, number } of rows) {
      let position = positions.get(number);
      if (position === undefined) positions.set(number, (position = texts.push(number) - 1));
      if (id < size) found[id] = position;
    }
    const end = rows.at(-1);
    if (end === undefined) break;
    last = end.id;
    yield;
  }
  const ranks = rankTexts(texts);
  yield;
  for (let id = 0; id < size; id++) found[id] = ranks.get(texts[found[id] ?? 0] ?? "") ?? 0;
  return found;
}

function rankTexts(texts: readonly string[]): Map<string, number> {
  return new Map([...new Set(texts)].sort().map((text, rank) => [text, rank]));
}

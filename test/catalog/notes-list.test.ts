import { beforeAll, describe, expect, test } from "vitest";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { NOTE_LIST_COLUMNS } from "../../src/contract/calls/records.ts";
import { GENDERS, NOTE_KINDS, PATIENT_STATUSES, type NotesFilter } from "../../src/contract/records.ts";
import { openCatalog, type Catalog } from "../../src/main/catalog/database.ts";
import { iterateNotes, planNotes } from "../../src/main/catalog/notes.ts";
import { getRecordPatient } from "../../src/main/catalog/record-patients.ts";
import { countingNotes } from "../../src/main/catalog/notes-facets.ts";
import { listingNotes, type NotesWindow } from "../../src/main/catalog/notes-list.ts";
import { timeZone } from "../../src/main/time-zone.ts";
import { editSource } from "../../src/main/catalog/sources.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { newCatalog } from "./new-catalog.ts";
import { addRecordsSource, aNote, aPatient, at, syncRecords } from "./new-records.ts";

/** A note as it was made, to hold searches against. */
interface Made {
  id: string;
  patient: string;
  name: string;
  numbers: string[];
  gender: string;
  deleted: boolean;
  source: string;
  kind: (typeof NOTE_KINDS)[number];
  eventAt: number;
  day: string;
  status: string;
  ward: string;
  recordNumber: string;
  words: string[];
  length: number;
}

const WORDS = ["febre", "dispneia", "evolução", "estável", "alta", "tosse", "dor", "100%", "café"];
const NOTES = 20_000;
const ZONES = { Bahia: "America/Bahia", Shanghai: "Asia/Shanghai" } as const;

function atEnd<Result>(steps: Generator<void, Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** Repeatable: 0 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function fill(catalog: Catalog): Made[] {
  const random = randomNumbers(7);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  const made: Made[] = [];
  for (const [source, zone] of Object.entries(ZONES)) {
    const id = addRecordsSource(catalog, source, { timeZone: zone });
    syncRecords(catalog, id, (target) => {
      for (let p = 0; p < 200; p++) {
        const start = at("2020-01-01T00:00:00Z");
        const statuses = [0, 1, 2].map((step) => ({
          status: pick(PATIENT_STATUSES),
          label: `Estado ${step}`,
          ward: pick(["UTI", "Enfermaria A", "", "Pronto-socorro"]),
          from: start + step * 200 * 86_400_000_000,
        }));
        const recordNumbers = [0, 1].map((step) => ({
          recordNumber: `${source}-${p}-${step}`,
          from: start + step * 300 * 86_400_000_000,
        }));
        const patient = aPatient(`p${p}`, {
          name: pick(["Ana", "Bruno", "Érica", "Zélia"]),
          gender: pick(GENDERS),
          deleted: random() < 0.1,
          recordNumber: `${source}-${p}-1`,
          statuses,
          recordNumbers,
        });
        target.putPatient(patient);
        for (let n = 0; n < NOTES / 400; n++) {
          const eventAt =
            start + Math.floor(random() * 730) * 86_400_000_000 + Math.floor(random() * 24) * 3_600_000_000;
          const words = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(WORDS));
          const kind = random() < 0.7 ? "daily-note" : pick(NOTE_KINDS);
          const content = words.join(" ").toUpperCase();
          target.putNote(aNote(`n${p}-${n}`, `p${p}`, { kind, eventAt, content }));
          const held = statuses.filter(({ from }) => from <= eventAt).at(-1)!;
          made.push({
            id: `n${p}-${n}`,
            patient: `p${p}`,
            name: patient.name,
            numbers: recordNumbers.map(({ recordNumber }) => recordNumber),
            gender: patient.gender,
            deleted: patient.deleted,
            source,
            kind,
            eventAt,
            day: timeZone(zone).toLocalDate(eventAt),
            status: held.status,
            ward: held.ward,
            recordNumber: recordNumbers.filter(({ from }) => from <= eventAt).at(-1)!.recordNumber,
            words,
            length: content.length,
          });
        }
      }
      target.putWords([{ kind: "ward", text: "PS", standsFor: "Pronto-socorro" }]);
    });
  }
  return made;
}

function matches(note: Made, filter: NotesFilter): boolean {
  const one = (list: readonly string[] | undefined, value: string): boolean =>
    list === undefined || list.includes(value);
  const plain = (text: string): string =>
    text
      .normalize("NFD")
      .replace(/[\u0300-\u036f%]/g, "")
      .toLowerCase();
  const wards = filter.wards?.map((ward) => (ward.toLowerCase() === "ps" ? "pronto-socorro" : ward.toLowerCase()));
  return (
    one(filter.kinds ?? ["daily-note"], note.kind) &&
    one(filter.statuses, note.status) &&
    one(filter.genders, note.gender) &&
    one(filter.sources, note.source) &&
    one(wards, note.ward.toLowerCase()) &&
    (filter.includeDeletedPatients === true || !note.deleted) &&
    (filter.from === undefined || note.day >= filter.from) &&
    (filter.to === undefined || note.day <= filter.to) &&
    (filter.patients === undefined || [note.patient, ...note.numbers].some((id) => filter.patients?.includes(id))) &&
    (filter.text ?? "")
      .split(" ")
      .filter((word) => word !== "")
      .every((word) => note.words.some((has) => plain(has) === plain(word)))
  );
}

const FILTERS: [string, NotesFilter][] = [
  ["nothing asked", {}],
  ["all kinds", { kinds: [...NOTE_KINDS] }],
  ["a day, both ends", { from: "2020-03-05", to: "2020-03-05" }],
  ["from a day on", { from: "2021-06-01" }],
  ["up to a day", { to: "2020-02-10", kinds: ["simple-note", "report"] }],
  ["wards, by name in any case or abbreviation", { wards: ["uti", "PS"] }],
  ["statuses", { statuses: ["deceased", "unknown"] }],
  ["genders", { genders: ["F", "N"] }],
  ["a source", { sources: ["Shanghai"] }],
  ["patients by id and by a former number", { patients: ["p3", "Bahia-7-0"] }],
  ["deleted ones too", { includeDeletedPatients: true }],
  ["words without accents in any case", { text: "EVOLUCAO cafe" }],
  ["a word with a sign that means something elsewhere", { text: "100%" }],
  ["a word that no note has", { text: "evol" }],
  [
    "everything at once",
    {
      text: "febre",
      from: "2020-01-15",
      to: "2021-10-01",
      wards: ["UTI", "Enfermaria A"],
      statuses: ["inpatient", "deceased", "outpatient"],
      genders: ["F", "M"],
      kinds: ["daily-note", "report"],
      sources: ["Bahia"],
      includeDeletedPatients: true,
    },
  ],
];

describe("20,000 notes of two hospitals", () => {
  let catalog: Catalog;
  let made: Made[];

  beforeAll(() => {
    const folder = makeTemporaryDirectory("notes");
    catalog = openCatalog(join(folder, "catalog.sqlite"), randomBytes(32));
    made = fill(catalog);
    return () => {
      catalog.close();
      rmSync(folder, { recursive: true });
    };
  });

  const list = (filter: NotesFilter, window: Partial<NotesWindow> = {}) =>
    atEnd(listingNotes(catalog, filter, { limit: 100, offset: 0, ...window }));

  test.each(FILTERS)(
    "%s: the list, the export and its plan find the same notes as looking at each",
    (_name, filter) => {
      const expected = made.filter((note) => matches(note, filter));
      expect(list(filter).total).toBe(expected.length);
      const plan = [...planNotes(catalog, filter)];
      const found = plan.flatMap(({ patient, rows }) => {
        const notes = [...iterateNotes(catalog, filter, getRecordPatient(catalog, patient))];
        expect(notes).toHaveLength(rows);
        return notes;
      });
      const key = (note: { id: string; eventAt: number }): string => `${note.id} ${note.eventAt}`;
      expect(found.map(({ sourceId, eventAt }) => key({ id: sourceId, eventAt })).sort()).toEqual(
        expected.map(key).sort(),
      );
      expect(plan.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(
        expected.reduce((sum, { length }) => sum + length, 0),
      );
    },
  );

  test("what was true when each note was written is what the export reads", () => {
    const wanted = new Map(made.map((note) => [`${note.source} ${note.id}`, note]));
    for (const source of Object.keys(ZONES))
      for (const { patient } of planNotes(catalog, { sources: [source], includeDeletedPatients: true }))
        for (const { sourceId, status, ward, recordNumber, localDate } of iterateNotes(
          catalog,
          { includeDeletedPatients: true },
          getRecordPatient(catalog, patient),
        )) {
          const { day, ...held } = wanted.get(`${source} ${sourceId}`)!;
          expect({ status, ward, recordNumber, localDate }).toEqual({
            status: held.status,
            ward: held.ward,
            recordNumber: held.recordNumber,
            localDate: day,
          });
        }
  });

  test.each(FILTERS)("%s: each facet is counted as if its own part were not set", (_name, filter) => {
    const facets = atEnd(countingNotes(catalog, filter));
    const counted = (part: keyof NotesFilter, value: (note: Made) => string): Record<string, number> => {
      const { [part]: _own, ...rest } = filter;
      // Of kinds, nothing set means daily notes: all of them is none.
      const others: NotesFilter = part === "kinds" ? { ...rest, kinds: [...NOTE_KINDS] } : rest;
      const counts: Record<string, number> = {};
      for (const note of made)
        if (matches(note, others) && value(note) !== "") counts[value(note)] = (counts[value(note)] ?? 0) + 1;
      return counts;
    };
    const asRecord = (facet: { value: string; count: number }[]): Record<string, number> =>
      Object.fromEntries(facet.filter(({ count }) => count > 0).map(({ value, count }) => [value, count]));
    expect(asRecord(facets.wards)).toEqual(counted("wards", ({ ward }) => ward));
    expect(asRecord(facets.statuses)).toEqual(counted("statuses", ({ status }) => status));
    expect(asRecord(facets.genders)).toEqual(counted("genders", ({ gender }) => gender));
    expect(asRecord(facets.kinds)).toEqual(counted("kinds", ({ kind }) => kind));
    expect(asRecord(facets.sources)).toEqual(counted("sources", ({ source }) => source));
    const { from: _from, to: _to, ...anyDay } = filter;
    const months: Record<string, number> = {};
    for (const note of made)
      if (matches(note, anyDay)) months[note.day.slice(0, 7)] = (months[note.day.slice(0, 7)] ?? 0) + 1;
    expect(asRecord(facets.dates)).toEqual(months);
    const expected = made.filter((note) => matches(note, filter));
    expect(facets).toMatchObject({
      notes: expected.length,
      patients: new Set(expected.map(({ source, patient }) => `${source} ${patient}`)).size,
      inCatalog: NOTES,
    });
  });

  test.each(NOTE_LIST_COLUMNS)("in the order of %s, windows make up the whole, forwards and backwards", (column) => {
    const filter: NotesFilter = { wards: ["UTI"] };
    for (const descending of [false, true]) {
      const whole = list(filter, { limit: 10_000, sort: { column, descending } });
      expect(new Set(whole.rows.map(({ id }) => id)).size).toBe(whole.total);
      for (const offset of [0, 37, whole.total - 50, whole.total - 1, whole.total])
        expect(list(filter, { offset, limit: 50, sort: { column, descending } }).rows).toEqual(
          whole.rows.slice(offset, offset + 50),
        );
      const values = whole.rows.map((row) => {
        if (column === "eventTime") return Date.parse(row.eventTime);
        if (column === "status") return PATIENT_STATUSES.indexOf(row.status);
        if (column === "kind") return NOTE_KINDS.indexOf(row.kind);
        if (column === "patientName") return row.patientName.normalize("NFD");
        return row[column];
      });
      const steps = values
        .slice(1)
        .map((value, index) => (descending ? values[index]! >= value : values[index]! <= value));
      expect(steps.every(Boolean)).toBe(true);
    }
  });
});

test("lists follow what a sync adds, changes and removes, and an edited time zone", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  const listed = () =>
    atEnd(listingNotes(catalog, {}, { limit: 10, offset: 0 })).rows.map(({ beginning }) => beginning);
  const days = () => atEnd(countingNotes(catalog, {})).dates;
  syncRecords(catalog, source, (target) => {
    target.putPatient(aPatient("p"));
    target.putNote(aNote("a", "p", { content: "first", eventAt: at("2024-03-01T01:00:00Z") }));
    target.putNote(aNote("b", "p", { content: "second", eventAt: at("2024-03-03T12:00:00Z") }));
  });
  expect(listed()).toEqual(["second", "first"]);
  expect(days()).toEqual([
    { value: "2024-02", count: 1 },
    { value: "2024-03", count: 1 },
  ]);
  editSource(catalog, source, { config: { path: "there", timeZone: "UTC", issuer: "EQMD" } }, false);
  expect(days()).toEqual([{ value: "2024-03", count: 2 }]);
  syncRecords(catalog, source, (target) => {
    target.remove("note", "b");
    target.putNote(aNote("a", "p", { content: "first, changed", eventAt: at("2024-03-05T01:00:00Z") }));
    target.putNote(aNote("c", "p", { content: "third", eventAt: at("2024-03-04T01:00:00Z") }));
  });
  expect(listed()).toEqual(["first, changed", "third"]);
  syncRecords(catalog, source, (target) => target.putPatient(aPatient("p", { deleted: true })));
  expect(listed()).toEqual([]);
});

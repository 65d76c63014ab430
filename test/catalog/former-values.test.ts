import { expect, test } from "vitest";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { getRecordPatient, type PatientRecord } from "../../src/main/catalog/record-patients.ts";
import { createScrubber } from "../../src/main/deidentify/text/scrubber.ts";
import { knownPatientOf } from "../../src/main/exports/table/known-patient.ts";
import type { IndexedPatient } from "../../src/main/sources/records-source.ts";
import { newCatalog } from "./new-catalog.ts";
import { addRecordsSource, aNote, aPatient, syncRecords } from "./new-records.ts";

/** One patient of a source that keeps no history, as each of several syncs found them. */
function synced(...states: Partial<IndexedPatient>[]): PatientRecord {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  for (const state of states)
    syncRecords(catalog, source, (target) => {
      target.putPatient(aPatient("p1", state));
      target.putNote(aNote("n1", "p1"));
    });
  return theOnly(catalog);
}

function theOnly(catalog: Catalog): PatientRecord {
  return getRecordPatient(catalog, catalog.column<number>("SELECT id FROM record_patient")[0] ?? 0);
}

function scrub(patient: PatientRecord, text: string): string {
  const scrubber = createScrubber({ staff: [], wards: [], places: [] }, { dates: "replace", ages: "exact" });
  return scrubber.forPatient(knownPatientOf([patient])).scrub(text).text;
}

const BEFORE: Partial<IndexedPatient> = {
  name: "Zulmira Kowalczuk",
  recordNumber: "AX-7731",
  identifiers: [
    { kind: "phone", value: "+55 71 98877-6655" },
    { kind: "address", value: "Travessa Quibungo, 45" },
  ],
};
const AFTER: Partial<IndexedPatient> = { name: "Zulmira Prado", recordNumber: "BX-1", identifiers: [] };
const NOTE = "Kowalczuk mora na travessa Quibungo, fone 98877-6655, prontuário AX 7731.";

test("what a source said of a patient until the last sync goes from old notes, though the source keeps no history", () => {
  const patient = synced(BEFORE, AFTER, { ...AFTER, gender: "M" });
  expect(patient).toMatchObject({ name: "Zulmira Prado", recordNumber: "BX-1", recordNumbers: ["BX-1"] });
  expect(scrub(patient, NOTE)).not.toMatch(/Kowalczuk|Quibungo|8877|7731/i);
});

test("nothing is kept twice, and what holds again is no longer former", () => {
  const former = (...states: Partial<IndexedPatient>[]): string[] =>
    synced(...states)
      .identifiers.map(({ kind, value }) => `${kind} ${value}`)
      .toSorted();
  expect(former(BEFORE, AFTER, BEFORE, AFTER, BEFORE)).toEqual([
    "address Travessa Quibungo, 45",
    "former-name Zulmira Prado",
    "phone +55 71 98877-6655",
    "record-number BX-1",
  ]);
  expect(former(BEFORE, BEFORE)).toHaveLength(2);
});

test("a source that changes a value at each sync does not fill the catalog: the latest are kept", () => {
  const states = Array.from({ length: 230 }, (_, index) => ({ name: `Ana Nome${index}` }));
  const { identifiers } = synced(...states);
  expect(identifiers).toHaveLength(200);
  expect(identifiers.at(-1)).toEqual({ kind: "former-name", value: "Ana Nome228" });
});

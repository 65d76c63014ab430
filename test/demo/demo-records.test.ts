import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { makeDemoRecords } from "../../src/main/demo/records/make-demo-records.ts";
import { RECORDS_ISSUER } from "../../src/main/demo/records/record-people.ts";
import { DEMO_RECORDS_MAPPING } from "../../src/main/demo/records/records-mapping.ts";
import { DEMO_PATIENTS } from "../../src/main/demo/patients.ts";
import { sourceKind } from "../../src/main/sources/registry.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const folder = temporaryDirectory("demo-records");

function made(name: string, seed?: number): string {
  const file = join(folder, name);
  makeDemoRecords(file, seed);
  return file;
}

function rowsOf(file: string, sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

describe("the records of the demo hospital", () => {
  it("are the same for the same seed, and left as they are where they are there", () => {
    const [one, other] = [made("one.sqlite"), made("other.sqlite")];
    const rows = (file: string) => rowsOf(file, "SELECT * FROM note ORDER BY id");
    expect(rows(one)).toEqual(rows(other));
    expect(rows(made("third.sqlite", 2))).not.toEqual(rows(one));
    const before = readFileSync(one);
    makeDemoRecords(one, 3);
    expect(readFileSync(one).equals(before)).toBe(true);
  });

  it("are about patients of its images, among others, and bear their issuer", () => {
    const patients = rowsOf(made("patients.sqlite"), "SELECT id, born FROM patient");
    const imaged = DEMO_PATIENTS.filter(({ issuer }) => issuer === RECORDS_ISSUER);
    expect(imaged.length).toBeGreaterThan(5);
    for (const { id, birthDate } of imaged)
      expect(patients).toContainEqual({ id, born: birthDate.replace(/(\d{4})(\d\d)(\d\d)/, "$1-$2-$3") });
    expect(patients.length).toBeGreaterThan(imaged.length);
  });

  it("have about 200 notes of two languages with nothing left to fill in, and most name somebody", () => {
    const notes = rowsOf(
      made("notes.sqlite"),
      "SELECT text, patient.name, patient.phone FROM note JOIN patient ON patient.id = note.patient_id",
    );
    expect(notes.length).toBeGreaterThan(180);
    expect(notes.length).toBeLessThan(260);
    for (const { text } of notes) expect(text).not.toMatch(/[{}]|undefined|NaN/);
    expect(notes.filter(({ text }) => /Conduta|alta/.test(String(text))).length).toBeGreaterThan(60);
    expect(notes.filter(({ text }) => /Plan|Discharge/.test(String(text))).length).toBeGreaterThan(60);
    const named = notes.filter(({ text, name }) =>
      String(name)
        .split(" ")
        .some((word) => String(text).includes(word)),
    );
    expect(named.length).toBeGreaterThan(notes.length / 3);
  });

  it("have a mapping that a source takes", () => {
    const config = { path: made("mapping.sqlite"), mapping: DEMO_RECORDS_MAPPING, issuer: RECORDS_ISSUER };
    expect(() => sourceKind("sqlite").parseConfig(config)).not.toThrow();
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { DEMO_NOTES_ISSUER, DEMO_NOTES_MAPPING, writeDemoNotes } from "../../src/main/demo/demo-notes.ts";
import { DEMO_PATIENTS } from "../../src/main/demo/patients.ts";
import { sourceKind } from "../../src/main/sources/registry.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const folder = temporaryDirectory("demo-notes");

it("the demo's notes are about patients of its images, bear their issuer, and are left as they are where they are there", () => {
  const file = join(folder, "notes.csv");
  writeDemoNotes(file);
  const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[];
  const patients = new Set(DEMO_PATIENTS.filter(({ issuer }) => issuer === DEMO_NOTES_ISSUER).map(({ id }) => id));
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.every((row) => patients.has(row["patient"] ?? ""))).toBe(true);
  expect(new Set(rows.map((row) => row["note"])).size).toBe(rows.length);
  const before = readFileSync(file);
  writeDemoNotes(file);
  expect(readFileSync(file).equals(before)).toBe(true);
});

it("the demo's mapping is one that a CSV source takes", () => {
  const config = { path: join(folder, "notes.csv"), mapping: DEMO_NOTES_MAPPING, issuer: DEMO_NOTES_ISSUER };
  expect(() => sourceKind("csv").parseConfig(config)).not.toThrow();
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Catalog } from "../../../src/main/catalog/database.ts";
import { listProblems } from "../../../src/main/catalog/problems.ts";
import { recordsTarget } from "../../../src/main/catalog/records-sync.ts";
import { addSource } from "../../../src/main/catalog/sources.ts";
import { csvConfig } from "../../../src/main/sources/csv/csv-config.ts";
import { csvSource } from "../../../src/main/sources/csv/csv-source.ts";
import { newCatalog } from "../../catalog/new-catalog.ts";
import { EQMD_CSV_HEADER, writeEqmdCsv } from "../../support/eqmd-csv.ts";
import { eqmdNotes, shareNotes } from "../../support/eqmd-notes.ts";
import { eqmdPatient } from "../../support/eqmd-patients.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const folder = temporaryDirectory("csv-into-catalog");

async function sync(catalog: Catalog, id: number, path: string) {
  const target = recordsTarget(catalog, id);
  const config = csvConfig.parse({ path, mapping: "eqmd" });
  const report = await csvSource.sync(config, undefined, target, () => undefined, new AbortController().signal);
  const { orphans, ...outcome } = target.finish(report.complete);
  return { ...report, ...outcome, orphans };
}

const notesIn = (catalog: Catalog): number => catalog.column<number>("SELECT count(*) FROM note")[0] ?? 0;

it("A CSV file and the catalog agree after each sync", async () => {
  const catalog = newCatalog();
  const path = join(folder, "notes.csv");
  const shares = shareNotes(9, 20, 300);
  const notes = shares
    .flatMap((share, index) => [...eqmdNotes(9, eqmdPatient(9, index), share)])
    .filter((note) => !note.deleted && !note.draft);
  await writeEqmdCsv(path, notes);
  const { id } = addSource(catalog, { kind: "csv", name: "file", config: { path } });
  const patients = new Set(notes.map((note) => note.patient.id)).size;

  expect(await sync(catalog, id, path)).toMatchObject({
    added: notes.length + patients,
    complete: true,
    problems: 0,
    orphans: 0,
  });
  expect(await sync(catalog, id, path)).toMatchObject({ added: 0, changed: 0, removed: 0, complete: true });
  expect(notesIn(catalog)).toBe(notes.length);

  const text = readFileSync(path, "utf8");
  await writeEqmdCsv(path, notes.slice(5));
  const shorter = await sync(catalog, id, path);
  expect(shorter.complete).toBe(true);
  expect(notesIn(catalog)).toBe(notes.length - 5);

  writeFileSync(path, `${text}broken row\r\n`);
  expect(await sync(catalog, id, path)).toMatchObject({ complete: false, problems: 1, removed: 0 });
  expect(listProblems(catalog, id)).toHaveLength(1);
  writeFileSync(path, text);
  expect(await sync(catalog, id, path)).toMatchObject({ complete: true, problems: 0 });
  expect(listProblems(catalog, id)).toEqual([]);
  expect(notesIn(catalog)).toBe(notes.length);
});

it("Two rows of one id are told, also where another note went in the same sync", async () => {
  const catalog = newCatalog();
  const path = join(folder, "twice.csv");
  const row = (note: string): string => `p1,R1,F,40,Internado,${note},2024-01-02T10:00:00+00:00,text\r\n`;
  const { id } = addSource(catalog, { kind: "csv", name: "file", config: { path } });
  writeFileSync(path, EQMD_CSV_HEADER + row("n1") + row("n2") + row("n3"));
  expect(await sync(catalog, id, path)).toMatchObject({ complete: true, problems: 0 });
  writeFileSync(path, EQMD_CSV_HEADER + row("n1") + row("n2") + row("n2"));
  expect(await sync(catalog, id, path)).toMatchObject({ complete: true, problems: 1 });
  expect(notesIn(catalog)).toBe(2);
  expect(listProblems(catalog, id)[0]?.reason).toContain("1 row ");
});

import { expect, test } from "vitest";
import type { NotesFilter } from "../../src/contract/records.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { iterateNotes, planNotes } from "../../src/main/catalog/notes.ts";
import { listProblems } from "../../src/main/catalog/problems.ts";
import { getRecordPatient } from "../../src/main/catalog/record-patients.ts";
import { wordsOfHouse } from "../../src/main/catalog/record-words.ts";
import { recordsGeneration } from "../../src/main/catalog/records-generation.ts";
import { recordsTarget } from "../../src/main/catalog/records-sync.ts";
import { editSource, getSource, removeSource } from "../../src/main/catalog/sources.ts";
import { newCatalog } from "./new-catalog.ts";
import { addRecordsSource, aNote, anExam, aPatient, at, syncRecords } from "./new-records.ts";

const notesOf = (catalog: Catalog, filter: NotesFilter = {}) =>
  [...planNotes(catalog, filter)].flatMap(({ patient }) => [
    ...iterateNotes(catalog, filter, getRecordPatient(catalog, patient)),
  ]);
const idsOf = (catalog: Catalog, filter: NotesFilter = {}) => notesOf(catalog, filter).map(({ sourceId }) => sourceId);
const rowsIn = (catalog: Catalog, table: string) => catalog.column<number>(`SELECT count(*) FROM ${table}`)[0];

test("what a source tells of a patient and a note comes back unchanged, with what held when the note was written", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  const patient = aPatient("p", {
    name: "Conceição dos Santos",
    identifiers: [{ kind: "phone", value: "+55 71 99999-0000" }],
    recordNumbers: [{ recordNumber: "OLD", from: at("2020-01-01T00:00:00Z") }],
    statuses: [{ status: "inpatient", label: "Internado", ward: "UTI", from: at("2024-01-01T00:00:00Z") }],
  });
  const content = 'Evolução, "bem";\r\n\u0000 = SOMA(A1) 😀 \u202eRTL';
  syncRecords(catalog, source, (target) => {
    target.putPatient(patient);
    target.putNote(aNote("n", "p", { content, eventAt: at("2024-03-01T02:30:00.000Z") + 1 }));
  });
  const [plan] = planNotes(catalog, {});
  expect(plan).toMatchObject({ sourceId: "p", issuer: "EQMD", rows: 1 });
  expect(getRecordPatient(catalog, plan?.patient ?? 0)).toMatchObject({
    name: "Conceição dos Santos",
    gender: "F",
    birthDate: "1960-02-29",
    identifiers: patient.identifiers,
    recordNumbers: ["OLD", "R-p"],
    timeZone: "America/Bahia",
    source: "Hospital",
    deleted: false,
  });
  expect(notesOf(catalog)).toMatchObject([
    {
      sourceId: "n",
      content,
      eventTime: "2024-02-29T23:30:00.000001-03:00",
      localDate: "2024-02-29",
      status: "inpatient",
      statusLabel: "Internado",
      ward: "UTI",
      recordNumber: "OLD",
      statusBasis: "history",
      recordNumberBasis: "history",
    },
  ]);
});

test("half a surrogate pair, which no file could hold, is a replacement character from the start", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  syncRecords(catalog, source, (target) => {
    target.putPatient(aPatient("p"));
    target.putNote(aNote("n", "p", { content: "a\ud800b" }));
  });
  expect(notesOf(catalog)[0]).toMatchObject({ content: "a\ufffdb", length: 3 });
});

test("a second sync counts what is new, what changed and what is as it was, and removes what it did not meet", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  syncRecords(catalog, source, (target) => {
    for (const id of ["p", "q"]) target.putPatient(aPatient(id));
    for (const id of ["same", "kept", "other text", "gone"]) target.putNote(aNote(id, "p"));
    target.putNote(aNote("of gone patient", "q"));
  });
  const outcome = syncRecords(catalog, source, (target) => {
    target.putPatient(aPatient("p"));
    expect(target.removeUnmet("patient")).toBe(1);
    target.putNote(aNote("same", "p"));
    target.keep("note", "kept");
    target.putNote(aNote("other text", "p", { content: "Other" }));
    target.putNote(aNote("new", "p"));
    expect(target.removeUnmet("note")).toBe(2);
  });
  expect(outcome).toMatchObject({ added: 1, changed: 1, unchanged: 3 });
  expect(idsOf(catalog).sort()).toEqual(["kept", "new", "other text", "same"]);
  expect(idsOf(catalog, { text: "Other" })).toEqual(["other text"]);
  expect(idsOf(catalog, { text: "gone" })).toEqual([]);
  for (const table of ["note", "note_text"]) expect(rowsIn(catalog, table)).toBe(4);
  expect(getSource(catalog, source)).toMatchObject({ notes: 4, recordPatients: 1, exams: 0 });
});

test("a sync that ends early removes nothing and forgets nothing it was not told to remove", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  syncRecords(catalog, source, (target) => {
    target.putPatient(aPatient("p"));
    for (const id of ["a", "b"]) target.putNote(aNote(id, "p"));
  });
  syncRecords(catalog, source, (target) => target.putNote(aNote("c", "p")), false);
  syncRecords(catalog, source, (target) => target.remove("note", "b"), false);
  expect(idsOf(catalog).sort()).toEqual(["a", "c"]);
});

test("notes are told anew what held when they were written where only their patient changed", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  syncRecords(catalog, source, (target) => {
    target.putPatient(aPatient("p"));
    target.putPatient(aPatient("untouched"));
    for (let n = 0; n < 1_200; n++) target.putNote(aNote(`n${n}`, "p"));
    target.putNote(aNote("u", "untouched"));
  });
  const before = recordsGeneration(catalog);
  syncRecords(
    catalog,
    source,
    (target) =>
      target.putPatient(
        aPatient("p", {
          statuses: [{ status: "deceased", label: "Óbito", from: at("2024-03-01T12:00:00Z") }],
          recordNumbers: [{ recordNumber: "NEW", from: at("2024-03-01T12:00:00Z") }],
        }),
      ),
    false,
  );
  const told = notesOf(catalog).filter(({ sourceId }) => sourceId !== "u");
  expect(told).toHaveLength(1_200);
  for (const note of told)
    expect(note).toMatchObject({ status: "deceased", recordNumber: "NEW", statusBasis: "history" });
  expect(notesOf(catalog).find(({ sourceId }) => sourceId === "u")).toMatchObject({ status: "outpatient" });
  expect(idsOf(catalog, { statuses: ["deceased"] })).toHaveLength(1_200);
  expect(recordsGeneration(catalog)).toBeGreaterThan(before);
});

test("a sync that finds everything as it was leaves the generation, so that a plan still stands", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  const all = (): void =>
    void syncRecords(catalog, source, (target) => {
      target.putPatient(aPatient("p"));
      target.putNote(aNote("n", "p"));
      target.putExam(anExam("e"));
      target.putWords([{ kind: "staff", text: "Dra. Lúcia" }]);
      for (const collection of ["patient", "note", "exam"] as const) target.removeUnmet(collection);
      target.writeState({ pass: 1 });
    });
  all();
  const before = recordsGeneration(catalog);
  all();
  expect(recordsGeneration(catalog)).toBe(before);
  editSource(catalog, source, { config: { path: "there", timeZone: "UTC", issuer: "EQMD" } }, false);
  expect(recordsGeneration(catalog)).toBeGreaterThan(before);
});

test("notes that come before their patient wait for them; without the patient they stay out and are told", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  const outcome = syncRecords(catalog, source, (target) => {
    target.putNote(aNote("n", "p"));
    target.putNote(aNote("orphan", "nobody"));
    target.putPatient(aPatient("p", { statuses: [{ status: "inpatient", label: "I", from: 0 }] }));
    target.removeUnmet("patient");
    target.removeUnmet("note");
  });
  expect(outcome.orphans).toBe(1);
  expect(notesOf(catalog)).toMatchObject([{ sourceId: "n", status: "inpatient" }]);
  expect(listProblems(catalog, source)).toMatchObject([{ ref: "nobody", code: "SOURCE_ANSWER" }]);
  syncRecords(catalog, source, (target) => target.putPatient(aPatient("nobody")));
  expect(idsOf(catalog).sort()).toEqual(["n", "orphan"]);
  expect(listProblems(catalog, source)).toEqual([]);
});

test("what a sync remembers is kept only with what was put before it, and behind a removal only after that", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  const state = (): Record<string, unknown> => recordsTarget(catalog, source).readState();
  const died = recordsTarget(catalog, source);
  died.putPatient(aPatient("p"));
  died.writeState({ at: 1 });
  expect(died.readState()).toEqual({ at: 1 });
  // Nothing was written: the process ends here.
  expect(state()).toEqual({});
  syncRecords(catalog, source, (target) => {
    target.putPatient(aPatient("p"));
    target.putNote(aNote("n", "p"));
  });
  const removing = recordsTarget(catalog, source);
  removing.removeUnmet("note");
  removing.writeState({ at: 2 });
  for (let n = 0; n < 1_000; n++) removing.putPatient(aPatient(`p${n}`));
  expect(state()).toEqual({});
  removing.finish(true);
  expect(state()).toEqual({ at: 2 });
  expect(idsOf(catalog)).toEqual([]);
});

test("problems of records go once they are put well, and all of them after a pass over everything", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  const problem = (ref: string) => ({ ref, code: "SOURCE_ANSWER" as const, reason: "Has no date." });
  syncRecords(catalog, source, (target) => {
    target.putPatient(aPatient("p"));
    for (const ref of ["a", "b", "c"]) target.problem(problem(ref));
  });
  syncRecords(catalog, source, (target) => target.putNote(aNote("a", "p")));
  expect(listProblems(catalog, source).map(({ ref }) => ref)).toEqual(["b", "c"]);
  syncRecords(catalog, source, (target) => {
    target.keep("note", "a");
    // A pass over ids alone says nothing of what is wrong with the record.
    target.keep("note", "b");
    target.removeUnmet("note");
  });
  expect(listProblems(catalog, source).map(({ ref }) => ref)).toEqual(["b", "c"]);
  syncRecords(catalog, source, (target) => {
    target.putPatient(aPatient("p"));
    target.putNote(aNote("a", "p"));
    target.problem(problem("c"));
    for (const collection of ["patient", "note", "exam"] as const) target.removeUnmet(collection);
  });
  expect(listProblems(catalog, source).map(({ ref }) => ref)).toEqual(["c"]);
});

test("words of all sources, wards of patients and physicians of exams are the words of the house, and so are people who left", () => {
  const catalog = newCatalog();
  const [one, other] = [addRecordsSource(catalog, "one"), addRecordsSource(catalog, "other")];
  syncRecords(catalog, one, (target) => {
    target.putWords([
      { kind: "staff", text: "Dra. Lúcia" },
      { kind: "ward", text: "UTI", standsFor: "Unidade de Terapia Intensiva" },
      { kind: "place", text: "Salvador" },
    ]);
    target.putPatient(aPatient("p", { ward: "Enfermaria A" }));
  });
  syncRecords(catalog, other, (target) => target.putExam(anExam("e", { certified_physician: "王醫師" })));
  expect(wordsOfHouse(catalog)).toEqual({
    staff: ["Dra. Lúcia", "王醫師"],
    wards: ["Enfermaria A", "UTI"],
    places: ["Salvador"],
  });
  syncRecords(catalog, one, (target) => target.putWords([]));
  const after = { staff: ["Dra. Lúcia", "王醫師"], wards: ["Enfermaria A"], places: [] };
  expect(wordsOfHouse(catalog)).toEqual(after);
  const generation = recordsGeneration(catalog);
  syncRecords(catalog, one, (target) => target.putWords([]));
  expect([wordsOfHouse(catalog), recordsGeneration(catalog)]).toEqual([after, generation]);
});

test("removing a source takes its records and no other source's with it", () => {
  const catalog = newCatalog();
  const [one, other] = [addRecordsSource(catalog, "one"), addRecordsSource(catalog, "other")];
  for (const source of [one, other])
    syncRecords(catalog, source, (target) => {
      target.putPatient(aPatient("p"));
      for (let n = 0; n < 30; n++) target.putNote(aNote(`n${n}`, "p"));
      target.putNote(aNote("orphan", "nobody"));
      target.putExam(anExam("e"));
      target.putWords([{ kind: "staff", text: `of ${source}` }]);
    });
  removeSource(catalog, one);
  expect(idsOf(catalog, {})).toHaveLength(30);
  expect(rowsIn(catalog, "note_text")).toBe(31);
  expect(rowsIn(catalog, "exam")).toBe(1);
  expect(wordsOfHouse(catalog).staff).toEqual([`of ${other}`]);
  expect(getSource(catalog, other)).toMatchObject({ notes: 31, recordPatients: 1, exams: 1 });
});

test("a patient's notes come once each and in order, however many there are of one moment and however long they are", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog);
  const ids = Array.from({ length: 150 }, (_, number) => String(number).padStart(3, "0"));
  const moment = at("2024-03-01T02:30:00.000Z");
  const contentOf = (id: string, patient: string): string => `${patient} ${id}`.padEnd(patient === "long" ? 50_000 : 9);
  syncRecords(catalog, source, (target) => {
    for (const patient of ["long", "short"]) {
      target.putPatient(aPatient(patient));
      // Forty are of one moment, on either side of the end of a slice.
      for (const id of ids.toReversed())
        target.putNote(
          aNote(`${patient}-${id}`, patient, {
            content: contentOf(id, patient),
            eventAt: moment + (Number(id) < 20 ? -1 : Number(id) < 60 ? 0 : 1),
          }),
        );
    }
  });
  const read = notesOf(catalog).map(({ sourceId, content }) => ({ sourceId, content }));
  expect(read).toEqual(
    ["short", "long"]
      .flatMap((patient) => ids.map((id) => ({ sourceId: `${patient}-${id}`, content: contentOf(id, patient) })))
      .toSorted(
        (one, other) => order(one.sourceId) - order(other.sourceId) || (one.sourceId < other.sourceId ? -1 : 1),
      ),
  );

  function order(sourceId: string): number {
    return sourceId.startsWith("long") ? 0 : 1;
  }
});

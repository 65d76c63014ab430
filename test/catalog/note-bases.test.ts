import { expect, it } from "vitest";
import type { NotesFilter } from "../../src/contract/records.ts";
import { NoteBasesCount, type NoteBases } from "../../src/main/catalog/note-bases.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { iterateNotes, planNotes } from "../../src/main/catalog/notes.ts";
import { getRecordPatient } from "../../src/main/catalog/record-patients.ts";
import { newCatalog } from "./new-catalog.ts";
import { addRecordsSource, aNote, aPatient, at, syncRecords } from "./new-records.ts";

function basesOf(catalog: Catalog, filter: NotesFilter): NoteBases {
  const count = new NoteBasesCount(catalog, filter);
  for (const planned of planNotes(catalog, filter)) count.add(planned);
  return count.sum;
}

/** 250 patients without any history, more than one look holds; every tenth is deleted. Notes one a year, the second with a word. */
function filled(): Catalog {
  const catalog = newCatalog();
  syncRecords(catalog, addRecordsSource(catalog), (target) => {
    for (let patient = 0; patient < 250; patient++) {
      target.putPatient({
        ...aPatient(`p${patient}`),
        deleted: patient % 10 === 0,
        statuses: [],
        recordNumbers: [],
      });
      target.putNote({
        ...aNote(`a${patient}`, `p${patient}`),
        eventAt: at("2023-05-01T12:00:00Z"),
        content: "Plain.",
      });
      target.putNote({
        ...aNote(`b${patient}`, `p${patient}`),
        eventAt: at("2024-05-01T12:00:00Z"),
        content: "Febre.",
      });
    }
  });
  return catalog;
}

it("what had to be assumed is counted for exactly the notes that leave, whatever they are filtered by", () => {
  const catalog = filled();
  const filters: NotesFilter[] = [
    {},
    { includeDeletedPatients: true },
    { text: "febre" },
    { text: "feb*", from: "2024-01-01" },
    { text: "nothing like it" },
    { from: "2023-01-01", to: "2023-12-31" },
    { patients: ["p7", "p8", "p10"] },
  ];
  for (const filter of filters) {
    const leaving = [...planNotes(catalog, filter)].flatMap(({ patient }) => [
      ...iterateNotes(catalog, filter, getRecordPatient(catalog, patient)),
    ]);
    const bases = basesOf(catalog, filter);
    expect(bases.notes, JSON.stringify(filter)).toBe(leaving.length);
    expect(bases.statusNow).toBe(leaving.length);
  }
  expect(basesOf(catalog, {}).notes).toBe(450);
  expect(basesOf(catalog, { text: "febre" })).toMatchObject({ notes: 225, ofDeleted: 0 });
  expect(basesOf(catalog, { includeDeletedPatients: true })).toMatchObject({ notes: 500, ofDeleted: 50 });
});

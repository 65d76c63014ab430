import { expect, it } from "vitest";
import type { NotesFilter } from "../../src/contract/records.ts";
import { countNoteBases, type NoteBases } from "../../src/main/catalog/note-bases.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { planNotes } from "../../src/main/catalog/notes.ts";
import { newCatalog } from "./new-catalog.ts";
import { addRecordsSource, aNote, aPatient, at, syncRecords } from "./new-records.ts";

function basesOf(catalog: Catalog, filter: NotesFilter): NoteBases {
  const steps = countNoteBases(catalog, filter);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
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
    const planned = [...planNotes(catalog, filter)].reduce((sum, { rows }) => sum + rows, 0);
    const bases = basesOf(catalog, filter);
    expect(bases.notes, JSON.stringify(filter)).toBe(planned);
    expect(bases.statusNow).toBe(planned);
  }
  expect(basesOf(catalog, {}).notes).toBe(450);
  expect(basesOf(catalog, { text: "febre" })).toMatchObject({ notes: 225, ofDeleted: 0 });
  expect(basesOf(catalog, { includeDeletedPatients: true })).toMatchObject({ notes: 500, ofDeleted: 50 });
});

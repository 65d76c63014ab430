import { beforeEach, expect, test } from "vitest";
import type { NotesFilter } from "../../../src/contract/records.ts";
import type { Catalog } from "../../../src/main/catalog/database.ts";
import { NoteBasesCount } from "../../../src/main/catalog/note-bases.ts";
import { planNotes } from "../../../src/main/catalog/notes.ts";
import { noteFindings } from "../../../src/main/exports/notes/note-findings.ts";
import { meaningOfSentence } from "../../../src/main/exports/table/table-notices.ts";
import { newCatalog } from "../../catalog/new-catalog.ts";
import { addRecordsSource, aNote, aPatient, at, syncRecords } from "../../catalog/new-records.ts";

const POLICY = {
  ids: "pseudonym",
  key: "k",
  asOf: "now",
  statusLabels: "english",
  ages: "exact",
  recordNumber: "keep",
  text: "keep",
} as const;

let catalog: Catalog;
beforeEach(() => {
  catalog = newCatalog();
  const status = { status: "inpatient", label: "Internado" } as const;
  syncRecords(catalog, addRecordsSource(catalog), (target) => {
    const from = at("2024-02-01T00:00:00Z");
    target.putPatient(aPatient("moved", { ward: "UTI", statuses: [{ ...status, from, ward: "Clínica" }] }));
    for (const [id, day] of Object.entries({ before: "2024-01-10", also: "2024-01-20", after: "2024-03-01" }))
      target.putNote(aNote(id, "moved", { eventAt: at(`${day}T12:00:00Z`) }));
    target.putPatient(aPatient("stays", { ward: "UTI" }));
    target.putNote(aNote("any", "stays"));
  });
});

function told(selection: NotesFilter): unknown[] {
  const bases = new NoteBasesCount(catalog, selection);
  for (const planned of planNotes(catalog, selection)) bases.add(planned);
  return noteFindings(bases.sum, { policy: POLICY }, []).map(meaningOfSentence);
}

test("a receipt says how many notes were chosen by a ward that is only assumed, and by what", () => {
  expect(told({ wards: ["Clínica"] })).toEqual([{ code: "ward-before-history", params: { count: 2, notes: 3 } }]);
  expect(told({ wards: ["UTI"] })).toEqual([{ code: "ward-without-history", params: { count: 1, notes: 1 } }]);
});

test("where no ward is asked for, nothing is said of wards", () => {
  expect(told({})).toEqual([]);
});

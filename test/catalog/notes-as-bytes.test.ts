import { expect, test } from "vitest";
import { iterateNotes, planNotes } from "../../src/main/catalog/notes.ts";
import { iterateNotesAsBytes } from "../../src/main/catalog/notes-as-bytes.ts";
import { getRecordPatient } from "../../src/main/catalog/record-patients.ts";
import { newCatalog } from "./new-catalog.ts";
import { addRecordsSource, aNote, aPatient, at, syncRecords } from "./new-records.ts";

/** Empty ones, control characters, more than one look takes, and longer than a look holds. */
const TEXTS = [
  "",
  'Evolução, "bem";\r\n\u0000 = SOMA(A1) 😀 \u202eRTL',
  "é".repeat(300_000),
  "",
  ...Array.from({ length: 700 }, (_, index) => `nota ${index} ✓`),
  "x".repeat(200_000),
  "y".repeat(200_000),
];

test.each([{}, { kinds: ["daily-note" as const] }, { from: "2024-03-02" }, { text: "nota" }])(
  "notes whose texts are read as bytes are the same notes, whole and in the same order: %j",
  (filter) => {
    const catalog = newCatalog();
    const source = addRecordsSource(catalog);
    syncRecords(catalog, source, (target) => {
      target.putPatient(aPatient("p"));
      for (const [index, content] of TEXTS.entries())
        target.putNote(
          aNote(`n${index}`, "p", { content, eventAt: at("2024-03-01T02:30:00.000Z") + (index >> 2) * 1_000_000_000 }),
        );
    });
    const patients = [...planNotes(catalog, filter)].map(({ patient }) => getRecordPatient(catalog, patient));
    const expected = patients.flatMap((patient) => [...iterateNotes(catalog, filter, patient)]);
    const found = patients.flatMap((patient) =>
      [...iterateNotesAsBytes(catalog, filter, patient)].map((note) => {
        expect(note.content.length).toBe(note.content.toString().length);
        return { ...note, content: note.content.toString() };
      }),
    );
    expect(expected.length).toBeGreaterThan(300);
    expect(found).toEqual(expected);
  },
);

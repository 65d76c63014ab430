import { beforeEach, describe, expect, it } from "vitest";
import type { NotesPolicy, NotesRecipe } from "../../../src/contract/table-recipe.ts";
import type { Catalog } from "../../../src/main/catalog/database.ts";
import { createPseudonyms } from "../../../src/main/deidentify/pseudonym.ts";
import { NoteRows, type NoteRowsSettings } from "../../../src/main/exports/notes/note-rows.ts";
import { notesTable } from "../../../src/main/exports/notes/notes-table.ts";
import type { Row, TableChunk } from "../../../src/main/exports/table/table.ts";
import { newCatalog } from "../../catalog/new-catalog.ts";
import { addRecordsSource, aNote, aPatient, at, syncRecords } from "../../catalog/new-records.ts";

const KEY = { name: "k", secret: Buffer.alloc(32, 7) };
const POLICY: NotesPolicy = {
  ids: "pseudonym",
  key: "k",
  asOf: "note",
  statusLabels: "english",
  ages: "exact",
  recordNumber: "keep",
  text: "keep",
};

describe("the rows of notes", () => {
  let catalog: Catalog;
  beforeEach(() => {
    catalog = newCatalog();
  });

  const recipeOf = (policy: Partial<NotesPolicy>, selection: NotesRecipe["selection"] = {}): NotesRecipe => ({
    kind: "notes",
    version: 1,
    selection,
    policy: { ...POLICY, ...policy },
    format: "file",
    compress: 0,
    formulas: "guard",
    destination: "/nowhere",
  });
  const open = (recipe: NotesRecipe) =>
    notesTable.open(catalog, recipe, { startedAt: "2026-01-31T12:00:00Z", keyNamed: () => KEY });
  const exportOf = (policy: Partial<NotesPolicy> = {}, selection: NotesRecipe["selection"] = {}) => {
    const table = open(recipeOf(policy, selection));
    const plan = table.plan();
    const chunks: TableChunk[] = [];
    let next = plan.next();
    for (; next.done !== true; next = plan.next()) if (next.value !== undefined) chunks.push(next.value);
    const reader = new NoteRows(catalog, table.rows.settings as NoteRowsSettings);
    const rows: Row[] = [];
    const notes = chunks.map((chunk) => {
      for (const { row } of reader.made(chunk)) rows.push(row);
      return reader.notes();
    });
    return { table, chunks, rows, notes, end: next.value };
  };

  it("leave under pseudonyms that are made of issuer and id alone", () => {
    const source = addRecordsSource(catalog);
    syncRecords(catalog, source, (target) => {
      target.putPatient(aPatient("p1"));
      target.putNote(aNote("n1", "p1"));
    });
    const pseudonyms = createPseudonyms(KEY);
    const [row] = exportOf().rows;
    expect(row?.[0]).toBe(pseudonyms.patient({ issuer: "EQMD", id: "p1" }).uuid);
    expect(row?.[5]).toBe(pseudonyms.note({ issuer: "EQMD", id: "n1" }));
    expect(row?.[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("of one patient in two sources stand together, in the order of their moments", () => {
    const [one, other] = [addRecordsSource(catalog, "One"), addRecordsSource(catalog, "Other")];
    for (const [source, ids] of [
      [one, ["a", "c"]],
      [other, ["b", "d"]],
    ] as const)
      syncRecords(catalog, source, (target) => {
        target.putPatient(aPatient("p1", { name: source === one ? "Ana Prado" : "Ana Souza" }));
        for (const id of ids)
          target.putNote(
            aNote(id, "p1", {
              eventAt: at(`2024-03-0${"abcd".indexOf(id) + 1}T12:00:00Z`),
              content: `Nota ${id} de Ana Prado e de Ana Souza`,
            }),
          );
      });
    const { rows, end } = exportOf({ text: "scrub" });
    expect(rows.map((row) => row[6])).toEqual([1, 2, 3, 4].map((day) => `2024-03-0${day}T09:00:00-03:00`));
    expect(new Set(rows.map((row) => row[0])).size).toBe(1);
    expect(end.patients).toBe(1);
    expect(end.notices.join("\n")).toContain("under one id leave as one: 1.");
    // What one source knows of the patient is looked for in the notes of the other.
    for (const row of rows) expect(row[7]).not.toMatch(/Prado|Souza/);
  });

  it("tells ties apart by the id under which a note leaves, and not by the live one", () => {
    const source = addRecordsSource(catalog);
    syncRecords(catalog, source, (target) => {
      target.putPatient(aPatient("p1"));
      for (let number = 0; number < 20; number++) target.putNote(aNote(`n${number}`, "p1"));
    });
    const pseudonymous = exportOf().rows.map((row) => String(row[5]));
    expect(pseudonymous).toEqual(pseudonymous.toSorted());
    const live = exportOf({ ids: "source", reason: "test" }).rows.map((row) => String(row[5]));
    expect(live).toEqual(live.toSorted());
  });

  it("hold neither a maiden name nor an old phone or address in a scrubbed text", () => {
    const source = addRecordsSource(catalog);
    syncRecords(catalog, source, (target) => {
      const name = { kind: "former-name", value: "Vanda Iraçu Belmontina" } as const;
      const phone = { kind: "phone", value: "(75) 98764-1203" } as const;
      const address = { kind: "address", value: "Travessa Glimbertona, 815" } as const;
      target.putPatient(aPatient("p1", { name: "Vanda Prado", identifiers: [name, phone, address] }));
      target.putNote(
        aNote("n1", "p1", {
          content: "belmontina nega febre. Iraçu aceitou a dieta; V.I.B. na glimbertona, 987641203.",
        }),
      );
    });
    const [row] = exportOf({ text: "scrub" }).rows;
    expect(row?.[7]).toMatch(/^\[PATIENT\] nega febre\. \[PATIENT\] aceitou a dieta/);
    expect(row?.[7]).not.toMatch(/belmontina|Iraçu|V\.I\.B|glimbertona|98764/i);
  });

  it("hold no live id of patient or note in a scrubbed text", () => {
    const [patient, note] = ["3f0c8a51-77aa-4a1b-9a35-4b7a0b9b1c11", "5b8c2f0e-1d3c-4c7b-8f4e-2a9d7c6e5f01"];
    const source = addRecordsSource(catalog);
    syncRecords(catalog, source, (target) => {
      target.putPatient(aPatient(patient));
      target.putNote(aNote(note, patient, { content: `Ver /patients/${patient}/ e a nota ${note.toUpperCase()}.` }));
    });
    const [row] = exportOf({ text: "scrub" }).rows;
    expect(String(row?.[7]).toLowerCase()).not.toContain(patient);
    expect(String(row?.[7]).toLowerCase()).not.toContain(note);
  });

  it("say nothing of age and status where nothing is known", () => {
    const source = addRecordsSource(catalog);
    syncRecords(catalog, source, (target) => {
      target.putPatient(
        aPatient("p1", { birthDate: "", status: { status: "unknown", label: "??" }, recordNumber: "" }),
      );
      target.putNote(aNote("n1", "p1"));
      target.putPatient(aPatient("p2", { birthDate: "2024-03-02" }));
      target.putNote(aNote("n2", "p2"));
    });
    const { rows } = exportOf({ ids: "source", reason: "test" });
    expect(rows.map((row) => [row[1], row[3], row[4]])).toEqual([
      [null, null, null],
      ["R-p2", null, "Outpatient"],
    ]);
    expect(exportOf({ ids: "source", reason: "test", statusLabels: "source" }).rows[0]?.[4]).toBe("??");
  });

  it("take the age that a source tells in place of a birth date, and join it above 89 by Safe Harbor", () => {
    const source = addRecordsSource(catalog);
    syncRecords(catalog, source, (target) => {
      target.putPatient(aPatient("p1", { birthDate: "" }));
      target.putNote(aNote("n1", "p1", { ageAtNote: 97 }));
    });
    expect(exportOf().rows[0]?.[3]).toBe(97);
    expect(exportOf({ ages: "safe-harbor" }).rows[0]?.[3]).toBe(90);
  });

  it("link record numbers with study lists and images under one key, where they are pseudonyms", () => {
    const source = addRecordsSource(catalog, "Hospital", { issuer: "" });
    syncRecords(catalog, source, (target) => {
      target.putPatient(aPatient("p1", { recordNumber: "4711" }));
      target.putNote(aNote("n1", "p1"));
    });
    const [row] = exportOf({ recordNumber: "pseudonym" }).rows;
    expect(row?.[1]).toBe(createPseudonyms(KEY).patient({ issuer: "", id: "4711" }).display);
  });

  it("are planned in chunks of some megabytes, whole patients each, and counted once", () => {
    const source = addRecordsSource(catalog);
    syncRecords(catalog, source, (target) => {
      for (let patient = 0; patient < 30; patient++) {
        target.putPatient(aPatient(`p${patient}`));
        for (let note = 0; note < 3; note++)
          target.putNote(aNote(`n${patient}-${note}`, `p${patient}`, { content: "x".repeat(100_000) }));
      }
    });
    const { chunks, rows, notes, end } = exportOf();
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.every(({ bytes }) => bytes < 2_700_000)).toBe(true);
    expect(rows).toHaveLength(90);
    expect(notes.reduce((sum, { patients }) => sum + patients, 0)).toBe(30);
    expect(end.patients).toBe(30);
  });

  it("fail where the catalog no longer holds what was planned, rather than be fewer", () => {
    const source = addRecordsSource(catalog);
    syncRecords(catalog, source, (target) => {
      target.putPatient(aPatient("p1"));
      for (const id of ["n1", "n2"]) target.putNote(aNote(id, "p1"));
    });
    const { table, chunks } = exportOf();
    syncRecords(catalog, source, (target) => target.remove("note", "n1"), false);
    const reader = new NoteRows(catalog, table.rows.settings as NoteRowsSettings);
    expect(() => [...reader.rows(chunks[0]!)]).toThrow(expect.objectContaining({ code: "SOURCE_ANSWER" }));
  });

  it.each([[{ wards: ["Nowhere"] }], [{ patients: ["p1", "nobody"] }], [{ sources: ["Elsewhere"] }]])(
    "are refused where the filter names what is not there: %j",
    (selection) => {
      const source = addRecordsSource(catalog);
      syncRecords(catalog, source, (target) => {
        target.putPatient(aPatient("p1"));
        target.putNote(aNote("n1", "p1"));
      });
      expect(() => exportOf({}, selection)).toThrow(expect.objectContaining({ code: "USAGE" }));
    },
  );

  it("say first how they must be handled, and that scrubbing is no anonymisation", () => {
    const traceable = open(recipeOf({ recordNumber: "keep", text: "scrub" })).notices;
    expect(traceable[0]).toMatch(/re-identifiable by authorised personnel.*do not share it with anyone outside/);
    expect(traceable.join(" ")).toMatch(/reduces the risk; it is no anonymisation/);
    const kept = open(recipeOf({ recordNumber: "drop", text: "keep" }));
    expect(kept.notices[0]).toMatch(/It is not anonymised\. .*do not share/);
    expect(kept.policy.kind).toBe("identified");
    const live = open(recipeOf({ ids: "source", reason: "a study", recordNumber: "drop" }));
    expect(live.policy).toMatchObject({ kind: "identified", reason: "a study" });
    expect(live.policy.key).toBeUndefined();
    // Nothing calls a table anonymous.
    for (const notice of [...traceable, ...kept.notices])
      expect(notice).not.toMatch(/(?<!not )anonymised|anonymous(?!:)/);
  });

  it("say by which rules and word lists their text was scrubbed, where it was", () => {
    const { scrub } = open(recipeOf({ text: "scrub" })).policy;
    expect(scrub).toEqual({ edition: "3", digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    for (const text of ["keep", "drop"] as const) expect(open(recipeOf({ text })).policy.scrub).toBeUndefined();
  });

  it("ask for no key where nothing is made with one", () => {
    const recipe = recipeOf({ ids: "source", reason: "test" });
    const noKey = () => {
      throw new Error("a key was asked for");
    };
    expect(() =>
      notesTable.open(catalog, recipe, { startedAt: "2026-01-31T12:00:00Z", keyNamed: noKey }),
    ).not.toThrow();
  });
});

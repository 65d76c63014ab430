import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { TableReview, TextExamination } from "../../src/contract/calls/records.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { NotesRecipe, TableRecipe } from "../../src/contract/table-recipe.ts";
import type { App } from "../../src/main/app.ts";
import { addRecordsSource, aNote, anExam, aPatient, at, syncRecords } from "../catalog/new-records.ts";
import { readTable } from "../exports/table-file.ts";
import { changeCatalog, notesTo, studiesTo } from "../jobs/records-workshop.ts";
import { createWorkshop, resultOf, type Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const NAMES = ["Ana Prado Siqueira", "Bento Quintela Moraes", "Clara Vidigal Tourinho"];

describe("a review of tables", () => {
  const root = temporaryDirectory("review-table");
  let workshop: Workshop;
  let app: App;
  let client: Client<Calls>;
  const scrubbed: Partial<NotesRecipe> = { policy: { ...notesTo("").policy, text: "scrub" } };

  beforeAll(async () => {
    workshop = await createWorkshop(root);
    await changeCatalog(workshop, (catalog) =>
      syncRecords(catalog, addRecordsSource(catalog), (target) => {
        for (const [patient, name] of NAMES.entries()) {
          target.putPatient(aPatient(`p${patient}`, { name }));
          for (let note = 0; note < 9; note++)
            target.putNote(
              aNote(`n${patient}-${note}`, `p${patient}`, {
                eventAt: at("2024-03-01T12:00:00Z") + note * 60_000_000,
                content:
                  note === 0
                    ? `=${name} veio à consulta`
                    : note === 1
                      ? `${name.split(" ")[0]} acompanhada de Zulmira Brandão. `.repeat(40)
                      : "Sem queixas.",
              }),
            );
        }
        target.putNote(aNote("long", "p1", { eventAt: at("2025-01-01T00:00:00Z"), content: "x".repeat(300_000) }));
        for (let exam = 0; exam < 30; exam++)
          target.putExam(anExam(`E${exam}`, { patient_name: NAMES[0]!, exam_description: `-5 mm, ${NAMES[0]}` }));
      }),
    );
    ({ app, client } = await workshop.open());
  });
  afterAll(() => app.close());

  const reviewAll = async (recipe: TableRecipe): Promise<TableReview["rows"]> => {
    const rows: TableReview["rows"] = [];
    for (let total = 1; rows.length < total;) {
      const review = await client["exports.reviewTable"]({ recipe, offset: rows.length, limit: 10 });
      total = review.total;
      rows.push(...review.rows);
    }
    return rows;
  };

  it.each([
    ["scrubbed notes", (to: string): TableRecipe => notesTo(to, { ...scrubbed, format: "folder" })],
    ["notes as they are", (to: string): TableRecipe => notesTo(to, { format: "folder", formulas: "keep" })],
    [
      "a pseudonymised study list",
      (to: string): TableRecipe => studiesTo(to, { columns: ["exam_id", "patient_name", "exam_description"] }),
    ],
  ])("shows what the export then writes, row by row: %s", async (what, recipeTo) => {
    const destination = join(root, what.replaceAll(" ", "-"));
    const recipe = recipeTo(destination);
    const reviewed = await reviewAll(recipe);
    const first = await client["exports.reviewTable"]({ recipe, offset: 0, limit: 1 });
    expect(existsSync(destination), "a review writes nothing").toBe(false);
    const { jobId } = await client["exports.start"]({ recipe });
    await resultOf(client, jobId);
    const written = readTable(join(destination, first.package, first.path));
    expect(written).toHaveLength(reviewed.length);
    for (const [index, row] of written.entries()) {
      const after = reviewed[index]?.after.map((cell) => cell ?? "") ?? [];
      // What is too long to be shown is said to be.
      const shown = after.map((cell, column) =>
        /… \(\d+ characters more\)$/.test(cell) ? Object.values(row)[column] : cell,
      );
      expect(shown).toEqual(Object.values(row));
      expect(Object.keys(row)).toEqual(first.columns);
    }
  });

  it("shows before and after with what was done, and the places of what was replaced and of what looks like a name", async () => {
    const rows = await reviewAll(notesTo(root, scrubbed));
    const row = rows.find(({ before }) => before[7]?.startsWith("=Ana"));
    expect(row?.before[0]).toBe("p0");
    expect(row?.change[0]).toBe("replaced");
    expect(row?.change[7]).toBe("cleaned");
    expect(row?.text?.column).toBe(7);
    const replaced = row?.text?.replaced ?? [];
    expect(replaced.map(({ start, end }) => row?.before[7]?.slice(start, end)).join(" ")).toContain("Prado");
    expect(row?.after[7]).not.toMatch(/Prado|Siqueira/);
    // Behind the apostrophe that makes the formula harmless, places are those of the text that is shown.
    expect(row?.after[7]?.startsWith("'=[")).toBe(true);
    for (const one of rows)
      for (const { start, end } of one.text?.suspicious ?? [])
        expect(one.after[7]?.slice(start, end)).toMatch(/^\S(?:.*\S)?$/s);
  });

  it("lists the riskiest notes by their row in the table, and opening such a row shows that note", async () => {
    const recipe = notesTo(root, scrubbed);
    let result: TextExamination | undefined;
    let last = -1;
    for await (const event of client["exports.examineText"]({ recipe })) {
      expect(event.done).toBeGreaterThanOrEqual(last);
      last = event.done;
      if (event.type === "result") result = event;
    }
    expect(result).toMatchObject({ done: 28, total: 28 });
    expect(result?.changed).toBeGreaterThanOrEqual(6);
    expect(result?.replacements["patient-name"]).toBeGreaterThan(5);
    for (const { row, suspicious } of result?.riskiest ?? []) {
      const review = await client["exports.reviewTable"]({ recipe, offset: row, limit: 1 });
      for (const word of suspicious) expect(review.rows[0]?.after[7]).toContain(word);
    }
  });

  it("cancels an examination", async () => {
    const abort = new AbortController();
    abort.abort();
    const examine = async (): Promise<void> => {
      for await (const _event of client["exports.examineText"]({ recipe: notesTo(root, scrubbed) }, abort.signal));
    };
    await expect(examine()).rejects.toThrow(/abort|cancel/i);
  });

  it("tells how many rows there are where they are more than the recipe allows", async () => {
    await expect(
      client["exports.reviewTable"]({ recipe: studiesTo(root, { maxRows: 29 }), offset: 0, limit: 10 }),
    ).rejects.toMatchObject({ code: "TOO_LARGE", message: expect.stringContaining("30 rows") as string });
  });

  it("asks for the key it needs, and refuses a ward that is not there", async () => {
    const nobody = notesTo(root, { policy: { ...notesTo("").policy, key: "nobody" } });
    await expect(client["exports.reviewTable"]({ recipe: nobody, offset: 0, limit: 1 })).rejects.toMatchObject({
      code: "KEY_NEEDED",
    });
    await expect(
      client["exports.reviewTable"]({ recipe: notesTo(root, { selection: { wards: ["?"] } }), offset: 0, limit: 1 }),
    ).rejects.toMatchObject({ code: "USAGE" });
  });
});

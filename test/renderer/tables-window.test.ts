import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calls, type Calls } from "../../src/contract/calls.ts";
import { createMemoryWire } from "../../src/contract/memory-wire.ts";
import { connect, type Client } from "../../src/contract/rpc.ts";
import { axeFindings } from "../support/axe.ts";
import { EQMD_CSV_HEADER, pythonRow } from "../support/eqmd-csv.ts";
import { platformExams } from "../support/studies-platform-exams.ts";
import { writePlatformCsv } from "../support/studies-platform-csv.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

let window: TestWindow;
/** Beside the page, over a wire of its own. */
let client: Client<Calls>;
const folder = makeTemporaryDirectory("tables-window");
const out = join(folder, "out");
const NOTES = 24;
const EXAMS = 30;

function writeNotes(path: string): void {
  let text = EQMD_CSV_HEADER;
  for (let index = 0; index < NOTES; index++) {
    const patient = `7165d13f-e91e-4ff5-ba49-0798dcfb59${String(index % 4).padStart(2, "0")}`;
    const note = `6295cb4d-e6dd-44fb-836c-f6b5c09960${String(index).padStart(2, "0")}`;
    const said = `Evolução ${index}.\nPaciente estável, telefone (71) 99988-77${String(index).padStart(2, "0")}.`;
    const moment = `2024-03-${String(index + 1).padStart(2, "0")}T12:00:00+00:00`;
    text += pythonRow([patient, `PR-${index % 4}`, "F", "93", "Internado", note, moment, said]);
  }
  writeFileSync(path, text);
}

async function goTo(hash: string): Promise<void> {
  await window.page.evaluate((wanted) => {
    globalThis.location.hash = wanted;
  }, hash);
}

beforeAll(async () => {
  writeNotes(join(folder, "notes.csv"));
  writePlatformCsv(join(folder, "exams.csv"), platformExams(1, EXAMS));
  window = await openWindow({ passphrase: "a passphrase for tests" });
  const [page, engine] = createMemoryWire();
  window.app.serve(engine);
  client = connect(calls, page);
  for (const name of ["notes", "exams"]) {
    const config = { path: join(folder, `${name}.csv`), timeZone: "America/Bahia" };
    await client["sources.add"]({ kind: "csv", name, config });
    for await (const event of client["sources.sync"]({ name })) if (event.type === "result") break;
  }
  await client["settings.set"]({ maxRows: EXAMS - 1 });
});
afterAll(() => window.close());

describe("an export of notes in the window", () => {
  it("cannot start before everything is chosen, and counts what leaves as soon as it is picked", async () => {
    const { page } = window;
    await goTo("#/exports/new");
    await page.getByText("Notes", { exact: true }).click();
    await page.getByText("Nothing is picked: choose notes or exams under What.").waitFor();
    await page.getByRole("button", { name: "Take all notes" }).click();
    await page.getByText(`${NOTES} notes · 4 patients`).waitFor();
    await page.getByText("A project key is missing: choose one under How.").waitFor();
    await page.getByLabel("Name of the new key").fill("heart");
    await page.getByRole("button", { name: "Make key" }).click();
    await page.getByText("Choose a folder under Where.").waitFor();
    await page.getByLabel("Folder for the packages").fill(out);
    await page.getByText(/^Writes 24 rows of 4 patients, pseudonymised, about/).waitFor();
    expect(await page.getByRole("button", { name: "Start export" }).isEnabled()).toBe(true);
  });

  it("shows ten real rows before and after, what is done to each cell in words, and only changes on request", async () => {
    const { page } = window;
    const table = page.getByRole("table", { name: "Rows before and after" });
    const age = table.getByRole("row", { name: /Age at the note/ }).first();
    await age.waitFor();
    expect(await age.getByRole("cell").allTextContents()).toEqual(["93", "90", "replaced"]);
    expect(await table.getByRole("rowheader", { name: /^Row \d/ }).count()).toBe(10);
    expect(await table.getByRole("row", { name: /Gender/ }).count()).toBe(10);
    await page.getByRole("switch", { name: "Only changes" }).click();
    expect(await table.getByRole("row", { name: /Gender/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Next ten rows" }).click();
    await page.getByText("Rows 11 to 20 of 24").waitFor();
    await page.getByRole("button", { name: "Next ten rows" }).click();
    await page.getByText("Rows 21 to 24 of 24").waitFor();
    expect(await page.getByRole("button", { name: "Next ten rows" }).isDisabled()).toBe(true);
  });

  it("opens a whole text beside the page, where what is replaced is also told in words", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Read the whole text of row 23" }).click();
    const panel = page.getByRole("complementary", { name: "Text of row 23" });
    const mark = panel.getByRole("region", { name: "Before" }).getByText(/\(71\) 99988/);
    expect(await mark.textContent()).toMatch(/replaced, phone numbers: .*\(71\) 99988-77\d\d.*end of the mark/);
    expect(await panel.getByRole("region", { name: "After" }).textContent()).not.toContain("99988");
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
  });

  it("looks through the text of all notes without writing anything, and leads to the riskiest", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Check all 24 notes" }).click();
    await page.getByText("24 notes in which something is replaced").waitFor();
    await page.getByText(/^What is replaced: phone numbers 24/).waitFor();
    await page.getByRole("button", { name: "Check again" }).waitFor();
    expect(readdirSync(folder).toSorted()).toEqual(["exams.csv", "notes.csv"]);
    const [first] = await page.getByRole("button", { name: /^Open row/ }).all();
    if (first === undefined) await page.getByText(/^In no note anything was found/).waitFor();
    else {
      await first.click();
      await page.getByRole("complementary", { name: /^Text of row/ }).waitFor();
      await page.keyboard.press("Escape");
    }
  });

  it("ends in a data package with its verdict and a receipt that begins with how to handle it", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Start export" }).click();
    await page.getByText("finished and verified").waitFor();
    await page.getByText("Notes, 24 rows").waitFor();
    await goTo("#/packages");
    await page.getByText(/24 rows · \d files · ZIP file · Pseudonymised/).waitFor();
    await page.getByRole("button", { name: "Receipt" }).click();
    await page.getByRole("heading", { name: "How to handle this table" }).waitFor();
    const headings = await page.getByRole("heading", { level: 3 }).allTextContents();
    expect(headings[0]).toBe("How to handle this table");
    const age = page.getByRole("row", { name: /patient_age_at_note/ });
    expect(await age.getByRole("cell").allTextContents()).toEqual([
      "whole number",
      "computed; over 89 as 90",
      "0",
      "",
      "",
    ]);
    const when = page.getByRole("row", { name: /note_event_datetime/ });
    expect(await when.textContent()).toContain("2024-03-01T09:00:00-03:00");
    await page.getByRole("region", { name: "Sources" }).getByRole("row", { name: /notes/ }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it("asks before identity leaves, with the safe answer under the Enter key, and not before the reason is written", async () => {
    const { page } = window;
    await goTo("#/exports/new");
    await page.getByRole("radio", { name: /^As the old command/ }).click();
    await page.getByText("Write under How why the live identifiers leave.").waitFor();
    await page.getByLabel("Why the live identifiers leave").fill("audit 7 of the ward");
    await page.getByText(/^Writes 24 rows of 4 patients with identity/).waitFor();
    await page.getByRole("button", { name: "Start export" }).click();
    const question = page.getByRole("dialog", { name: "Identity leaves with this table" });
    for (const what of ["identifiers of the source", "Record numbers leave", "as they were written"])
      await question.getByText(what).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await question.waitFor({ state: "detached" });
    expect(readdirSync(out)).toEqual(["patient_data_export.zip"]);
    await page.getByRole("button", { name: "Start export" }).click();
    await page.getByRole("button", { name: "Export with identity" }).click();
    await page.getByText("finished and verified").waitFor();
    await page.getByText("With identity").waitFor();
    const text = readFileSync(join(out, "patient_data_export.csv"), "utf8");
    expect(text).toContain("7165d13f-e91e-4ff5-ba49-0798dcfb5900,PR-0,F,93,Internado,");
  });

  it("begins anew from an earlier export with everything that it said", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Export again" }).click();
    expect(await page.getByRole("radio", { name: /^As the old command/ }).isChecked()).toBe(true);
    expect(await page.getByLabel("Why the live identifiers leave").inputValue()).toBe("audit 7 of the ward");
    await page.getByText("A package of this name is in that folder already.").waitFor();
  });
});

describe("an export of the study list in the window", () => {
  it("says loudly how many match and how to go on, instead of cutting the list", async () => {
    const { page } = window;
    await page.getByText("Study list", { exact: true }).click();
    await page.getByRole("button", { name: "Take the whole list" }).click();
    await page.getByText(`${EXAMS} exams match, and at most ${EXAMS - 1} rows may leave.`).waitFor();
    await page.getByText(/^More rows match than may leave: see under What/).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: `Allow ${EXAMS} rows in this export` }).click();
    await page.getByText(/^Writes 30 rows of \d+ patients, pseudonymised/).waitFor();
  });

  it("leaves in the columns that are chosen, in their order, moved by keys alone", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Adjust" }).click();
    await page.getByRole("radio", { name: "My own choice" }).click();
    const chosen = page.getByRole("region", { name: "Chosen, in the order of the table" });
    await chosen.getByRole("button", { name: "Move Gender up" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    const names = await chosen.getByRole("listitem").allTextContents();
    expect(names.slice(0, 3).map((name) => name.split(" ")[0])).toEqual(["Exam", "Gender", "Record"]);
    await chosen.getByRole("button", { name: "Take Exam out" }).click();
    const table = page.getByRole("table", { name: "Rows before and after" });
    await table.getByRole("rowheader", { name: "Exam exam_id" }).first().waitFor({ state: "detached" });
    expect(await axeFindings(page)).toEqual([]);
  });

  it("is kept as a recipe under its name and kind, and opens from the page of another kind", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Save as recipe" }).click();
    await page.getByLabel("Name of the recipe").fill("monthly list");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved as monthly list.").waitFor();
    await page.getByText("Images", { exact: true }).click();
    await page.getByRole("button", { name: /^monthly list\s*Study list/ }).click();
    await page.getByText(/^Writes 30 rows/).waitFor();
  });

  it("starts from a saved recipe and holds the columns that it said, in their order", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Start export" }).click();
    await page.getByText("finished and verified").waitFor();
    await page.getByText("Study list, 30 rows").waitFor();
    const [made] = await client["jobs.list"]({});
    const recipe = await client["jobs.recipe"]({ id: made?.id ?? "" });
    expect(recipe).toMatchObject({ kind: "studies", columns: expect.arrayContaining(["patient_gender"]) });
    expect(recipe.kind === "studies" && recipe.columns[0]).toBe("patient_gender");
  });

  it("is made anew by Retry where it was cancelled, beside what bears its name", async () => {
    const { page } = window;
    const recipe = { ...(await client["jobs.recipe"]({ id: (await client["jobs.list"]({}))[0]?.id ?? "" })) };
    const start = async (folder: string) =>
      (await client["exports.start"]({ recipe: { ...recipe, destination: join(out, folder) } })).jobId;
    await start("before");
    const id = await start("cancelled");
    expect(await client["jobs.cancel"]({ id })).toMatchObject({ state: "cancelled" });
    await goTo(`#/exports/${id}`);
    for (const made of [1, 2]) {
      await page.getByRole("button", { name: "Retry what failed" }).click();
      await page.getByText("finished and verified").waitFor();
      expect(readdirSync(join(out, "cancelled"))).toHaveLength(made);
      await goTo(`#/exports/${id}`);
    }
    expect(window.complaints).toEqual([]);
  });
});

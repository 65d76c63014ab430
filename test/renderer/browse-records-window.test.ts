import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { syncAll } from "../jobs/workshop.ts";
import { axeFindings } from "../support/axe.ts";
import { pythonRow } from "../support/eqmd-csv.ts";
import { writePlatformCsv } from "../support/studies-platform-csv.ts";
import { platformExams } from "../support/studies-platform-exams.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { engineOf } from "../support/window-engine.ts";
import { goTo } from "../support/window-steps.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

let window: TestWindow;
const folder = makeTemporaryDirectory("browse-records");
const NOTES = 250;
const EXAMS = 300;
const WARDS = ["UTI", "Pediatria"];
const MAPPING = {
  version: 1,
  name: "Ward book",
  holds: "notes",
  timeZone: "America/Bahia",
  columns: {
    patientId: "patient",
    noteId: "note",
    at: "at",
    content: "text",
    patientName: "name",
    gender: "sex",
    status: "status",
    recordNumber: "record",
    ward: "ward",
  },
  statuses: { Internado: "inpatient", Alta: "discharged" },
};

/** Ten patients; every fifth note is about fever; the last of all is at 23:30 of the hospital's last day of 2024. */
function writeNotes(path: string): void {
  let text = "patient,note,at,text,name,sex,status,record,ward\r\n";
  for (let index = 0; index < NOTES; index++) {
    const patient = index % 10;
    const at = index === NOTES - 1 ? "2025-01-01T02:30:00Z" : new Date(Date.UTC(2024, 0, 1 + index, 12)).toISOString();
    const said = index % 5 === 0 ? "Febre há três dias." : "Afebril, estável.";
    const [ward = ""] = [WARDS[patient % 2]];
    const status = patient < 4 ? "Internado" : "Alta";
    text += pythonRow([
      `p${patient}`,
      `n${index}`,
      at,
      `Evolução ${index}.\n${said}`,
      `Ana Souza ${patient}`,
      patient % 2 === 0 ? "F" : "M",
      status,
      `PR-${patient}`,
      ward,
    ]);
  }
  writeFileSync(path, text);
}

beforeAll(async () => {
  writeNotes(join(folder, "notes.csv"));
  writePlatformCsv(join(folder, "exams.csv"), platformExams(1, EXAMS));
  window = await openWindow({ passphrase: "a passphrase for tests", locale: "en-GB" });
});
afterAll(() => window.close());

/** Each test begins in a page of its own, without a filter. */
beforeEach(async () => {
  await goTo(window, "#/browse/notes");
  await window.page.reload();
  await window.page.getByRole("tab", { name: "Records" }).or(window.page.getByText("Where are the records?")).waitFor();
});

function button(name: string | RegExp): Locator {
  return window.page.getByRole("button", { name });
}
function row(index: number): Locator {
  return window.page.locator(`[role=row][aria-rowindex="${index + 2}"]:not([aria-busy])`).first();
}
function panel(name: string): Locator {
  return window.page.getByRole("complementary", { name });
}
/** Columns have the names of chips, too. */
function chipOf(name: string): Locator {
  return window.page.locator("[aria-haspopup=dialog]").filter({ hasText: new RegExp(`^${name}(:|$)`) });
}
async function choose(chip: string, value: string): Promise<void> {
  await chipOf(chip).click();
  const dialog = window.page.getByRole("dialog", { name: chip });
  await dialog.getByLabel(value, { exact: true }).click();
  await window.page.keyboard.press("Escape");
}

describe("where there are no records yet", () => {
  it("the first start leads to a database, and so does an empty list", async () => {
    const { page } = window;
    await button("Connect a database").click();
    await page.getByRole("form", { name: "Connect a database" }).waitFor();
    const engine = engineOf(window);
    await engine["sources.add"]({ kind: "csv", name: "exams", config: { path: join(folder, "exams.csv") } });
    await syncAll(engine, "exams");
    await goTo(window, "#/browse/notes");
    await page.getByRole("heading", { name: "No notes yet" }).waitFor();
    expect(await button("Export 0 notes…").isDisabled()).toBe(true);
    await button("Open a CSV file").click();
    await page.getByRole("textbox", { name: "CSV file" }).waitFor();
    const config = { path: join(folder, "notes.csv"), mapping: MAPPING };
    await engine["sources.add"]({ kind: "csv", name: "notes", config });
    await syncAll(engine, "notes");
    await goTo(window, "#/browse/notes");
    await row(0).waitFor();
  });
});

describe("the list of notes", () => {
  it("counts what its filters leave, in the list, on the button and in words", async () => {
    const { page } = window;
    await button(`Export ${NOTES} notes…`).waitFor();
    await page.getByText(`${NOTES} notes of ${NOTES} in the catalog · 10 patients`).waitFor();
    await page.getByRole("textbox", { name: "Words in the notes" }).fill("FEBRE há");
    await button("Export 50 notes…").waitFor();
    await page.getByText(/^50 notes of 250 in the catalog · 2 patients · The whole text is searched/).waitFor();
    await choose("Ward", "UTI");
    await button("Export 25 notes…").waitFor();
    await button("Clear all filters").click();
    await choose("Status", "Inpatient");
    await button("Export 100 notes…").waitFor();
    await button("Remove the filter: Status").click();
    await button(`Export ${NOTES} notes…`).waitFor();
  });

  it("tells days as the hospital's clocks had them", async () => {
    const { page } = window;
    await row(0).getByText("31 Dec 2024, 23:30").waitFor();
    await chipOf("Date").click();
    await page.getByLabel("From", { exact: true }).last().fill("2025-01-01");
    await page.getByRole("heading", { name: "Nothing matches these filters" }).waitFor();
  });

  it("opens a note with its whole text and its patient, who can be added to the filter", async () => {
    const { page } = window;
    await row(1).click();
    const note = panel("Note");
    await note.getByText("Evolução 248.\nAfebril, estável.").waitFor();
    await note.getByText("Discharged (Alta)").first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await note.getByRole("button", { name: "Only this patient" }).click();
    await button("Export 25 notes…").waitFor();
    await row(0).click();
    await note.getByRole("button", { name: "Take this patient out" }).click();
    await button(`Export ${NOTES} notes…`).waitFor();
    await page.keyboard.press("Escape");
    await chipOf("Patients").click();
    await page.getByRole("textbox", { name: "Only these patients" }).fill("PR-1\np2\n");
    await button("Export 50 notes…").waitFor();
  });

  it("says that words find nothing and how to go on", async () => {
    const { page } = window;
    await page.getByRole("textbox", { name: "Words in the notes" }).fill("nothing has these words");
    await page.getByRole("heading", { name: "Nothing matches these filters" }).waitFor();
    await page.getByText("0 notes of 250 in the catalog").waitFor();
    await button("Clear all filters").last().click();
    await row(0).waitFor();
  });
});

describe("the keyboard alone", () => {
  it("goes through tabs, opens a row with Enter, follows with arrows, and gives the list back with Escape", async () => {
    const { page } = window;
    await page.getByRole("tab", { name: "Records" }).focus();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("tab", { name: /^Studies/, selected: true }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent?.startsWith("Studies"));
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tab", { name: "Records", selected: true }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === "Records");
    const grid = page.getByRole("grid", { name: "Notes" });
    await row(0).waitFor();
    await grid.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await panel("Note").getByText("Evolução 248.").waitFor();
    await page.keyboard.press("ArrowDown");
    await panel("Note").getByText("Evolução 247.").waitFor();
    await page.keyboard.press("Escape");
    await panel("Note").waitFor({ state: "detached" });
    expect(await grid.evaluate((one) => one === document.activeElement)).toBe(true);
  });
});

describe("the study list", () => {
  it("shows an exam with its eighteen columns, is sorted as the platform sorts, and is filtered by its facets", async () => {
    const { page } = window;
    await page.getByText(`Study list (${EXAMS})`).click();
    await page.getByRole("grid", { name: "Study list" }).waitFor();
    await button(`Export ${EXAMS} exams…`).waitFor();
    await row(0).click();
    expect(await panel("Exam").getByRole("term").count()).toBe(18);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    const first = await row(0).innerText();
    await page.getByRole("columnheader", { name: "Ordered" }).getByRole("button").click();
    await page.waitForFunction(
      (before) => document.querySelector<HTMLElement>('[role=row][aria-rowindex="2"]')?.innerText !== before,
      first,
    );
    await choose("Modality", "CT");
    await button(/^Export (?!300 )\d+ exams…$/).waitFor();
  });

  it("hands its filter and order to the export, which says them in words", async () => {
    const { page } = window;
    await page.getByText(`Study list (${EXAMS})`).click();
    await choose("Modality", "CT");
    const count = /\d+/.exec(await button(/^Export (?!300 )\d+ exams…$/).innerText())?.[0];
    await button(/^Export (?!300 )\d+ exams…$/).click();
    await page.getByText(/^Exams that match: .*CT/).waitFor();
    await page.getByText(new RegExp(`^${count} exams`)).waitFor();
  });
});

it("the page complains of nothing", () => {
  expect(window.complaints).toEqual([]);
});

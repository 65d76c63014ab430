import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readByPython } from "../records/other-readers.ts";
import { answerOnServer, noteIds } from "../records/eqmd-answer.ts";
import { createEqmd, type EqmdTruth } from "../../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";
import { inspect } from "../../support/window-inspection.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { makeWorkspace, show } from "../../support/window-steps.ts";

const root = temporaryDirectory("records-window");
const out = join(root, "out");
const shoot = photographer("records");
const PASSWORD = "reads and nothing else";
const PACKAGE = "patient_data_export.zip";
let server: PostgresServer;
let truth: EqmdTruth;
let window: TestWindow;
/** Notes that the server itself finds by the filter of the journey. */
let wanted: number;

beforeAll(async () => {
  server = await startPostgres();
  truth = await createEqmd(server, { patients: 120, notes: 2_500 });
  await server.createReader(truth.database, "reader", PASSWORD);
  const owner = await server.connect(truth.database);
  await answerOnServer(owner);
  wanted = (await noteIds(owner, "status = 2")).length;
  window = await openWindow({ locale: "en-GB" });
});
afterAll(async () => {
  await window?.close();
  await server?.stop();
});

const button = (name: string | RegExp): Locator => window.page.getByRole("button", { name });
const counted = (notes: number): string => notes.toLocaleString("en-GB");

/** A picture in light and one in dark; then whether everybody can use what is shown, in both, small and at 200 %. */
async function look(what: string): Promise<void> {
  const { page } = window;
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await shoot(page, `${what}-${colorScheme}`);
  }
  expect(await inspect(window)).toEqual([]);
}

/** Goes on by Tab alone. */
async function tabTo(target: Locator, key = "Tab"): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < 120; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await window.page.keyboard.press(key);
  }
  throw new Error(`not reached by ${key}: ${target.toString()}`);
}

describe("from a hospital's PostgreSQL to a data package, in the window", () => {
  it("connects the database by the form, and says what the test of it found", async () => {
    const { page } = window;
    await makeWorkspace(page, "teapot gravel orbit lantern");
    await button("Connect a database").click();
    const form = page.getByRole("form", { name: "Connect a database" });
    await form.getByRole("textbox", { name: "Host" }).fill(server.host);
    await form.getByRole("textbox", { name: "Port" }).fill(String(server.port));
    await form.getByRole("textbox", { name: "Database" }).fill(truth.database);
    await form.getByRole("textbox", { name: "User" }).fill("reader");
    await form.getByLabel("Password").fill(PASSWORD);
    await button(/^Test$/).click();
    const findings = page.getByRole("list", { name: "What the test found" });
    await findings.getByText(/^In order: The user may read and not write/).waitFor();
    await findings.getByText(/patients 120/).waitFor();
    await look("form");
  });

  it("syncs it at once: the card counts patients and notes", async () => {
    const { page } = window;
    await button("Test and add").click();
    const card = page.getByRole("article", { name: truth.database });
    await card.getByText(/^120 patients · [\d,]+ notes · 0 exams$/).waitFor();
    await look("synced");
    expect(await page.locator("body").innerText()).not.toContain(PASSWORD);
  });

  it("filters the notes of inpatients, as many as the server finds by its own SQL", async () => {
    const { page } = window;
    await show(page, "Browse");
    await page.getByRole("tab", { name: "Records" }).click();
    await button(`Export ${counted(truth.exportable)} notes…`).waitFor();
    await page
      .locator("[aria-haspopup=dialog]")
      .filter({ hasText: /^Status(:|$)/ })
      .click();
    await page.getByRole("dialog", { name: "Status" }).getByLabel("Inpatient", { exact: true }).click();
    await page.keyboard.press("Escape");
    await button(`Export ${counted(wanted)} notes…`).waitFor();
    await page.locator("[role=row][aria-rowindex='2']:not([aria-busy])").first().click();
    await page
      .getByRole("complementary", { name: "Note" })
      .getByText(/^Inpatient/)
      .first()
      .waitFor();
    await look("filtered");
  });

  it("reviews ten rows before and after, without a known name or number after", async () => {
    const { page } = window;
    await button(`Export ${counted(wanted)} notes…`).click();
    await page.getByLabel("Name of the new key").fill("ward");
    await button("Make key").click();
    await page.getByLabel("Folder for the packages").fill(out);
    await page.getByText(new RegExp(`^Writes ${counted(wanted)} rows of \\d+ patients, pseudonymised`)).waitFor();
    const table = page.getByRole("table", { name: "Rows before and after" });
    await table.getByRole("rowheader", { name: "Row 10" }).waitFor();
    expect(await table.getByRole("rowheader", { name: /^Row \d/ }).count()).toBe(10);
    await page.getByText(`Rows 1 to 10 of ${counted(wanted)}`).waitFor();
    await table.scrollIntoViewIfNeeded();
    await look("review");
    const cells = await table
      .getByRole("row", { name: /note_content/ })
      .getByRole("cell")
      .allTextContents();
    const after = cells.filter((_, index) => index % 3 === 1).join("\n");
    expect(after.length).toBeGreaterThan(100);
    for (const patient of truth.eachPatient())
      for (const known of [patient.name, patient.fiscalNumber, patient.phone, patient.id])
        expect(after.includes(known), `something known of patient ${patient.index}`).toBe(false);
  });

  it("exports a verified ZIP, whose receipt tells how to handle it and what each column holds", async () => {
    const { page } = window;
    await button("Start export").click();
    await page.getByText("finished and verified").waitFor();
    await look("finished");
    await show(page, "Packages");
    await page.getByText(new RegExp(`${counted(wanted)} rows · \\d files · ZIP file`)).waitFor();
    await button("Receipt").click();
    await page.getByRole("heading", { name: "How to handle this table" }).waitFor();
    expect(await page.getByRole("row", { name: /patient_age_at_note/ }).innerText()).toContain("whole number");
    await look("receipt");
  });

  it("holds in the ZIP as many rows as the server found, all of inpatients", async () => {
    await runChecked("unzip", ["-q", join(out, PACKAGE), "-d", join(root, "unpacked")]);
    await runChecked("sha256sum", ["--check", "--quiet", "manifest-sha256.txt"], { cwd: join(root, "unpacked") });
    const { rows, statuses } = await readByPython(join(root, "unpacked", "patient_data_export.csv"));
    expect(rows).toBe(wanted);
    expect(statuses).toEqual({ Inpatient: wanted });
    expect(readFileSync(join(root, "unpacked", "receipt.json"), "utf8")).not.toContain(PASSWORD);
  });

  it("goes the same way by the keyboard alone, from a search to a package", async () => {
    const { page } = window;
    await page.keyboard.press("Escape");
    await tabTo(page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Browse" }), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Browse", level: 1 }).waitFor();
    await tabTo(page.getByRole("tab", { selected: true }));
    const records = page.getByRole("tab", { name: "Records" });
    for (let tab = 0; tab < 2 && (await records.getAttribute("aria-selected")) !== "true"; tab++) {
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(() => document.activeElement?.getAttribute("aria-selected") === "true");
    }
    await page.getByRole("tab", { name: "Records", selected: true }).waitFor();
    await tabTo(page.getByRole("textbox", { name: "Words in the notes" }), "Shift+Tab");
    await page.keyboard.type("febre");
    const go = button(/^Export [\d,]+ notes…$/);
    await page.getByText(/The whole text is searched/).waitFor();
    await tabTo(go);
    await page.keyboard.press("Enter");
    await tabTo(page.getByLabel("Folder for the packages"));
    await page.keyboard.press("Control+A");
    await page.keyboard.type(join(root, "keyboard"));
    await page.getByText(/^Writes [\d,]+ rows? of \d+ patients?, pseudonymised/).waitFor();
    await tabTo(button("Start export"));
    await page.keyboard.press("Enter");
    await page.getByText("finished and verified").waitFor();
    await runChecked("unzip", ["-tq", join(root, "keyboard", PACKAGE)]);
  });

  it("complains of nothing", () => {
    expect(window.complaints).toEqual([]);
  });
});

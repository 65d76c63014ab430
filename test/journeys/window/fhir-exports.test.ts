import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import { syncAll } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { engineOf } from "../../support/window-engine.ts";
import { inspect } from "../../support/window-inspection.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { goTo, show } from "../../support/window-steps.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";
import { GLUCOSE_VALUES, PATIENTS, SURNAME, writeClinic } from "./clinic-files.ts";

const root = temporaryDirectory("fhir-exports-window");
const out = join(root, "out");
const shoot = photographer("fhir-exports");
let window: TestWindow;
let engine: Client<Calls>;

beforeAll(async () => {
  const folder = join(root, "files");
  mkdirSync(folder, { recursive: true });
  writeClinic(folder);
  window = await openWindow({ passphrase: "a passphrase for tests", locale: "en-GB" });
  engine = engineOf(window);
  await engine["sources.add"]({
    kind: "ndjson",
    name: "clinic",
    config: { path: folder, timeZone: "America/Sao_Paulo" },
  });
  await syncAll(engine, "clinic");
}, 60_000);
afterAll(() => window?.close());

const button = (name: string | RegExp): Locator => window.page.getByRole("button", { name }).first();
const region = (name: string): Locator => window.page.getByRole("region", { name, exact: true }).first();
const choose = (kind: string): Promise<void> =>
  window.page.getByRole("radiogroup", { name: "What is exported" }).getByText(kind, { exact: true }).click();

/** A picture in light and one in dark; then whether everybody can use what is shown, in both, small and at 200 %. */
async function look(what: string): Promise<void> {
  const { page } = window;
  const size = page.viewportSize();
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: 1280, height: 2200 });
    await shoot(page, `${what}-${colorScheme}`);
  }
  if (size !== null) await page.setViewportSize(size);
  expect(await inspect(window)).toEqual([]);
}

describe("from exported files to data sets, in the window", () => {
  it("tells what is missing, and what is in the choice by type before anything starts", async () => {
    const { page } = window;
    await goTo(window, "#/exports/new");
    await choose("Tables");
    await page.getByText("Nothing is picked: choose resources under What.").waitFor();
    await button("Take all resources").click();
    await page.getByText("A project key is missing: choose one under How.").waitFor();
    await page.getByLabel("Name of the new key").fill("clinic");
    await button("Make key").click();
    await page.getByText("Decide under How about patients without any recorded consent.").waitFor();
    await page.getByRole("radio", { name: "Include their data" }).click();
    await page.getByText("No table is chosen: choose one under How.").waitFor();
    await page.getByRole("checkbox", { name: "Patients" }).click();
    const types = region("What is in it, by type");
    await types.getByRole("row", { name: `Patient ${PATIENTS} 0 all of them` }).waitFor();
  });

  it("shows rows of the view and one resource before and after, without a name after", async () => {
    const { page } = window;
    const rows = region("patient.csv");
    await rows.getByRole("columnheader", { name: "patient_id" }).waitFor();
    expect(await rows.innerText()).not.toContain(SURNAME);
    await region("Before").getByText(SURNAME).first().waitFor();
    expect(await region("After").innerText()).not.toContain(SURNAME);
    await button("Next resource").click();
    await page.getByText(`Resource 2 of ${PATIENTS}`).waitFor();
    await look("review");
  });

  it("checks a view as it is written, tells the line of what is wrong, and shows its rows", async () => {
    const { page } = window;
    await button("Write a view").click();
    const text = page.getByRole("textbox", { name: "ViewDefinition (JSON)" });
    await text.fill('{\n  "resource": "Patient",\n  "select": [\n}');
    await page.getByText("Line 4").waitFor();
    await page.getByText(/The text is no JSON/).waitFor();
    expect(await button("Use this view").isDisabled()).toBe(true);
    await look("editor");
    const columns = `{ "name": "id", "path": "getResourceKey()" }, { "name": "family", "path": "name.family.first()" }`;
    await text.fill(`{ "resource": "Patient", "name": "names", "select": [{ "column": [${columns}] }] }`);
    await page.getByText("Makes a table of 2 columns from Patient.").waitFor();
    const preview = region("names.csv");
    await preview.getByRole("columnheader", { name: "family" }).waitFor();
    expect(await preview.innerText()).not.toContain(SURNAME);
    await button("Use this view").click();
    await button("Take names out").waitFor();
  });

  it("exports the tables and opens a receipt that names what was done", async () => {
    const { page } = window;
    await page.getByLabel("Folder for the packages").fill(out);
    await page.getByText(new RegExp(`^Exports ${PATIENTS} resources of ${PATIENTS} patients, pseudonymised`)).waitFor();
    await button("Start export").click();
    await page.getByText("finished and verified").waitFor();
    await show(page, "Packages");
    await button("Receipt").click();
    await page.getByRole("heading", { name: "patient.csv" }).waitFor();
    await look("receipt");
    expect(readdirSync(out)).toEqual(["fhir_tables.zip"]);
    await page.keyboard.press("Escape");
  });

  it("makes the glucose table of the guide from Open mHealth data points", async () => {
    const { page } = window;
    await goTo(window, "#/exports/new");
    await choose("Observations");
    await page.getByRole("radio", { name: "A folder" }).click();
    const rows = region("Rows").or(region("First rows as they will leave"));
    await rows.getByRole("columnheader", { name: "Glucose (mg/dL)" }).first().waitFor();
    await look("glucose");
    await page.getByText(/^Exports [\d,]+ resources of \d+ patients, pseudonymised/).waitFor();
    await button("Start export").click();
    await page.getByText("finished and verified").waitFor();
    const folder = readdirSync(out).find((name) => !name.endsWith(".zip")) ?? "";
    const table = readdirSync(join(out, folder)).find((name) => name.includes("glucose")) ?? "";
    const lines = readFileSync(join(out, folder, table), "utf8")
      .trim()
      .split(/\r?\n/);
    expect(lines[0]).toContain("Glucose (mg/dL)");
    expect(lines).toHaveLength(GLUCOSE_VALUES + 1);
    expect(lines.join("\n")).not.toContain(SURNAME);
  });

  it("examines the quality, opens the rows behind a figure, and exports it as a package", async () => {
    const { page } = window;
    await goTo(window, "#/exports/quality");
    await button("Examine the data").click();
    await region("Completeness").getByText("Observation").first().waitFor();
    await button("Show the rows: Impossible or future dates").click();
    const rows = region("Rows behind: Impossible or future dates");
    await rows.getByRole("columnheader", { name: "element" }).waitFor();
    expect(await rows.innerText()).not.toContain(SURNAME);
    await look("quality");
    await page.getByText("Makes a package of the quality of the data.").waitFor();
    await button("Start export").click();
    await page.getByText("finished and verified").waitFor();
    expect(readdirSync(out)).toContain("fhir_quality");
  });

  it("exports FHIR, and asks before identity leaves", async () => {
    const { page } = window;
    await goTo(window, "#/exports/new");
    await choose("FHIR");
    await page.getByRole("radio", { name: /^With identity/ }).click();
    await page.getByText("Write under How why identity leaves.").waitFor();
    await page.getByLabel("Why identity leaves").fill("transfer to the regional clinic");
    await page.getByText(/^Exports [\d,]+ resources of \d+ patients with identity/).waitFor();
    await look("fhir");
    await button("Start export").click();
    const question = page.getByRole("dialog", { name: "Identity leaves with this export" });
    await question.getByText(/as the source holds them/).waitFor();
    await page.keyboard.press("Enter");
    await question.waitFor({ state: "detached" });
    await button("Start export").click();
    await button("Export with identity").click();
    await page.getByText("finished and verified").waitFor();
  });

  it("begins anew from an earlier export with everything that it said", async () => {
    const { page } = window;
    await button("Export again").click();
    expect(await page.getByRole("radio", { name: /^With identity/ }).isChecked()).toBe(true);
    expect(await page.getByLabel("Why identity leaves").inputValue()).toBe("transfer to the regional clinic");
  });

  it("makes a report of counts", async () => {
    const { page } = window;
    await choose("Report");
    await page.getByText("Makes a report of counts.").waitFor();
    await look("report");
    await button("Start export").click();
    await page.getByText("finished and verified").waitFor();
    expect(readdirSync(out)).toContain("fhir_report");
  });

  it("complains of nothing", () => {
    expect(window.complaints).toEqual([]);
  });
});

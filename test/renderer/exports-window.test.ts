import { closeSync, mkdirSync, openSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calls } from "../../src/contract/calls.ts";
import { createMemoryWire } from "../../src/contract/memory-wire.ts";
import { connect } from "../../src/contract/rpc.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

let window: TestWindow;
const folder = makeTemporaryDirectory("exports-window");
const out = join(folder, "out");
const stick = join(folder, "stick");

/** Another place of the page, as a link would lead there. */
async function goTo(hash: string): Promise<void> {
  await window.page.evaluate((wanted) => {
    globalThis.location.hash = wanted;
  }, hash);
}

beforeAll(async () => {
  mkdirSync(stick);
  window = await openWindow({ passphrase: "a passphrase for tests" });
  const [page, engine] = createMemoryWire();
  window.app.serve(engine);
  const client = connect(calls, page);
  const { name } = await client["sources.addDemo"]({});
  for await (const event of client["sources.sync"]({ name })) if (event.type === "result") break;
  page.close();
});
afterAll(() => window.close());

describe("an export, from the choice to a copy on a stick", () => {
  it("cannot start before everything is chosen, and says beside the button what is missing", async () => {
    const { page } = window;
    await goTo("#/exports/new");
    const start = page.getByRole("button", { name: "Start export" });
    await page.getByText("Nothing is picked: choose patients or studies under What.").waitFor();
    expect(await start.isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Take everything" }).click();
    await page.getByText("A project key is missing: choose one under How.").waitFor();
    await page.getByLabel("Name of the new key").fill("lung");
    await page.getByRole("button", { name: "Make key" }).click();
    await page.getByText("Choose a folder under Where.").waitFor();
    await page.getByLabel("Folder for the packages").fill(out);
    await page.getByText(/^Makes 1 package, pseudonymised, about/).waitFor();
    expect(await start.isEnabled()).toBe(true);
  });

  it("shows a real instance before and after: the name that was there is struck out, another stands in its place", async () => {
    const { page } = window;
    await page.getByLabel("Find in names and values").fill("Patient's Name");
    const row = page
      .getByRole("table", { name: "Header of the instance" })
      .getByRole("row")
      .filter({ hasText: "(0010,0010)" });
    await row.waitFor();
    const [tag, name, before, after, change] = await row.getByRole("cell").allTextContents();
    expect([tag, name, change]).toEqual(["(0010,0010)", "Patient's Name", "replaced"]);
    expect(before).not.toBe("");
    expect(after).not.toContain(before);
    await page.getByText("Leak sweep: no identifying value of the source was found").waitFor();
  });

  it("counts beforehand what will be held back, with reasons, and writes nothing for it", async () => {
    const { page } = window;
    await page.getByRole("button", { name: /^Check all/ }).click();
    await page.getByText(/^\d+ objects held back$/).waitFor();
    await page.getByRole("cell", { name: "Structured reports hold free text about the patient." }).waitFor();
    expect(readdirSync(folder)).toEqual(["stick"]);
  });

  it("says loudly that names leave where they do", async () => {
    const { page } = window;
    await page.getByRole("radio", { name: /^Patient copy/ }).click();
    await page.getByText("Everything that identifies the patient stays in the files.").waitFor();
    await page.getByText(/^Makes \d+ packages with names/).waitFor();
    await page.getByRole("radio", { name: /^Research data set/ }).click();
    await page.getByText(/^Makes 1 package, pseudonymised/).waitFor();
  });

  it("ends in a package with its verdict, and survives a reload on the way", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Start export" }).click();
    await page.getByRole("heading", { name: "Export 1" }).waitFor();
    await page.reload();
    await page.getByText("finished and verified").waitFor();
    await goTo("#/packages");
    await page.getByText(/^(\d+) of \1 files verified, today/).waitFor();
  });

  it("is copied, read back and only then said to be safe to remove", async () => {
    const { page } = window;
    await page.getByRole("button", { name: "Copy to USB" }).click();
    await page.getByLabel("Folder on the USB stick").fill(stick);
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    // Where the file system of the test lets nobody read past its memory, the window says so instead.
    await page.getByText(/^(?:Safe to remove|Copied and verified, with one reservation)$/).waitFor();
    expect(readdirSync(stick)).toEqual(["complete_export.zip"]);
    await page.keyboard.press("Escape");
  });

  it("is red, with the file named, once a byte of it has changed", async () => {
    const { page } = window;
    const file = openSync(join(out, "complete_export.zip"), "r+");
    writeSync(file, Buffer.from("changed"), 0, 7, 1_000_000);
    closeSync(file);
    await page.getByRole("button", { name: "Verify", exact: true }).click();
    await page.getByText("This package does not agree with itself.").waitFor();
    await page.getByRole("cell", { name: /^studies\/.*\.dcm$/ }).waitFor();
    expect(await page.getByRole("button", { name: "Copy to USB" }).isDisabled()).toBe(true);
  });

  it("stops before names that are taken, and has a way out", async () => {
    const { page } = window;
    await goTo("#/exports");
    await page.getByRole("button", { name: "Export again" }).click();
    await page.getByText(/^Packages of these names are in that folder already/).waitFor();
    await page.getByRole("button", { name: "Use another folder" }).click();
    await page.getByText(/^Makes 1 package, pseudonymised/).waitFor();
  });

  it("has had no error in the page on all that way", () => {
    expect(window.complaints).toEqual([]);
  });
});

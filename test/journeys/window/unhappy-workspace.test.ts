import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { engineOf } from "../../support/window-engine.ts";
import { goTo } from "../../support/window-steps.ts";
import { startWindowProcess } from "../../support/window-process.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { openPage, openWindow, type TestWindow } from "../../support/window.ts";

const PASSPHRASE = "four words that fit";
const root = temporaryDirectory("unhappy-workspace");
const workspace = join(root, "workspace");
const photograph = photographer("unhappy-workspace");
const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

async function open(folder: string): Promise<TestWindow> {
  const window = await openWindow({ workspace: folder });
  endings.push(() => window.close());
  return window;
}

const fieldOf = (page: Page) => page.getByRole("textbox", { name: "Passphrase", exact: true });

async function answer(page: Page, passphrase: string): Promise<void> {
  await fieldOf(page).fill(passphrase);
  await page.getByRole("button", { name: "Open", exact: true }).click();
}

/** The rail is there only once the workspace is open. */
const railOf = (page: Page) => page.getByRole("navigation", { name: "Screens" });

beforeAll(async () => {
  const window = await openWindow({ workspace, passphrase: PASSPHRASE });
  await engineOf(window)["keys.new"]({ name: "lung" });
  await window.close();
});

describe("a passphrase that is wrong", () => {
  it("is said clearly, shows nothing, loses nothing, and the right one then opens", async () => {
    const window = await open(workspace);
    const { page, complaints } = window;
    await page.getByRole("heading", { name: "Open the workspace", level: 1 }).waitFor();
    await answer(page, "four words that do not");
    const alert = page.getByRole("alert");
    await alert.getByText("Wrong passphrase or key").waitFor();
    await alert.getByText("Code WRONG_KEY").waitFor();
    await photograph(page, "wrong-passphrase");
    expect(await railOf(page).count()).toBe(0);
    // To be typed over at once.
    expect(await fieldOf(page).evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await fieldOf(page).getAttribute("aria-invalid")).toBe("true");
    await expect(engineOf(window)["keys.list"]({})).rejects.toThrow("not open yet");

    await answer(page, PASSPHRASE);
    await railOf(page).waitFor();
    await goTo(window, "#/settings");
    await page.getByRole("table", { name: "Project keys" }).getByText("lung", { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("is not shown in the page, and stays hidden after a reload", async () => {
    const { page } = await open(workspace);
    await answer(page, "a mistyped secret");
    await page.getByText("Wrong passphrase or key").waitFor();
    expect(await page.getByRole("main").innerText()).not.toContain("a mistyped secret");
    await page.reload();
    await fieldOf(page).waitFor();
    expect(await fieldOf(page).inputValue()).toBe("");
    expect(
      await page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)])),
    ).not.toContain("a mistyped secret");
  });
});

describe("a new passphrase", () => {
  it("makes no workspace while its two halves differ", async () => {
    const folder = join(root, "new");
    const { page } = await open(folder);
    await page.getByRole("textbox", { name: "Passphrase", exact: true }).fill(PASSPHRASE);
    await page.getByRole("textbox", { name: "The same passphrase again" }).fill("four words that fif");
    await page.getByText("The two are not the same.").waitFor();
    expect(await page.getByRole("button", { name: "Make the workspace" }).isDisabled()).toBe(true);
    await page.keyboard.press("Enter");
    await photograph(page, "two-that-differ");
    await page.getByRole("textbox", { name: "The same passphrase again" }).fill(PASSPHRASE);
    expect(readdirSync(root)).not.toContain("new");
    await page.getByRole("button", { name: "Make the workspace" }).click();
    await railOf(page).waitFor();
    expect(readdirSync(root)).toContain("new");
  });
});

describe("a workspace that another Satchel uses", () => {
  it("says so, and opens as soon as the other has ended, even by force", async () => {
    const other = await startWindowProcess(workspace);
    endings.push(() => other.kill());
    const there = await openPage(await other.newAddress());
    endings.push(() => there.browser.close());
    await answer(there.page, PASSPHRASE);
    await railOf(there.page).waitFor();

    const { page, complaints } = await open(workspace);
    await answer(page, PASSPHRASE);
    await page.getByRole("alert").getByText("Another Satchel is using it").first().waitFor();
    expect(await page.getByRole("alert").count()).toBe(1);
    await page.getByText(`Another Satchel process (process ${other.pid}) is using this workspace.`).waitFor();
    await photograph(page, "in-use");
    expect(await railOf(page).count()).toBe(0);

    await other.kill();
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await railOf(page).waitFor();
    expect(complaints).toEqual([]);
  });
});

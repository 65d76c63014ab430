import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Locator } from "playwright-core";
import { calls } from "../../src/contract/calls.ts";
import { createMemoryWire } from "../../src/contract/memory-wire.ts";
import { connect } from "../../src/contract/rpc.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

let window: TestWindow;

beforeAll(async () => {
  window = await openWindow({ passphrase: "a passphrase for tests", locale: "en-GB" });
  const [page, engine] = createMemoryWire();
  window.app.serve(engine);
  const client = connect(calls, page);
  const { name } = await client["sources.addDemo"]({});
  for await (const event of client["sources.sync"]({ name })) if (event.type === "result") break;
  page.close();
});
afterAll(() => window.close());

/** Each test begins in a page of its own, with nothing picked and no filter. */
beforeEach(async () => {
  const { page } = window;
  await page.evaluate(() => {
    globalThis.location.hash = "#/browse/studies";
  });
  await page.reload();
  await list("Studies").waitFor();
  await row(3).waitFor();
});

function list(name: string): Locator {
  return window.page.getByRole("grid", { name });
}
function row(index: number): Locator {
  return window.page.locator(`[role=row][aria-rowindex="${index + 2}"]:not([aria-busy])`).first();
}
function selection(): Locator {
  return window.page.getByRole("group", { name: "Selection" });
}
async function search(text: string): Promise<void> {
  await window.page.getByRole("textbox", { name: "Search name, ID, description" }).fill(text);
}

describe("picking with the keyboard", () => {
  test("Space picks, Shift with an arrow takes rows along and gives them back", async () => {
    const { page } = window;
    await list("Studies").focus();
    await page.keyboard.press("Space");
    await selection()
      .getByText(/^Selected: 1 study of 1 patient/)
      .waitFor();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await selection()
      .getByText(/^Selected: 3 studies/)
      .waitFor();
    await page.keyboard.press("Shift+ArrowUp");
    await selection()
      .getByText(/^Selected: 2 studies/)
      .waitFor();
    expect(await page.getByRole("button", { name: "Export 2" }).isEnabled()).toBe(true);
  });

  test("Ctrl+A picks all that match, less what is taken out by hand", async () => {
    const { page } = window;
    await search("CT");
    const tab = page.getByRole("tab", { name: /^Studies \(1\d\)$/ });
    await tab.waitFor();
    const shown = Number(/\d+/.exec(await tab.innerText())?.[0]);
    await list("Studies").focus();
    await page.keyboard.press("Control+a");
    await selection().getByText(`Selected: ${shown} studies`).waitFor();
    await page.keyboard.press("Space");
    await selection()
      .getByText(`Selected: ${shown - 1} studies`)
      .waitFor();
    await selection().getByText("without 1 taken out by hand").waitFor();
    expect(await row(0).getAttribute("aria-selected")).toBe("false");
    expect(await row(1).getAttribute("aria-selected")).toBe("true");
  });

  test("Enter opens the side panel, Escape closes it and gives the keyboard back to the list", async () => {
    const { page } = window;
    await list("Studies").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: "Study" });
    await panel.getByRole("tab", { name: /^Series \(\d+\)$/ }).waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await list("Studies").evaluate((grid) => grid === document.activeElement)).toBe(true);
  });
});

describe("what is picked", () => {
  test("outlives a filter and another screen", async () => {
    const { page } = window;
    await row(0).locator("[data-pick]").click();
    await search("nothing has these words");
    await page.getByRole("heading", { name: "Nothing matches these filters" }).waitFor();
    await page
      .getByRole("link", { name: /^Help/ })
      .or(page.getByRole("button", { name: /^Help/ }))
      .first()
      .click();
    await page.evaluate(() => {
      globalThis.location.hash = "#/browse/studies";
    });
    await selection()
      .getByText(/^Selected: 1 study/)
      .waitFor();
    await page.getByRole("button", { name: "Clear all filters" }).first().click();
    await row(0).waitFor();
    expect(await row(0).getAttribute("aria-selected")).toBe("true");
  });

  test("is never given up without a word: patients stay until studies are chosen instead", async () => {
    const { page } = window;
    await page.getByRole("tab", { name: /^Patients/ }).click();
    await list("Patients").waitFor();
    await row(0).locator("[data-pick]").click();
    await selection()
      .getByText(/^Selected: 1 patient/)
      .waitFor();
    await page.getByRole("tab", { name: /^Studies/ }).click();
    await list("Studies").waitFor();
    await row(5).locator("[data-pick]").click();
    await selection()
      .getByText(/would take its place/)
      .waitFor();
    await page.getByRole("button", { name: "Keep the selection" }).click();
    await selection()
      .getByText(/^Selected: 1 patient/)
      .waitFor();
    await row(5).locator("[data-pick]").click();
    await page.getByRole("button", { name: "Select this instead" }).click();
    await selection()
      .getByText(/^Selected: 1 study/)
      .waitFor();
  });

  test("of another filter is not shown row by row, since it cannot be told, and is found again by one button", async () => {
    const { page } = window;
    await search("CT");
    await page.getByRole("tab", { name: /^Studies \(1\d\)$/ }).waitFor();
    await list("Studies").focus();
    await page.keyboard.press("Control+a");
    await selection()
      .getByText(/^Selected: 1\d studies/)
      .waitFor();
    await search("");
    await selection()
      .getByText(/another filter/)
      .waitFor();
    expect(await row(0).getAttribute("aria-selected")).toBeNull();
    await page.getByRole("button", { name: "Show them" }).click();
    await page.getByRole("tab", { name: /^Studies \(1\d\)$/ }).waitFor();
    expect(await row(0).getAttribute("aria-selected")).toBe("true");
  });
});

describe("the viewer", () => {
  async function openFirstSeries(text: string): Promise<Locator> {
    const { page } = window;
    await search(text);
    await page.getByRole("tab", { name: /^Studies \(\d\)$/ }).waitFor();
    await row(0).click();
    await page.getByRole("complementary", { name: "Study" }).getByRole("button", { name: /View/ }).first().click();
    const viewer = page.getByRole("dialog", { name: /^Viewer/ });
    await viewer.getByRole("img", { name: /^Image 1/ }).waitFor();
    return viewer;
  }

  test("goes through the images by keys, changes the window, and closes to where it was opened", async () => {
    const { page } = window;
    const viewer = await openFirstSeries("thorax");
    await viewer.getByText("Not for diagnosis").waitFor();
    await page.keyboard.press("End");
    await viewer.getByRole("img", { name: /^Image (\d+) of \1$/ }).waitFor();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await viewer.getByRole("img", { name: /^Image 2 of/ }).waitFor();
    await page.keyboard.press("3");
    await viewer.getByText("Level -600, window 1,500", { exact: true }).waitFor();
    await page.keyboard.press("r");
    await viewer.getByRole("button", { name: "Original", pressed: true }).waitFor();
    await page.keyboard.press("Escape");
    await viewer.waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("View");
    expect(await page.getByRole("complementary", { name: "Study" }).count()).toBe(1);
  });

  test("keeps the keyboard inside while it is open", async () => {
    const { page } = window;
    const viewer = await openFirstSeries("thorax");
    for (let press = 0; press < 30; press += 1) {
      await page.keyboard.press("Tab");
      expect(await viewer.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
    }
    await page.keyboard.press("Escape");
  });
});

test("the page complains of nothing", () => {
  expect(window.complaints).toEqual([]);
});

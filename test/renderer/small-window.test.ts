import { afterAll, beforeAll, expect, it } from "vitest";
import { syncAll } from "../jobs/workshop.ts";
import { engineOf } from "../support/window-engine.ts";
import { goTo } from "../support/window-steps.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

let window: TestWindow;

/** A screen of 1280 x 800 at 200 %. */
beforeAll(async () => {
  window = await openWindow({ passphrase: "a passphrase for tests", zoom: 2 });
  const engine = engineOf(window);
  const { name } = await engine["sources.addDemo"]({});
  await syncAll(engine, name);
  await goTo(window, "#/browse/studies");
  await window.page.locator("[role=row][aria-rowindex='2']:not([aria-busy])").first().waitFor();
});
afterAll(() => window.close());

it("filters stand behind one button that says how many are set, and Escape closes them", async () => {
  const { page } = window;
  const button = page.getByRole("button", { name: /^Filters/ });
  expect(await page.getByRole("button", { name: /^With AI results/ }).count()).toBe(0);
  await button.click();
  const filters = page.getByRole("group", { name: "Filters" });
  await filters.getByRole("button", { name: /^With AI results/ }).click();
  await page.getByRole("button", { name: "Filters (1)" }).waitFor();
  await page.keyboard.press("Escape");
  await filters.waitFor({ state: "detached" });
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
  await button.click();
  await page.getByRole("button", { name: "Clear all filters" }).click();
  await button.click();
});

it("the side panel lies over the list, which keeps its rows; it takes the keyboard and gives it back", async () => {
  const { page } = window;
  const grid = page.getByRole("grid", { name: "Studies" });
  const before = await grid.boundingBox();
  await page.locator("[role=row][aria-rowindex='3']").first().click();
  const panel = page.getByRole("complementary", { name: "Study" });
  await panel.getByText("Accession").waitFor();
  expect(await grid.boundingBox()).toEqual(before);
  expect(await panel.evaluate((one) => one.contains(document.activeElement))).toBe(true);
  await panel.getByRole("button", { name: "Close side panel" }).click();
  await panel.waitFor({ state: "detached" });
  expect(await grid.evaluate((one) => one === document.activeElement)).toBe(true);
});

it("at least five rows of the list are in sight", async () => {
  const { page } = window;
  const height = await page.getByRole("grid", { name: "Studies" }).evaluate((grid) => grid.clientHeight);
  expect(height).toBeGreaterThan(32 * 6);
});

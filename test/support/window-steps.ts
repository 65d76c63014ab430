import type { Locator, Page } from "playwright-core";
import type { TestWindow } from "./window.ts";

/** What people do again and again in the window, found by role and name as they find it. English labels. */

/** On the first start: the passphrase, typed twice. */
export async function makeWorkspace(page: Page, passphrase: string): Promise<void> {
  await page.getByRole("textbox", { name: "Passphrase", exact: true }).fill(passphrase);
  await page.getByRole("textbox", { name: "The same passphrase again" }).fill(passphrase);
  await page.getByRole("button", { name: "Make the workspace" }).click();
  await page.getByRole("heading", { name: "Where are the records?" }).waitFor();
}

/** @param screens what the rail is called in the language of the workspace, which the page only knows once it is open */
export async function unlock(page: Page, passphrase: string, screens = "Screens"): Promise<void> {
  await page.getByRole("heading", { name: "Open the workspace" }).waitFor();
  await page.getByRole("textbox", { name: "Passphrase" }).fill(passphrase);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("navigation", { name: screens }).waitFor();
}

export async function show(
  page: Page,
  screen: "Browse" | "Exports" | "Packages" | "Sources" | "Audit" | "Settings" | "Help",
): Promise<void> {
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: screen }).click();
  await page.getByRole("heading", { name: screen, level: 1 }).waitFor();
}

/** Another place of the page, as a link would lead there. */
export async function goTo({ page }: Pick<TestWindow, "page">, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    globalThis.location.hash = wanted;
  }, hash);
}

/** A new export of everything, for research, under a new project key. */
export async function planResearch(page: Page, key: string, folder: string): Promise<void> {
  await show(page, "Exports");
  await page.getByRole("button", { name: "New export" }).first().click();
  await page.getByRole("button", { name: "Take everything" }).click();
  await page.getByRole("radio", { name: /^Research data set/ }).click();
  await page.getByLabel("Name of the new key").fill(key);
  await page.getByRole("button", { name: "Make key" }).click();
  await page.getByLabel("Folder for the packages").fill(folder);
  await page.getByText(/^Makes 1 package, pseudonymised, about/).waitFor();
}

/**
 * Everything that the catalog holds, by a ready recipe, to a folder: as a person would click it. `begin` is called when the review has
 * read every instance and only the job is left to do so.
 */
export async function startExport(
  { page }: Pick<TestWindow, "page">,
  recipe: RegExp,
  destination: string,
  { adjust, begin }: { adjust?: () => Promise<void>; begin?: () => void } = {},
): Promise<void> {
  await goTo({ page }, "#/exports/new");
  await page.getByRole("radio", { name: recipe }).click();
  const everything = page.getByRole("button", { name: "Take everything" });
  await page.getByRole("button", { name: /^(?:Pick|Change) in Browse$/ }).waitFor();
  if (await everything.isVisible()) await everything.click();
  const key = page.getByRole("combobox", { name: "Project key" });
  if ((await key.isVisible()) && (await key.inputValue()) === "") {
    await key.click();
    await page.getByRole("option", { name: "lung" }).click();
  }
  await page.getByRole("textbox", { name: "Folder for the packages" }).fill(destination);
  await adjust?.();
  const start = page.getByRole("button", { name: "Start export" });
  await page.getByText(/^Makes \d+ packages?/).waitFor();
  await page.getByRole("button", { name: "Check again" }).waitFor();
  begin?.();
  await start.click();
  await page.getByRole("heading", { name: /^Export \d+$/, level: 1 }).waitFor();
}

/** The line at the foot of the window. */
export function status(page: Page): Locator {
  return page.getByRole("contentinfo", { name: "Status" });
}

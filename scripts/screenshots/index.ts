/**
 * Makes the pictures of the README: the window on the demo hospital, driven in a real Chromium. Run by `npm run screenshots`.
 * Every patient in them is invented (src/main/demo).
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { projectRoot } from "../../test/support/run-command.ts";
import { makeTemporaryDirectory } from "../../test/support/temporary-directory.ts";
import { openWindow } from "../../test/support/window.ts";

const PICTURES = join(projectRoot, "docs", "screenshots");

async function take(page: Page, name: string): Promise<void> {
  // Neither a hint nor a half-loaded thumbnail belongs in a picture.
  await page.mouse.move(640, 10);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  console.log(`docs/screenshots/${name}.png`);
}

async function openDemoHospital(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open the demo hospital" }).click();
  await page.getByRole("tab", { name: "Studies (34)" }).click({ timeout: 120_000 });
}

async function showBrowse(page: Page): Promise<void> {
  const study = page.getByRole("row", { name: /CT Thorax mit Kontrastmittel/ });
  await study.click();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "View" }).first().waitFor();
  await take(page, "browse");
}

async function showReview(page: Page, destination: string): Promise<void> {
  await page.getByRole("button", { name: /^Export/ }).click();
  await page.getByRole("textbox", { name: /Name of the new key/ }).fill("lung-study");
  await page.getByRole("button", { name: "Make key" }).click();
  await page.getByRole("textbox", { name: "Folder for the packages" }).fill(destination);
  await page.getByRole("heading", { name: "Review: what will leave" }).waitFor();
  await page.getByRole("switch", { name: "Only changes" }).click();
  await page.getByRole("table", { name: /before and after/ }).waitFor();
  await page.getByRole("heading", { name: "Review: what will leave" }).evaluate((heading) => heading.scrollIntoView());
  await take(page, "review");
}

async function showPackage(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start export" }).click();
  await page.getByText("finished and verified").waitFor({ timeout: 60_000 });
  await page.getByRole("link", { name: "Packages", exact: true }).click();
  await page.getByRole("button", { name: "Copy to USB" }).waitFor();
  await page.setViewportSize({ width: 1280, height: 560 });
  await take(page, "package");
}

const home = makeTemporaryDirectory("screenshots");
mkdirSync(PICTURES, { recursive: true });
const window = await openWindow({
  workspace: join(home, "hospital"),
  passphrase: "only for the pictures",
  viewport: { width: 1280, height: 800 },
  locale: "en-GB",
});
try {
  await openDemoHospital(window.page);
  await showBrowse(window.page);
  await showReview(window.page, join(home, "packages"));
  await showPackage(window.page);
} finally {
  await window.close();
  rmSync(home, { recursive: true, force: true });
}

import { closeSync, mkdtempSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { it } from "vitest";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import type { TestWindow } from "../../support/window.ts";
import { button, expectUsable, grid, openFurnishedWindow, type View } from "./furnished-window.ts";

const root = temporaryDirectory("accessibility-of-results");
const furnished = openFurnishedWindow(root);
const made = join(root, "out", "complete_export.zip");

const packageGroup = ({ page }: TestWindow): Locator =>
  page.getByRole("group", { name: "complete_export.zip", exact: true });

const views: View[] = [
  ["exports that have ended", "exports", (shown) => shown.page.getByText("finished and verified").waitFor()],
  ["an export that has ended", "exports/1", (shown) => shown.page.getByText("finished and verified").waitFor()],
  ["packages", "packages", (shown) => packageGroup(shown).waitFor()],
  [
    "why something is not in a package",
    "packages",
    async (shown) => await shown.page.getByText("Not in this package. Why?").click(),
  ],
  [
    "a receipt",
    `packages/${encodeURIComponent(made)}`,
    (shown) => shown.page.getByText("Missing, and why").first().waitFor(),
  ],
  [
    "a copy and what it said",
    "packages",
    async (shown) => {
      const stick = mkdtempSync(join(root, "stick-"));
      await packageGroup(shown).getByRole("button", { name: "Copy to USB" }).click();
      await shown.page.getByRole("textbox", { name: "Folder on the USB stick" }).fill(stick);
      await shown.page.getByRole("button", { name: "Copy", exact: true }).click();
      await shown.page.getByText(/^(?:Safe to remove|Copied and verified, with one reservation)$/).waitFor();
    },
  ],
  [
    "a place for a copy that cannot be",
    "packages",
    async (shown) => {
      await packageGroup(shown).getByRole("button", { name: "Copy to USB" }).click();
      await shown.page.getByRole("textbox", { name: "Folder on the USB stick" }).fill(join(root, "not-there"));
      await shown.page.getByRole("button", { name: "Copy", exact: true }).click();
      await shown.page.getByRole("alert").waitFor();
    },
  ],
  ["a package from elsewhere", "packages", (shown) => button(shown, "Verify a package from elsewhere").click()],
  ["the audit log", "audit", (shown) => grid(shown, "Audit records").waitFor()],
  [
    "a record of the audit log",
    "audit",
    async (shown) => {
      await button(shown, "Verify the chain").click();
      await shown.page.getByText(/the chain is unbroken/).waitFor();
      await grid(shown, "Audit records").getByRole("gridcell").first().click();
      await shown.page.getByRole("complementary").waitFor();
    },
  ],
  ["the audit log as CSV", "audit", (shown) => button(shown, /^Export as CSV/).click()],
  ["settings", "settings", (shown) => shown.page.getByRole("table", { name: "Project keys" }).waitFor()],
  ["a new key", "settings", (shown) => button(shown, "New key").click()],
  ["a key to import", "settings", (shown) => button(shown, "Import a key").click()],
  ["a key to export", "settings", (shown) => button(shown, "Export key lung").click()],
  ["a crosswalk to write", "settings", (shown) => button(shown, "Write crosswalk of key lung").click()],
  [
    "a passphrase to change, the present one wrong",
    "settings",
    async (shown) => {
      const { page } = shown;
      await button(shown, "Change the passphrase").click();
      await page.getByRole("textbox", { name: "Present passphrase" }).fill("wrong");
      await page.getByRole("textbox", { name: "New passphrase", exact: true }).fill("another passphrase");
      await page.getByRole("textbox", { name: "The new passphrase again" }).fill("another passphrase");
      await button(shown, /^Change$/).click();
      await page.getByRole("alert").waitFor();
    },
  ],
  ["help", "help", (shown) => shown.page.getByText("What to do about errors").first().waitFor()],
  ["the licences", "help", (shown) => button(shown, "Show licences").click()],
  [
    "a package that is damaged",
    "packages",
    async (shown) => {
      const bytes = readFileSync(made);
      const handle = openSync(made, "r+");
      const at = Math.floor(bytes.length / 2);
      writeSync(handle, Buffer.from([(bytes[at] ?? 0) ^ 1]), 0, 1, at);
      closeSync(handle);
      await packageGroup(shown).getByRole("button", { name: "Verify", exact: true }).click();
      await shown.page.getByRole("alert").waitFor();
    },
  ],
];

it.each(views)("%s can be used by everybody", async (_name, hash, way) => {
  await expectUsable(furnished().window, hash, way);
});

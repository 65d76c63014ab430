import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { WebSocketRoute } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { ImagingRecipe } from "../../../src/contract/recipe.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { syncAll } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { engineOf, exportAll } from "../../support/window-engine.ts";
import { goTo } from "../../support/window-steps.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";

const NAME = "complete_export.zip";
const root = temporaryDirectory("packages-window");
const out = join(root, "out");
const file = join(out, NAME);
const photograph = photographer("packages");
let window: TestWindow;
let engine: Client<Calls>;
let sticks = 0;

const recipe: ImagingRecipe = {
  kind: "imaging",
  version: 1,
  selection: { scope: "all" },
  policy: { kind: "pseudonymised", key: "lung", options: ["modified-dates", "clean-descriptors"] },
  images: true,
  previews: false,
  format: "zip",
  compress: 0,
  grouping: "one",
  destination: out,
};

function newStick(): string {
  const folder = join(root, `stick-${(sticks += 1)}`);
  mkdirSync(folder);
  return folder;
}

function flipByte(path: string, at: number): void {
  const handle = openSync(path, "r+");
  writeSync(handle, Buffer.from([(readFileSync(path)[at] ?? 0) ^ 1]), 0, 1, at);
  closeSync(handle);
}

const groupOf = (name: string) => window.page.getByRole("group", { name, exact: true });
const panel = () => window.page.getByRole("complementary", { name: "Copy to USB" });

async function beginCopy(stick: string): Promise<void> {
  await groupOf(NAME).getByRole("button", { name: "Copy to USB" }).click();
  await panel().getByRole("textbox", { name: "Folder on the USB stick" }).fill(stick);
  await panel().getByRole("button", { name: "Copy", exact: true }).click();
}

beforeAll(async () => {
  window = await openWindow({ passphrase: "a passphrase for tests" });
  engine = engineOf(window);
  const { folder } = await makeDemoHospital(join(root, "hospital"), { size: "small" });
  await engine["sources.add"]({ kind: "folder", name: "archive", config: { path: folder } });
  await syncAll(engine, "archive");
  await engine["keys.new"]({ name: "lung" });
  await exportAll(engine, recipe);
});
afterEach(async () => {
  const close = window.page.getByRole("button", { name: "Close side panel" });
  if (await close.isVisible()) await close.click();
});
afterAll(() => window.close());

describe("a package that was made", () => {
  it("bears its verdict in numbers, and verifies again to the same", async () => {
    const { page } = window;
    await goTo(window, "#/packages");
    const files = (await engine["packages.list"]({})).rows[0]?.check?.files;
    await page.getByText(new RegExp(`^${files} of ${files} files verified, today`)).waitFor();
    await groupOf(NAME).getByRole("button", { name: "Verify" }).click();
    await page.getByText(new RegExp(`^${files} of ${files} files verified, .+ read\\.$`)).waitFor();
    await page.getByText(/^\d+ objects held back$/).waitFor();
    await photograph(page, "verified-again");
  });

  it("has a receipt that can be read and printed, with its verdict and without the window around it", async () => {
    const { page } = window;
    await groupOf(NAME).getByRole("button", { name: "Receipt" }).click();
    await page.getByRole("heading", { name: "Receipt", level: 1 }).waitFor();
    await page.getByText("Complete", { exact: true }).filter({ visible: true }).first().waitFor();
    const counts = page.getByRole("row", { name: /^Instances/ });
    const receipt = await engine["packages.receipt"]({ path: file });
    if (receipt.kind !== "imaging") throw new Error("the package is one of images");
    const { instances } = receipt.counts;
    expect((await counts.getByRole("cell").allTextContents()).map(Number)).toEqual([
      instances.expected,
      instances.exported,
      instances.heldBack,
      instances.failed,
    ]);
    expect(instances.heldBack).toBeGreaterThan(0);
    await photograph(page, "receipt");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    try {
      for (const words of [NAME, "Complete", "Missing, and why"])
        expect(await page.getByText(words, { exact: true }).filter({ visible: true }).first().isVisible()).toBe(true);
      // All that is missing is on the paper, not only what a screen had room for.
      const { missing } = await engine["packages.receipt"]({ path: file });
      const printed = await page.getByRole("listitem").allInnerTexts();
      expect(missing.filter(({ path }) => printed.some((line) => line.startsWith(`${path}: `)))).toHaveLength(
        missing.length,
      );
      expect(await page.getByRole("navigation").count()).toBe(0);
      expect(await page.getByRole("button").count()).toBe(0);
      await photograph(page, "receipt-on-paper");
      const pdf = await page.pdf();
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
      expect(pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(1);
    } finally {
      await page.emulateMedia({ media: null, colorScheme: "light" });
    }
    await page.getByRole("button", { name: "All packages" }).click();
  });

  it("is copied to a second folder, read back, and only then said to be safe", async () => {
    const { page } = window;
    const stick = newStick();
    await beginCopy(stick);
    // Where the file system of the test lets nobody read past its memory, the window says so instead.
    await panel()
      .getByText(/^(?:Safe to remove|Copied and verified, with one reservation)$/)
      .waitFor();
    await photograph(page, "copied");
    expect(readdirSync(stick)).toEqual([NAME]);
    expect(readFileSync(join(stick, NAME)).equals(readFileSync(file))).toBe(true);
    await page.getByText(/^(?:copied and read back|copied) today/).waitFor();
  });

  it("is not copied where a byte changes on the way: it is said, and no file keeps the name", async () => {
    const { page } = window;
    const stick = newStick();
    const partial = join(stick, `${NAME}.partial`);
    let changed = false;
    const watched = (async () => {
      while (!changed && !existsSync(join(stick, NAME))) {
        if ((statSync(partial, { throwIfNoEntry: false })?.size ?? 0) > 4096) {
          flipByte(partial, 1000);
          changed = true;
        }
        await turn();
      }
    })();
    await beginCopy(stick);
    await watched;
    const alert = panel().getByRole("alert");
    await alert.getByText("The copy is not right and was removed").waitFor();
    await photograph(page, "changed-on-the-way");
    expect(changed).toBe(true);
    expect(readdirSync(stick)).toEqual([]);
    expect(await panel().getByText("Safe to remove").count()).toBe(0);
    await goTo(window, "#/audit");
    await page.getByText("failed (the copy differed)").first().waitFor();
    await goTo(window, "#/packages");
  });

  it("is not left half copied by a click or a reload: the panel stays open, and the browser asks", async () => {
    const { page } = window;
    let wire: WebSocketRoute | undefined;
    let held: (string | Buffer)[] | undefined;
    // Time stands still between engine and page as long as `held` is there.
    await page.routeWebSocket("**/wire", (route) => {
      const engineSide = route.connectToServer();
      wire = route;
      engineSide.onMessage((frame) => {
        if (held === undefined) route.send(frame);
        else held.push(frame);
      });
    });
    await page.reload();
    await groupOf(NAME).waitFor();
    const stick = newStick();
    await groupOf(NAME).getByRole("button", { name: "Copy to USB" }).click();
    await panel().getByRole("textbox", { name: "Folder on the USB stick" }).fill(stick);
    held = [];
    await panel().getByRole("button", { name: "Copy", exact: true }).click();
    await panel()
      .getByText(/Stay on this page until then: going to another, or reloading it, stops the copy/)
      .waitFor();
    await photograph(page, "copying");
    await page.keyboard.press("Escape");
    expect(await panel().getByRole("button", { name: "Close side panel" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Verify a package from elsewhere" }).isDisabled()).toBe(true);
    const asked = new Promise<string>((resolve) =>
      page.once("dialog", (dialog) => {
        resolve(dialog.type());
        void dialog.dismiss();
      }),
    );
    await page.evaluate(() => setTimeout(() => globalThis.location.reload(), 0));
    expect(await asked).toBe("beforeunload");
    for (const frame of held.splice(0)) wire?.send(frame);
    held = undefined;
    await panel()
      .getByText(/^(?:Safe to remove|Copied and verified, with one reservation)$/)
      .waitFor();
    expect(readdirSync(stick)).toEqual([NAME]);
    await panel().getByRole("button", { name: "Close side panel" }).click();
    // Nothing is asked any more.
    await page.reload();
    await groupOf(NAME).waitFor();
  });

  it("is said to be gone where it was moved away, and to be there again when it is back", async () => {
    const { page } = window;
    await goTo(window, "#/settings");
    renameSync(file, `${file}.elsewhere`);
    await goTo(window, "#/packages");
    await page.getByText("Not found where it was made").waitFor();
    for (const name of ["Verify", "Copy to USB", "Receipt"])
      expect(await groupOf(NAME).getByRole("button", { name }).isDisabled()).toBe(true);
    await photograph(page, "moved-away");
    await page.getByRole("button", { name: "Verify a package from elsewhere" }).click();
    const aside = page.getByRole("complementary", { name: "Verify a package from elsewhere" });
    await aside.getByRole("textbox", { name: "Package" }).fill(`${file}.elsewhere`);
    await aside.getByRole("button", { name: "Verify", exact: true }).click();
    await aside.getByText(/^(\d+) of \1 files verified, .+ read\.$/).waitFor();
    await goTo(window, "#/settings");
    renameSync(`${file}.elsewhere`, file);
    await goTo(window, "#/packages");
    await groupOf(NAME).waitFor();
    await page.getByText("Not found where it was made").waitFor({ state: "detached" });
  });

  it("is red with the file named once a byte of it has changed, stays so, and cannot be copied", async () => {
    const { page } = window;
    flipByte(file, Math.floor(statSync(file).size / 2));
    // Before anybody has verified it, a copy finds it out.
    const stick = newStick();
    await beginCopy(stick);
    await panel()
      .getByText("The package itself was not changed. Verify it; if it is sound, try another stick")
      .waitFor();
    expect(readdirSync(stick)).toEqual([]);
    await panel().getByRole("button", { name: "Close side panel" }).click();
    await groupOf(NAME).getByRole("button", { name: "Verify" }).click();
    const alert = page.getByRole("alert");
    await alert.getByText("This package does not agree with itself. Do not hand it on; make it again.").waitFor();
    await alert
      .getByRole("cell", { name: /^studies\/.*\.dcm$/ })
      .first()
      .waitFor();
    await photograph(page, "damaged");
    expect(await groupOf(NAME).getByRole("button", { name: "Copy to USB" }).isDisabled()).toBe(true);
    await page.reload();
    await page.getByText(/^Damaged: 1 finding, today/).waitFor();
    expect(await page.getByText(/files verified/).count()).toBe(0);
  });

  it("has had no error in the page on all that way", () => {
    expect(window.complaints).toEqual([]);
  });
});

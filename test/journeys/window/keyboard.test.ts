import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locator } from "playwright-core";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { status } from "../../support/window-steps.ts";

/** More than any screen of this journey has. */
const MOST_STOPS = 60;

const root = temporaryDirectory("keyboard");
const out = join(root, "out");
const shoot = photographer("keyboard");
let window: TestWindow;
/** Stops of the keyboard at which nothing on the screen shows where it is. */
const unseen = new Set<string>();

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await window.page.keyboard.press(key);
}

/** Goes on by Tab to what has the focus then, and looks at each stop whether the focus can be seen. */
async function tabTo(target: Locator, key = "Tab"): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await window.page.keyboard.press(key);
    const where = await window.page.evaluate(invisibleFocus);
    if (where !== undefined) unseen.add(where);
  }
  throw new Error(`not reached by ${key}: ${target.toString()}`);
}

/** Runs in the page. @returns what has the focus, where neither it nor what wraps it is drawn differently for that */
async function invisibleFocus(): Promise<string | undefined> {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body) return undefined;
  // A list has the focus as a whole and marks the row that keys act on; a field may be drawn by what wraps it.
  const row = document.getElementById(focused.getAttribute("aria-activedescendant") ?? "");
  const drawn = [focused, row, focused.parentElement, focused.parentElement?.parentElement, focused.nextElementSibling];
  const look = (): string =>
    drawn
      .map((element) => {
        if (!(element instanceof HTMLElement)) return "";
        const { outline, borderColor, backgroundColor, boxShadow } = getComputedStyle(element);
        return [outline, borderColor, backgroundColor, boxShadow].join();
      })
      .join("|");
  // A change of style takes effect with a frame, and some fade: in the midst of that both looks may be the same.
  const settle = async (): Promise<void> => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const fading = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime ?? 0));
    await Promise.allSettled(fading.map(({ finished }) => finished));
  };
  await settle();
  const before = look();
  focused.blur();
  await settle();
  const after = look();
  focused.focus();
  if (before !== after) return undefined;
  return `${focused.tagName} ${focused.getAttribute("aria-label") ?? focused.textContent.slice(0, 40)}`;
}

beforeAll(async () => {
  window = await openWindow({ locale: "en-GB" });
  // Without transitions: what is drawn for the focus is there at once.
  await window.page.emulateMedia({ reducedMotion: "reduce" });
  await window.page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { mouseEvents: seen });
    for (const type of ["pointerdown", "mousedown", "mousemove", "touchstart", "wheel"])
      addEventListener(type, () => seen.push(type), { capture: true });
  });
});
afterAll(() => window.close());

describe("from the first start to a verified package by keyboard alone", () => {
  it("makes the workspace: the first field has the focus, Enter ends it", async () => {
    const { page } = window;
    await page.getByRole("heading", { name: "Make the workspace" }).waitFor();
    await page.keyboard.type("teapot gravel orbit lantern");
    await tabTo(page.getByRole("textbox", { name: "The same passphrase again" }));
    await page.keyboard.type("teapot gravel orbit lantern");
    await press("Enter");
    await page.getByRole("heading", { name: "Where are the records?" }).waitFor();
  });

  it("opens the demo hospital", async () => {
    const { page } = window;
    await tabTo(page.getByRole("button", { name: "Open the demo hospital" }));
    await shoot(page, "welcome");
    await press("Enter");
    await page.getByRole("tab", { name: "Patients (14)" }).waitFor();
    await status(page).getByText("1 source needs attention").waitFor();
  });

  it("goes past the rail by the link for that, finds a patient and picks two by the list", async () => {
    const { page } = window;
    await tabTo(page.getByRole("link", { name: "Skip to the content" }));
    await shoot(page, "skip link");
    await press("Enter");
    const search = page.getByRole("textbox", { name: "Search name, ID, description" });
    await tabTo(search);
    await page.keyboard.type("700313");
    await page.getByRole("tab", { name: "Patients (1)", exact: true }).waitFor();
    const grid = page.getByRole("grid", { name: "Patients" });
    await tabTo(grid);
    await press("Space");
    const selection = page.getByRole("group", { name: "Selection" });
    await selection.getByText(/^Selected: 1 patient/).waitFor();
    await tabTo(search, "Shift+Tab");
    await press("Escape");
    await page.getByRole("tab", { name: "Patients (14)" }).waitFor();
    await tabTo(grid);
    await press("Home", "Space");
    await selection.getByText(/^Selected: 2 patients/).waitFor();
    await shoot(page, "two picked");
  });

  it("looks into a study and its pictures, and comes back to where it was", async () => {
    const { page } = window;
    const patients = page.getByRole("tab", { name: /^Patients/ });
    await tabTo(patients, "Shift+Tab");
    await press("ArrowRight");
    const grid = page.getByRole("grid", { name: "Studies" });
    await grid
      .getByRole("row", { name: /20\d\d/ })
      .first()
      .waitFor();
    await tabTo(grid);
    // The second is a report, without a picture.
    await press("ArrowDown", "ArrowDown", "Enter");
    const panel = page.getByRole("complementary", { name: "Study" });
    await tabTo(panel.getByRole("button", { name: /View/ }).first());
    await press("Enter");
    const viewer = page.getByRole("dialog", { name: /^Viewer/ });
    await viewer.getByRole("img", { name: /^Image 1/ }).waitFor();
    await shoot(page, "viewer");
    await press("Escape");
    await viewer.waitFor({ state: "detached" });
    await press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it("plans the export: recipe by arrows, a key, a folder", async () => {
    const { page } = window;
    await tabTo(page.getByRole("button", { name: /^Export \d+$/ }), "Shift+Tab");
    await press("Enter");
    await page.getByRole("heading", { name: "New export" }).waitFor();
    const research = page.getByRole("radio", { name: /^Research data set/ });
    await tabTo(research);
    await press("ArrowRight");
    expect(await page.getByRole("radio", { name: /^Patient copy/ }).isChecked()).toBe(true);
    await press("ArrowLeft");
    expect(await research.isChecked()).toBe(true);
    await tabTo(page.getByLabel("Name of the new key"));
    await page.keyboard.type("lung-study");
    await press("Enter");
    await page
      .getByText(/^Whoever has the key|Whoever has the key can compute/)
      .first()
      .waitFor();
    await tabTo(page.getByLabel("Folder for the packages"));
    await page.keyboard.type(out);
    await page.getByText(/^Makes 1 package, pseudonymised, about/).waitFor();
    await shoot(page, "planned");
  });

  it("reads the review, and searches in it", async () => {
    const { page } = window;
    await tabTo(page.getByRole("searchbox", { name: "Find in names and values" }));
    await page.keyboard.type("(0010,0010)");
    const table = page.getByRole("table", { name: "Header of the instance, before and after" });
    await table.getByRole("row").filter({ hasText: "(0010,0010)" }).getByText("replaced").waitFor();
    await shoot(page, "review");
  });

  it("starts, hears how it goes, and comes to the verified package", async () => {
    const { page } = window;
    await tabTo(page.getByRole("button", { name: "Start export" }));
    await press("Enter");
    await page.getByRole("heading", { name: "Export 1" }).waitFor();
    await page.getByText("finished and verified").waitFor();
    await press("Alt+3");
    await page.getByRole("heading", { name: "Packages", level: 1 }).waitFor();
    await page.getByText(/^(\d+) of \1 files verified, today/).waitFor();
    await tabTo(page.getByRole("button", { name: "Verify", exact: true }));
    await press("Enter");
    await page.getByText(/^(\d+) of \1 files verified, .+ read\.$/).waitFor();
    await shoot(page, "verified");
    expect(readdirSync(out)).toEqual(["selection_export.zip"]);
  });

  it("has shown at every stop where the keyboard is", () => {
    expect([...unseen]).toEqual([]);
  });

  it("has used no mouse, and the page complains of nothing", async () => {
    expect(await window.page.evaluate(() => (globalThis as unknown as { mouseEvents: string[] }).mouseEvents)).toEqual(
      [],
    );
    expect(window.complaints).toEqual([]);
  });
});

import { closeSync, mkdtempSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { ImagingRecipe } from "../../../src/contract/recipe.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { startGate, type GatedOrthanc } from "../../calls/gated-orthanc.ts";
import { axeFindings } from "../../support/axe.ts";
import { instancesIn } from "../../support/dicom-files.ts";
import { startOrthanc, type OrthancServer } from "../../support/orthanc.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { engineOf, exportAll, goTo, syncAll } from "../../support/window-engine.ts";
import { layoutFindings } from "../../support/window-layout.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";

const PASSPHRASE = "a passphrase for tests";
const root = temporaryDirectory("accessibility");
const WHOLE = { width: 1280, height: 800 };
/** As a browser shows the window of 1280 x 800: at 125 % and 200 % it has as many CSS pixels less. */
const SIZES = {
  "1024 x 700": { width: 1024, height: 700 },
  "125 %": { width: 1024, height: 640 },
  "200 %": { width: 640, height: 400 },
};

/** Everything that is wrong with what a window shows now, in light and dark, at every size: a line each. */
async function inspect({ page }: TestWindow): Promise<string[]> {
  const found: string[] = [];
  // Everything in sight at once: what a bar that stays in its place covers halfway would count as too small.
  await page.setViewportSize({ ...WHOLE, height: 2400 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // What fades in has not its own colours yet.
    await page.evaluate(() =>
      Promise.allSettled(
        document
          .getAnimations()
          .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
          .map(({ finished }) => finished),
      ),
    );
    found.push(...(await axeFindings(page)).map((line) => `${colorScheme}: ${line}`));
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  for (const [name, size] of Object.entries(SIZES)) {
    await page.setViewportSize(size);
    // Tables measure themselves in the next frame.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    found.push(...(await layoutFindings(page)).map((line) => `${name}: ${line}`));
  }
  await page.setViewportSize(WHOLE);
  return found;
}

type Way = (window: TestWindow) => Promise<unknown>;

const button = ({ page }: TestWindow, name: string | RegExp) => page.getByRole("button", { name }).first();

describe("before a workspace is open", () => {
  it("the making of a workspace, its unlocking and a wrong passphrase can be used by everybody", async () => {
    const workspace = join(root, "locked");
    const made = await openWindow({ workspace });
    try {
      await made.page.getByRole("heading", { name: "Make the workspace" }).waitFor();
      await made.page.getByRole("textbox", { name: "Passphrase", exact: true }).fill("short");
      await made.page.getByRole("textbox", { name: "The same passphrase again" }).fill("long");
      expect(await inspect(made)).toEqual([]);
    } finally {
      await made.close();
    }
    await (await openWindow({ workspace, passphrase: PASSPHRASE })).close();
    const locked = await openWindow({ workspace });
    try {
      await locked.page.getByRole("textbox", { name: "Passphrase" }).fill("wrong");
      await button(locked, "Open").click();
      await locked.page.getByRole("alert").waitFor();
      expect(await inspect(locked)).toEqual([]);
    } finally {
      await locked.close();
    }
  });

  it("so can an empty workspace", async () => {
    const window = await openWindow({ passphrase: PASSPHRASE });
    try {
      await window.page.getByRole("heading", { name: "Where are the records?" }).waitFor();
      expect(await inspect(window)).toEqual([]);
      for (const screen of ["exports", "packages", "sources", "audit"]) {
        await goTo(window, `#/${screen}`);
        await window.page.getByRole("heading", { level: 1 }).waitFor();
        expect(await inspect(window), screen).toEqual([]);
      }
    } finally {
      await window.close();
    }
  });
});

describe("every screen and panel", () => {
  const out = join(root, "out");
  let window: TestWindow;
  let engine: Client<Calls>;
  let orthanc: OrthancServer;
  let gate: GatedOrthanc;
  let recipe: ImagingRecipe;

  beforeAll(async () => {
    const { folder } = await makeDemoHospital(join(root, "hospital"), { size: "small" });
    orthanc = await startOrthanc({ credentials: null });
    for (const file of instancesIn(folder).slice(0, 90)) await orthanc.upload(readFileSync(file));
    gate = await startGate(orthanc);
    window = await openWindow({ passphrase: PASSPHRASE });
    engine = engineOf(window);
    await engine["sources.add"]({ kind: "orthanc", name: "pacs", config: { url: gate.url } });
    await syncAll(engine, "pacs");
    await engine["keys.new"]({ name: "lung" });
    recipe = {
      kind: "imaging",
      version: 1,
      selection: { scope: "all" },
      policy: { kind: "pseudonymised", key: "lung", options: ["modified-dates"] },
      images: true,
      previews: false,
      format: "zip",
      compress: 0,
      grouping: "one",
      destination: out,
    };
    await exportAll(engine, recipe);
    await engine["recipes.save"]({ name: "Lung study", recipe });
    await engine["sources.add"]({ kind: "folder", name: "archive", config: { path: folder } });
    await syncAll(engine, "archive");
    await engine["sources.add"]({ kind: "orthanc", name: "away", config: { url: "http://127.0.0.1:9" } });
    await syncAll(engine, "away").catch(() => undefined);
  });
  afterAll(async () => {
    gate.open();
    await window.close();
    await gate.close();
    await orthanc.stop();
  });

  const made = join(out, "complete_export.zip");
  const packageGroup = () => window.page.getByRole("group", { name: "complete_export.zip", exact: true });
  const grid = (name: string) => window.page.getByRole("grid", { name });
  const openStudy: Way = async () => {
    await grid("Studies").getByRole("gridcell").nth(3).click();
    await window.page.getByRole("complementary", { name: "Study" }).waitFor();
  };
  const adjust: Way = async (shown) => {
    await shown.page.getByRole("radio", { name: /^Research data set/ }).click();
    if (await button(shown, "Take everything").isVisible()) await button(shown, "Take everything").click();
    const adjusted = button(shown, "Adjust");
    if ((await adjusted.getAttribute("aria-expanded")) === "false") await adjusted.click();
  };
  const folderPanel: Way = async (shown) => {
    await button(shown, "Browse…").click();
    await shown.page.getByRole("listbox", { name: "Folders and files here" }).waitFor();
  };

  const views: [name: string, hash: string, way?: Way][] = [
    ["sources", "sources"],
    ["what could not be taken in", "sources", (shown) => button(shown, "Show what and why").click()],
    ["a folder to add, with the folder browser", "sources/add-folder", folderPanel],
    [
      "a server to connect, refused by the test",
      "sources/add-orthanc",
      async (shown) => {
        await shown.page.getByRole("textbox", { name: "Address" }).fill("https://127.0.0.1:9");
        await shown.page.getByText("User and password", { exact: true }).click();
        await shown.page.getByRole("textbox", { name: "User" }).fill("reader");
        await shown.page.getByRole("textbox", { name: "Password" }).fill("secret");
        await button(shown, /^Test$/).click();
        await button(shown, "Add anyway").waitFor();
      },
    ],
    [
      "the question before a source is removed",
      "sources",
      async (shown) => {
        await button(shown, "Remove away").click();
        await shown.page.getByRole("dialog").waitFor();
      },
    ],
    ["patients", "browse", () => grid("Patients").waitFor()],
    [
      "a patient",
      "browse",
      async (shown) => {
        await shown.page.getByRole("tab", { name: /^Patients/ }).click();
        await grid("Patients").getByRole("gridcell").nth(3).click();
        await shown.page.getByRole("complementary", { name: "Patient" }).waitFor();
      },
    ],
    ["a study", "browse/studies", openStudy],
    [
      "the header of a study",
      "browse/studies",
      async (shown) => {
        await openStudy(shown);
        await shown.page.getByRole("tab", { name: "Header" }).click();
        await shown.page.getByRole("textbox", { name: "Search the header" }).waitFor();
      },
    ],
    [
      "a filter by date",
      "browse/studies",
      async (shown) => {
        await button(shown, /^Date/).click();
        await button(shown, "This year").waitFor();
      },
    ],
    [
      "the viewer",
      "browse/studies",
      async (shown) => {
        await shown.page.getByRole("textbox", { name: "Search name, ID, description" }).fill("thorax");
        await shown.page.getByRole("tab", { name: /^Studies \(\d\)$/ }).waitFor();
        await openStudy(shown);
        await button(shown, /View/).click();
        await shown.page.getByRole("img", { name: /^Image 1/ }).waitFor();
      },
    ],
    [
      "a list in which nothing matches",
      "browse/studies",
      async (shown) => {
        await shown.page.getByRole("textbox", { name: "Search name, ID, description" }).fill("no such patient");
        await shown.page.getByText("Nothing matches these filters").waitFor();
      },
    ],
    [
      "a new export",
      "exports/new",
      async (shown) => await shown.page.getByRole("heading", { name: "New export" }).waitFor(),
    ],
    [
      "every setting of an export, with the review before and after",
      "exports/new",
      async (shown) => {
        await adjust(shown);
        await shown.page.getByRole("textbox", { name: "Folder for the packages" }).fill(out);
        await shown.page.getByText(/Satchel overwrites nothing/).waitFor();
        await shown.page.getByRole("radio", { name: /^Let them pass/ }).click();
        await shown.page.getByRole("table", { name: /^Header of the instance/ }).waitFor();
      },
    ],
    [
      "the metadata as they will be",
      "exports/new",
      async (shown) => {
        await adjust(shown);
        await shown.page.getByRole("tab", { name: "JSON metadata" }).click();
      },
    ],
    [
      "all instances checked",
      "exports/new",
      async (shown) => {
        await adjust(shown);
        await shown.page
          .getByText(/^Leak sweep: no identifying value/)
          .first()
          .waitFor();
        await button(shown, "Check again").waitFor();
      },
    ],
    [
      "names that leave",
      "exports/new",
      async (shown) => {
        await shown.page.getByRole("radio", { name: /^Patient copy/ }).click();
        await shown.page.getByText("Names leave as they are").first().waitFor();
      },
    ],
    ["exports that have ended", "exports", (shown) => shown.page.getByText("finished and verified").waitFor()],
    ["an export that has ended", "exports/1", (shown) => shown.page.getByText("finished and verified").waitFor()],
    ["packages", "packages", () => packageGroup().waitFor()],
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
        await packageGroup().getByRole("button", { name: "Copy to USB" }).click();
        await shown.page.getByRole("textbox", { name: "Folder on the USB stick" }).fill(stick);
        await shown.page.getByRole("button", { name: "Copy", exact: true }).click();
        await shown.page.getByText(/^(?:Safe to remove|Copied and verified, with one reservation)$/).waitFor();
      },
    ],
    [
      "a place for a copy that cannot be",
      "packages",
      async (shown) => {
        await packageGroup().getByRole("button", { name: "Copy to USB" }).click();
        await shown.page.getByRole("textbox", { name: "Folder on the USB stick" }).fill(join(root, "not-there"));
        await shown.page.getByRole("button", { name: "Copy", exact: true }).click();
        await shown.page.getByRole("alert").waitFor();
      },
    ],
    ["a package from elsewhere", "packages", (shown) => button(shown, "Verify a package from elsewhere").click()],
    ["the audit log", "audit", () => grid("Audit records").waitFor()],
    [
      "a record of the audit log",
      "audit",
      async (shown) => {
        await button(shown, "Verify the chain").click();
        await shown.page.getByText(/the chain is unbroken/).waitFor();
        await grid("Audit records").getByRole("gridcell").first().click();
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
        await packageGroup().getByRole("button", { name: "Verify", exact: true }).click();
        await shown.page.getByRole("alert").waitFor();
      },
    ],
  ];

  it.each(views)("%s can be used by everybody", async (_name, hash, way) => {
    await goTo(window, `#/${hash}`);
    await window.page.reload();
    await window.page.getByRole("heading", { level: 1 }).first().waitFor();
    await way?.(window);
    expect(await inspect(window)).toEqual([]);
  });

  it("the keyboard goes through a page in reading order, sees where it is, and can skip to the content", async () => {
    const { page } = window;
    await goTo(window, "#/packages");
    await page.reload();
    await packageGroup().waitFor();
    await page.keyboard.press("Tab");
    const focused = () =>
      page.evaluate(() => {
        const element = document.activeElement!;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        // A field is marked by its border.
        const border = (): string => {
          if (!element.matches("input")) return "";
          const before = getComputedStyle(element).borderTopColor;
          const running = element.getAnimations();
          for (const one of running) one.finish();
          return running.length === 0 ? before : getComputedStyle(element).borderTopColor;
        };
        const withFocus = border();
        (element as HTMLElement).blur();
        const isBordered = border() !== withFocus;
        (element as HTMLElement).focus();
        const { top, bottom, left, right } = element.getBoundingClientRect();
        return {
          words: element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "",
          isMarked: isBordered || (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none",
          isInSight: top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth,
          isLeft: element === document.body,
        };
      });
    expect((await focused()).words).toBe("Skip to the content");
    const seen: string[] = [];
    for (let press = 0; press < 60; press += 1) {
      await page.keyboard.press("Tab");
      const { words, isMarked, isInSight, isLeft } = await focused();
      if (isLeft) break;
      seen.push(words);
      expect([words, isMarked, isInSight]).toEqual([words, true, true]);
    }
    const order = ["Browse", "Help", "Verify a package from elsewhere", "Verify", "Receipt"];
    expect(order.map((words) => seen.indexOf(words))).toEqual(
      order.map((words) => seen.indexOf(words)).toSorted((a, b) => a - b),
    );
    expect(order.filter((words) => !seen.includes(words))).toEqual([]);
  });

  it.each(["browse/studies", "exports/new", "packages", "audit"])(
    "in the colours that the system forces, %s keeps its controls to be told apart",
    async (hash) => {
      const { page } = window;
      await page.emulateMedia({ forcedColors: "active" });
      try {
        await goTo(window, `#/${hash}`);
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        expect(await axeFindings(page)).toEqual([]);
        const current = page.getByRole("navigation", { name: "Screens" }).locator("[aria-current=page]");
        const other = page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Help" });
        const look = (element: typeof current) =>
          element.evaluate((one) => {
            const { backgroundColor, color, borderInlineStartColor, fontWeight, outlineStyle } = getComputedStyle(one);
            return [backgroundColor, color, borderInlineStartColor, fontWeight, outlineStyle].join();
          });
        expect(await look(current)).not.toBe(await look(other));
      } finally {
        await page.emulateMedia({ forcedColors: null });
      }
    },
  );

  it("an export that runs can be used by everybody, tells how far it is at each ten per cent, and keeps still where that is asked for", async () => {
    const { page } = window;
    await goTo(window, "#/exports");
    await page.getByRole("heading", { name: "Exports", level: 1 }).waitFor();
    gate.letThrough(3);
    const destination = join(root, "running");
    // Only what the server has, let through by hand.
    await engine["sources.remove"]({ name: "archive" });
    const { jobId } = await engine["exports.start"]({ recipe: { ...recipe, destination } });
    await page.getByText("running", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Cancel the job" }).waitFor();
    expect(await inspect(window)).toEqual([]);
    await goTo(window, `#/exports/${jobId}`);
    await page.getByRole("heading", { name: `Export ${jobId}` }).waitFor();
    expect(await inspect(window)).toEqual([]);
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter((one) => one instanceof CSSAnimation && one.playState === "running")
        .map((one) => {
          const { target } = one.effect as KeyframeEffect;
          return [
            one.constructor.name,
            target?.className,
            "transitionProperty" in one && one.transitionProperty,
          ].join();
        }),
    );
    expect(moving).toEqual([]);
    await page.evaluate(() => {
      const region = document.querySelector("[role=status][aria-live=polite]");
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      new MutationObserver(() => heard.push(region?.textContent ?? "")).observe(region!, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    for (let step = 0; step < 12; step += 1) {
      gate.open();
      gate.letThrough(0);
      await page.waitForTimeout(250);
    }
    gate.open();
    await page.getByText("finished and verified").waitFor();
    const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
    const said = heard.filter((words) => /^Writing.*: \d+\s?%$/.test(words));
    expect(said.length).toBeGreaterThan(2);
    expect(said.length).toBeLessThanOrEqual(11);
    for (const words of said) expect(words).toMatch(/: (?:\d0|0|100)\s?%$/);
  });
});

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { en, type Labels } from "../../../src/renderer/labels/en/index.ts";
import { hi } from "../../../src/renderer/labels/hi/index.ts";
import { pt } from "../../../src/renderer/labels/pt/index.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { openPage, type TestPage } from "../../support/window.ts";
import { startWindowProcess, type WindowProcess } from "../../support/window-process.ts";
import { photographer } from "../../support/window-screenshot.ts";
import { makeWorkspace, show, unlock } from "../../support/window-steps.ts";

const PASSPHRASE = "teapot gravel orbit lantern";
/** PN values, in files of UTF-8, and what a person reads of them. */
const NAMES = [
  { value: "Yamada^Tarou=山田^太郎=やまだ^たろう", shown: "Yamada, Tarou (山田 太郎)", script: "JP" },
  { value: "すずき^あい", shown: "すずき, あい", script: "JP" },
  { value: "김^철수", shown: "김, 철수", script: "KR" },
  { value: "قباني^نزار", shown: "قباني, نزار", script: "Arabic" },
  { value: "Иванов^Иван^Иванович", shown: "Иванов, Иван Иванович", script: "Sans" },
  { value: "शर्मा^राम", shown: "शर्मा, राम", script: "Sans" },
  { value: "Müller^Łukasz^Ødegård", shown: "Müller, Łukasz Ødegård", script: "Sans" },
] as const;
const STUDY_DATE = "2024-09-16";
const SCREENS = ["browse", "exports", "packages", "sources", "audit", "settings", "help"] as const;

const root = temporaryDirectory("languages");
const workspace = join(root, "workspace");
const shoot = photographer("languages-and-names");
let satchel: WindowProcess;
let opened: TestPage;

/** An image of one pixel, made by DCMTK. */
async function makeInstance(folder: string, number: number, name: string): Promise<void> {
  const uid = `1.2.826.0.1.3680043.10.999.${number}`;
  const lines = [
    "(0008,0005) CS [ISO_IR 192]",
    "(0008,0016) UI [1.2.840.10008.5.1.4.1.1.7]",
    `(0008,0018) UI [${uid}.3]`,
    `(0008,0020) DA [${STUDY_DATE.replaceAll("-", "")}]`,
    "(0008,0060) CS [OT]",
    `(0010,0010) PN [${name}]`,
    `(0010,0020) LO [N-${number}]`,
    `(0020,000d) UI [${uid}.1]`,
    `(0020,000e) UI [${uid}.2]`,
    "(0028,0002) US 1",
    "(0028,0004) CS [MONOCHROME2]",
    "(0028,0010) US 1",
    "(0028,0011) US 2",
    "(0028,0100) US 8",
    "(0028,0101) US 8",
    "(0028,0102) US 7",
    "(0028,0103) US 0",
    "(7fe0,0010) OB 00\\ff",
  ];
  const dump = join(root, `${number}.dump`);
  writeFileSync(dump, `${lines.join("\n")}\n`);
  await runChecked("dump2dcm", ["-q", dump, join(folder, `${number}.dcm`)]);
}

/** A system with one font, which knows the letters of English and as little else as can be had: the rest comes from the window's fonts. */
async function poorSystem(): Promise<Record<string, string>> {
  const list = await runChecked("fc-list", ["--format", "%{file}\t%{charset}\n"]);
  const fonts = list.split("\n").flatMap((line) => {
    const [file = "", charset = ""] = line.split("\t");
    const ranges = charset.split(" ").map((range) => range.split("-").map((code) => Number.parseInt(code, 16)));
    const knows = (letter: string): boolean =>
      ranges.some(([first = 0, last = first]) => first <= letter.charCodeAt(0) && letter.charCodeAt(0) <= last);
    return file.endsWith(".ttf") && knows("A") && knows("z") ? [{ file, ranges: ranges.length }] : [];
  });
  const [poorest] = fonts.toSorted((a, b) => a.ranges - b.ranges);
  if (poorest === undefined) throw new Error("this system has no font for English");
  const folder = join(root, "fonts");
  mkdirSync(folder, { recursive: true });
  copyFileSync(poorest.file, join(folder, basename(poorest.file)));
  const file = join(root, "fonts.conf");
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}</dir><cachedir>${join(root, "font-cache")}</cachedir></fontconfig>`,
  );
  return { FONTCONFIG_FILE: file };
}

/** Which fonts the glyphs of an element are drawn with. @param path XPath */
async function fontsOf(
  page: Page,
  path: string,
): Promise<{ familyName: string; isCustomFont: boolean; glyphCount: number }[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root: document } = await session.send("DOM.getDocument", { depth: -1 });
  const { searchId, resultCount } = await session.send("DOM.performSearch", { query: path });
  expect(resultCount, path).toBeGreaterThan(0);
  const { nodeIds } = await session.send("DOM.getSearchResults", { searchId, fromIndex: 0, toIndex: 1 });
  expect(document.nodeId).toBeGreaterThan(0);
  const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId: nodeIds[0] ?? 0 });
  await session.detach();
  return fonts;
}

/** Every label that is one fixed text: "frame.browse" -> "Browse". */
function textsOf(labels: unknown, path = ""): [string, string][] {
  if (typeof labels === "string") return [[path, labels]];
  if (typeof labels !== "object" || labels === null) return [];
  return Object.entries(labels).flatMap(([name, value]) => textsOf(value, `${path}.${name}`));
}

/** Lines on the screen that are labels in English, though the language is another. */
async function englishLines(page: Page, labels: Labels): Promise<string[]> {
  const translated = new Map(textsOf(labels));
  const kept = new Set(translated.values());
  const english = new Set(textsOf(en).flatMap(([path, text]) => (translated.get(path) === text ? [] : [text])));
  const lines = (await page.locator("body").innerText()).split("\n").map((line) => line.trim());
  return lines.filter((line) => english.has(line) && !kept.has(line));
}

async function choose(page: Page, labels: Labels, what: "language" | "theme", value: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: labels.frame.settings }).click();
  await page.getByRole("radiogroup", { name: labels.settings[what] }).getByText(value, { exact: true }).click();
}

beforeAll(async () => {
  const folder = join(root, "names");
  mkdirSync(folder);
  for (const [index, { value }] of NAMES.entries()) await makeInstance(folder, index + 1, value);
  satchel = await startWindowProcess(workspace);
  opened = await openPage(await satchel.newAddress(), { locale: "en-GB", environment: await poorSystem() });
  const { page } = opened;
  await makeWorkspace(page, PASSPHRASE);
  await page.getByRole("button", { name: "Add a folder" }).click();
  await page.getByRole("textbox", { name: "Folder", exact: true }).fill(folder);
  await page.getByRole("button", { name: "Test and add" }).click();
  await page.getByRole("article").getByText("In order").waitFor();
});
afterAll(async () => {
  await opened.browser.close();
  await satchel.end();
});

describe("names", () => {
  it.each(NAMES)(
    "are drawn with the fonts of the window where the system has none: $shown",
    async ({ shown, script }) => {
      const { page } = opened;
      await show(page, "Browse");
      await page.getByRole("grid", { name: "Patients" }).getByText(shown, { exact: true }).waitFor();
      // At most the letters, commas and spaces of English are the system's.
      const english = shown.replace(/[^ -~]/g, "").length;
      await expect
        .poll(async () => {
          const theirs = (await fontsOf(page, `//bdi[text()="${shown}"]`)).filter(({ isCustomFont }) => !isCustomFont);
          return theirs.reduce((sum, { glyphCount }) => sum + glyphCount, 0);
        })
        .toBeLessThanOrEqual(english);
      const ours = (await fontsOf(page, `//bdi[text()="${shown}"]`)).filter(({ isCustomFont }) => isCustomFont);
      expect(ours.map(({ familyName }) => familyName)).toContainEqual(expect.stringContaining(script));
    },
  );

  it("are written in their own direction, whatever stands beside them", async () => {
    const { page } = opened;
    await shoot(page, "names");
    const directionOf = (shown: string): Promise<string> =>
      page
        .getByRole("grid", { name: "Patients" })
        .getByText(shown, { exact: true })
        .evaluate((element) => getComputedStyle(element).direction);
    expect(await directionOf("قباني, نزار")).toBe("rtl");
    expect(await directionOf("김, 철수")).toBe("ltr");
  });
});

describe("the language", () => {
  it("of the system is read from the first screen on, also where the system has no font for it", async () => {
    const fresh = await startWindowProcess(join(root, "fresh"));
    const { page, browser } = await openPage(await fresh.newAddress(), {
      locale: "hi-IN",
      environment: await poorSystem(),
    });
    await page.getByRole("heading", { name: hi.welcome.newTitle }).waitFor();
    for (const path of ["//h1", "//label", "//button[@type='submit']//span[text()]"]) {
      // Nothing but spaces is the system's.
      await expect
        .poll(async () => (await fontsOf(page, path)).filter((font) => !font.isCustomFont && font.glyphCount > 4))
        .toEqual([]);
      expect((await fontsOf(page, path)).some(({ isCustomFont }) => isCustomFont)).toBe(true);
    }
    await shoot(page, "first screen in Hindi");
    await browser.close();
    await fresh.end();
  });

  it.each([
    ["Português", pt, "pt-BR"],
    ["हिन्दी", hi, "hi-IN"],
  ] as const)("is switched to %s at once, on every screen, with its dates", async (name, labels, locale) => {
    const { page } = opened;
    await show(page, "Settings");
    expect(await englishLines(page, labels)).toContain("Settings");
    await choose(page, en, "language", name);
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(locale);
    for (const screen of SCREENS) {
      await page.getByRole("navigation").getByRole("link", { name: labels.frame[screen] }).click();
      await page.getByRole("heading", { level: 1, name: labels.frame[screen] }).waitFor();
      expect(await englishLines(page, labels), screen).toEqual([]);
      await shoot(page, `${locale} ${screen}`);
    }
    await page.getByRole("navigation").getByRole("link", { name: labels.frame.browse }).click();
    const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(STUDY_DATE));
    await page.getByRole("gridcell", { name: date, exact: true }).first().waitFor();
    await choose(page, labels, "language", "English");
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  });

  it("and the theme are remembered after a restart, in another browser as well", async () => {
    const { page } = opened;
    const scheme = (): Promise<string | undefined> =>
      opened.page.evaluate(() => document.documentElement.dataset["mantineColorScheme"]);
    expect(await scheme()).toBe("light");
    await choose(page, en, "theme", "Dark");
    await expect.poll(scheme).toBe("dark");
    await choose(page, en, "language", "Português");
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe("pt-BR");
    await opened.browser.close();
    await satchel.end();
    satchel = await startWindowProcess(workspace);
    opened = await openPage(await satchel.newAddress(), { locale: "en-GB" });
    await unlock(opened.page, PASSPHRASE, pt.frame.screens);
    await opened.page.getByRole("heading", { level: 1, name: pt.frame.browse }).waitFor();
    expect(await scheme()).toBe("dark");
    await shoot(opened.page, "dark after a restart");
  });
});

it("the page complains of nothing, in no language", () => {
  expect(opened.complaints).toEqual([]);
});

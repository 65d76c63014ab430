import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { en } from "../../src/renderer/labels/en/index.ts";
import { hi } from "../../src/renderer/labels/hi/index.ts";
import { pt } from "../../src/renderer/labels/pt/index.ts";
import { syncAll } from "../jobs/workshop.ts";
import { axeFindings } from "../support/axe.ts";
import { EQMD_CSV_HEADER, pythonRow } from "../support/eqmd-csv.ts";
import { writePlatformCsv } from "../support/studies-platform-csv.ts";
import { platformExams } from "../support/studies-platform-exams.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { engineOf } from "../support/window-engine.ts";
import { layoutFindings } from "../support/window-layout.ts";
import { goTo } from "../support/window-steps.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

const LABELS = { en, pt, hi };
const folder = makeTemporaryDirectory("records-accessible");
const broken = join(folder, "broken.json");

describe.each([
  ["in English, light, as it is", { language: "en", locale: "en-GB", colorScheme: "light", zoom: 1 }],
  ["in Portuguese, dark, at 200 %", { language: "pt", locale: "pt-BR", colorScheme: "dark", zoom: 2 }],
  ["in Hindi, light, at 200 %", { language: "hi", locale: "hi-IN", colorScheme: "light", zoom: 2 }],
] as const)("records %s", (_title, { language, ...look }) => {
  let window: TestWindow;

  beforeAll(async () => {
    let notes = EQMD_CSV_HEADER;
    for (let index = 0; index < 120; index++)
      notes += pythonRow([
        `p${index % 7}`,
        "PR",
        "F",
        "61",
        "Internado",
        `n${index}`,
        "2024-03-01T12:00:00Z",
        "Febre.",
      ]);
    writeFileSync(join(folder, "notes.csv"), notes);
    writeFileSync(broken, JSON.stringify({ version: 1, name: "Ward book" }));
    writePlatformCsv(join(folder, "exams.csv"), platformExams(1, 120));
    window = await openWindow({ passphrase: "a passphrase for tests", ...look });
    const engine = engineOf(window);
    await engine["settings.set"]({ language });
    for (const name of ["notes", "exams"]) {
      await engine["sources.add"]({ kind: "csv", name, config: { path: join(folder, `${name}.csv`) } });
      await syncAll(engine, name);
    }
  });
  afterAll(() => window.close());

  async function expectUsable(): Promise<void> {
    expect(await axeFindings(window.page)).toEqual([]);
    expect(await layoutFindings(window.page)).toEqual([]);
  }
  async function show(hash: string): Promise<void> {
    await goTo(window, hash);
    await window.page
      .locator(hash.startsWith("#/browse") ? "[role=row][aria-rowindex='2']" : "form")
      .first()
      .waitFor();
  }

  it.each(["notes", "exams"])(
    "the list of %s, and what its side panel shows, can be read and reached",
    async (kind) => {
      await show(`#/browse/${kind}`);
      await expectUsable();
      await window.page.locator("[role=row][aria-rowindex='3']:not([aria-busy])").first().click();
      await window.page.getByRole("complementary").getByRole("heading", { level: 2 }).waitFor();
      await expectUsable();
      await window.page.keyboard.press("Escape");
    },
  );

  it.each(["postgres", "mysql", "sqlite", "csv", "studies-api"])(
    "the form of %s can be read and reached",
    async (kind) => {
      await show(`#/sources/add-${kind}`);
      await expectUsable();
    },
  );

  it("the problems of a mapping, and the sources with what they hold, can be read and reached", async () => {
    const { page } = window;
    await show("#/sources/add-csv");
    const { mapping, ownMapping, mappingFile, mappingProblems } = LABELS[language].recordSources;
    await page.getByRole("combobox", { name: mapping }).click();
    await page.getByRole("option", { name: ownMapping }).click();
    await page.getByRole("textbox", { name: mappingFile }).fill(broken);
    await page.getByText(mappingProblems).waitFor();
    await expectUsable();
    await goTo(window, "#/sources");
    await page.locator("form").waitFor({ state: "detached" });
    await expectUsable();
  });
});

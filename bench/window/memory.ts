import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Recipe } from "../../src/contract/recipe.ts";
import type { EngineProcess } from "./engine-process.ts";
import { goTo, openBenchPage, rows } from "./page.ts";
import { openFirstSeries, turnOnce } from "./viewer.ts";

const REVIEWS_A_MINUTE = 5;
const FRAMES_A_MINUTE = 100;
const TURNS_ONE_WAY = 15;

function residentOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** Minutes of use: scrolling, frames of a series, reviews. Memory of the engine and of the page after each. */
export async function measureMemory(engine: EngineProcess, source: string, minutes: number): Promise<void> {
  console.log(`\nMemory over ${minutes} minutes of scrolling, frames and reviews (MB)`);
  const { value } = await engine.call("find.studies", { limit: 1, sources: [source] });
  const [study] = value.rows;
  if (study === undefined) throw new Error(`the source ${source} holds no study`);
  const { studyInstanceUid, patientId, issuer } = study;
  const { value: found } = await engine.call("find.study", { studyInstanceUid, patientId, issuer });
  const seriesInstanceUid = found.series[0]?.seriesInstanceUid ?? "";
  const { value: listed } = await engine.call("find.instances", {
    studyInstanceUid,
    patientId,
    issuer,
    seriesInstanceUid,
    limit: 1_000,
  });
  const recipe: Recipe = {
    kind: "imaging",
    version: 1,
    selection: { scope: "studies", studies: [studyInstanceUid] },
    policy: { kind: "pseudonymised", key: "bench", options: [] },
    images: true,
    previews: true,
    format: "zip",
    compress: 0,
    grouping: "one",
    destination: "/",
  };
  const { browser, page } = await openBenchPage(engine);
  try {
    await goTo(page, "#/browse/studies");
    for (let minute = 1; minute <= minutes; minute++) {
      const end = Date.now() + 60_000;
      for (let number = 0; number < REVIEWS_A_MINUTE; number++)
        await engine.call("exports.review", { recipe, index: (minute * 7 + number) % listed.total });
      await search(page, patientId);
      await openFirstSeries(page);
      // There and back, well within the series: at its end a turn shows nothing new.
      for (let frame = 0; frame < FRAMES_A_MINUTE && Date.now() < end; frame++)
        await turnOnce(page, Math.floor(frame / TURNS_ONE_WAY) % 2 === 0 ? 1 : -1);
      await page.keyboard.press("Escape");
      await search(page, "");
      await page.mouse.move(400, 400);
      while (Date.now() < end) {
        await page.mouse.wheel(0, 1_500);
        await page.waitForTimeout(50);
      }
      const heap = await page.evaluate(() => {
        (globalThis as unknown as { gc?: () => void }).gc?.();
        return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1e6;
      });
      const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
      const { heapUsed, external } = await engine.memory();
      console.log(
        `  after ${minute}: engine ${residentOf(engine.pid).toFixed(0)} resident, ${(heapUsed / 1e6).toFixed(0)} heap, ` +
          `${(external / 1e6).toFixed(0)} outside it; page ${heap.toFixed(0)} heap, ${nodes} elements`,
      );
    }
  } finally {
    await browser.close();
  }
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Search name, ID, description" }).fill(text);
  await page.getByRole("tab", { name: text === "" ? /^Studies \(\d+,/ : /^Studies \(\d\)$/ }).waitFor();
  await rows(page).first().waitFor();
}

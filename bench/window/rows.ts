import type { Page } from "playwright-core";
import type { EngineProcess } from "./engine-process.ts";
import { sayMs } from "./figures.ts";
import { goTo, openBenchPage, rows } from "./page.ts";

const FRAMES = 600;
/** Pixels a frame. A wheel that is turned fast, and a thumb that is pulled: twenty rows a frame, which nobody reads. */
const PACES = { "by the wheel": 100, "by the thumb": 640 };
const OFFSETS = [0, 1_000, 10_000, 50_000, 99_900];
const FILTERS = [
  {},
  { modalities: ["CT"] },
  { text: "sharma" },
  { text: "chest" },
  { from: "2019-01-01", to: "2019-12-31" },
  { description: "abdomen", modalities: ["MR", "CT"] },
];
const TIMES = 10;

/** 100,000 rows: frames while they scroll, windows of them, and counts after each change of the filter. */
export async function measureRows(engine: EngineProcess): Promise<void> {
  console.log("\n100,000 studies");
  const { browser, page } = await openBenchPage(engine);
  try {
    await goTo(page, "#/browse/studies");
    await rows(page).nth(3).waitFor();
    for (const [name, step] of Object.entries(PACES)) {
      const { times, waiting } = await scroll(page, step);
      sayMs(`a frame while scrolling ${name}, ${step} pixels each`, times);
      console.log(`  frames that showed a row still on its way: ${waiting} of ${FRAMES}`);
    }
  } finally {
    await browser.close();
  }
  await engine.turns();
  for (const offset of OFFSETS) {
    const times: number[] = [];
    for (let time = 0; time < TIMES; time++)
      times.push(
        (await engine.call("find.studies", { limit: 100, offset, sort: { column: "description", descending: false } }))
          .ms,
      );
    sayMs(`find.studies, 100 rows from ${offset}, by description`, times);
  }
  for (const filter of FILTERS) {
    const times: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      times.push((await engine.call("find.facets", filter)).ms);
    }
    sayMs(`find.facets ${JSON.stringify(filter)}`, times);
  }
  const turns = await engine.turns();
  console.log(`  engine: a turn held ${turns.held.toFixed(0)} ms at most, ${turns.above50} above 50`);
}

function scroll(page: Page, step: number): Promise<{ times: number[]; waiting: number }> {
  return page.evaluate(
    async ([frames, pixels]) => {
      const scroller = [...document.querySelectorAll("[role=grid], [role=grid] *")].find(
        (one) => one.scrollHeight > one.clientHeight * 10 && getComputedStyle(one).overflowY !== "visible",
      );
      if (scroller === undefined) throw new Error("nothing scrolls");
      const times: number[] = [];
      let waiting = 0;
      let before = await new Promise<number>(requestAnimationFrame);
      for (let frame = 0; frame < frames; frame++) {
        scroller.scrollTop += pixels;
        const now = await new Promise<number>(requestAnimationFrame);
        times.push(now - before);
        before = now;
        if (document.querySelector("[role=row][aria-busy]") !== null) waiting++;
      }
      return { times, waiting };
    },
    [FRAMES, step] as const,
  );
}

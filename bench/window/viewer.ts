import { mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { dcmj2pnmSide } from "../baselines/dcmj2pnm.ts";
import { listFiles } from "../corpus.ts";
import { measureCommand } from "../measure.ts";
import { ensureSource, startEngine, type EngineProcess } from "./engine-process.ts";
import { sayMs } from "./figures.ts";
import { makeManyStudies } from "./many-studies.ts";
import { goTo, openBenchPage, rows } from "./page.ts";

/** Turns the wheel by one frame, on or back, and waits until that is the one shown. @returns milliseconds */
export function turnOnce(page: Page, way: 1 | -1 = 1): Promise<number> {
  return page.evaluate(async (direction) => {
    const stage = document.querySelector("[role=dialog] [role=group][data-autofocus]");
    const image = (): string => stage?.querySelector("img")?.src ?? "";
    const before = image();
    const began = performance.now();
    stage?.dispatchEvent(new WheelEvent("wheel", { deltaY: 100 * direction, bubbles: true, cancelable: true }));
    while (image() === before || stage?.getAttribute("aria-busy") === "true") {
      if (performance.now() - began > 20_000) throw new Error("the frame did not come");
      await new Promise(requestAnimationFrame);
    }
    return performance.now() - began;
  }, way);
}

/** Frames of one series of CT slices, by the wheel and in play, beside one dcmj2pnm a file. */
export async function measureViewer(cache: string, kind: string, corpus: string, scratch: string): Promise<void> {
  console.log(`\nViewer: 512 x 512 CT, ${kind}`);
  const frames = listFiles(corpus).length;
  // Of its own: the slices of both kinds bear the same UIDs.
  const own = join(cache, `viewer-${basename(corpus)}`);
  mkdirSync(own, { recursive: true });
  const engine = await startEngine(await makeManyStudies(own, 0));
  try {
    await ensureSource(engine, "Slices", corpus);
    await turnThrough(engine, frames);
  } finally {
    await engine.end();
  }
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  const each: number[] = [];
  for (const command of dcmj2pnmSide(corpus, 1).commands(scratch))
    each.push(((await measureCommand(command)).seconds * 1000) / frames);
  sayMs("baseline: dcmj2pnm a frame", each);
  rmSync(scratch, { recursive: true, force: true });
}

/** Opens the viewer on the first series of the first study of the list. */
export async function openFirstSeries(page: Page): Promise<void> {
  await goTo(page, "#/browse/studies");
  await page.getByRole("grid", { name: "Studies" }).waitFor();
  await rows(page).first().locator("[role=gridcell]").nth(2).click();
  await page.getByRole("complementary").getByRole("button", { name: /View/ }).first().click();
  await page.locator("[role=dialog] [role=group] img").waitFor();
}

async function turnThrough(engine: EngineProcess, frames: number): Promise<void> {
  const { browser, page } = await openBenchPage(engine);
  try {
    await openFirstSeries(page);
    const wheel: number[] = [];
    for (let frame = 1; frame < Math.min(frames, 100); frame++) wheel.push(await turnOnce(page));
    sayMs("a frame by the wheel, until it is shown", wheel);
  } finally {
    await browser.close();
  }
}

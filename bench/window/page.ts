import { chromium, type Browser, type Page } from "playwright-core";
import type { EngineProcess } from "./engine-process.ts";

export interface BenchPage {
  browser: Browser;
  page: Page;
}

declare global {
  /** Milliseconds from each click or key to the paint after it. */
  var answers: number[];
}

/** The window in a browser that notes how soon each click and key is answered by a paint. */
export async function openBenchPage(engine: EngineProcess): Promise<BenchPage> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info", "--js-flags=--expose-gc"],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
  await page.addInitScript(() => {
    globalThis.answers = [];
    const note = (event: Event): void => {
      const { timeStamp } = event;
      // What is queued in a frame's callback runs after its paint.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          globalThis.answers.push(performance.now() - timeStamp);
          port1.close();
        };
        port2.postMessage(null);
      });
    };
    addEventListener("click", note, { capture: true });
    addEventListener("keydown", note, { capture: true });
  });
  await page.goto(await engine.newAddress());
  await rows(page).first().waitFor();
  return { browser, page };
}

/** Rows of a list that have come. */
export function rows(page: Page): ReturnType<Page["locator"]> {
  return page.locator("[role=row][data-index]:not([aria-busy])");
}

export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => {
    globalThis.location.hash = wanted;
  }, hash);
}

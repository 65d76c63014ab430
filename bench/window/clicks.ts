import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { ImagingRecipe } from "../../src/contract/recipe.ts";
import type { EngineProcess } from "./engine-process.ts";
import { sayMs } from "./figures.ts";
import { openBenchPage, rows } from "./page.ts";

interface Click {
  name: string;
  act(page: Page): Promise<void>;
  /** What the user sees once the answer is whole. */
  shown(page: Page): Promise<void>;
}

const screen = (name: string): Click => ({
  name: `screen ${name}`,
  act: (page) => page.getByRole("navigation").getByRole("link", { name, exact: true }).click(),
  shown: (page) => page.getByRole("heading", { name, exact: true }).first().waitFor(),
});

/** Ten kinds, in an order that can be gone round and round. */
const CLICKS: readonly Click[] = [
  {
    name: "tab Studies",
    act: (page) => page.getByRole("tab", { name: /^Studies/ }).click(),
    shown: (page) => rows(page).nth(3).waitFor(),
  },
  {
    name: "a study opened",
    act: (page) => rows(page).nth(3).locator("[role=gridcell]").nth(2).click(),
    shown: (page) => page.getByRole("complementary").getByRole("heading").first().waitFor(),
  },
  {
    name: "the next one by key",
    act: (page) => page.keyboard.press("ArrowDown"),
    shown: () => Promise.resolve(),
  },
  {
    name: "a study picked",
    act: (page) => rows(page).nth(5).locator("[data-pick]").click(),
    shown: (page) => page.locator("[role=row][aria-selected=true]").first().waitFor(),
  },
  {
    name: "picked no more",
    act: (page) => rows(page).nth(5).locator("[data-pick]").click(),
    shown: () => Promise.resolve(),
  },
  {
    name: "tab Patients",
    act: (page) => page.getByRole("tab", { name: /^Patients/ }).click(),
    shown: (page) => rows(page).nth(3).waitFor(),
  },
  screen("Sources"),
  screen("Exports"),
  screen("Packages"),
  screen("Browse"),
];

/** What runs beside the clicks, again and again until it is told to stop. */
export type Work = (stop: AbortSignal) => Promise<void>;

/** Clicks for so long while work is under way; tells how soon each was answered, and how the engine's main thread fared. */
export async function measureClicks(engine: EngineProcess, name: string, work: Work, seconds: number): Promise<void> {
  const { browser, page } = await openBenchPage(engine);
  const stop = new AbortController();
  const painted: number[] = [];
  const whole: number[] = [];
  const slowest = new Map<string, number>();
  try {
    await engine.turns();
    const working = work(stop.signal);
    working.catch(() => undefined);
    for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
      for (const click of CLICKS) {
        await page.evaluate(() => (globalThis.answers = []));
        const began = performance.now();
        await click.act(page);
        await click.shown(page);
        const ms = performance.now() - began;
        await page.waitForFunction(() => globalThis.answers.length > 0);
        const paint = (await page.evaluate(() => globalThis.answers))[0] ?? Number.NaN;
        painted.push(paint);
        whole.push(ms);
        if (paint > (slowest.get(click.name) ?? 0)) slowest.set(click.name, paint);
      }
    }
    stop.abort();
    const turns = await engine.turns();
    await working;
    console.log(`\nClicks while ${name} (limit 100)`);
    sayMs("click or key to the next paint", painted);
    sayMs("click until its answer is whole, with the driver's part", whole);
    const [worst] = [...slowest].toSorted(([, a], [, b]) => b - a);
    console.log(`  slowest kind: ${worst?.[0] ?? ""} ${worst?.[1].toFixed(0) ?? ""} ms`);
    console.log(
      `  engine: a turn held ${turns.held.toFixed(0)} ms at most, ${turns.above50} above 50; timer late ${turns.late.p99.toFixed(0)} ms (p99)`,
    );
  } finally {
    stop.abort();
    await browser.close();
  }
}

const recipeTo = (destination: string): ImagingRecipe => ({
  kind: "imaging",
  version: 1,
  selection: {
    scope: "matching",
    of: "studies",
    filter: { sources: ["Corpus"] },
    exceptPatients: [],
    exceptStudies: [],
  },
  policy: { kind: "pseudonymised", key: "bench", options: ["clean-descriptors", "modified-dates"] },
  images: true,
  previews: true,
  format: "zip",
  compress: 0,
  grouping: "one",
  destination,
});

/** What the engine does beside the clicks. @param folder for packages; emptied */
export function workOf(engine: EngineProcess, folder: string, corpus: string): Record<string, Work> {
  const empty = (): void => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  };
  const exportOnce = async (to: string): Promise<string> => {
    const { value } = await engine.call("exports.start", { recipe: recipeTo(to) });
    await engine.call("jobs.watch", { id: value.jobId });
    return value.jobId;
  };
  return {
    "nothing else happens": () => Promise.resolve(),
    "a job runs": async (stop) => {
      while (!stop.aborted) {
        empty();
        const { value } = await engine.call("exports.start", { recipe: recipeTo(folder) });
        const cancel = (): void => void engine.call("jobs.cancel", { id: value.jobId }).catch(() => undefined);
        stop.addEventListener("abort", cancel, { once: true });
        await engine.call("jobs.watch", { id: value.jobId });
        stop.removeEventListener("abort", cancel);
      }
    },
    "a sync runs": async (stop) => {
      for (let number = 0; !stop.aborted; number++) {
        const name = `Again ${number}`;
        await engine.call("sources.add", { kind: "folder", name, config: { path: corpus } });
        const cancel = (): void => void engine.call("sources.cancelSync", { name }).catch(() => undefined);
        stop.addEventListener("abort", cancel, { once: true });
        await engine.call("sources.sync", { name }).catch(() => undefined);
        stop.removeEventListener("abort", cancel);
        await engine.call("sources.remove", { name });
      }
    },
    "a copy and a verification run": async (stop) => {
      empty();
      await exportOnce(folder);
      const { value } = await engine.call("packages.list", { limit: 1 });
      const path = value.rows[0]?.path ?? "";
      const again = async (once: (number: number) => Promise<unknown>): Promise<void> => {
        for (let number = 0; !stop.aborted; number++) await once(number);
      };
      await Promise.all([
        again(() => engine.call("packages.verify", { path })),
        again(async (number) => {
          const destination = join(folder, `copy-${number}`);
          mkdirSync(destination);
          await engine.call("packages.copy", { path, destination });
          rmSync(destination, { recursive: true });
        }),
      ]);
    },
    "100,000 instances are planned": async (stop) => {
      while (!stop.aborted) await engine.call("exports.plan", { ...recipeTo(folder), selection: { scope: "all" } });
    },
  };
}

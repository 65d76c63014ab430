import { axeFindings } from "./axe.ts";
import { layoutFindings } from "./window-layout.ts";
import type { TestWindow } from "./window.ts";

const WHOLE = { width: 1280, height: 800 };
/** As a browser shows the window of 1280 x 800: at 125 % and 200 % it has as many CSS pixels less. */
const SIZES = {
  "1024 x 700": { width: 1024, height: 700 },
  "125 %": { width: 1024, height: 640 },
  "200 %": { width: 640, height: 400 },
};

/** Everything that is wrong with what a window shows now, in light and dark, at every size: a line each. */
export async function inspect({ page }: TestWindow): Promise<string[]> {
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

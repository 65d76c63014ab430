import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { projectRoot } from "./run-command.ts";

/** Takes numbered pictures of a journey, to be looked at: `test-results/screenshots/JOURNEY/1-what.png`. */
export function photographer(journey: string): (page: Page, what: string) => Promise<void> {
  const folder = join(projectRoot, "test-results", "screenshots", journey);
  mkdirSync(folder, { recursive: true });
  let count = 0;
  return async (page, what) => {
    count += 1;
    await page.screenshot({ path: join(folder, `${count}-${what}.png`), animations: "disabled" });
  };
}

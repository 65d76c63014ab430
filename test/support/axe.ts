import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What fades in has other colours on its way; what turns for ever is never done. */
const SETTLED = `(async () => {
  for (;;) {
    const moving = document.getAnimations().filter(({ effect, playState }) =>
      playState === "running" && Number.isFinite(effect?.getComputedTiming().endTime));
    if (moving.length === 0) return;
    await Promise.allSettled(moving.map(({ finished }) => finished));
  }
})()`;

/** What axe finds against WCAG 2.2 A and AA in a page as it is shown once nothing fades or slides any more, a line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(SETTLED);
  // By the protocol and not by a script element: the page's own policy lets no foreign script in.
  await page.evaluate(`if (globalThis.axe === undefined) { ${source} }`);
  const { violations } = (await page.evaluate(
    `axe.run(document, { runOnly: { type: "tag", values: ${JSON.stringify(TAGS)} }, resultTypes: ["violations"] })`,
  )) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary = "" }) =>
      [id, target.join(" "), html.slice(0, 160), failureSummary.replaceAll(/\s+/g, " ")].join(" | "),
    ),
  );
}

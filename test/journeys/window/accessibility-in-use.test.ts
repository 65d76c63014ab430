import { join } from "node:path";
import { expect, it } from "vitest";
import { axeFindings } from "../../support/axe.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { inspect } from "../../support/window-inspection.ts";
import { goTo } from "../../support/window-steps.ts";
import { openFurnishedWindow } from "./furnished-window.ts";

const root = temporaryDirectory("accessibility-in-use");
const furnished = openFurnishedWindow(root);

it("the keyboard goes through a page in reading order, sees where it is, and can skip to the content", async () => {
  const { window } = furnished();
  const { page } = window;
  await goTo(window, "#/packages");
  await page.reload();
  await page.getByRole("group", { name: "complete_export.zip", exact: true }).waitFor();
  await page.keyboard.press("Tab");
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement!;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      // A field is marked by its border.
      const border = (): string => {
        if (!element.matches("input")) return "";
        const before = getComputedStyle(element).borderTopColor;
        const running = element.getAnimations();
        for (const one of running) one.finish();
        return running.length === 0 ? before : getComputedStyle(element).borderTopColor;
      };
      const withFocus = border();
      (element as HTMLElement).blur();
      const isBordered = border() !== withFocus;
      (element as HTMLElement).focus();
      const { top, bottom, left, right } = element.getBoundingClientRect();
      return {
        words: element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "",
        isMarked: isBordered || (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none",
        isInSight: top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth,
        isLeft: element === document.body,
      };
    });
  expect((await focused()).words).toBe("Skip to the content");
  const seen: string[] = [];
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press("Tab");
    const { words, isMarked, isInSight, isLeft } = await focused();
    if (isLeft) break;
    seen.push(words);
    expect([words, isMarked, isInSight]).toEqual([words, true, true]);
  }
  const order = ["Browse", "Help", "Verify a package from elsewhere", "Verify", "Receipt"];
  expect(order.map((words) => seen.indexOf(words))).toEqual(
    order.map((words) => seen.indexOf(words)).toSorted((a, b) => a - b),
  );
  expect(order.filter((words) => !seen.includes(words))).toEqual([]);
});

it.each(["browse/studies", "exports/new", "packages", "audit"])(
  "in the colours that the system forces, %s keeps its controls to be told apart",
  async (hash) => {
    const { window } = furnished();
    const { page } = window;
    await page.emulateMedia({ forcedColors: "active" });
    try {
      await goTo(window, `#/${hash}`);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      const current = page.getByRole("navigation", { name: "Screens" }).locator("[aria-current=page]");
      const other = page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Help" });
      const look = (element: typeof current) =>
        element.evaluate((one) => {
          const { backgroundColor, color, borderInlineStartColor, fontWeight, outlineStyle } = getComputedStyle(one);
          return [backgroundColor, color, borderInlineStartColor, fontWeight, outlineStyle].join();
        });
      expect(await look(current)).not.toBe(await look(other));
    } finally {
      await page.emulateMedia({ forcedColors: null });
    }
  },
);

it("an export that runs can be used by everybody, tells how far it is at each ten per cent, and keeps still where that is asked for", async () => {
  const { window, engine, gate, recipe } = furnished();
  const { page } = window;
  await goTo(window, "#/exports");
  await page.getByRole("heading", { name: "Exports", level: 1 }).waitFor();
  gate.letThrough(3);
  const destination = join(root, "running");
  // Only what the server has, let through by hand.
  await engine["sources.remove"]({ name: "archive" });
  const { jobId } = await engine["exports.start"]({ recipe: { ...recipe, destination } });
  await page.getByText("running", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Cancel the job" }).waitFor();
  expect(await inspect(window)).toEqual([]);
  await goTo(window, `#/exports/${jobId}`);
  await page.getByRole("heading", { name: `Export ${jobId}` }).waitFor();
  expect(await inspect(window)).toEqual([]);
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((one) => one instanceof CSSAnimation && one.playState === "running")
      .map((one) => {
        const { target } = one.effect as KeyframeEffect;
        return [one.constructor.name, target?.className, "transitionProperty" in one && one.transitionProperty].join();
      }),
  );
  expect(moving).toEqual([]);
  await page.evaluate(() => {
    const region = document.querySelector("[role=status][aria-live=polite]");
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new MutationObserver(() => heard.push(region?.textContent ?? "")).observe(region!, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  for (let step = 0; step < 12; step += 1) {
    gate.open();
    gate.letThrough(0);
    await page.waitForTimeout(250);
  }
  gate.open();
  await page.getByText("finished and verified").waitFor();
  const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  const said = heard.filter((words) => /^Writing.*: \d+\s?%$/.test(words));
  expect(said.length).toBeGreaterThan(2);
  expect(said.length).toBeLessThanOrEqual(11);
  for (const words of said) expect(words).toMatch(/: (?:\d0|0|100)\s?%$/);
});

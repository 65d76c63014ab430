import type { Page } from "playwright-core";

/**
 * What cannot be reached or read in a page as it is shown now, a line each: a page that scrolls sideways, a control that cannot be brought
 * into sight or lies under something else, words of a control that are cut off.
 */
export async function layoutFindings(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page scrolls sideways: ${root.scrollWidth}`);
    const describe = (element: Element): string => {
      const words = element.getAttribute("aria-label") ?? (element as HTMLElement).innerText ?? "";
      return `${element.tagName.toLowerCase()} "${words.replaceAll(/\s+/g, " ").slice(0, 60)}"`;
    };
    for (const element of document.querySelectorAll("main *")) {
      const { overflowX } = getComputedStyle(element);
      if (overflowX !== "auto" && overflowX !== "scroll") continue;
      if (element.scrollWidth <= element.clientWidth + 1) continue;
      // A table of many columns, a picture, a document in lines may be wider than its place.
      if (element.closest("[role=table], [role=grid], [role=tablist], pre, table") !== null) continue;
      if (element.matches("[tabindex='0'][aria-label]")) continue;
      if (element.querySelector(":scope > [role=grid], :scope > [role=table], :scope > table") !== null) continue;
      found.push(`a part of the page scrolls sideways: ${describe(element)} ${element.className}`);
    }
    const modal = document.querySelector("[role=dialog]");
    const controls = (modal ?? document).querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [tabindex='0']",
    );
    for (const control of controls) {
      if (control.closest("[inert], [aria-hidden=true]") !== null) continue;
      const isChoice = control instanceof HTMLInputElement && ["radio", "checkbox"].includes(control.type);
      const shown = isChoice ? (control.labels?.[0] ?? control) : control;
      shown.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const box = shown.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      // What is only shown once it has the focus (the skip link).
      if (box.bottom < 0 || box.right < 0 || getComputedStyle(shown).visibility === "hidden") continue;
      const isLarge = box.width > innerWidth || box.height > innerHeight * 0.75;
      const isInside = box.left >= -1 && box.right <= innerWidth + 1 && box.top >= -1 && box.bottom <= innerHeight + 1;
      if (!isLarge && !isInside) {
        found.push(`not in sight: ${describe(shown)} ${Math.round(box.left)},${Math.round(box.top)}`);
        continue;
      }
      const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
      const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 2);
      const there = document.elementFromPoint(x, y);
      const isReached =
        there !== null &&
        (shown.contains(there) || there.contains(shown) || (there.closest("label")?.contains(shown) ?? false));
      // Where there is no room beside it, the side panel lies over the page until it is closed.
      const isUnderPanel = there?.closest("aside") !== null && shown.closest("aside") === null;
      const isDisabled = (control as HTMLButtonElement).disabled || control.ariaDisabled === "true";
      if (!isReached && !isUnderPanel && !isDisabled && !isLarge)
        found.push(`under something else: ${describe(shown)} is under ${there === null ? "nothing" : describe(there)}`);
      const isButton = shown.matches("button, a") && getComputedStyle(shown).display !== "inline";
      if (isButton && shown.scrollWidth > shown.clientWidth + 2) found.push(`cut off: ${describe(shown)}`);
    }
    return found;
  });
}

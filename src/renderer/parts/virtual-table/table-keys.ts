import type { KeyboardEvent } from "react";

/** What a key asks of a table of `total` rows of which `perPage` are on the screen. */
export type KeyAction =
  | { type: "move"; to: number; range: boolean }
  | { type: "toggle" | "open" | "pickAll" | "close" };

type Key = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** The keys of the ARIA grid pattern, for whole rows. @returns undefined where the key is not the table's */
export function readTableKey(key: Key, active: number, total: number, perPage: number): KeyAction | undefined {
  const control = key.ctrlKey || key.metaKey;
  if (key.altKey) return undefined;
  if (control && key.key.toLowerCase() === "a") return { type: "pickAll" };
  if (key.key === " ") return { type: "toggle" };
  if (key.key === "Enter") return { type: "open" };
  if (key.key === "Escape") return { type: "close" };
  const to = targetOf(key.key, active, total, Math.max(1, perPage - 1));
  if (to === undefined || total === 0) return undefined;
  return { type: "move", to: Math.min(total - 1, Math.max(0, to)), range: key.shiftKey };
}

function targetOf(key: string, active: number, total: number, page: number): number | undefined {
  switch (key) {
    case "ArrowDown":
      return active + 1;
    case "ArrowUp":
      return active - 1;
    case "PageDown":
      return active + page;
    case "PageUp":
      return active - page;
    case "Home":
      return 0;
    case "End":
      return total - 1;
    default:
      return undefined;
  }
}

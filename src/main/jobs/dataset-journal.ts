/** How the journal of a dataset is read: where each item should stand, and whether it does. */
import { closeSync, existsSync, fstatSync, openSync } from "node:fs";
import { join } from "node:path";
import type { JournalItem } from "../package/journal.ts";
import { folderItemChecker, zipItemChecker } from "../package/partial-package.ts";
import { entryEnd } from "../package/zip-format.ts";
import type { PartLayout } from "./dataset-context.ts";
import { isWholePart } from "./table-target.ts";

/** How the files of a package lie: one in a ZIP, a folder of them, or one alone. */
export type Container = "zip" | "folder" | "file";

/** What an earlier run left, told item by item while its journal is read. */
export interface Recollection {
  /** Where an item's bytes should begin; undefined where it cannot be one of this plan. */
  layoutOf(item: JournalItem): PartLayout | undefined;
  take(item: JournalItem): void;
}

/** Chunks follow one another from the end of their part's prefix; an entry closes what was begun where it begins. */
export function endOfItem(
  item: JournalItem,
  start: number,
  container: Container,
  recollection: Recollection,
): number | undefined {
  const layout = recollection.layoutOf(item);
  if (item.part !== undefined) {
    if (layout === undefined) return undefined;
    const begins = layout.sums.chunks === 0 ? layout.base + layout.prefix.length : start;
    return item.part.offset === begins ? begins + item.part.length : undefined;
  }
  if (container !== "zip") return 0;
  const [entry] = item.entries;
  if (entry === undefined) return start;
  // Of a part that was made in chunks the entry begins before them.
  return entry.offset === (layout?.base ?? start) ? entryEnd(entry) : undefined;
}

interface Checker {
  size: number;
  isWhole(item: JournalItem): boolean;
  close(): void;
}

/** What no mark covers is read again. */
export function openChecker(partial: string, container: Container, recollection: Recollection): Checker {
  if (container === "folder") {
    const files = folderItemChecker(partial);
    return {
      size: Infinity,
      isWhole(item) {
        const path = recollection.layoutOf(item)?.part.path;
        if (item.part === undefined) return files(item);
        if (path === undefined || !existsSync(join(partial, path))) return false;
        const fd = openSync(join(partial, path), "r");
        try {
          return isWholePart(fd, item);
        } finally {
          closeSync(fd);
        }
      },
      close: () => undefined,
    };
  }
  const fd = openSync(partial, "r");
  const entries = zipItemChecker(fd);
  return {
    size: fstatSync(fd).size,
    isWhole: (item) => (item.part === undefined ? container === "zip" && entries(item) : isWholePart(fd, item)),
    close: () => closeSync(fd),
  };
}

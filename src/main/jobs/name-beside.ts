import { existsSync } from "node:fs";
import { join } from "node:path";
import { journalPath, partialPath } from "../package/publish.ts";

/**
 * A name for a package beside others: as it is where it is free, else the first free of "NAME-2", "NAME-3" (before the ending).
 *
 * @param taken names that are not there yet and will be: those of jobs that wait.
 */
export function nameBeside(destination: string, name: string, taken: ReadonlySet<string>): string {
  const suffix = /\.(?:zip|csv|xlsx)$/i.exec(name)?.[0] ?? "";
  const stem = name.slice(0, name.length - suffix.length);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${stem}-${number}${suffix}`;
    const final = join(destination, candidate);
    if (!taken.has(candidate) && ![final, partialPath(final), journalPath(final)].some((path) => existsSync(path)))
      return candidate;
  }
}

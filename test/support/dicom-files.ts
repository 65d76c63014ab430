import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The instances of a demo hospital or a file-set, at every depth of a folder. */
export function instancesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /(?:^|\/)IM\d+$/.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}

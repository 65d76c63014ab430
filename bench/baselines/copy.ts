import { join } from "node:path";
import type { Side } from "../measure.ts";

/** `cp -r`: the least that anything can do which leaves the files somewhere else. */
export function copySide(corpus: string): Side {
  return {
    name: "cp -r",
    commands: (output) => [{ command: "cp", args: ["-r", corpus, join(output, "copy")] }],
  };
}

/** The same, and on the disk when it ends, as a package is. */
export function copyAndSyncSide(corpus: string): Side {
  return {
    name: "cp -r; sync",
    commands: (output) => [
      { command: "cp", args: ["-r", corpus, join(output, "copy")] },
      { command: "sync", args: ["--file-system", output] },
    ],
  };
}

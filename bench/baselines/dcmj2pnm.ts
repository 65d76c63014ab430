import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { runChecked } from "../../test/support/run-command.ts";
import { listFiles } from "../corpus.ts";
import type { Side } from "../measure.ts";

/** dcmcjpeg's name for a JPEG process: baseline (8 bits, lossy) or lossless, first-order prediction. */
export const JPEG_PROCESSES = { baseline: "+eb", lossless: "+e1" } as const;

/** The slices again, compressed by DCMTK. */
export async function ensureJpegCorpus(slices: string, process: keyof typeof JPEG_PROCESSES): Promise<string> {
  const folder = `${slices}-jpeg-${process}`;
  if (existsSync(folder)) return folder;
  const building = `${folder}.partial`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building);
  for (const file of listFiles(slices)) {
    await runChecked("dcmcjpeg", [JPEG_PROCESSES[process], "+un", file, join(building, basename(file))]);
  }
  renameSync(building, folder);
  return folder;
}

/**
 * `dcmj2pnm +on` of every file through its first window.
 *
 * @param atOnce 1 is the tool as it is; 2 gives it the cores that Satchel's workers have
 */
export function dcmj2pnmSide(corpus: string, atOnce: 1 | 2): Side {
  const expected = listFiles(corpus).length;
  // One process a file is all that the tool offers; the shell's own loop adds nothing to it.
  const render = String.raw`render() {
    find "$1" -type f | awk -v n="$3" -v k="$4" 'NR % n == k' |
      while read -r file; do dcmj2pnm +on +Wi 1 "$file" "$2/${"$"}{file##*/}.png" || exit 1; done
  }`;
  const script =
    atOnce === 1
      ? `${render}; render "$1" "$2" 1 0`
      : `${render}; render "$1" "$2" 2 0 & first=$!; render "$1" "$2" 2 1 && wait $first`;
  return {
    name: atOnce === 1 ? "dcmj2pnm +on" : "dcmj2pnm +on, two at once",
    commands: (output) => [{ command: "sh", args: ["-c", script, "sh", corpus, output] }],
    check: (output) => {
      const made = readdirSync(output).filter((name) => name.endsWith(".png")).length;
      if (made !== expected) throw new Error(`dcmj2pnm made ${made} of ${expected} pictures.`);
    },
  };
}

/** Lists the files of a folder package and says what is wrong with its tree. */
import { readdirSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { SatchelError } from "../../contract/errors.ts";
import { EntryTable } from "./entry-table.ts";
import { type Findings, printable } from "./findings.ts";
import { isSafePath } from "./safe-name.ts";

/** Deeper than any package of ours. */
const MAX_DEPTH = 16;

/**
 * Links and devices are named and never followed.
 *
 * @throws SatchelError CANCELLED, READ_FAILED
 */
export async function listFolder(folder: string, findings: Findings, signal?: AbortSignal): Promise<EntryTable> {
  const table = new EntryTable(false);
  const waiting: { relative: string; depth: number }[] = [{ relative: "", depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    await setImmediate();
    if (signal?.aborted) throw new SatchelError("CANCELLED", "The verification was cancelled.");
    const { relative, depth } = next;
    const children = read(() => readdirSync(join(folder, relative), { withFileTypes: true }));
    if (children.length === 0) findings.add("ADDED", relative, "an empty folder, which no package of ours holds");
    for (const child of children.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = relative === "" ? child.name : `${relative}/${child.name}`;
      if (!isSafePath(name)) findings.add("UNSAFE_NAME", name, "the name cannot be made on every system");
      if (child.isDirectory()) {
        if (depth < MAX_DEPTH) waiting.push({ relative: name, depth: depth + 1 });
        else findings.add("ADDED", name, "a folder deeper than any package of ours");
      } else if (child.isFile()) {
        const { size } = read(() => lstatSync(join(folder, name)));
        const twin = table.add({ name, offset: 0, method: 0, crc32: undefined, size, compressedSize: size });
        if (twin !== undefined) {
          findings.add("DOUBLED", name, `some systems take it for the same name as ${printable(twin)}`);
        }
      } else {
        findings.add("ADDED", name, "neither a file nor a folder; it was not followed");
      }
    }
  }
  return table;
}

/** What is taken away meanwhile is no defect of Satchel. */
function read<T>(look: () => T): T {
  try {
    return look();
  } catch (cause) {
    throw new SatchelError("READ_FAILED", "A folder of the package could not be read.", "Check its access rights.", {
      cause,
    });
  }
}

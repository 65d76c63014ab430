/** Compares the manifest with the entries, and takes each entry's SHA-256 from it. */
import { setImmediate } from "node:timers/promises";
import { SatchelError } from "../../contract/errors.ts";
import type { EntryTable } from "./entry-table.ts";
import type { Findings } from "./findings.ts";
import { OWN_NAMES, type OwnNames } from "./receipt-text.ts";
import { linesOf, type ReadAt } from "./read-lines.ts";
import { isSafePath } from "./safe-name.ts";

export interface ManifestDifference {
  /** Listed and not there. At most as many as findings are kept. */
  missing: { name: string; sha256: string }[];
  missingLeftOut: number;
  /** There and not listed, by index. */
  added: number[];
}

const LINE = /^([0-9a-f]{64}) {2}(.+)$/;
const LONGEST_LINE = 64 * 1024;
const KEPT = 1_000;
const TURN = 2_000;

/** @throws SatchelError CANCELLED */
export async function checkManifest(
  read: ReadAt,
  table: EntryTable,
  findings: Findings,
  signal?: AbortSignal,
  names: OwnNames = OWN_NAMES,
): Promise<ManifestDifference> {
  const difference: ManifestDifference = { missing: [], missingLeftOut: 0, added: [] };
  let number = 0;
  try {
    for (const line of linesOf(read, LONGEST_LINE)) {
      number++;
      takeLine(line.terminated ? line.bytes : undefined, number, table, findings, difference, names.manifest);
      if (number % TURN === 0) {
        await setImmediate();
        if (signal?.aborted) throw new SatchelError("CANCELLED", "The verification was cancelled.");
      }
    }
  } catch (error) {
    if (!(error instanceof SatchelError) || error.code !== "TOO_LARGE") throw error;
    findings.add("MANIFEST", names.manifest, `line ${number + 1} is longer than any line of a manifest`);
  }
  for (let index = 0; index < table.length; index++) {
    if (!table.isListed(index) && table.nameAt(index) !== names.manifest) difference.added.push(index);
  }
  return difference;
}

function takeLine(
  bytes: Buffer | undefined,
  number: number,
  table: EntryTable,
  findings: Findings,
  difference: ManifestDifference,
  own: string,
): void {
  const parts = bytes === undefined ? null : LINE.exec(bytes.toString("utf8"));
  const name = parts?.[2] ?? "";
  const sha256 = parts?.[1] ?? "";
  if (parts === null || !isSafePath(name)) {
    findings.add("MANIFEST", own, `line ${number} is not a digest and a path`);
    return;
  }
  const index = table.find(name);
  if (index === undefined) {
    if (difference.missing.length < KEPT) difference.missing.push({ name, sha256 });
    else difference.missingLeftOut++;
  } else if (table.isListed(index) || name === own) {
    findings.add("MANIFEST", own, `line ${number} lists what another line lists already, or the manifest itself`);
  } else {
    table.setSha256(index, sha256);
  }
}

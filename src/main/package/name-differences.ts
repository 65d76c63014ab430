import type { ManifestDifference } from "./check-manifest.ts";
import type { EntryTable } from "./entry-table.ts";
import { printable, type Findings } from "./findings.ts";

/** Names what the manifest lists and is not there, what is there and not listed, and which of both are one file renamed. */
export function nameDifferences(
  difference: ManifestDifference,
  table: EntryTable,
  digests: Map<number, string>,
  findings: Findings,
): void {
  const byDigest = new Map<string, string>();
  for (const [index, digest] of digests) byDigest.set(digest, table.nameAt(index));
  const renamed = new Set<string>();
  for (const { name, sha256 } of difference.missing) {
    const now = byDigest.get(sha256);
    if (now === undefined || renamed.has(now))
      findings.add("MISSING", name, "the manifest lists it and it is not there");
    else {
      renamed.add(now);
      findings.add("RENAMED", name, `its content is there under another name: ${printable(now)}`);
    }
  }
  if (difference.missingLeftOut > 0) {
    findings.add("MISSING", "", `${difference.missingLeftOut} more entries of the manifest are not there`);
  }
  for (const index of difference.added) {
    const name = table.nameAt(index);
    if (!renamed.has(name)) findings.add("ADDED", name, "it is there and the manifest does not list it");
  }
}

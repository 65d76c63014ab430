import type { EntryRecord } from "../../package/entry.ts";
import type { ReceiptResourceSource } from "../../../contract/dataset-receipt.ts";

/** A file of resources, with how many lines it has. */
export interface BulkFile {
  path: string;
  type: string;
  count: number;
}

/**
 * The manifest of the FHIR Bulk Data Access specification (2.0.0, "Response - Complete Status"), with file names in place of URLs, so that
 * what reads the answer of a server reads the package as well. `request` is empty: the recipe is told in the receipt.
 *
 * @param deleted files of Bundles that name what was deleted, with how many lines they have
 * @param sources `transactionTime` is when the one that was read the longest ago was read: nothing newer is sure to be in the package
 */
export function bulkManifest(
  files: readonly BulkFile[],
  sources: readonly ReceiptResourceSource[],
  startedAt: string,
  deleted: readonly { path: string; count: number }[] = [],
): string {
  const times = sources.flatMap(({ syncedAt }) => (syncedAt === null ? [] : [syncedAt])).sort();
  const manifest = {
    transactionTime: times[0] ?? startedAt,
    request: "",
    requiresAccessToken: false,
    output: files.filter(({ count }) => count > 0).map(({ path, type, count }) => ({ type, url: path, count })),
    deleted: deleted.map(({ path, count }) => ({ type: "Bundle", url: path, count })),
    error: [],
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** In packages that hold one. */
export const BULK_MANIFEST: { readonly name: string; readonly role: EntryRecord["role"] } = {
  name: "manifest.json",
  role: "bulk-manifest",
};

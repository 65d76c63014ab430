/** In packages that name what was deleted since an earlier one. */
export const DELETED_FILE = "deleted.ndjson";

/** Deletions that one Bundle names: a line stays short enough to be read whole. */
const A_BUNDLE = 500;

/**
 * Lines of NDJSON, each a Bundle of type transaction whose entries delete (FHIR Bulk Data Access 2.0.0, "deleted" of the manifest).
 *
 * @param references "Observation/4f2...", as they left in the earlier package
 */
export function* deletedBundles(references: Iterable<string>): Generator<string> {
  let some: string[] = [];
  for (const reference of references) {
    some.push(reference);
    if (some.length < A_BUNDLE) continue;
    yield bundleOf(some);
    some = [];
  }
  if (some.length > 0) yield bundleOf(some);
}

/** Lines that so many deletions make. */
export function countBundles(deletions: number): number {
  return Math.ceil(deletions / A_BUNDLE);
}

function bundleOf(references: readonly string[]): string {
  const entry = references.map((url) => ({ request: { method: "DELETE", url } }));
  return `${JSON.stringify({ resourceType: "Bundle", type: "transaction", entry })}\n`;
}

import { folderOf, type FoundFile } from "./find-files.ts";
import type { ManifestFile } from "./manifest.ts";
import { readItems } from "./read-items.ts";

/** A file of resources, with what a manifest says of it. */
interface ResourceFile {
  file: FoundFile;
  /** "" and undefined where no manifest names it. */
  type: string;
  count: number | undefined;
  /** When its export was made; "" where no manifest says. */
  time: string;
}

/** What manifests make of the files of a folder. */
export interface DescribedFiles {
  /** To be read in this order: what no manifest names, then the oldest export first. */
  files: ResourceFile[];
  /** OperationOutcomes of the server. */
  errors: FoundFile[];
  /** "Type/id" of what was deleted -> when that was known. */
  deletions: Map<string, string>;
  /** Files that a manifest names and that are not there. */
  missing: string[];
  /** A manifest goes on in another. */
  continues: boolean;
}

/** A manifest of tens of thousands of files has some megabytes. */
const LARGEST_MANIFEST = 64 * 1024 * 1024;

/** Finds the manifests among the files and reads what they say was deleted. @throws READ_FAILED, CANCELLED */
export async function describedFiles(found: readonly FoundFile[], signal: AbortSignal): Promise<DescribedFiles> {
  const described: DescribedFiles = { files: [], errors: [], deletions: new Map(), missing: [], continues: false };
  const named = new Map<FoundFile, Omit<ResourceFile, "file"> & { role: "output" | "deleted" | "error" }>();
  const manifests = new Set<FoundFile>();
  for (const file of found) {
    if (file.form !== "document" || file.size > LARGEST_MANIFEST) continue;
    const manifest = await manifestIn(file, signal);
    if (manifest === undefined) continue;
    manifests.add(file);
    described.continues ||= manifest.continues;
    for (const [role, files] of [
      ["output", manifest.output],
      ["deleted", manifest.deleted],
      ["error", manifest.errors],
    ] as const)
      for (const one of files) {
        const there = findNamed(found, folderOf(file.ref), one);
        if (there === undefined) described.missing.push(one.names[0] ?? "(a file without a name)");
        else named.set(there, { role, type: one.type, count: one.count, time: manifest.transactionTime });
      }
  }
  for (const file of found) {
    if (manifests.has(file)) continue;
    const { role, ...said } = named.get(file) ?? { role: "output" as const, type: "", count: undefined, time: "" };
    if (role === "error") described.errors.push(file);
    else if (role === "deleted" || (await holdsDeletions(file, signal)))
      await readDeletions(file, said.time, described, signal);
    else described.files.push({ file, ...said });
  }
  described.files.sort((one, other) => (one.time === other.time ? 0 : one.time < other.time ? -1 : 1));
  return described;
}

async function manifestIn(file: FoundFile, signal: AbortSignal) {
  if (!/manifest|export|status|bulk/i.test(file.ref) && file.size > 1024 * 1024) return undefined;
  for await (const item of readItems(file, signal)) return item.kind === "manifest" ? item.manifest : undefined;
  return undefined;
}

/** In the manifest's own folder or below it. */
function findNamed(found: readonly FoundFile[], folder: string, { names }: ManifestFile): FoundFile | undefined {
  const near = found.filter(({ ref }) => folder === "" || ref.startsWith(`${folder}/`));
  const nameOf = ({ ref }: FoundFile): string => ref.slice(ref.lastIndexOf("/") + 1);
  for (const name of names) {
    const same = near.find((file) => [name, `${name}.gz`].includes(nameOf(file)));
    if (same !== undefined) return same;
  }
  return undefined;
}

/** Nothing but deletions stands where the first thing is one: files of `deleted` that came without their manifest. */
async function holdsDeletions(file: FoundFile, signal: AbortSignal): Promise<boolean> {
  for await (const item of readItems(file, signal)) return item.kind === "deleted";
  return false;
}

async function readDeletions(
  file: FoundFile,
  time: string,
  described: DescribedFiles,
  signal: AbortSignal,
): Promise<void> {
  for await (const item of readItems(file, signal)) {
    if (item.kind !== "deleted") continue;
    const key = `${item.type}/${item.id}`;
    const known = described.deletions.get(key);
    if (known === undefined || known < time) described.deletions.set(key, time);
  }
}

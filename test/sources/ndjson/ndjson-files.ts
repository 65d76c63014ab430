import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Catalog } from "../../../src/main/catalog/database.ts";
import { planResources, readResources } from "../../../src/main/catalog/resources.ts";
import { resourcesTarget, type ResourcesOutcome } from "../../../src/main/catalog/resources-sync.ts";
import { ndjsonConfig } from "../../../src/main/sources/ndjson/ndjson-config.ts";
import { ndjsonSource } from "../../../src/main/sources/ndjson/ndjson-source.ts";
import type { SyncReport } from "../../../src/main/sources/source.ts";
import { makeTemporaryDirectory } from "../../support/temporary-directory.ts";

/** A folder with these files, gone when the test is. Text, bytes, or lists of resources as NDJSON. */
export function folderOf(files: Record<string, string | Buffer | readonly object[]>): string {
  const folder = makeTemporaryDirectory("ndjson");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Record<string, string | Buffer | readonly object[]>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const bytes = Array.isArray(content)
      ? content.map((one) => `${JSON.stringify(one)}\n`).join("")
      : (content as string | Buffer);
    writeFileSync(join(folder, name), bytes);
  }
}

/** One sync of the files into the catalog, as the application runs it. */
export async function syncFiles(
  catalog: Catalog,
  source: number,
  path: string,
  signal = new AbortController().signal,
): Promise<SyncReport & { outcome: ResourcesOutcome }> {
  const target = resourcesTarget(catalog, source);
  let complete = false;
  try {
    const report = await ndjsonSource.sync(ndjsonConfig.parse({ path }), undefined, target, () => undefined, signal);
    complete = report.complete;
    return { ...report, outcome: target.finish(complete) };
  } catch (thrown) {
    target.finish(false);
    throw thrown;
  }
}

/** "Type/id" of all that the catalog holds, sorted. */
export function heldIn(catalog: Catalog): string[] {
  return [...planResources(catalog, {})]
    .flatMap(({ resources }) => resources.map(({ type, id }) => `${type}/${id}`))
    .sort();
}

/** The JSON of a resource as the catalog holds it. */
export function jsonOf(catalog: Catalog, reference: string): string | undefined {
  const rows = [...planResources(catalog, {})]
    .flatMap(({ resources }) => resources)
    .filter(({ type, id }) => `${type}/${id}` === reference)
    .map(({ row }) => row);
  return readResources(catalog, rows)[0]?.json.toString();
}

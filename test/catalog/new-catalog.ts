import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openCatalog, type Catalog } from "../../src/main/catalog/database.ts";
import { addSource } from "../../src/main/catalog/sources.ts";
import { syncTarget } from "../../src/main/catalog/sync.ts";
import type { IndexedInstance } from "../../src/main/sources/source.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

/** An empty catalog in a folder of its own, both gone when the test is. */
export function newCatalog(): Catalog {
  const folder = makeTemporaryDirectory("catalog");
  const catalog = openCatalog(join(folder, "catalog.sqlite"), randomBytes(32));
  onTestFinished(() => {
    catalog.close();
    rmSync(folder, { recursive: true });
  });
  return catalog;
}

/** A source that holds what is given, synced completely. @returns its id */
export function addSynced(catalog: Catalog, name: string, instances: Iterable<IndexedInstance>): number {
  const { id } = addSource(catalog, { kind: "folder", name, config: { path: "there" } });
  syncAll(catalog, id, instances);
  return id;
}

/** One complete sync that meets exactly these. @returns what it removed */
export function syncAll(catalog: Catalog, sourceId: number, instances: Iterable<IndexedInstance>): number {
  const target = syncTarget(catalog, sourceId);
  for (const instance of instances) target.put(instance);
  return target.finish(true).removed;
}

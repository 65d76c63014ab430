import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { analysesOfStudy } from "../../src/main/catalog/analyses.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { listProblems } from "../../src/main/catalog/problems.ts";
import { iterateSelection } from "../../src/main/catalog/selection.ts";
import { addSource } from "../../src/main/catalog/sources.ts";
import { syncTarget } from "../../src/main/catalog/sync.ts";
import { imagesKind } from "../../src/main/sources/image-kinds.ts";
import { newCatalog } from "../catalog/new-catalog.ts";
import { startOrthanc } from "../support/orthanc.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { dicomFile } from "./dicom-file.ts";

const folder = temporaryDirectory("sync-into-catalog");
const { signal } = new AbortController();

async function sync(catalog: Catalog, id: number, kind: string, config: unknown, secret?: string) {
  const target = syncTarget(catalog, id);
  const report = await imagesKind(kind).sync(config, secret, target, () => undefined, signal);
  return { ...report, removed: report.removed + target.finish(report.complete).removed };
}

const refs = (catalog: Catalog) => [...iterateSelection(catalog, { scope: "all" })].map(({ locator }) => locator.ref);

it("A folder and the catalog agree after each sync", async () => {
  const catalog = newCatalog();
  const root = join(folder, "root");
  mkdirSync(root);
  for (const name of ["a", "b", "c"])
    writeFileSync(join(root, name), dicomFile({ instance: `1.2.3.${name.charCodeAt(0)}` }));
  writeFileSync(join(root, "1.2.826.0.1.3680043.10.1.analysis.json"), "{}");
  writeFileSync(join(root, "1.2.9.analysis.json"), "{");
  const config = { path: root };
  const { id } = addSource(catalog, { kind: "folder", name: "folder", config });

  expect(await sync(catalog, id, "folder", config)).toMatchObject({ added: 3, problems: 1, removed: 0 });
  expect(analysesOfStudy(catalog, "1.2.826.0.1.3680043.10.1")).toHaveLength(1);
  expect(listProblems(catalog, id)).toHaveLength(1);

  appendFileSync(join(root, "a"), "\0\0");
  rmSync(join(root, "b"));
  expect(await sync(catalog, id, "folder", config)).toMatchObject({ added: 0, changed: 1, unchanged: 1, removed: 1 });
  expect(refs(catalog).sort()).toEqual(["a", "c"]);
  // Neither the unchanged result nor its problem was read again; both are still there.
  expect(analysesOfStudy(catalog, "1.2.826.0.1.3680043.10.1")).toHaveLength(1);
  expect(listProblems(catalog, id)).toHaveLength(1);

  writeFileSync(join(root, "a"), dicomFile().subarray(0, 500));
  await sync(catalog, id, "folder", config);
  expect(refs(catalog)).toEqual(["c"]);
  expect(listProblems(catalog, id).map((problem) => problem.ref)).toContain("a");
});

it("An Orthanc server and the catalog agree after each sync", async () => {
  const catalog = newCatalog();
  const server = await startOrthanc();
  try {
    const config = { url: server.url, auth: { kind: "basic", user: server.user } };
    const { id } = addSource(catalog, { kind: "orthanc", name: "orthanc", config, secret: server.password });
    const ids: string[] = [];
    for (let image = 0; image < 5; image++)
      ids.push((await server.upload(dicomFile({ instance: `1.2.3.${image}` }))).id ?? "");
    const [study] = JSON.parse((await server.request("GET", "/studies")).text) as string[];
    await server.request("PUT", `/studies/${study}/metadata/AIAnalysis`, '{"a":1}');

    expect(await sync(catalog, id, "orthanc", config, server.password)).toMatchObject({ added: 5, removed: 0 });
    await server.request("DELETE", `/instances/${ids[2]}`);
    await server.upload(dicomFile({ instance: "1.2.3.9" }));
    expect(await sync(catalog, id, "orthanc", config, server.password)).toMatchObject({ added: 1, removed: 1 });
    expect(refs(catalog)).toHaveLength(5);
    expect(refs(catalog)).not.toContain(ids[2]);
    expect(analysesOfStudy(catalog, "1.2.826.0.1.3680043.10.1")).toMatchObject([{ document: { a: 1 } }]);
  } finally {
    await server.stop();
  }
});

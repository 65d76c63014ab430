import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { ImagingRecipe } from "../../../src/contract/recipe.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { startGate, type GatedOrthanc } from "../../calls/gated-orthanc.ts";
import { syncAll } from "../../jobs/workshop.ts";
import { instancesIn } from "../../support/dicom-files.ts";
import { startOrthanc } from "../../support/orthanc.ts";
import { engineOf, exportAll } from "../../support/window-engine.ts";
import { inspect } from "../../support/window-inspection.ts";
import { goTo } from "../../support/window-steps.ts";
import { openWindow, type TestWindow } from "../../support/window.ts";

/** A window in which every screen has something to show. */
export interface FurnishedWindow {
  window: TestWindow;
  engine: Client<Calls>;
  /** The way to the server behind the source `pacs`. The sources `archive`, a folder, and `away`, which does not answer, stand beside it. */
  gate: GatedOrthanc;
  /** Of the export that has been made: its package stands in `out` below the root, as `complete_export.zip`. */
  recipe: ImagingRecipe;
}

/** @param endings takes what is to be closed, the last first, also where this fails */
async function furnish(root: string, endings: (() => Promise<void>)[]): Promise<FurnishedWindow> {
  const { folder } = await makeDemoHospital(join(root, "hospital"), { size: "small" });
  const orthanc = await startOrthanc({ credentials: null });
  endings.push(() => orthanc.stop());
  for (const file of instancesIn(folder).slice(0, 90)) await orthanc.upload(readFileSync(file));
  const gate = await startGate(orthanc);
  endings.push(() => gate.close());
  const window = await openWindow({ passphrase: "a passphrase for tests" });
  endings.push(() => {
    gate.open();
    return window.close();
  });
  const engine = engineOf(window);
  await engine["sources.add"]({ kind: "orthanc", name: "pacs", config: { url: gate.url } });
  await syncAll(engine, "pacs");
  await engine["keys.new"]({ name: "lung" });
  const recipe: ImagingRecipe = {
    kind: "imaging",
    version: 1,
    selection: { scope: "all" },
    policy: { kind: "pseudonymised", key: "lung", options: ["modified-dates"] },
    images: true,
    previews: false,
    format: "zip",
    compress: 0,
    grouping: "one",
    destination: join(root, "out"),
  };
  await exportAll(engine, recipe);
  await engine["recipes.save"]({ name: "Lung study", recipe });
  await engine["sources.add"]({ kind: "folder", name: "archive", config: { path: folder } });
  await syncAll(engine, "archive");
  await engine["sources.add"]({ kind: "orthanc", name: "away", config: { url: "http://127.0.0.1:9" } });
  await syncAll(engine, "away").catch(() => undefined);
  return { window, engine, gate, recipe };
}

/** A furnished window that is open while the tests of the enclosing `describe` (or file) run; to be asked for inside them. */
export function openFurnishedWindow(root: string): () => FurnishedWindow {
  const endings: (() => Promise<void>)[] = [];
  let furnished: FurnishedWindow | undefined;
  beforeAll(async () => {
    furnished = await furnish(root, endings);
  });
  afterAll(async () => {
    for (const end of endings.toReversed()) await end();
  });
  return () => furnished!;
}

/** What a person does to come to a view. */
export type Way = (window: TestWindow) => Promise<unknown>;
/** Its name, the address in the page, and the way from there. */
export type View = [name: string, hash: string, way?: Way];

export const button = ({ page }: TestWindow, name: string | RegExp): Locator =>
  page.getByRole("button", { name }).first();

export const grid = ({ page }: TestWindow, name: string): Locator => page.getByRole("grid", { name });

/** Goes to a view and finds nothing in it that anybody could not use. */
export async function expectUsable(window: TestWindow, hash: string, way?: Way): Promise<void> {
  await goTo(window, `#/${hash}`);
  await window.page.reload();
  await window.page.getByRole("heading", { level: 1 }).first().waitFor();
  await way?.(window);
  expect(await inspect(window)).toEqual([]);
}

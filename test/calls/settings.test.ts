import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { ChangeTopic } from "../../src/contract/calls/workspace.ts";
import type { ImagingRecipe } from "../../src/contract/recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import type { App } from "../../src/main/app.ts";
import { createWorkshop, type Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const RECIPE: ImagingRecipe = {
  kind: "imaging",
  version: 1,
  selection: { scope: "patients", patients: [{ id: "P1" }] },
  policy: { kind: "identified" },
  images: true,
  previews: false,
  format: "zip",
  compress: 0,
  grouping: "each",
  destination: "/media/stick",
};

/** The topics of the next change. */
async function nextChange(client: Client<Calls>, act: () => Promise<unknown>): Promise<ChangeTopic[]> {
  const stop = new AbortController();
  const changes = client["changes.watch"]({}, stop.signal)[Symbol.asyncIterator]();
  const next = changes.next();
  // An answer that came after the stream was asked for shows that the stream is open.
  await client["settings.get"]({});
  await act();
  const { value } = (await next) as { value: { topics: ChangeTopic[] } };
  stop.abort();
  await changes.return?.().catch(() => undefined);
  return value.topics;
}

describe("settings and recipes", () => {
  const root = temporaryDirectory("calls-settings");
  let workshop: Workshop;
  let app: App;
  let client: Client<Calls>;

  beforeAll(async () => {
    workshop = await createWorkshop(root);
    ({ app, client } = await workshop.open());
  });
  afterAll(() => app.close());

  /** What an older or newer Satchel, or a damaged disk, may have left. */
  async function leave(...statements: string[]): Promise<void> {
    await app.close();
    const workspace = await openWorkspace(workshop.folder, () => ({ kind: "key-file", path: workshop.keyFile }));
    for (const statement of statements) workspace.catalog.run(statement);
    workspace.close();
    ({ app, client } = await workshop.open());
  }

  test("settings are the defaults at first; what is set stays, also after a restart, and pages are told", async () => {
    expect(await client["settings.get"]({})).toMatchObject({ language: "system", jobsAtOnce: 1, views: {} });
    expect(await nextChange(client, () => client["settings.set"]({ theme: "dark" }))).toEqual(["settings"]);
    await client["settings.set"]({ language: "pt", views: { browse: { widths: [1, 2] } } });
    await client["settings.set"]({ views: { jobs: true } });
    await leave();
    expect(await client["settings.get"]({})).toMatchObject({
      theme: "dark",
      language: "pt",
      views: { browse: { widths: [1, 2] }, jobs: true },
    });
  });

  test("a setting that cannot be read falls back alone", async () => {
    await leave(
      `INSERT OR REPLACE INTO setting VALUES ('theme', '"pink"')`,
      `INSERT OR REPLACE INTO setting VALUES ('workers', 'not JSON')`,
      `INSERT OR REPLACE INTO setting VALUES ('from a newer Satchel', '1')`,
      `INSERT OR REPLACE INTO setting VALUES ('language', '"hi"')`,
    );
    expect(await client["settings.get"]({})).toMatchObject({ theme: "system", workers: 0, language: "hi" });
  });

  test("settings refuse what they do not know and what would not end", async () => {
    await expect(client["settings.set"]({ colour: "red" } as never)).rejects.toMatchObject({ code: "USAGE" });
    await expect(client["settings.set"]({ workers: 17 })).rejects.toMatchObject({ code: "USAGE" });
    const views = { browse: "x".repeat(300_000) };
    await expect(client["settings.set"]({ views })).rejects.toMatchObject({ code: "TOO_LARGE" });
  });

  test("a recipe is kept under a name, is not overwritten by accident, and can be removed", async () => {
    expect(await nextChange(client, () => client["recipes.save"]({ name: " Lung ", recipe: RECIPE }))).toEqual([
      "recipes",
    ]);
    await expect(client["recipes.save"]({ name: "LUNG", recipe: RECIPE })).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
    });
    await client["recipes.save"]({ name: "LUNG", recipe: { ...RECIPE, format: "folder" }, replace: true });
    const saved = await client["recipes.list"]({});
    expect(saved).toMatchObject([{ name: "LUNG", recipe: { format: "folder", destination: "/media/stick" } }]);
    expect(Date.parse(saved[0]?.savedAt ?? "")).not.toBeNaN();
    await client["recipes.remove"]({ name: "lung" });
    expect(await client["recipes.list"]({})).toEqual([]);
    await expect(client["recipes.remove"]({ name: "lung" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    for (const name of ["", "  ", "two\nlines", "x".repeat(101)])
      await expect(client["recipes.save"]({ name, recipe: RECIPE })).rejects.toMatchObject({ code: "USAGE" });
  });

  test("a recipe that this Satchel does not understand hides itself alone", async () => {
    await client["recipes.save"]({ name: "good", recipe: RECIPE });
    await leave(
      "INSERT INTO recipe (name, recipe, saved_at) VALUES ('bad', '{', '')",
      `INSERT INTO recipe (name, recipe, saved_at) VALUES ('newer', '{"kind":"notes"}', '')`,
    );
    expect((await client["recipes.list"]({})).map(({ name }) => name)).toEqual(["good"]);
  });
});

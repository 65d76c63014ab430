import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { toErrorRecord } from "../../../src/contract/errors.ts";
import type { ImagingRecipe } from "../../../src/contract/recipe.ts";
import { makeDemoHospital } from "../../../src/main/demo/make-demo-hospital.ts";
import { openApp } from "../../calls/open-app.ts";
import { resultOf, syncAll } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "OK",
    (thrown: unknown) => toErrorRecord(thrown).code,
  );

describe("two windows of one application, used at the same time", () => {
  const root = temporaryDirectory("two-windows");

  test("lose none of what both set, make no name twice, and end with one package", async () => {
    const { client: one, connect } = await openApp(root);
    const other = connect();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : other)["settings.set"]({ views: { [`screen-${index}`]: { width: index } } }),
      ),
    );
    expect(Object.keys((await one["settings.get"]({})).views)).toHaveLength(40);

    const keys = await Promise.all([one, other].map((window) => codeOf(window["keys.new"]({ name: "lung" }))));
    expect(keys.toSorted()).toEqual(["ALREADY_EXISTS", "OK"]);

    await makeDemoHospital(join(root, "hospital"), { size: "small" });
    const source = { kind: "folder", name: "disk", config: { path: join(root, "hospital") } };
    const added = await Promise.all([one, other].map((window) => codeOf(window["sources.add"](source))));
    expect(added.toSorted()).toEqual(["ALREADY_EXISTS", "OK"]);
    await Promise.all([syncAll(one, "disk"), syncAll(other, "disk")]);
    const [synced] = await one["sources.list"]({});
    expect(synced).toMatchObject({ state: expect.stringMatching(/ok|attention/) as string });

    const destination = join(root, "out");
    const recipe: ImagingRecipe = {
      kind: "imaging",
      version: 1,
      selection: { scope: "all" },
      policy: { kind: "pseudonymised", key: "lung", options: [] },
      images: true,
      previews: false,
      format: "zip",
      compress: 0,
      grouping: "one",
      destination,
    };
    const saved = await Promise.all(
      [one, other].map((window) => codeOf(window["recipes.save"]({ name: "r", recipe }))),
    );
    expect(saved.toSorted()).toEqual(["ALREADY_EXISTS", "OK"]);

    const started = await Promise.allSettled([one, other].map((window) => window["exports.start"]({ recipe })));
    const ids = started.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.jobId] : []));
    const results = await Promise.all(ids.map((id) => resultOf(other, id)));
    expect(results.filter(({ state }) => state === "complete")).toHaveLength(1);
    for (const result of results) if (result.state !== "complete") expect(result.error?.code).toBe("ALREADY_EXISTS");
    expect(readdirSync(destination)).toEqual(["complete_export.zip"]);
    expect((await one["packages.list"]({})).total).toBe(1);
  });

  test("a source that one removes while the other exports from it costs no package its truth", async () => {
    const { client: one, connect } = await openApp(root);
    const other = connect();
    const destination = join(root, "removed");
    const { recipe } = (await one["recipes.list"]({}))[0]!;
    const { jobId } = await one["exports.start"]({ recipe: { ...recipe, destination } });
    const removed = await codeOf(other["sources.remove"]({ name: "disk" }));
    const synced = await codeOf(syncAll(other, "disk"));
    const result = await resultOf(one, jobId);
    expect(["OK", "USAGE", "IN_USE"]).toContain(removed);
    expect(synced).not.toBe("INTERNAL");
    if (result.state !== "complete") {
      expect(result.state).not.toBe("running");
      expect(existsSync(join(destination, "complete_export.zip"))).toBe(result.packages.length === 1);
    } else {
      const [made] = result.packages;
      for await (const event of one["packages.verify"]({ path: made?.path ?? "" }))
        if (event.type === "result") expect(event).toMatchObject({ ok: true, result: "complete" });
    }
  });
});

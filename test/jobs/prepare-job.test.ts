import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { imagingRecipe, type ImagingRecipe } from "../../src/contract/recipe.ts";
import { iterateJobItems } from "../../src/main/catalog/job-items.ts";
import { openPolicy } from "../../src/main/jobs/job-policy.ts";
import { prepareJob, summarisePlan } from "../../src/main/jobs/prepare-job.ts";
import { anInstance } from "../catalog/describe-instance.ts";
import { addSynced, newCatalog } from "../catalog/new-catalog.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

const MANY = 6_000;

function manyInstances(): ReturnType<typeof newCatalog> {
  const catalog = newCatalog();
  const instances = Array.from({ length: MANY }, (_, number) =>
    anInstance(String(number), { patientId: `P${number % 500}` }),
  );
  addSynced(catalog, "folder", instances);
  return catalog;
}

function everything(): ImagingRecipe {
  const destination = join(makeTemporaryDirectory("plan"), "out");
  mkdirSync(destination);
  return imagingRecipe.parse({
    kind: "imaging",
    version: 1,
    selection: { scope: "all" },
    policy: { kind: "identified" },
    images: true,
    previews: true,
    format: "zip",
    compress: 0,
    grouping: "one",
    destination,
  });
}

const identified = openPolicy({ kind: "identified" }, () => {
  throw new Error("no key is asked for");
});

/** How often others had their turn while something was made. */
async function turnsDuring<T>(making: Promise<T>): Promise<{ turns: number; made: T }> {
  let turns = 0;
  const counting = setInterval(() => turns++, 0);
  try {
    return { made: await making, turns };
  } finally {
    clearInterval(counting);
  }
}

test("others have their turn while a long plan is looked at, and while it is made", async () => {
  const catalog = manyInstances();
  const recipe = everything();
  const looked = await turnsDuring(summarisePlan(catalog, recipe, identified, AbortSignal.any([])));
  expect(looked.turns).toBeGreaterThan(2);
  expect(looked.made.packages).toMatchObject([{ instances: MANY }]);
  const about = { startedAt: "2026-01-01T00:00:00.000Z", exportedBy: "tester" };
  const { made, turns } = await turnsDuring(prepareJob(catalog, recipe, identified, about));
  expect(turns).toBeGreaterThan(2);
  expect([...iterateJobItems(catalog, made.id)]).toHaveLength(MANY);
});

test("a plan that nobody waits for any more is not gone on with", async () => {
  const catalog = manyInstances();
  const page = new AbortController();
  const plan = summarisePlan(catalog, everything(), identified, page.signal);
  page.abort();
  await expect(plan).rejects.toMatchObject({ code: "CANCELLED" });
});

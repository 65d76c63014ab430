import { expect, test } from "vitest";
import { addJobItems, iterateJobItems } from "../../src/main/catalog/job-items.ts";
import { createJob, getJob, listJobs, removeJob, updateJob } from "../../src/main/catalog/jobs.ts";
import { newCatalog } from "./new-catalog.ts";

const code = (value: string) => expect.objectContaining({ code: value });

test("a job keeps its recipe and what changes of it, and leaves the rest", () => {
  const catalog = newCatalog();
  const { id } = createJob(catalog, { recipe: { kind: "imaging" }, destination: "/out" });
  expect(getJob(catalog, id)).toMatchObject({ state: "planned", startedAt: null, plan: null, result: null });
  updateJob(catalog, id, { state: "running", plan: { packages: [1] } });
  updateJob(catalog, id, { state: "complete", result: { files: 3 } });
  expect(getJob(catalog, id)).toMatchObject({
    recipe: { kind: "imaging" },
    destination: "/out",
    state: "complete",
    plan: { packages: [1] },
    result: { files: 3 },
  });
});

test("jobs are listed newest first, and a number is never used twice", () => {
  const catalog = newCatalog();
  const ids = [1, 2, 3].map(() => createJob(catalog, { recipe: {}, destination: "/out" }).id);
  expect(listJobs(catalog).map(({ id }) => id)).toEqual(ids.toReversed());
  removeJob(catalog, ids[2] ?? 0);
  expect(createJob(catalog, { recipe: {}, destination: "/out" }).id).toBeGreaterThan(ids[2] ?? 0);
});

test("a job that is not there is told as such", () => {
  const catalog = newCatalog();
  expect(() => getJob(catalog, 404)).toThrow(code("NOT_FOUND"));
  expect(() => updateJob(catalog, 404, { state: "failed" })).toThrow(code("NOT_FOUND"));
});

test("a plan of 25,000 items comes back in its order, from any place, and goes with its job", () => {
  const catalog = newCatalog();
  const { id } = createJob(catalog, { recipe: {}, destination: "/out" });
  const other = createJob(catalog, { recipe: {}, destination: "/out" });
  addJobItems(catalog, other.id, [{ name: "other" }]);
  const plan = function* () {
    for (let at = 0; at < 25_000; at += 1) yield { name: `${at}.dcm` };
  };
  expect(addJobItems(catalog, id, plan())).toBe(25_000);
  let at = 0;
  for (const { index, item } of iterateJobItems(catalog, id)) {
    if (index !== at || (item as { name: string }).name !== `${at}.dcm`) break;
    at += 1;
  }
  expect(at).toBe(25_000);
  expect([...iterateJobItems(catalog, id, 24_999)].map(({ item }) => item)).toEqual([{ name: "24999.dcm" }]);
  removeJob(catalog, id);
  expect([...iterateJobItems(catalog, id)]).toEqual([]);
  expect([...iterateJobItems(catalog, other.id)]).toHaveLength(1);
});

test("a plan whose making fails keeps none of the last two thousand items", () => {
  const catalog = newCatalog();
  const { id } = createJob(catalog, { recipe: {}, destination: "/out" });
  const plan = function* () {
    yield { name: "1.dcm" };
    throw new Error("the selection went");
  };
  expect(() => addJobItems(catalog, id, plan())).toThrow("the selection went");
  expect([...iterateJobItems(catalog, id)]).toEqual([]);
});

import { expect, it } from "vitest";
import { createDistinctIds } from "../../src/main/sources/distinct-ids.ts";

it("Different ids are counted once, however many and however often they come", () => {
  const ids = createDistinctIds();
  for (let round = 0; round < 3; round++)
    for (let id = 0; id < 20_000; id++) expect(ids.add(`observation-${id}`)).toBe(round === 0);
  expect(ids.size).toBe(20_000);
});

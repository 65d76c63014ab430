import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { csvMapping } from "../../src/main/sources/csv/csv-mapping.ts";
import { mapping } from "../../src/main/sources/sql/mapping.ts";
import { projectRoot } from "../support/run-command.ts";

const examples = [
  ...readFileSync(join(projectRoot, "docs", "mappings.md"), "utf8").matchAll(/^```json\n(.*?)^```$/gms),
].map(([, json = ""]): unknown => JSON.parse(json));

describe("the examples of mappings in the documentation", () => {
  it("are accepted as they stand", () => {
    expect(examples).toHaveLength(2);
    expect(mapping.safeParse(examples[0]).error).toBeUndefined();
    expect(csvMapping.safeParse(examples[1]).error).toBeUndefined();
  });
});

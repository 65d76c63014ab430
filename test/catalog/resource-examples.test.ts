import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planResources, readResources } from "../../src/main/catalog/resources.ts";
import { newCatalog } from "./new-catalog.ts";
import { addResourcesSource, syncResources } from "./new-resources.ts";

test("all examples of FHIR R4 are held and read back byte by byte, each under its own type and id", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const folder = join(import.meta.dirname, "../../node_modules/hl7.fhir.r4.examples");
  const given = new Map<string, Buffer>();
  const outcome = syncResources(catalog, source, (target) => {
    for (const name of readdirSync(folder)) {
      const json = readFileSync(join(folder, name));
      const { resourceType = "", id = "" } = name.endsWith(".json")
        ? (JSON.parse(json.toString()) as Record<string, string>)
        : {};
      if (resourceType === "" || resourceType === "OperationOutcome") continue;
      target.put({ json });
      given.set(`${resourceType}/${id}`, json);
    }
  });
  expect(outcome).toMatchObject({ added: given.size, invalid: 0 });
  expect(given.size).toBeGreaterThan(5_200);
  let seen = 0;
  for (const { resources } of planResources(catalog, {}))
    for (const { type, id, json } of readResources(
      catalog,
      resources.map(({ row }) => row),
    )) {
      expect(given.get(`${type}/${id}`)?.equals(json), `${type}/${id}`).toBe(true);
      seen += 1;
    }
  expect(seen).toBe(given.size);
});

import { expect, test } from "vitest";
import { newCatalog } from "./new-catalog.ts";
import { addResourcesSource, anObservation, aPatient, putAll, syncResources } from "./new-resources.ts";
import { planResources, readResources } from "../../src/main/catalog/resources.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import type { ResourcesFilter } from "../../src/contract/fhir.ts";
import { recordsGeneration } from "../../src/main/catalog/records-generation.ts";

const planned = (catalog: Catalog, filter: ResourcesFilter = {}) =>
  [...planResources(catalog, filter)].flatMap(({ patient, resources }) =>
    resources.map((resource) => ({ ...resource, patient: patient?.id ?? "" })),
  );
const idsOf = (catalog: Catalog, filter: ResourcesFilter = {}) =>
  planned(catalog, filter)
    .map(({ type, id }) => `${type}/${id}`)
    .sort();
const jsonOf = (catalog: Catalog, id: string) => {
  const rows = planned(catalog).filter((one) => one.id === id);
  return readResources(
    catalog,
    rows.map(({ row }) => row),
  ).map(({ json }) => json.toString());
};

test("what a source gives comes back byte by byte, whatever stands in it", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const json =
    '{ "resourceType" : "Observation",\n "id":"o", "valueDecimal": 1.50, "note":"\\u0000 \\ud83d\\ude00 ñ 😀 \u202e" }';
  syncResources(catalog, source, (target) => {
    expect(target.put({ json: Buffer.from(json), extra: { study: "10001" } })).toBe("added");
  });
  expect(jsonOf(catalog, "o")).toEqual([json]);
  expect(
    readResources(
      catalog,
      planned(catalog).map(({ row }) => row),
    )[0],
  ).toMatchObject({ extra: { study: "10001" }, patient: undefined });
});

test("a second sync counts what is new, what changed and what is as it was, and removes what it did not meet", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  expect(
    putAll(catalog, source, [
      aPatient("p"),
      anObservation("same", "p"),
      anObservation("other", "p"),
      anObservation("gone", "p"),
    ]),
  ).toMatchObject({ added: 4, changed: 0, unchanged: 0, removed: 0 });
  const before = recordsGeneration(catalog);
  expect(
    putAll(catalog, source, [
      aPatient("p"),
      anObservation("same", "p"),
      anObservation("other", "p", { status: "amended" }),
      anObservation("new", "p"),
    ]),
  ).toMatchObject({ added: 1, changed: 1, unchanged: 2, removed: 1 });
  expect(recordsGeneration(catalog)).toBeGreaterThan(before);
  expect(idsOf(catalog)).toEqual(["Observation/new", "Observation/other", "Observation/same", "Patient/p"]);
});

test("a sync that meets everything as it was leaves the catalog as it is, its generation included", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const all = [aPatient("p"), anObservation("o", "p"), anObservation("of nobody", "")];
  putAll(catalog, source, all.slice(0, 2));
  const before = recordsGeneration(catalog);
  expect(putAll(catalog, source, all.slice(0, 2))).toMatchObject({ added: 0, changed: 0, unchanged: 2, removed: 0 });
  expect(recordsGeneration(catalog)).toBe(before);
});

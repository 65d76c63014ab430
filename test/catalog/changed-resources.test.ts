import { expect, test } from "vitest";
import type { ResourcesFilter } from "../../src/contract/fhir.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { deletedSinceExport } from "../../src/main/catalog/deleted-resources.ts";
import { noteExportedPatients } from "../../src/main/catalog/exported-patients.ts";
import { recordsGeneration } from "../../src/main/catalog/records-generation.ts";
import { planResources } from "../../src/main/catalog/resources.ts";
import { newCatalog } from "./new-catalog.ts";
import { addResourcesSource, anObservation, aPatient, putAll, syncResources } from "./new-resources.ts";

const selected = (catalog: Catalog, filter: ResourcesFilter): string[] =>
  [...planResources(catalog, filter)]
    .flatMap(({ resources }) => resources.map(({ type, id }) => `${type}/${id}`))
    .sort();
const organization = (name: string) => ({ resourceType: "Organization", id: "h", name });

const everything = [aPatient("p"), aPatient("q"), anObservation("a", "p"), anObservation("b", "q"), organization("H")];

test("what was added or changed since is selected, and nothing that a sync found as it was", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, everything);
  const since = recordsGeneration(catalog);
  expect(selected(catalog, { changedSince: since })).toEqual([]);
  putAll(catalog, source, everything);
  expect(selected(catalog, { changedSince: since })).toEqual([]);
  putAll(catalog, source, [
    ...everything.slice(0, 3),
    anObservation("b", "q", { status: "amended" }),
    organization("House"),
    anObservation("new", "p"),
  ]);
  expect(selected(catalog, { changedSince: since })).toEqual(["Observation/b", "Observation/new", "Organization/h"]);
  expect(selected(catalog, { changedSince: since, patients: ["p"] })).toEqual(["Observation/new"]);
  expect(selected(catalog, {})).toHaveLength(6);
});

test("whoever's consent or studies changed is selected whole: data that was withheld before may leave now", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, everything);
  const since = recordsGeneration(catalog);
  const consent = {
    patient: "q",
    scope: "*",
    decision: "permit" as const,
    decidedAt: "2024-01-01T00:00:00Z",
    origin: "study 1",
  };
  const tell = () =>
    syncResources(
      catalog,
      source,
      (target) => {
        target.putConsents([consent]);
        target.putStudyGroups([{ id: "1", name: "Sugar", organization: "", scopes: [], patients: ["q"] }]);
      },
      false,
    );
  tell();
  expect(selected(catalog, { changedSince: since })).toEqual(["Observation/b", "Patient/q"]);
  expect(selected(catalog, { changedSince: since, studies: ["1"] })).toEqual(["Observation/b", "Patient/q"]);
  const then = recordsGeneration(catalog);
  tell();
  expect(selected(catalog, { changedSince: then })).toEqual([]);
});

test("whoever's identifiers changed is selected whole, since data may leave under another name", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, everything);
  const since = recordsGeneration(catalog);
  const other = { ...aPatient("p"), identifier: [{ system: "urn:other", value: "77" }] };
  putAll(catalog, source, [other, ...everything.slice(1)]);
  expect(selected(catalog, { changedSince: since })).toEqual(["Observation/a", "Patient/p"]);
});

test("of what was deleted since, what an earlier package of the recipe may hold is told", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const neverLeft = { resourceType: "Condition", id: "c", subject: { reference: "Patient/p" } };
  putAll(catalog, source, [...everything, neverLeft]);
  noteExportedPatients(catalog, "recipe", [{ source, patientId: "p", type: "Observation" }], "2024-01-01T00:00:00Z");
  const since = recordsGeneration(catalog);
  putAll(catalog, source, everything.slice(0, 2));
  const gone = (filter: ResourcesFilter, recipe = "recipe"): string[] =>
    [...deletedSinceExport(catalog, recipe, filter)].map(({ type, id }) => `${type}/${id}`);
  expect(gone({ changedSince: since })).toEqual(["Observation/a", "Organization/h"]);
  expect(gone({ changedSince: since, types: ["Observation"] })).toEqual(["Observation/a"]);
  expect(gone({ changedSince: since, patients: ["q"] })).toEqual([]);
  expect(gone({ changedSince: since, patients: ["p"] })).toEqual(["Observation/a"]);
  expect(gone({ changedSince: since, sources: ["nowhere"] })).toEqual([]);
  expect(gone({ changedSince: since, sources: ["SERVER"] })).toHaveLength(2);
  expect(gone({ changedSince: since }, "another")).toEqual(["Organization/h"]);
  expect(gone({ changedSince: recordsGeneration(catalog) })).toEqual([]);
  expect(gone({})).toEqual([]);
});

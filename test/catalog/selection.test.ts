import { assert, property, shuffledSubarray } from "fast-check";
import { describe, expect, test } from "vitest";
import type { ImagingSelection } from "../../src/contract/recipe.ts";
import type { SearchFilter } from "../../src/contract/search.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { findPatients, findStudies } from "../../src/main/catalog/find.ts";
import { iterateSelection, selectionTotals, selectStudies } from "../../src/main/catalog/selection.ts";
import { addSource } from "../../src/main/catalog/sources.ts";
import { anInstance } from "./describe-instance.ts";
import { addSynced, newCatalog, syncAll } from "./new-catalog.ts";

const refs = (catalog: Catalog, selection: ImagingSelection) =>
  [...iterateSelection(catalog, selection)].map(({ locator }) => locator.ref);
type Excepted = Pick<Extract<ImagingSelection, { scope: "matching" }>, "exceptPatients" | "exceptStudies">;
const code = (value: string) => expect.objectContaining({ code: value });

const INSTANCES = [
  anInstance("1", { patientId: "A", studyInstanceUid: "2.25.13", studyDate: "20200101" }),
  anInstance("2", {
    patientId: "A",
    studyInstanceUid: "2.25.12",
    studyDate: "20210101",
    seriesNumber: 2,
    seriesInstanceUid: "2.25.21",
  }),
  anInstance("3", {
    patientId: "A",
    studyInstanceUid: "2.25.12",
    studyDate: "20210101",
    seriesNumber: 10,
    seriesInstanceUid: "2.25.20",
    instanceNumber: 2,
  }),
  anInstance("4", {
    patientId: "A",
    studyInstanceUid: "2.25.12",
    studyDate: "20210101",
    seriesNumber: 10,
    seriesInstanceUid: "2.25.20",
    instanceNumber: 10,
  }),
  anInstance("5", {
    patientId: "A",
    studyInstanceUid: "2.25.12",
    studyDate: "20210101",
    seriesNumber: 10,
    seriesInstanceUid: "2.25.20",
    instanceNumber: 10,
    sopInstanceUid: "2.25.5",
  }),
  anInstance("6", {
    patientId: "A",
    studyInstanceUid: "2.25.12",
    studyDate: "20210101",
    seriesNumber: 10,
    seriesInstanceUid: "2.25.20",
    instanceNumber: null,
  }),
  anInstance("7", {
    patientId: "A",
    studyInstanceUid: "2.25.12",
    studyDate: "20210101",
    seriesNumber: null,
    seriesInstanceUid: "2.25.19",
  }),
  anInstance("8", { patientId: "A", studyInstanceUid: "2.25.11", studyDate: "" }),
  anInstance("9", { patientId: "B", issuerOfPatientId: "North", studyInstanceUid: "2.25.30" }),
  anInstance("10", { patientId: "B", issuerOfPatientId: "South", studyInstanceUid: "2.25.31" }),
];
const IN_ORDER = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

test("instances come by patient, study date, series and instance number, numbers as numbers, what has none last", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", INSTANCES);
  expect(refs(catalog, { scope: "all" })).toEqual(IN_ORDER);
});

test("the order does not depend on the order in which a source told of them", () => {
  assert(
    property(shuffledSubarray(INSTANCES, { minLength: INSTANCES.length }), (shuffled) => {
      const catalog = newCatalog();
      addSynced(catalog, "folder", shuffled);
      expect(refs(catalog, { scope: "all" })).toEqual(IN_ORDER);
    }),
    { numRuns: 8 },
  );
});

test("a selection holds the patients or studies asked for, once each, in its own order", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", INSTANCES);
  const south = { id: "B", issuer: "South" };
  expect(refs(catalog, { scope: "patients", patients: [south, { id: "A" }, south] })).toEqual([
    ...IN_ORDER.slice(0, 8),
    "10",
  ]);
  expect(refs(catalog, { scope: "studies", studies: ["2.25.30", "2.25.13", "2.25.30"] })).toEqual(["1", "9"]);
  expect(selectionTotals(catalog, selectStudies(catalog, { scope: "all" }))).toEqual({
    patients: 3,
    studies: 5,
    series: 7,
    instances: 10,
    bytes: 10_000,
  });
});

describe("all that match a filter", () => {
  const matching = (of: "patients" | "studies", filter: SearchFilter, except: Partial<Excepted> = {}) =>
    ({ scope: "matching", of, filter, exceptPatients: [], exceptStudies: [], ...except }) satisfies ImagingSelection;

  test("is the same, in the same order, as the list of what the filter finds", () => {
    const catalog = newCatalog();
    addSynced(catalog, "folder", INSTANCES);
    const filters: SearchFilter[] = [{}, { from: "2021-01-01" }, { patientId: "B" }, { text: "2.25.11" }];
    for (const filter of filters) {
      const studies = findStudies(catalog, filter).rows.map(({ studyInstanceUid }) => studyInstanceUid);
      expect(refs(catalog, matching("studies", filter))).toEqual(refs(catalog, { scope: "studies", studies }));
      const patients = findPatients(catalog, filter).rows.map(({ patientId, issuer }) => ({ id: patientId, issuer }));
      expect(refs(catalog, matching("patients", filter))).toEqual(refs(catalog, { scope: "patients", patients }));
    }
    expect(refs(catalog, matching("studies", { to: "2020-12-31" }))).toEqual(["1"]);
    expect(refs(catalog, matching("patients", { to: "2020-12-31" }))).toEqual(IN_ORDER.slice(0, 8));
  });

  test("leaves out what was taken out by hand, and all that bear an id that is not precise", () => {
    const catalog = newCatalog();
    addSynced(catalog, "folder", INSTANCES);
    const left = (except: Partial<Excepted>) => refs(catalog, matching("studies", {}, except));
    expect(left({ exceptStudies: ["2.25.12", "2.25.404"] })).toEqual(["1", "8", "9", "10"]);
    expect(left({ exceptPatients: [{ id: "B", issuer: "North" }, { id: "gone" }] })).toEqual([
      ...IN_ORDER.slice(0, 8),
      "10",
    ]);
    expect(left({ exceptPatients: [{ id: "B" }] })).toEqual(IN_ORDER.slice(0, 8));
    expect(refs(catalog, matching("patients", { to: "2020-12-31" }, { exceptStudies: ["2.25.12"] }))).toEqual([
      "1",
      "8",
    ]);
  });

  test("is an error where nothing does, and where a source it names is gone", () => {
    const catalog = newCatalog();
    addSynced(catalog, "folder", INSTANCES);
    const select = (filter: SearchFilter, except?: Partial<Excepted>) => () =>
      selectStudies(catalog, matching("patients", filter, except));
    expect(select({ text: "Nobody-77" })).toThrow(code("NOT_FOUND"));
    expect(select({ text: "Nobody-77" })).not.toThrow(/Nobody/);
    expect(select({}, { exceptPatients: [{ id: "A" }, { id: "B" }] })).toThrow(code("NOT_FOUND"));
    expect(select({ sources: ["folder", "renamed"] })).toThrow(code("NOT_FOUND"));
  });
});

test("a Patient ID of two issuers is not guessed at", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", INSTANCES);
  expect(() => selectStudies(catalog, { scope: "patients", patients: [{ id: "B" }] })).toThrow(code("USAGE"));
});

test("a study that stands under two patients is not merged when asked for by its UID", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", [anInstance("a", { patientId: "A" }), anInstance("b", { patientId: "B" })]);
  expect(() => selectStudies(catalog, { scope: "studies", studies: ["2.25.1"] })).toThrow(code("USAGE"));
  expect(refs(catalog, { scope: "patients", patients: [{ id: "B" }] })).toEqual(["b"]);
});

test("what is not in the catalog is an error that does not repeat the id", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", INSTANCES);
  const ask = () => selectStudies(catalog, { scope: "patients", patients: [{ id: "A" }, { id: "Secret-77" }] });
  expect(ask).toThrow(code("NOT_FOUND"));
  expect(ask).not.toThrow(/Secret/);
  expect(() => selectStudies(catalog, { scope: "studies", studies: ["2.25.404"] })).toThrow(code("NOT_FOUND"));
});

test("the catalog can be written to between two instances of a walk", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", INSTANCES);
  let count = 0;
  for (const instance of iterateSelection(catalog, { scope: "all" })) {
    addSource(catalog, { kind: "folder", name: `during ${instance.id}`, config: {} });
    count += 1;
  }
  expect(count).toBe(INSTANCES.length);
});

test("a walk over many patients meets each study once, in the order of a selection, whoever has no id", () => {
  const catalog = newCatalog();
  const ids = ["", ...Array.from({ length: 1_100 }, (_, number) => `P${(number * 7) % 1_100}`)];
  const instances = ids.map((patientId, number) =>
    anInstance(String(number), { patientId, studyInstanceUid: `1.2.${number}`, seriesInstanceUid: `1.2.${number}.1` }),
  );
  addSynced(catalog, "folder", instances);
  const met = [...iterateSelection(catalog, { scope: "all" })].map(({ study }) => study);
  expect(met).toEqual(selectStudies(catalog, { scope: "all" }));
  expect(met).toHaveLength(ids.length);
});

test("a study that comes to have the row of one that goes during a walk is not taken for it", () => {
  const catalog = newCatalog();
  const of = (name: string) =>
    anInstance(name, {
      patientId: name,
      studyInstanceUid: `1.2.${name.charCodeAt(0)}`,
      seriesInstanceUid: `1.3.${name.charCodeAt(0)}`,
    });
  const source = addSynced(catalog, "folder", [of("A"), of("B")]);
  const walk = iterateSelection(catalog, { scope: "studies", studies: ["1.2.65", "1.2.66"] });
  expect(walk.next().value).toMatchObject({ description: { patientId: "A" } });
  const [, row] = selectStudies(catalog, { scope: "all" });
  syncAll(catalog, source, [of("A")]);
  syncAll(catalog, source, [of("A"), of("C")]);
  expect(selectStudies(catalog, { scope: "studies", studies: ["1.2.67"] })).toEqual([row]);
  expect(walk.next()).toMatchObject({ done: true });
});

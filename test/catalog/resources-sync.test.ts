import { expect, test } from "vitest";
import type { ResourcesFilter } from "../../src/contract/fhir.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { deletedResources } from "../../src/main/catalog/deleted-resources.ts";
import { listProblems } from "../../src/main/catalog/problems.ts";
import { recordsGeneration } from "../../src/main/catalog/records-generation.ts";
import { listResourceTypes } from "../../src/main/catalog/resource-types.ts";
import { planResources, readResources } from "../../src/main/catalog/resources.ts";
import { resourcesTarget } from "../../src/main/catalog/resources-sync.ts";
import { getSource, removeSource } from "../../src/main/catalog/sources.ts";
import { newCatalog } from "./new-catalog.ts";
import { addResourcesSource, anObservation, aPatient, putAll, syncResources } from "./new-resources.ts";

const planned = (catalog: Catalog, filter: ResourcesFilter = {}) =>
  [...planResources(catalog, filter)].flatMap(({ patient, resources }) =>
    resources.map((resource) => ({ ...resource, patient: patient?.id ?? "" })),
  );
const idsOf = (catalog: Catalog) =>
  planned(catalog)
    .map(({ type, id }) => `${type}/${id}`)
    .sort();
const jsonOf = (catalog: Catalog, id: string) => {
  const rows = planned(catalog).filter((one) => one.id === id);
  return readResources(
    catalog,
    rows.map(({ row }) => row),
  ).map(({ json }) => json.toString());
};
const rowsIn = (catalog: Catalog, table: string) => catalog.column<number>(`SELECT count(*) FROM ${table}`)[0];
const updated = (id: string, lastUpdated: string | undefined, change: object = {}) =>
  anObservation(id, "p", {
    meta: { ...(lastUpdated === undefined ? {} : { lastUpdated }), ...change },
    note: lastUpdated,
  });

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
  const first = [aPatient("p"), anObservation("same", "p"), anObservation("other", "p"), anObservation("gone", "p")];
  expect(putAll(catalog, source, first)).toMatchObject({ added: 4, changed: 0, unchanged: 0, removed: 0 });
  const before = recordsGeneration(catalog);
  const second = [first[0], first[1], anObservation("other", "p", { status: "amended" }), anObservation("new", "p")];
  expect(putAll(catalog, source, second as object[])).toMatchObject({ added: 1, changed: 1, unchanged: 2, removed: 1 });
  expect(recordsGeneration(catalog)).toBeGreaterThan(before);
  expect(idsOf(catalog)).toEqual(["Observation/new", "Observation/other", "Observation/same", "Patient/p"]);
});

test("a sync that meets everything as it was leaves the catalog as it is, its generation included", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const all = [aPatient("p"), anObservation("o", "p")];
  putAll(catalog, source, all);
  const before = recordsGeneration(catalog);
  expect(putAll(catalog, source, all)).toMatchObject({ added: 0, changed: 0, unchanged: 2, removed: 0 });
  expect(recordsGeneration(catalog)).toBe(before);
});

test("of two versions of one resource the later one is held, whichever came first and whether in one sync or two", () => {
  const [early, late] = ["2024-01-01T00:00:00+05:30", "2023-12-31T20:00:00Z"];
  for (const syncs of [[[early, late]], [[late, early]], [[early], [late]], [[late], [early]]]) {
    const catalog = newCatalog();
    const source = addResourcesSource(catalog);
    const outcomes = syncs.map((sync) =>
      putAll(
        catalog,
        source,
        sync.map((moment) => updated("o", moment)),
      ),
    );
    expect(jsonOf(catalog, "o").join()).toContain(`"note":"${late}"`);
    expect(outcomes.at(-1)?.older).toBe(syncs.at(-1)?.at(-1) === early ? 1 : 0);
  }
});

test("versions of one moment are told apart by their number, and without one the last that was put is held", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const at = "2024-01-01T00:00:00Z";
  const version = (versionId: string | undefined, text: string) =>
    anObservation("o", "p", { meta: { lastUpdated: at, ...(versionId === undefined ? {} : { versionId }) }, text });
  putAll(catalog, source, [version("10", "ten"), version("9", "nine")]);
  expect(jsonOf(catalog, "o").join()).toContain("ten");
  putAll(catalog, source, [version("W/1", "opaque")]);
  expect(jsonOf(catalog, "o").join()).toContain("opaque");
  putAll(catalog, source, [version(undefined, "last")]);
  expect(jsonOf(catalog, "o").join()).toContain("last");
});

test("a resource without some of its elements never takes the place of a whole one, and a whole one always its", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const subset = updated("o", "2024-06-01T00:00:00Z", { tag: [{ code: "SUBSETTED" }] });
  const whole = updated("o", "2024-01-01T00:00:00Z");
  putAll(catalog, source, [subset]);
  expect(jsonOf(catalog, "o").join()).toContain("SUBSETTED");
  expect(putAll(catalog, source, [whole])).toMatchObject({ changed: 1, partial: 0 });
  expect(putAll(catalog, source, [subset])).toMatchObject({ changed: 0, partial: 1, removed: 0 });
  expect(jsonOf(catalog, "o")).toEqual([JSON.stringify(whole)]);
});

test("what is no resource is told with its place, and what it says of a patient is not", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const outcome = {
    resourceType: "OperationOutcome",
    issue: [{ severity: "error", code: "exception", diagnostics: "Asha" }],
  };
  const bad = [
    "{",
    "[]",
    '{"id":"x"}',
    '{"resourceType":"Observation"}',
    '{"resourceType":"Observation","id":"a/b"}',
    JSON.stringify(outcome),
  ];
  const report = syncResources(catalog, source, (target) => {
    for (const [at, json] of bad.entries()) expect(target.put({ json, ref: `file, line ${at}` })).toBe("invalid");
    expect(target.put({ json: Buffer.from([0x7b, 0xff, 0x7d]) })).toBe("invalid");
  });
  expect(report).toMatchObject({ invalid: 7, added: 0 });
  const problems = listProblems(catalog, source);
  expect(problems.map(({ ref }) => ref)).toEqual([...[...bad.keys()].map((at) => `file, line ${at}`), "resource 7"]);
  expect(problems.map(({ reason }) => reason).join()).toMatch(/error exception/);
  expect(JSON.stringify(problems)).not.toContain("Asha");
  putAll(catalog, source, [aPatient("p")]);
  expect(listProblems(catalog, source)).toEqual([]);
});

test("what was deleted at the source is gone and remembered until it is there again", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, [aPatient("p"), anObservation("o", "p"), anObservation("unmet", "p")]);
  syncResources(
    catalog,
    source,
    (target) => {
      target.remove("Observation", "o");
      target.remove("Observation", "never seen");
    },
    false,
  );
  putAll(catalog, source, [aPatient("p")]);
  const named = (): string[] =>
    deletedResources(catalog)
      .map(({ id, patientId }) => `${id} of ${patientId}`)
      .sort();
  expect(named()).toEqual(["never seen of ", "o of p", "unmet of p"]);
  expect(idsOf(catalog)).toEqual(["Patient/p"]);
  putAll(catalog, source, [aPatient("p"), anObservation("o", "p")]);
  expect(named()).toEqual(["never seen of ", "unmet of p"]);
  expect(deletedResources(catalog, "2999-01-01T00:00:00Z")).toEqual([]);
});

test("what was put and removed, and put again, in one sync is there in the end, and counted once", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  const one = JSON.stringify(anObservation("o", "p"));
  const report = syncResources(catalog, source, (target) => {
    target.put({ json: one });
    target.remove("Observation", "o");
    expect(target.count("Observation")).toBe(0);
    target.put({ json: one });
    expect(target.put({ json: one })).toBe("unchanged");
    expect(target.count("Observation")).toBe(1);
    target.removeUnmet("Observation");
  });
  expect(idsOf(catalog)).toEqual(["Observation/o"]);
  expect(report.removed).toBe(1);
});

test("a type that a source told of is as complete as it said", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  syncResources(catalog, source, (target) => {
    target.put({ json: JSON.stringify(aPatient("p")) });
    target.expect("Patient", 2, 1, false);
    target.expect("Observation", 0, 0, true);
  });
  expect(listResourceTypes(catalog)).toEqual([
    { source: "Server", type: "Observation", count: 0, expected: 0, received: 0, complete: true },
    { source: "Server", type: "Patient", count: 1, expected: 2, received: 1, complete: false },
  ]);
});

test("state is kept with what was put before it, and behind a removal only once that is done", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  putAll(catalog, source, [anObservation("o", "p")]);
  const target = resourcesTarget(catalog, source);
  target.put({ json: JSON.stringify(aPatient("p")) });
  target.writeState({ page: 1 });
  expect(resourcesTarget(catalog, source).readState()).toEqual({ page: 1 });
  target.removeUnmet("Observation");
  target.writeState({ page: 2 });
  expect(target.readState()).toEqual({ page: 2 });
  expect(resourcesTarget(catalog, source).readState()).toEqual({ page: 1 });
  target.finish(true);
  expect(resourcesTarget(catalog, source).readState()).toEqual({ page: 2 });
});

test("a source that is removed leaves nothing of its resources, and nothing of another is touched", () => {
  const catalog = newCatalog();
  const [source, other] = [addResourcesSource(catalog), addResourcesSource(catalog, "Other")];
  const all = [
    aPatient("p"),
    anObservation("o", "p"),
    { resourceType: "Group", id: "g", type: "person", actual: true, member: [{ entity: { reference: "Patient/p" } }] },
    {
      resourceType: "Consent",
      id: "c",
      status: "active",
      patient: { reference: "Patient/p" },
      provision: { type: "permit" },
    },
  ];
  for (const one of [source, other]) putAll(catalog, one, all);
  expect(getSource(catalog, source)).toMatchObject({ resources: 4, recordPatients: 1 });
  removeSource(catalog, source);
  expect(planned(catalog)).toHaveLength(4);
  removeSource(catalog, other);
  for (const table of [
    "resource",
    "resource_json",
    "resource_patient",
    "resource_kind",
    "resource_count",
    "consent",
    "study_group",
    "study_member",
    "resource_deleted",
    "resource_expected",
  ])
    expect([table, rowsIn(catalog, table)]).toEqual([table, 0]);
});

test("resources by the thousand are planned once each, of many patients and of nobody", () => {
  const catalog = newCatalog();
  const source = addResourcesSource(catalog);
  // Ids whose order is not that in which they came.
  const idAt = (at: number): string => `${(at * 7919) % 2503}-${at}`;
  const all = Array.from({ length: 2_500 }, (_, at) =>
    anObservation(idAt(at), at % 2 === 0 ? `patient-${(at * 31) % 401}` : ""),
  );
  putAll(catalog, source, all);
  const found = planned(catalog);
  expect(new Set(found.map(({ id }) => id)).size).toBe(2_500);
  expect(found).toHaveLength(2_500);
  expect(found.filter(({ patient }) => patient === "")).toHaveLength(1_250);
});

import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { analysesOfStudy } from "../../src/main/catalog/analyses.ts";
import { catalogNotices, nameConflicts, studyConflicts } from "../../src/main/catalog/conflicts.ts";
import { instanceConflicts, sizeConflicts } from "../../src/main/catalog/conflicts.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { findPatients, findStudies } from "../../src/main/catalog/find.ts";
import { listProblems } from "../../src/main/catalog/problems.ts";
import { iterateSelection } from "../../src/main/catalog/selection.ts";
import { sourceCounts } from "../../src/main/catalog/source-counts.ts";
import { addSource, getSource, recordSync, removeSource } from "../../src/main/catalog/sources.ts";
import { syncTarget } from "../../src/main/catalog/sync.ts";
import { anInstance } from "./describe-instance.ts";
import { addSynced, newCatalog, syncAll } from "./new-catalog.ts";

const refs = (catalog: Catalog) =>
  [...iterateSelection(catalog, { scope: "all" })].map(({ locator }) => locator.ref).sort();
const rowsIn = (catalog: Catalog, table: string) =>
  catalog.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)?.count;

test("what a source tells of an instance comes back unchanged", () => {
  const catalog = newCatalog();
  const told = anInstance("a/b.dcm", {
    patientName: "Yamada^Tarou=山田^太郎=やまだ^たろう",
    seriesNumber: null,
    instanceNumber: -3,
    numberOfFrames: 0,
  });
  const sourceId = addSynced(catalog, "folder", [{ ...told, orthancInstanceId: "e-1" }]);
  const [instance, ...others] = iterateSelection(catalog, { scope: "all" });
  expect(others).toEqual([]);
  expect(instance).toMatchObject({ sourceId, orthancInstanceId: "e-1", ...told });
});

test("numbers that are no whole numbers count as absent instead of failing the sync", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", [anInstance("a", { seriesNumber: 1.5, instanceNumber: 1e300, rows: Number.NaN })]);
  const [instance] = iterateSelection(catalog, { scope: "all" });
  expect(instance?.description).toMatchObject({ seriesNumber: null, instanceNumber: null, rows: 0 });
});

test("a second sync knows stamps and sizes, keeps what it is told to and removes what it did not meet", () => {
  const catalog = newCatalog();
  const id = addSynced(catalog, "folder", [
    anInstance("kept", {}, { size: 7, stamp: "x" }),
    anInstance("gone", { studyInstanceUid: "2.25.9", patientId: "P9" }),
    anInstance("changed", {}, { stamp: "old" }),
  ]);
  const target = syncTarget(catalog, id);
  expect(target.known("kept")).toEqual({ stamp: "x", size: 7 });
  expect(target.known("never")).toBeUndefined();
  target.keep("kept");
  target.put(anInstance("changed", { studyDescription: "anew" }, { stamp: "new" }));
  expect(target.known("changed")).toEqual({ stamp: "new", size: 1000 });
  expect(target.finish(true)).toEqual({ removed: 1 });
  expect(refs(catalog)).toEqual(["changed", "kept"]);
  expect(findStudies(catalog, { text: "anew" }).total).toBe(1);
  expect(findPatients(catalog, { text: "p9" }).total).toBe(0);
  expect([rowsIn(catalog, "patient"), rowsIn(catalog, "study"), rowsIn(catalog, "patient_identity")]).toEqual([
    1, 1, 1,
  ]);
});

test("an incomplete sync removes only what it was told to remove", () => {
  const catalog = newCatalog();
  const id = addSynced(catalog, "server", [anInstance("a"), anInstance("b"), anInstance("c")]);
  const target = syncTarget(catalog, id);
  target.remove("b");
  expect(target.known("b")).toBeUndefined();
  expect(target.finish(false)).toEqual({ removed: 0 });
  expect(refs(catalog)).toEqual(["a", "c"]);
});

test("counts, sizes and modalities of a study follow its instances", () => {
  const catalog = newCatalog();
  const id = addSynced(catalog, "folder", [
    anInstance("a", {}, { size: 10 }),
    anInstance("b", {}, { size: 20 }),
    anInstance("c", { seriesInstanceUid: "2.25.7", modality: "SR" }, { size: 5 }),
  ]);
  expect(findStudies(catalog).rows[0]).toMatchObject({ series: 2, instances: 3, bytes: 35, modalities: ["CT", "SR"] });
  syncAll(catalog, id, [anInstance("a", {}, { size: 11 })]);
  expect(findStudies(catalog).rows[0]).toMatchObject({ series: 1, instances: 1, bytes: 11, modalities: ["CT"] });
});

test("writes of other parts of the same process go on beside a sync that waits, and outlive its end", async () => {
  const catalog = newCatalog();
  const { id } = addSource(catalog, { kind: "folder", name: "slow", config: {} });
  const target = syncTarget(catalog, id);
  for (let at = 0; at < 1500; at += 1) target.put(anInstance(`${at}`));
  await wait(1);
  addSource(catalog, { kind: "folder", name: "meanwhile", config: {} });
  target.put(anInstance("last"));
  target.finish(false);
  expect(getSource(catalog, "meanwhile").kind).toBe("folder");
  expect(findStudies(catalog).rows[0]?.instances).toBe(1501);
});

test("what a sync wrote before it was cut off stays, and the next one finishes the counts", () => {
  const catalog = newCatalog();
  const { id } = addSource(catalog, { kind: "folder", name: "cut", config: {} });
  const cut = syncTarget(catalog, id);
  for (let at = 0; at < 1001; at += 1) cut.put(anInstance(`${at}`));
  const next = syncTarget(catalog, id);
  expect(next.known("999")).toBeDefined();
  expect(next.known("1000")).toBeUndefined();
  next.finish(false);
  expect(findStudies(catalog).rows[0]?.instances).toBe(1000);
});

test("the state between syncs is what was written last, and is kept apart for each source", () => {
  const catalog = newCatalog();
  const first = addSynced(catalog, "one", []);
  const second = addSynced(catalog, "two", []);
  const target = syncTarget(catalog, first);
  expect(target.readState()).toEqual({});
  target.writeState({ last: 41 });
  target.writeState({ last: 42 });
  expect(target.readState()).toEqual({ last: 42 });
  target.finish(false);
  expect(syncTarget(catalog, first).readState()).toEqual({ last: 42 });
  expect(syncTarget(catalog, second).readState()).toEqual({});
});

test("a problem stays listed until its place reads well or is gone", () => {
  const catalog = newCatalog();
  const { id } = addSource(catalog, { kind: "folder", name: "folder", config: {} });
  const sync = (act: (target: ReturnType<typeof syncTarget>) => void) => {
    const target = syncTarget(catalog, id);
    act(target);
    target.finish(true);
    return listProblems(catalog, id);
  };
  const broken = { ref: "x", code: "BAD_DICOM", reason: "It ends too early." } as const;
  expect(sync((target) => target.problem(broken))).toEqual([broken]);
  expect(sync((target) => target.problem({ ...broken, reason: "Anew." }))).toEqual([{ ...broken, reason: "Anew." }]);
  expect(getSource(catalog, "folder").problems).toBe(1);
  expect(sync((target) => target.put(anInstance("x")))).toEqual([]);
  expect(sync((target) => target.problem(broken))).toEqual([broken]);
  expect(refs(catalog), "what was read there before is not lost").toEqual(["x"]);
  expect(sync(() => {})).toEqual([]);
  expect(refs(catalog)).toEqual([]);
});

test("an analysis that is no JSON is kept as present, with its problem, through a sync that finds it unchanged", () => {
  const catalog = newCatalog();
  const { id } = addSource(catalog, { kind: "folder", name: "folder", config: {} });
  const problem = { ref: "s.json", code: "SOURCE_ANSWER", reason: "It is not JSON." } as const;
  const first = syncTarget(catalog, id);
  first.problem(problem);
  first.putAnalysis({ studyInstanceUid: "2.25.1", name: "a", ref: "s.json", stamp: "1", document: undefined });
  first.putAnalysis({ studyInstanceUid: "2.25.1", name: "b", ref: "t.json", stamp: "1", document: null });
  first.finish(true);
  const second = syncTarget(catalog, id);
  expect(second.known("s.json")?.stamp).toBe("1");
  second.keep("s.json");
  second.keep("t.json");
  expect(second.finish(true)).toEqual({ removed: 0 });
  expect(analysesOfStudy(catalog, "2.25.1").map(({ document }) => document)).toEqual([undefined, null]);
  expect(listProblems(catalog, id)).toEqual([problem]);
  expect(syncAll(catalog, id, [])).toBe(2);
  expect(analysesOfStudy(catalog, "2.25.1")).toEqual([]);
  expect(listProblems(catalog, id)).toEqual([]);
});

test("a problem told of an instance that could be indexed stays while the instance is unchanged", () => {
  const catalog = newCatalog();
  const { id } = addSource(catalog, { kind: "folder", name: "folder", config: {} });
  const problem = { ref: "a", code: "BAD_DICOM", reason: "Its pixel data ends too early." } as const;
  const first = syncTarget(catalog, id);
  first.put(anInstance("a"));
  first.problem(problem);
  first.finish(true);
  const second = syncTarget(catalog, id);
  second.keep("a");
  second.finish(true);
  expect(listProblems(catalog, id)).toEqual([problem]);
  expect(refs(catalog)).toEqual(["a"]);
});

test("the same Patient ID from two issuers is two patients", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", [
    anInstance("a", { issuerOfPatientId: "North", studyInstanceUid: "2.25.10" }),
    anInstance("b", { issuerOfPatientId: "South", studyInstanceUid: "2.25.11", patientName: "Roe^Mary" }),
  ]);
  expect(findPatients(catalog).rows.map(({ issuer, name }) => [issuer, name])).toEqual([
    ["North", "Doe^Jane"],
    ["South", "Roe^Mary"],
  ]);
  expect(nameConflicts(catalog)).toEqual([]);
});

test("one Patient ID with two names is reported with both, found by both, and each instance keeps its own", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", [
    anInstance("a"),
    anInstance("b", { patientName: "Roe^Mary", instanceNumber: 2 }),
    anInstance("c", { patientName: "DOE^JANE", instanceNumber: 3 }),
  ]);
  expect(nameConflicts(catalog)).toEqual([
    { patientId: "P1", issuer: "", names: ["DOE^JANE", "Doe^Jane", "Roe^Mary"] },
  ]);
  expect(catalogNotices(catalog)).toEqual(["1 patient goes by several names."]);
  expect(findPatients(catalog, { text: "mary" }).rows[0]).toMatchObject({
    name: "Doe^Jane",
    otherNames: ["DOE^JANE", "Roe^Mary"],
  });
  const names = [...iterateSelection(catalog, { scope: "all" })].map(({ description }) => description.patientName);
  expect(names).toEqual(["Doe^Jane", "Roe^Mary", "DOE^JANE"]);
});

test("names that differ in case or padding only are no conflict, and a name that goes takes its report with it", () => {
  const catalog = newCatalog();
  const id = addSynced(catalog, "folder", [anInstance("a"), anInstance("b", { patientName: "DOE^Jane^^" })]);
  expect(nameConflicts(catalog)).toEqual([]);
  syncAll(catalog, id, [anInstance("a", { patientName: "Roe^Mary" }), anInstance("b", { patientName: "Poe^Edgar" })]);
  expect(nameConflicts(catalog)[0]?.names).toEqual(["Poe^Edgar", "Roe^Mary"]);
  syncAll(catalog, id, [anInstance("b", { patientName: "Poe^Edgar" })]);
  expect(nameConflicts(catalog)).toEqual([]);
  expect(findPatients(catalog).rows[0]).toMatchObject({ name: "Poe^Edgar", otherNames: [] });
  expect(findPatients(catalog, { text: "roe" }).total).toBe(0);
});

test("a name that goes with one study no longer finds the patient's others", () => {
  const catalog = newCatalog();
  const other = anInstance("b", { studyInstanceUid: "2.25.2", patientName: "Roe^Mary" });
  const id = addSynced(catalog, "folder", [anInstance("a"), other]);
  expect(findStudies(catalog, { text: "jane" }).total).toBe(2);
  const target = syncTarget(catalog, id);
  target.remove("a");
  target.finish(false);
  expect(findStudies(catalog, { text: "jane" }).total).toBe(0);
  expect(findStudies(catalog, { text: "mary" }).rows[0]?.patientName).toBe("Roe^Mary");
});

test("one Study Instance UID under two patients stays two studies and is reported", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", [anInstance("a"), anInstance("b", { patientId: "P2", patientName: "Roe^Mary" })]);
  expect(studyConflicts(catalog)).toEqual([{ uid: "2.25.1", places: 2 }]);
  expect(
    findStudies(catalog, { sort: { column: "patientName", descending: false } }).rows.map(
      ({ patientId, instances }) => [patientId, instances],
    ),
  ).toEqual([
    ["P1", 1],
    ["P2", 1],
  ]);
});

test("one SOP Instance UID in two series stays two instances and is reported", () => {
  const catalog = newCatalog();
  addSynced(catalog, "folder", [
    anInstance("a", { sopInstanceUid: "2.25.77" }),
    anInstance("b", { sopInstanceUid: "2.25.77", seriesInstanceUid: "2.25.8" }),
  ]);
  expect(instanceConflicts(catalog)).toEqual([{ uid: "2.25.77", places: 2 }]);
  expect(refs(catalog)).toEqual(["a", "b"]);
});

test("an instance in several places comes once, from the first place, and differing sizes are reported", () => {
  const catalog = newCatalog();
  const uid = { sopInstanceUid: "2.25.77" };
  const first = addSynced(catalog, "first", [
    anInstance("z", { ...uid, imageType: "OF Z" }, { size: 10 }),
    anInstance("b", { ...uid, imageType: "OF B" }, { size: 10 }),
  ]);
  const second = addSynced(catalog, "second", [anInstance("a", { ...uid, imageType: "OF A" }, { size: 12 })]);
  const only = () => {
    const all = [...iterateSelection(catalog, { scope: "all" })];
    expect(all).toHaveLength(1);
    return [all[0]?.sourceId, all[0]?.locator.ref, all[0]?.description.imageType];
  };
  expect(only()).toEqual([first, "b", "OF B"]);
  expect(sizeConflicts(catalog)).toEqual([{ uid: "2.25.77", places: 3 }]);
  expect(findStudies(catalog).rows[0]).toMatchObject({ instances: 1, bytes: 10 });
  expect([first, second].map((id) => sourceCounts(catalog).get(id))).toEqual([
    { patients: 1, studies: 1 },
    { patients: 1, studies: 1 },
  ]);
  removeSource(catalog, first);
  expect(only().slice(0, 2)).toEqual([second, "a"]);
  expect(findStudies(catalog).rows[0]).toMatchObject({ instances: 1, bytes: 12 });
  expect(sizeConflicts(catalog)).toEqual([]);
  removeSource(catalog, second);
  const tables = [
    "patient",
    "patient_identity",
    "patient_listing",
    "study",
    "study_listing",
    "study_text",
    "study_source",
  ];
  tables.push("series", "instance", "instance_location");
  expect(tables.map((table) => rowsIn(catalog, table))).toEqual(tables.map(() => 0));
  expect(findStudies(catalog, { text: "doe" })).toEqual({ rows: [], total: 0 });
});

test("a place that now holds another instance gives up the one it held", () => {
  const catalog = newCatalog();
  const id = addSynced(catalog, "folder", [anInstance("a", { sopInstanceUid: "2.25.5" })]);
  syncAll(catalog, id, [anInstance("a", { sopInstanceUid: "2.25.6", studyInstanceUid: "2.25.60" })]);
  const held = [...iterateSelection(catalog, { scope: "all" })].map(({ description }) => description.sopInstanceUid);
  expect(held).toEqual(["2.25.6"]);
  expect(findStudies(catalog).rows.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual(["2.25.60"]);
});

test("the report of the last sync stands with its source", () => {
  const catalog = newCatalog();
  const id = addSynced(catalog, "folder", []);
  expect(getSource(catalog, "folder").lastSync).toBeNull();
  const report = {
    added: 1,
    changed: 0,
    unchanged: 0,
    removed: 0,
    skipped: 2,
    problems: 0,
    analyses: 0,
    complete: true,
    notices: ["One."],
  };
  recordSync(catalog, id, report);
  expect(getSource(catalog, "folder").lastSync).toEqual(report);
});

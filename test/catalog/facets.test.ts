import { array, assert, boolean, constantFrom, option, property, record, subarray } from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { PATIENT_COLUMNS, STUDY_COLUMNS, type SearchFilter } from "../../src/contract/search.ts";
import { openCatalog, type Catalog } from "../../src/main/catalog/database.ts";
import { countFacets } from "../../src/main/catalog/facets.ts";
import { findPatients, findStudies } from "../../src/main/catalog/find.ts";
import { removeSource } from "../../src/main/catalog/sources.ts";
import { syncTarget } from "../../src/main/catalog/sync.ts";
import type { InstanceDescription } from "../../src/main/dicom/description.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { anInstance } from "./describe-instance.ts";
import { addSynced, newCatalog } from "./new-catalog.ts";

const folder = temporaryDirectory("facets");
const DATES = ["", "20220115", "20220131", "20221231", "20230101", "20240229", "1999", "undated"];
const MODALITIES = ["CT", "MR", "SR", ""];
const DESCRIPTIONS = ["CT chest", "Schädel 2022-01-15", ""];
const STUDIES = 60;

/** Every combination is somewhere; some studies stand in both sources, some have results, two issuers share Patient IDs. */
const study = (at: number): Partial<InstanceDescription> => ({
  studyInstanceUid: `2.25.7${at}`,
  seriesInstanceUid: `2.25.8${at}`,
  patientId: `P${at % 9}`,
  issuerOfPatientId: at % 2 === 0 ? "North" : "",
  patientName: `Name^${(at * 5) % 9}`,
  studyDate: DATES[at % DATES.length] ?? "",
  modality: MODALITIES[(at * 7) % 4] ?? "",
  studyDescription: DESCRIPTIONS[(at * 5) % 3] ?? "",
  accessionNumber: `A${(at * 3) % 11}`,
});
const instance = (at: number) => anInstance(`${at}`, study(at), { size: 100 + ((at * 13) % 7) });
const inFirst = (at: number) => at % 3 !== 0;
const inSecond = (at: number) => at % 3 !== 1;
const hasAnalysis = (at: number) => at % 4 === 0;

function matches(filter: SearchFilter, at: number): boolean {
  const { modality = "", studyDate = "", studyDescription = "", patientId, issuerOfPatientId } = study(at);
  const day = studyDate;
  const sources = [...(inFirst(at) ? ["first"] : []), ...(inSecond(at) ? ["second"] : [])];
  return (
    (filter.modality === undefined || modality === filter.modality) &&
    (filter.modalities === undefined || filter.modalities.length === 0 || filter.modalities.includes(modality)) &&
    (filter.sources === undefined ||
      filter.sources.length === 0 ||
      filter.sources.some((one) => sources.includes(one))) &&
    (filter.withAnalyses === undefined || filter.withAnalyses === hasAnalysis(at)) &&
    (filter.from === undefined || (day !== "" && day >= filter.from.replaceAll("-", ""))) &&
    (filter.to === undefined || (day !== "" && day.slice(0, 8) <= filter.to.replaceAll("-", ""))) &&
    (filter.description === undefined || studyDescription.toLowerCase().includes(filter.description)) &&
    (filter.patientId === undefined || patientId === filter.patientId) &&
    (filter.issuer === undefined || issuerOfPatientId === filter.issuer)
  );
}

const some = <T>(values: readonly [T, ...T[]]) => option(constantFrom(...values), { nil: undefined });
const filters = record({
  modality: some(["CT", "MR"]),
  modalities: option(subarray(["CT", "MR", "SR", "XX"]), { nil: undefined }),
  sources: option(subarray(["first", "second", "third"]), { nil: undefined }),
  withAnalyses: option(boolean(), { nil: undefined }),
  from: some(["2022-01-31", "2023-01-01"]),
  to: some(["2022-12-31", "2024-02-29"]),
  description: some(["chest", "2022-01-15"]),
  patientId: some(["P1", "P2"]),
  issuer: some(["North", ""]),
});

describe("in a catalog of two sources", () => {
  let catalog: Catalog;
  const all = Array.from({ length: STUDIES }, (_, at) => at);
  beforeAll(() => {
    catalog = openCatalog(join(folder, "catalog.sqlite"), randomBytes(32));
    addSynced(catalog, "first", all.filter(inFirst).map(instance));
    const second = addSynced(catalog, "second", all.filter(inSecond).map(instance));
    const target = syncTarget(catalog, second);
    for (const at of all.filter(hasAnalysis))
      target.putAnalysis({ studyInstanceUid: `2.25.7${at}`, name: "ai", ref: `ai/${at}`, stamp: "", document: {} });
    target.finish(false);
    return () => catalog.close();
  });
  const uidsOf = (ats: readonly number[]) => ats.map((at) => `2.25.7${at}`).sort();

  test("any filter finds the studies and patients that looking at each of them finds", () => {
    assert(
      property(filters, (filter) => {
        const expected = all.filter((at) => matches(filter, at));
        const { rows, total } = findStudies(catalog, filter);
        expect(rows.map(({ studyInstanceUid }) => studyInstanceUid).sort()).toEqual(uidsOf(expected));
        expect(total).toBe(expected.length);
        const patients = new Set(expected.map((at) => `${study(at).patientId} ${study(at).issuerOfPatientId}`));
        expect(findPatients(catalog, filter).total).toBe(patients.size);
      }),
      { numRuns: 300 },
    );
  });

  test("each facet is counted as if its own part of the filter were not set, the totals under all of it", () => {
    assert(
      property(filters, (filter) => {
        const facets = countFacets(catalog, filter);
        const count = (change: SearchFilter, also: (at: number) => boolean) =>
          all.filter((at) => matches({ ...filter, ...change }, at) && also(at)).length;
        const found = all.filter((at) => matches(filter, at));
        expect(facets.studies).toBe(found.length);
        expect(facets.instances).toBe(found.length);
        expect(facets.bytes).toBe(found.reduce((sum, at) => sum + instance(at).locator.size, 0));
        const ofModality = (value: string) =>
          count({ modality: undefined, modalities: undefined }, (at) => study(at).modality === value);
        expect(Object.fromEntries(facets.modalities.map(({ value, studies }) => [value, studies]))).toEqual(
          Object.fromEntries(
            ["CT", "MR", "SR"].map((value) => [value, ofModality(value)]).filter(([, studies]) => studies !== 0),
          ),
        );
        expect(facets.sources).toEqual([
          { value: "first", studies: count({ sources: undefined }, inFirst) },
          { value: "second", studies: count({ sources: undefined }, inSecond) },
        ]);
        expect(facets.withAnalyses).toBe(count({ withAnalyses: undefined }, hasAnalysis));
        const dated = count({ from: undefined, to: undefined }, (at) => (study(at).studyDate ?? "").length === 8);
        expect(facets.dates.reduce((sum, { studies }) => sum + studies, 0)).toBe(dated);
      }),
      { numRuns: 300 },
    );
  });

  test("windows of any order put together are all rows once, and the same rows the other way round", () => {
    const inWindows = <Row>(window: (offset: number) => Row[]) => {
      const rows: Row[] = [];
      for (let offset = 0; ; offset += 7) {
        const some = window(offset);
        if (some.length === 0) return rows;
        rows.push(...some);
      }
    };
    assert(
      property(constantFrom(...STUDY_COLUMNS), array(filters, { maxLength: 1 }), (column, [filter = {}]) => {
        const rows = (descending: boolean) =>
          inWindows(
            (offset) => findStudies(catalog, { ...filter, sort: { column, descending }, limit: 7, offset }).rows,
          );
        const up = rows(false).map(({ id }) => id);
        expect(new Set(up).size).toBe(findStudies(catalog, filter).total);
        expect(up).toHaveLength(new Set(up).size);
        expect(rows(true).map(({ id }) => id)).toEqual(up.toReversed());
      }),
      { numRuns: 60 },
    );
    for (const column of PATIENT_COLUMNS) {
      const rows = (descending: boolean) =>
        inWindows((offset) => findPatients(catalog, { sort: { column, descending }, limit: 7, offset }).rows);
      const up = rows(false).map(({ id }) => id);
      expect(up).toHaveLength(new Set(up).size);
      expect(rows(true).map(({ id }) => id)).toEqual(up.toReversed());
    }
  });

  test("each order is that of the values that are shown", () => {
    const studies = (column: (typeof STUDY_COLUMNS)[number]) =>
      findStudies(catalog, { sort: { column, descending: false } }).rows;
    const ascending = (values: readonly (string | number)[]) =>
      expect(values).toEqual(values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    ascending(studies("studyDate").map(({ studyDate }) => studyDate));
    ascending(studies("patientName").map(({ patientName }) => patientName));
    ascending(studies("patientId").map(({ patientId }) => patientId));
    ascending(studies("modality").map(({ modalities }) => modalities.join("\\")));
    ascending(studies("description").map(({ description }) => description.toLowerCase()));
    ascending(studies("accessionNumber").map(({ accessionNumber }) => accessionNumber));
    ascending(studies("bytes").map(({ bytes }) => bytes));
    const patients = (column: (typeof PATIENT_COLUMNS)[number]) =>
      findPatients(catalog, { sort: { column, descending: false } }).rows;
    ascending(patients("studies").map(({ studies }) => studies));
    ascending(patients("instances").map(({ instances }) => instances));
    ascending(patients("lastStudyDate").map(({ lastStudyDate }) => lastStudyDate));
    ascending(patients("birthDate").map(({ birthDate }) => birthDate));
  });
});

test("dates are counted by month where they span three years or less, otherwise by year, those between included", () => {
  const catalog = newCatalog();
  const on = (ref: string, studyDate: string) =>
    anInstance(ref, { studyInstanceUid: `2.25.9${ref}`, patientId: ref, studyDate });
  const id = addSynced(catalog, "folder", [on("1", "20231130"), on("2", "20240215"), on("3", "20240216")]);
  expect(countFacets(catalog, {}).dates).toEqual([
    { value: "2023-11", studies: 1 },
    { value: "2023-12", studies: 0 },
    { value: "2024-01", studies: 0 },
    { value: "2024-02", studies: 2 },
  ]);
  const target = syncTarget(catalog, id);
  target.put(on("4", "20201231"));
  target.put(on("5", "20209931"));
  target.finish(false);
  expect(countFacets(catalog, {}).dates).toEqual([
    { value: "2020", studies: 1 },
    { value: "2021", studies: 0 },
    { value: "2022", studies: 0 },
    { value: "2023", studies: 1 },
    { value: "2024", studies: 2 },
  ]);
  const odd = syncTarget(catalog, id);
  odd.put(on("6", "00010101"));
  odd.finish(false);
  expect(countFacets(catalog, {}).dates).toHaveLength(4);
});

test("what is found follows what comes, changes and goes", () => {
  const catalog = newCatalog();
  expect(countFacets(catalog, {}).studies).toBe(0);
  const first = addSynced(catalog, "first", [anInstance("a"), anInstance("b", { studyInstanceUid: "2.25.2" })]);
  const second = addSynced(catalog, "second", [anInstance("a")]);
  const counted = () => {
    const { studies, sources, withAnalyses } = countFacets(catalog, {});
    return [studies, ...sources.map((one) => one.studies), withAnalyses];
  };
  expect(counted()).toEqual([2, 2, 1, 0]);
  const target = syncTarget(catalog, second);
  target.putAnalysis({ studyInstanceUid: "2.25.2", name: "ai", ref: "ai", stamp: "1", document: {} });
  target.finish(false);
  expect(counted()).toEqual([2, 2, 1, 1]);
  const moved = syncTarget(catalog, second);
  moved.putAnalysis({ studyInstanceUid: "2.25.1", name: "ai", ref: "ai", stamp: "2", document: {} });
  moved.finish(false);
  expect(findStudies(catalog, { withAnalyses: true }).rows.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual([
    "2.25.1",
  ]);
  removeSource(catalog, first);
  expect(counted()).toEqual([1, 1, 1]);
  removeSource(catalog, second);
  expect(counted()).toEqual([0, 0]);
});

test("a reader beside the writer finds what was written since it last looked", () => {
  const path = join(folder, "shared.sqlite");
  const key = randomBytes(32);
  const writer = openCatalog(path, key);
  addSynced(writer, "first", [anInstance("a")]);
  const reader = openCatalog(path, key, { readOnly: true });
  expect(findStudies(reader).total).toBe(1);
  addSynced(writer, "second", [anInstance("b", { studyInstanceUid: "2.25.2" })]);
  expect(findStudies(reader).total).toBe(2);
  reader.close();
  writer.close();
});

import { expect, test } from "vitest";
import type { EXAM_SORTS, ExamsFilter } from "../../src/contract/records.ts";
import type { Catalog } from "../../src/main/catalog/database.ts";
import { countExams, planExams, readExams } from "../../src/main/catalog/exams.ts";
import { countingExams } from "../../src/main/catalog/exams-facets.ts";
import { anInstance } from "./describe-instance.ts";
import { addSynced, newCatalog, syncAll } from "./new-catalog.ts";
import { addRecordsSource, anExam, at, syncRecords } from "./new-records.ts";
import type { IndexedExam } from "../../src/main/sources/records-source.ts";

function withExams(exams: readonly IndexedExam[], config: Record<string, unknown> = {}) {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog, "Platform", { timeZone: "Asia/Shanghai", issuer: "HOSP", ...config });
  syncRecords(catalog, source, (target) => {
    for (const exam of exams) target.putExam(exam);
  });
  return { catalog, source };
}

const listed = (
  catalog: Catalog,
  filter: ExamsFilter = {},
  sort: (typeof EXAM_SORTS)[number] = "order_datetime_desc",
) =>
  readExams(
    catalog,
    [...planExams(catalog, filter, sort)].map(({ row }) => row),
  );
const byText = (one: string | null, other: string | null): number => ((one ?? "") < (other ?? "") ? -1 : 1);
const idsOf = (...given: Parameters<typeof listed>) => listed(...given).map(({ values }) => values.exam_id);

function facetsOf(catalog: Catalog, filter: ExamsFilter = {}) {
  const steps = countingExams(catalog, filter);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

test("an exam comes back as the source has it, its moments in the hospital's time zone", () => {
  const exam = anExam("E-1", { exam_description: '胸部 CT, "plain"\r\n=1+1', patient_age: null });
  const { catalog } = withExams([exam]);
  expect(listed(catalog)).toEqual([
    {
      row: "exam-1",
      origin: "exam",
      source: "Platform",
      issuer: "HOSP",
      values: { ...exam, order_datetime: "2024-03-01T20:00:00+08:00", check_in_datetime: "2024-03-01T21:00:00+08:00" },
    },
  ]);
});

test.each([
  ["part of a name in any case", { q: "müLLer" }, ["a"]],
  ["a sign that means something in SQL", { q: "50%_" }, ["b"]],
  ["an accent left out is another letter, as on the platform", { q: "muller" }, []],
  ["a record number", { q: "m-c" }, ["c"]],
  ["what stands in no column that is searched", { q: "completed" }, []],
  ["what would only be found across two columns", { q: "b\nm-b" }, []],
  ["a status", { examStatus: "pending" }, ["b"]],
  ["a modality", { examSource: "MRI" }, ["c"]],
  ["one of several devices", { examEquipment: ["Scanner 2", "Scanner 3"] }, ["b", "c"]],
  ["an item, which the platform's export ignores", { examItem: "Head" }, ["a"]],
  ["an order number", { applicationOrderNo: "O-9" }, ["c"]],
  ["one of several genders", { gender: ["M", "U"] }, ["b", "c"]],
  ["a description", { examDescription: ["Chest 50%_"] }, ["b"]],
  ["a room", { examRoom: ["R1"] }, ["a", "c"]],
  ["ages, both ends", { ageFrom: 30, ageTo: 40 }, ["a", "b"]],
  ["ids, whatever else is asked", { examIds: ["a", "c", "none"] }, ["a", "c"]],
  ["a source that there is not", { sources: ["Nowhere"] }, []],
  ["a source whatever its case", { sources: ["platform"] }, ["a", "b", "c"]],
] satisfies [string, ExamsFilter, string[]][])("finds by %s", (_what, filter, expected) => {
  const { catalog } = withExams([
    anExam("a", {
      patient_name: "Jürgen Müller",
      exam_item: "Head",
      exam_room: "R1",
      patient_age: 30,
      exam_equipment: "Scanner 1",
    }),
    anExam("b", {
      exam_status: "pending",
      patient_gender: "M",
      exam_description: "Chest 50%_",
      patient_age: 40,
      exam_equipment: "Scanner 2",
    }),
    anExam("c", {
      exam_source: "MRI",
      patient_gender: "U",
      application_order_no: "O-9",
      exam_room: "R1",
      patient_age: 41,
      exam_equipment: "Scanner 3",
    }),
  ]);
  expect(idsOf(catalog, filter).toSorted(byText)).toEqual(expected);
  expect(countExams(catalog, filter)).toBe(expected.length);
  expect(facetsOf(catalog, filter).exams).toBe(expected.length);
});

test("the last day is included to its last microsecond, in the hospital's time zone; exams without check-in are counted", () => {
  const { catalog } = withExams([
    anExam("eve", { check_in_datetime: at("2024-02-29T15:59:59.999Z") }),
    anExam("first", { check_in_datetime: at("2024-02-29T16:00:00Z") }),
    anExam("last", { check_in_datetime: at("2024-03-02T16:00:00Z") - 1 }),
    anExam("after", { check_in_datetime: at("2024-03-02T16:00:00Z") }),
    anExam("never", { check_in_datetime: null }),
  ]);
  const filter = { from: "2024-03-01", to: "2024-03-02" };
  expect(idsOf(catalog, filter).toSorted(byText)).toEqual(["first", "last"]);
  expect(facetsOf(catalog, filter)).toMatchObject({ exams: 2, withoutCheckIn: 1, inCatalog: 5 });
  expect(facetsOf(catalog)).toMatchObject({ withoutCheckIn: 0 });
});

test("orders have no ties: exam_id breaks them, and what has no order time comes last either way", () => {
  const order = (day: number) => at(`2024-03-0${day}T00:00:00Z`);
  const { catalog } = withExams([
    anExam("c", { order_datetime: order(1), patient_name: "bea" }),
    anExam("b", { order_datetime: order(2), patient_name: "Ada" }),
    anExam("a", { order_datetime: order(2), patient_name: null }),
    anExam("z", { order_datetime: null, patient_name: "ada" }),
  ]);
  expect(idsOf(catalog, {}, "order_datetime_desc")).toEqual(["a", "b", "c", "z"]);
  expect(idsOf(catalog, {}, "order_datetime_asc")).toEqual(["c", "a", "b", "z"]);
  expect(idsOf(catalog, {}, "patient_name_asc")).toEqual(["b", "z", "c", "a"]);
});

test("10,000 exams come in the same order as sorted at once", () => {
  const exams = Array.from({ length: 10_000 }, (_, number) =>
    anExam(`e${(number * 7_919) % 10_000}`, {
      order_datetime: ((number * 31) % 97) * 1_000_000,
      check_in_datetime: null,
    }),
  );
  const { catalog } = withExams(exams);
  const expected = exams
    .toSorted((one, other) => other.order_datetime! - one.order_datetime! || (one.exam_id < other.exam_id ? -1 : 1))
    .map(({ exam_id }) => exam_id);
  expect(idsOf(catalog)).toEqual(expected);
});

test("each facet is counted as if its own part were not set", () => {
  const { catalog } = withExams([
    anExam("a", { exam_source: "CT", exam_room: "R1" }),
    anExam("b", { exam_source: "CT", exam_room: "R2", patient_gender: "M" }),
    anExam("c", { exam_source: "MRI", exam_room: "R1", check_in_datetime: at("2024-05-01T00:00:00Z") }),
  ]);
  expect(facetsOf(catalog, { examSource: "CT", examRoom: ["R1"] })).toEqual({
    exams: 1,
    inCatalog: 3,
    withoutCheckIn: 0,
    sources: [{ value: "Platform", count: 1 }],
    examStatus: [{ value: "completed", count: 1 }],
    examSource: [
      { value: "CT", count: 1 },
      { value: "MRI", count: 1 },
    ],
    examEquipment: [],
    examRoom: [
      { value: "R1", count: 1 },
      { value: "R2", count: 1 },
    ],
    gender: [{ value: "F", count: 1 }],
    dates: [{ value: "2024-03", count: 1 }],
  });
});

test("DICOM studies stand in the same list, in the terms of images", () => {
  const { catalog } = withExams([anExam("E", { order_datetime: at("2024-01-01T00:00:00Z") })]);
  const study = {
    patientId: "P1",
    issuerOfPatientId: "IMG",
    patientName: "Doe^John^^Dr=ドゥ",
    patientBirthDate: "19600301",
    patientSex: "M",
    studyInstanceUid: "2.25.7",
    studyDate: "20240229",
    studyTime: "2115",
    studyDescription: "Chest",
    accessionNumber: "ACC1",
    stationName: "CT-ROOM-1",
  };
  const imaging = addSynced(catalog, "PACS", [
    anInstance("1", { ...study, modality: "CT", seriesInstanceUid: "2.25.8", sopInstanceUid: "2.25.9" }),
    anInstance("2", { ...study, modality: "SR", seriesInstanceUid: "2.25.10", sopInstanceUid: "2.25.11" }),
  ]);
  const [, dicom] = listed(catalog);
  expect(dicom).toMatchObject({
    origin: "dicom",
    source: "PACS",
    issuer: "IMG",
    values: {
      exam_id: "2.25.7",
      medical_record_no: "P1",
      application_order_no: "ACC1",
      patient_name: "Doe John Dr",
      patient_gender: "M",
      patient_birth_date: "1960-03-01",
      patient_age: 63,
      exam_status: null,
      exam_source: "CT",
      exam_description: "Chest",
      exam_equipment: "CT-ROOM-1",
      order_datetime: null,
      check_in_datetime: "2024-02-29T21:15:00+08:00",
    },
  });
  for (const filter of [
    { q: "doe john" },
    { q: "acc1" },
    { q: "ct-room" },
    { examSource: "CT", gender: ["M"] },
    { sources: ["PACS"] },
    { from: "2024-02-29", to: "2024-02-29", ageTo: 63 },
  ])
    expect(idsOf(catalog, filter), JSON.stringify(filter)).toEqual(["2.25.7"]);
  expect(idsOf(catalog, { examStatus: "completed" })).toEqual(["E"]);
  expect(facetsOf(catalog, { from: "2024-02-29", to: "2024-02-29" })).toMatchObject({ exams: 1, inCatalog: 2 });
  const rows = [...planExams(catalog, {}, "order_datetime_desc")].map(({ row }) => row);
  syncAll(catalog, imaging, []);
  expect(idsOf(catalog)).toEqual(["E"]);
  expect(() => readExams(catalog, rows)).toThrow(/catalog has changed/);
});

test.each([
  ["", "2024-02-29T00:00:00+08:00"],
  ["07", "2024-02-29T07:00:00+08:00"],
  ["070809.250000", "2024-02-29T07:08:09.250000+08:00"],
  ["07:08:09", "2024-02-29T07:08:09+08:00"],
  ["nonsense", "2024-02-29T00:00:00+08:00"],
])('a Study Time of "%s" is read as far as it goes', (studyTime, expected) => {
  const { catalog } = withExams([]);
  addSynced(catalog, "PACS", [anInstance("1", { studyDate: "20240229", studyTime })]);
  expect(listed(catalog)[0]?.values.check_in_datetime).toBe(expected);
});

test.each(["", "20240230", "2024.02.29"])(
  'a Study Date of "%s" is none, and the study stays in the list',
  (studyDate) => {
    const { catalog } = withExams([]);
    addSynced(catalog, "PACS", [anInstance("1", { studyDate, studyTime: "07" })]);
    expect(listed(catalog)[0]?.values.check_in_datetime).toBeNull();
  },
);

import { beforeEach, describe, expect, it } from "vitest";
import { createFormat } from "../../src/renderer/parts/format.ts";
import { sayExamValue, toExamSort, toTableSort } from "../../src/renderer/screens/browse/records/exam-columns.tsx";
import { splitLines } from "../../src/renderer/screens/browse/records/list-filter.tsx";
import {
  addPatientToFilter,
  changeExamsFilter,
  changeNotesFilter,
  clearRecordsFilter,
  countChips,
  getRecordsState,
  rememberRecordsOffset,
} from "../../src/renderer/screens/browse/records/records-state.ts";

beforeEach(() => {
  clearRecordsFilter("notes");
  clearRecordsFilter("exams");
});

describe("the filter of a list of records", () => {
  it("has no empty parts, since a list of nothing would find nothing", () => {
    changeNotesFilter({ text: "febre", wards: ["UTI"], includeDeletedPatients: true });
    changeNotesFilter({ text: "", wards: [], includeDeletedPatients: false });
    expect(getRecordsState().notes).toEqual({});
    changeExamsFilter({ ageFrom: 0 });
    expect(getRecordsState().exams).toEqual({ ageFrom: 0 });
  });

  it("begins at the top of its own list when it changes, and leaves the other list where it is", () => {
    rememberRecordsOffset("notes", 900);
    rememberRecordsOffset("exams", 500);
    changeNotesFilter({ text: "febre" });
    expect(getRecordsState().offsets).toEqual({ notes: 0, exams: 500 });
  });

  it("names patients one beside the other, each once", () => {
    addPatientToFilter("p1");
    addPatientToFilter("p2");
    addPatientToFilter("p1");
    expect(getRecordsState().notes.patients).toEqual(["p1", "p2"]);
  });

  it("counts chips as a person sees them: two days are one, words are none", () => {
    expect(countChips({ text: "febre", from: "2024-01-01", to: "2024-02-01", wards: ["UTI"] })).toBe(2);
    expect(countChips({ q: "CT", ageFrom: 1, ageTo: 2, examItem: "x", examIds: ["1"], gender: ["F"] })).toBe(3);
  });

  it("takes a pasted column of a spreadsheet line by line, commas being part of values", () => {
    expect(splitLines(" PR-1\r\nPR-2\tPR-3\n\nPR-1\n")).toEqual(["PR-1", "PR-2", "PR-3"]);
    expect(splitLines("Thorax, two views\nAbdomen")).toEqual(["Thorax, two views", "Abdomen"]);
  });
});

describe("the study list", () => {
  it("has the orders of the contract and no others", () => {
    expect(toExamSort(undefined)).toBe("order_datetime_desc");
    expect(toExamSort({ column: "exam_room", descending: false })).toBe("order_datetime_desc");
    expect(toExamSort({ column: "order_datetime", descending: false })).toBe("order_datetime_asc");
    expect(toExamSort({ column: "patient_name", descending: true })).toBe("patient_name_asc");
    expect(toTableSort("patient_name_asc")).toEqual({ column: "patient_name", descending: false });
  });

  it("shows moments as the hospital's clocks had them, and what is empty as empty", () => {
    const format = createFormat("en-GB");
    expect(sayExamValue("check_in_datetime", "2024-03-01T23:15:00+08:00", format)).toBe("1 Mar 2024, 23:15");
    expect(sayExamValue("patient_birth_date", "1961-12-31", format)).toBe("31 Dec 1961");
    expect(sayExamValue("exam_room", null, format)).toBe("");
  });
});

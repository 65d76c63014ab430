import { describe, expect, it } from "vitest";
import type { TableReview } from "../../src/contract/calls/records.ts";
import { en } from "../../src/renderer/labels/en/index.ts";
import { createFormat } from "../../src/renderer/parts/format.ts";
import { sayReplacements } from "../../src/renderer/say-replacements.ts";
import {
  cellsOf,
  countChanges,
  offsetOf,
  onlyChanged,
  riskLevel,
} from "../../src/renderer/screens/review/table-review-rows.ts";
import { sayColumn } from "../../src/renderer/screens/review/table-rows.tsx";
import { segmentsOf } from "../../src/renderer/screens/review/text-segments.ts";

const format = createFormat("en");
const review: Pick<TableReview, "columns" | "rows"> = {
  columns: ["patient_id", "patient_gender", "note_content"],
  rows: [
    {
      before: ["7", "F", "Ana is well"],
      after: ["0b0e", "F", "[NAME] is well"],
      change: ["replaced", "kept", "cleaned"],
      text: { column: 2, replaced: [{ start: 0, end: 3, kind: "patient-name" }], suspicious: [] },
    },
    { before: ["8", "M", "well"], after: ["8", "M", "well"], change: ["kept", "kept", "kept"], text: null },
  ],
};

describe("rows under review", () => {
  it("bear their place in the whole table, whichever ten are looked at", () => {
    expect(cellsOf(review, 30).map(({ row }) => row)).toEqual([30, 31]);
  });

  it("give the marks to the text alone, and a way to read the text also where nothing in it changes", () => {
    const [first, second] = cellsOf(review, 0);
    expect(first?.cells.map(({ text }) => text !== undefined)).toEqual([false, false, true]);
    expect(first?.long?.before).toBe("Ana is well");
    expect(second?.long?.before).toBe("well");
  });

  it("are left out with their cells where only changes are asked for", () => {
    const [only, ...others] = onlyChanged(cellsOf(review, 0));
    expect(only?.cells.map(({ column }) => column)).toEqual(["patient_id", "note_content"]);
    expect(others).toEqual([]);
  });

  it("are counted by what happens to their cells", () => {
    expect(countChanges(cellsOf(review, 0))).toMatchObject({ kept: 4, replaced: 1, cleaned: 1, removed: 0 });
  });

  it("are found by the number of any of them", () => {
    expect([0, 9, 10, 1234].map(offsetOf)).toEqual([0, 0, 10, 1230]);
  });

  it("have columns in plain words, and one of another version as it is called", () => {
    expect(sayColumn("note_content", "notes", en)).toBe("Text");
    expect(sayColumn("exam_source", "studies", en)).toBe("Modality");
    expect(sayColumn("a_new_one", "studies", en)).toBe("a_new_one");
  });
});

describe("a text with marked places", () => {
  const textOf = (marks: { start: number; end: number }[], text: string, limit?: number): string =>
    segmentsOf(text, marks, limit)
      .map((part) => (part.mark === undefined ? part.text : `<${part.text}>`))
      .join("");

  it("keeps every character, marked or not", () => {
    expect(textOf([{ start: 4, end: 7 }], "Sra Ana voltou")).toBe("Sra <Ana> voltou");
    expect(textOf([], "nada")).toBe("nada");
    expect(textOf([{ start: 0, end: 4 }], "tudo")).toBe("<tudo>");
  });

  it("shows each character once where places overlap or come in any order", () => {
    const marks = [
      { start: 4, end: 9 },
      { start: 0, end: 6 },
    ];
    expect(textOf(marks, "abcdefghij")).toBe("<abcdef><ghi>j");
    expect(
      textOf(
        [
          { start: 0, end: 8 },
          { start: 2, end: 4 },
        ],
        "abcdefghij",
      ),
    ).toBe("<abcdefgh>ij");
  });

  it("is cut at the limit, a mark with it, and never in the middle of a character", () => {
    expect(textOf([{ start: 4, end: 12 }], "Sra Ana Maria voltou", 7)).toBe("Sra <Ana>");
    expect(textOf([], "ab😀cd", 3)).toBe("ab");
    expect(textOf([], "ab😀cd", 4)).toBe("ab😀");
  });

  it("ignores places behind its end, as of a text that was cut", () => {
    expect(textOf([{ start: 40, end: 50 }], "short")).toBe("short");
  });
});

describe("what is said of the text of all notes", () => {
  it("begins with what is replaced most, and leaves out what is not", () => {
    expect(sayReplacements({ phone: 2, date: 1200, email: 0 }, en, format)).toBe("dates 1,200, phone numbers 2");
  });

  it("calls a risk by a word, and no note riskless", () => {
    expect([0, 0.32, 0.34, 0.66, 0.7, 1].map(riskLevel)).toEqual(["low", "low", "medium", "medium", "high", "high"]);
  });
});

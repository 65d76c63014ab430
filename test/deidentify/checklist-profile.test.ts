/** Checks 12 to 23 and 66 of standards/dicom-deidentification.md, section 6, over every row of Table E.1-1. */
import { describe, expect, it } from "vitest";
import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from "../../src/main/dicom/encode.ts";
import { lookup } from "../../src/main/dicom/dictionary.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { createDicomDeidentifier } from "../../src/main/deidentify/dicom/deidentifier.ts";
import { TEST_KEY, buildFile, deidentify, elementsOf, type Spec } from "./build-instance.ts";
import rules from "../../resources/deidentification-rules.json" with { type: "json" };

const SECRET = "Zyxwvut";
const rows = rules.rows as unknown as [string, string, string, Record<string, string>][];
const plainRows = rows.filter(([tag]) => /^[0-9a-f]{8}$/.test(tag) && Number.parseInt(tag.slice(0, 4), 16) > 7);
const tagOfRow = ([tag]: (typeof rows)[number]): number => Number.parseInt(tag, 16);
/** Identify the object itself, or are what the test data set needs. */
const NEEDED = new Set([0x00080018, 0x0020000d, 0x0020000e, 0x00100010, 0x00100020]);

/** A value of the row's VR that would be recognised anywhere. */
function secretValue(vr: string): Spec[2] {
  if (vr === "SQ")
    return [
      [
        [0x00100010, "PN", `${SECRET}^In`],
        [0x00080104, "LO", SECRET],
      ],
    ];
  if (vr === "DA") return "20010203";
  if (vr === "DT") return "20010203040506";
  if (vr === "TM") return "040506.77";
  if (vr === "UI") return "1.2.826.0.1.3680043.999.77.123456";
  if (vr === "AS") return "095Y";
  if (vr === "DS" || vr === "IS") return "424242";
  if (vr === "US") return Buffer.from([0x34, 0x12]);
  return vr === "UR" ? "http://zyxwvut" : SECRET;
}

const allRows: Spec[] = plainRows
  .filter((row) => !NEEDED.has(tagOfRow(row)))
  .map((row) => {
    const vr = (lookup(tagOfRow(row))?.vr ?? "LO").slice(0, 2);
    return [tagOfRow(row), vr, secretValue(vr)] satisfies Spec;
  });
/** Every row of the table, at the top level and again two levels down in sequences that are kept. */
const everything = buildFile([...allRows, [0x00081199, "SQ", [[...allRows, [0x00089215, "SQ", [allRows]]]]]]);
const source = walkPart10(everything);

describe.each([
  ["Basic", []],
  ["Clean Descriptors and Graphics", ["clean-descriptors", "clean-graphics"]],
] as const)("B. Every row of Table E.1-1, at every depth, under %s", (_, options) => {
  const { part10, bytes, result } = deidentify(everything, options);
  const present = elementsOf(part10.dataset);
  const actionOf = new Map(plainRows.map((row) => [tagOfRow(row), row[2]]));

  it("12 X rows are absent", () => {
    const removed = new Set(
      plainRows
        .filter(([, , basic, by]) => basic === "X" && (options.length === 0 || !by["descriptors"]))
        .map(tagOfRow),
    );
    expect(present.filter(({ element }) => removed.has(element.tag)).map(({ element }) => element.tag)).toEqual([]);
  });

  it("13 Z rows are empty or hold a pseudonym", () => {
    for (const { element } of present) {
      if (actionOf.get(element.tag) !== "Z" || element.items !== undefined) continue;
      const text = bytes.toString("latin1", element.valueStart, element.valueEnd);
      expect(text).toMatch(/^$|^[0-9A-Z-]{16,20} ?$/);
    }
  });

  it("14 D rows are not empty and not as they were", () => {
    for (const { element } of present) {
      if (!/^D$|\/D$/.test(actionOf.get(element.tag) ?? "")) continue;
      if (!/^D$/.test(actionOf.get(element.tag)!) && element.valueStart === element.valueEnd) continue;
      expect(element.valueEnd).toBeGreaterThan(element.valueStart);
      expect(bytes.toString("latin1", element.valueStart, element.valueEnd)).not.toContain(SECRET);
    }
  });

  it("15 U rows are replaced", () => {
    const uids = present.filter(({ element }) => actionOf.get(element.tag) === "U");
    expect(uids.length).toBeGreaterThan(100);
    for (const { element } of uids)
      expect(bytes.toString("latin1", element.valueStart, element.valueEnd)).toMatch(/^2\.25\.\d+\0?$/);
  });

  it("16 compound rows hold nothing of the source", () => {
    const compound = present.filter(({ element }) => actionOf.get(element.tag)?.includes("/"));
    expect(compound.length).toBeGreaterThan(0);
    for (const { element } of compound)
      expect(bytes.toString("latin1", element.valueStart, element.valueEnd)).not.toMatch(/Zyxwvut|20010203|424242/);
  });

  it("23 no name, date, number or UID of the source is left anywhere", () => {
    const text = bytes.toString("latin1");
    for (const value of [
      SECRET,
      "20010203",
      "040506.77",
      "424242",
      "3680043.999",
      "Exemplar",
      "MRN-445566",
      "095Y",
      "zyxwvut",
    ])
      expect(text).not.toContain(value);
    expect(result.leaks).toEqual([]);
  });
});

describe("I. Repeatability", () => {
  it("66 the same input gives the same bytes from another deidentifier, in any order, with or without the records", () => {
    const other = buildFile([[0x00100020, "LO", "SOMEONE-ELSE"]]);
    const first = deidentify(everything, ["clean-descriptors"]).bytes;
    const warm = createDicomDeidentifier({ key: TEST_KEY, options: ["clean-descriptors"] });
    warm.deidentify(walkPart10(other));
    warm.deidentify(walkPart10(everything));
    expect(Buffer.concat(warm.deidentify(walkPart10(everything)).pieces as Buffer[]).equals(first)).toBe(true);
  });

  it("the encoding of the data set does not matter", () => {
    const texts = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN].map((encoding) => {
      const { part10, text } = deidentify(buildFile([[0x0040a730, "SQ", [[[0x0040a160, "UT", "x"]]]]], encoding));
      return part10.dataset.elements.map(({ tag }) => [tag, text(tag.toString(16).padStart(8, "0"))]);
    });
    expect(texts[0]).toEqual(texts[1]);
  });

  it("counts every element of the source once", () => {
    const { result } = deidentify(everything);
    const { kept, removed, emptied, replaced, shifted, cleaned } = result.actions;
    expect(kept + removed + emptied + replaced + shifted + cleaned).toBeGreaterThanOrEqual(
      source.dataset.elements.length,
    );
    expect(result.changes).toHaveLength(removed + emptied + replaced + shifted + cleaned);
  });
});

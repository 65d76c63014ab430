import { describe, expect, it } from "vitest";
import type { ReviewRow } from "../../src/contract/calls/exports.ts";
import { metadataLines } from "../../src/renderer/screens/review/metadata-lines.ts";
import { visibleRows } from "../../src/renderer/screens/review/review-rows.ts";

const row = (name: string, depth: number, change: ReviewRow["change"], before = "x", after = "x"): ReviewRow => ({
  tag: "(0010,0010)",
  name,
  vr: "LO",
  depth,
  before,
  after,
  change,
});
const rows = [
  row("Modality", 0, "kept", "CT", "CT"),
  row("Referenced Study Sequence", 0, "kept"),
  row("Item 1", 1, "kept"),
  row("Referenced SOP Instance UID", 2, "replaced", "1.2.3", "2.25.4"),
  row("Code Sequence", 0, "kept"),
  row("Code Value", 1, "kept"),
  row("Patient's Name", 0, "replaced", "Müller^Anna", "P-7F3A"),
];
const names = (shown: readonly ReviewRow[]): string[] => shown.map(({ name }) => name);

describe("the rows of a review", () => {
  it("are all there unless something is asked for", () => {
    expect(visibleRows(rows, false, " ")).toHaveLength(rows.length);
  });

  it("show a nested change with the sequence it stands in, and no other sequence", () => {
    expect(names(visibleRows(rows, true, ""))).toEqual([
      "Referenced Study Sequence",
      "Item 1",
      "Referenced SOP Instance UID",
      "Patient's Name",
    ]);
  });

  it("are found by what was there before and by what is there after, in any case", () => {
    expect(names(visibleRows(rows, false, "MÜLLER"))).toEqual(["Patient's Name"]);
    expect(names(visibleRows(rows, false, "p-7f3a"))).toEqual(["Patient's Name"]);
  });

  it("are found by the name that the standard gives them, with either apostrophe", () => {
    const birth = [row("Patient Birth Name", 0, "removed")];
    expect(visibleRows(birth, false, "patient's birth")).toHaveLength(1);
    expect(visibleRows(birth, false, "Patient’s Birth")).toHaveLength(1);
  });

  it("are found by all words together", () => {
    expect(names(visibleRows(rows, false, "name anna"))).toEqual(["Patient's Name"]);
    expect(visibleRows(rows, false, "modality anna")).toEqual([]);
  });
});

describe("the JSON metadata of a review", () => {
  it("is indented, a line for each value", () => {
    expect(metadataLines('{"a":[1]}')).toEqual(["{", '  "a": [', "    1", "  ]", "}"]);
  });

  it("is shown as it is where it is cut", () => {
    expect(metadataLines('{"a":[1,\n2')).toEqual(['{"a":[1,', "2"]);
  });
});

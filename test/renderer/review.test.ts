import { describe, expect, it } from "vitest";
import type { ReviewRow } from "../../src/contract/calls/exports.ts";
import { metadataLines } from "../../src/renderer/screens/review/metadata-lines.ts";
import { inFileOrder, inReadingOrder, type ReviewLine } from "../../src/renderer/screens/review/review-order.ts";
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

describe("the order of a review", () => {
  const element = (tag: string, vr: string, name: string, depth = 0): ReviewRow => ({
    ...row(name, depth, "kept"),
    tag,
    vr,
  });
  const header = [
    element("(0002,0010)", "UI", "Transfer Syntax UID"),
    element("(0008,0020)", "DA", "Study Date"),
    element("(0008,0060)", "CS", "Modality"),
    element("(0008,0080)", "LO", "Institution Name"),
    element("(0008,0090)", "PN", "Referring Physician's Name"),
    element("(0008,1110)", "SQ", "Referenced Study Sequence"),
    element("(0008,0012)", "DA", "Instance Creation Date", 2),
    element("(0008,1030)", "LO", "Study Description"),
    element("(0010,0010)", "PN", "Patient's Name"),
    element("(0010,0030)", "DA", "Patient's Birth Date"),
  ];
  const said = (lines: readonly ReviewLine[]): string[] =>
    lines.map((line) => ("heading" in line ? `# ${line.heading}` : line.row.name));

  it("says who and when before what and where, the rest after them, and the file itself last", () => {
    expect(said(inReadingOrder(header))).toEqual([
      "# patient",
      "Patient's Name",
      "Patient's Birth Date",
      "# dates",
      "Study Date",
      "# examination",
      "Institution Name",
      "Referring Physician's Name",
      "Study Description",
      "# rest",
      "Modality",
      "Referenced Study Sequence",
      "Instance Creation Date",
      "# file",
      "Transfer Syntax UID",
    ]);
  });

  it("loses no element, leaves what a sequence holds below it, and has no heading over nothing", () => {
    expect(inReadingOrder(header).filter((line) => !("heading" in line))).toHaveLength(header.length);
    expect(said(inReadingOrder(header.slice(2, 3)))).toEqual(["# rest", "Modality"]);
    expect(inReadingOrder([])).toEqual([]);
  });

  it("is that of the file where it is asked for", () => {
    expect(said(inFileOrder(header))).toEqual(header.map(({ name }) => name));
  });
});

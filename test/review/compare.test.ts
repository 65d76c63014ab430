import { describe, expect, test } from "vitest";
import type { ReviewRow } from "../../src/contract/calls/exports.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import type { ActionName, ChangeRecord } from "../../src/main/deidentify/dicom/rewrite.ts";
import { compareInstances, type Comparison } from "../../src/main/review/compare.ts";
import { encodePicture, type Attribute, type Sequence } from "../render/picture.ts";

type Content = readonly (Attribute | Sequence)[];

function compare(before: Content, after: Content, meant: Record<string, ActionName> = {}): Comparison {
  const records = Object.entries(meant).map(([path, action]): ChangeRecord => ({
    tag: 0,
    path,
    keyword: "",
    action,
    before: "",
    after: "",
  }));
  const walk = (more: Content) =>
    walkPart10(encodePicture({ rows: 2, columns: 2, pixels: Buffer.alloc(8), more: [...more] }));
  return compareInstances(walk(before), walk(after), records);
}

const find = ({ rows }: Comparison, tag: string): ReviewRow[] => rows.filter((row) => row.tag === tag);
const name = (values: string): Attribute => ({ tag: 0x00100010, vr: "PN", values });

describe("two files side by side", () => {
  test("what stands in the output is told, whatever was meant", () => {
    const unchanged = compare([name("Doe^Jane")], [name("Doe^Jane")], { "(0010,0010)": "removed" });
    expect(find(unchanged, "(0010,0010)")).toMatchObject([{ after: "Doe^Jane", change: "kept" }]);
    const gone = compare([name("Doe^Jane")], [], { "(0010,0010)": "replaced" });
    expect(find(gone, "(0010,0010)")).toMatchObject([{ before: "Doe^Jane", after: null, change: "removed" }]);
    const changed = compare([name("Doe^Jane")], [name("X")], {});
    expect(find(changed, "(0010,0010)")).toMatchObject([{ after: "X", change: "replaced" }]);
    const emptied = compare([name("Doe^Jane")], [name("")], { "(0010,0010)": "replaced" });
    expect(find(emptied, "(0010,0010)")).toMatchObject([{ after: "", change: "emptied" }]);
    const came = compare([], [name("Doe^Jane")]);
    expect(find(came, "(0010,0010)")).toMatchObject([{ before: null, change: "added" }]);
  });

  test("the kind of a change is the one that was meant", () => {
    const date = (values: string): Attribute => ({ tag: 0x00080020, vr: "DA", values });
    expect(find(compare([date("20240102")], [date("20231119")], { "(0008,0020)": "shifted" }), "(0008,0020)")).toEqual([
      {
        tag: "(0008,0020)",
        name: "Study Date",
        vr: "DA",
        depth: 0,
        before: "2024-01-02",
        after: "2023-11-19",
        change: "shifted",
      },
    ]);
  });

  test("items of sequences are compared one by one, and nested changes do not pass as kept", () => {
    const request = (...codes: string[]): Sequence => ({
      tag: 0x00400275,
      items: codes.map((values) => [{ tag: 0x00400007, vr: "LO", values }]),
    });
    const { rows, counts } = compare([request("one", "two")], [request("one", "2")], {
      "(0040,0275)[1](0040,0007)": "cleaned",
    });
    const own = rows.filter(({ tag }) => /0040,0275|FFFE|0040,0007/.test(tag));
    expect(own.map(({ tag, depth, before, after, change }) => [tag, depth, before, after, change])).toEqual([
      ["(0040,0275)", 0, "2 items", "2 items", "kept"],
      ["(FFFE,E000)", 1, "", "", "kept"],
      ["(0040,0007)", 2, "one", "one", "kept"],
      ["(FFFE,E000)", 1, "", "", "kept"],
      ["(0040,0007)", 2, "two", "2", "cleaned"],
    ]);
    expect(counts.cleaned).toBe(1);
    const fewer = compare([request("one", "two")], [request("one")]);
    expect(find(fewer, "(0040,0275)")).toMatchObject([{ before: "2 items", after: "1 item", change: "replaced" }]);
    expect(find(fewer, "(0040,0007)")).toMatchObject([{ change: "kept" }, { before: "two", change: "removed" }]);
    const emptied = compare([request("one")], [request()]);
    expect(find(emptied, "(0040,0275)")).toMatchObject([{ change: "emptied" }]);
  });

  test("pixel data that differ in one byte are not called kept", () => {
    const picture = { rows: 2, columns: 2 };
    const before = walkPart10(encodePicture({ ...picture, pixels: Buffer.alloc(8) }));
    const after = walkPart10(encodePicture({ ...picture, pixels: Buffer.from("0000000000000001", "hex") }));
    expect(find(compareInstances(before, after, []), "(7FE0,0010)")).toMatchObject([
      { before: "[8 bytes]", after: "[8 bytes]", change: "replaced" },
    ]);
  });

  test("values are shown decoded, long ones shortened, many numbers counted", () => {
    const content: Content = [
      { tag: 0x00080005, vr: "CS", values: "ISO_IR 192" },
      name(Buffer.from("Yamada^Tarou=山田^太郎=やまだ^たろう").toString("latin1")),
      { tag: 0x00080012, vr: "DA", values: "unknown" },
      { tag: 0x0008002a, vr: "DT", values: "20240102030405.678+0130" },
      { tag: 0x00080030, vr: "TM", values: "1011" },
      { tag: 0x00081140, vr: "LT", values: "x" },
      { tag: 0x00104000, vr: "LT", values: "y".repeat(5_000) },
      { tag: 0x00186020, vr: "US", values: Array.from({ length: 100 }, (_, index) => index) },
      { tag: 0x00290010, vr: "LO", values: "ACME" },
      { tag: 0x00291001, vr: "UN", values: Buffer.alloc(1024) },
    ];
    const comparison = compare(content, content);
    const shown = (tag: string): string | null | undefined => find(comparison, tag)[0]?.after;
    expect(shown("(0010,0010)")).toBe("Yamada^Tarou=山田^太郎=やまだ^たろう");
    expect(shown("(0008,0012)")).toBe("unknown");
    expect(shown("(0008,002A)")).toBe("2024-01-02 03:04:05.678 +01:30");
    expect(shown("(0008,0030)")).toBe("10:11");
    expect(shown("(0010,4000)")).toBe(`${"y".repeat(1_000)}… [5000 characters]`);
    expect(shown("(0018,6020)")).toMatch(/^0\\1\\2\\.*\\63… \[100 values\]$/);
    expect(shown("(0029,1001)")).toBe("[1024 bytes]");
    expect(find(comparison, "(0029,1001)")[0]?.name).toBe("Private: ACME");
    expect(comparison.rows.every(({ change }) => change === "kept")).toBe(true);
  });

  test("a header with more elements than a page can take says how many are not shown, and counts them all", () => {
    const items = Array.from({ length: 30_000 }, () => [{ tag: 0x00080100, vr: "SH", values: "c" }]);
    const { rows, counts } = compare([{ tag: 0x00081140, items }], []);
    expect(rows.length).toBeLessThan(20_010);
    expect(rows.at(-1)?.name).toMatch(/^4\d{4} more rows are not shown$/);
    expect(counts.removed).toBe(30_001);
  });
});

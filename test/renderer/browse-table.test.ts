import { describe, expect, test } from "vitest";
import {
  arrangeColumns,
  hideColumn,
  isHidden,
  moveColumn,
  NARROWEST,
  parseLayout,
  PLAIN_LAYOUT,
  resizeColumn,
  WIDEST,
  widthOf,
} from "../../src/renderer/parts/virtual-table/columns.ts";
import { readTableKey } from "../../src/renderer/parts/virtual-table/table-keys.ts";
import { filterElements } from "../../src/renderer/screens/browse/filter-elements.ts";
import { sayModalities } from "../../src/renderer/screens/browse/say-values.ts";

const columns = [
  { id: "name", width: 200, fixed: true },
  { id: "date", width: 100 },
  { id: "issuer", width: 100, hidden: true },
  { id: "size", width: 80 },
];
const names = (layout = PLAIN_LAYOUT) => arrangeColumns(columns, layout).map((column) => column.id);

describe("columns of a table", () => {
  test("are moved, and stop at the edges", () => {
    const moved = moveColumn(columns, PLAIN_LAYOUT, "size", -2);
    expect(names(moved)).toEqual(["name", "size", "date", "issuer"]);
    expect(names(moveColumn(columns, moved, "name", -1))).toEqual(["name", "size", "date", "issuer"]);
    expect(names(moveColumn(columns, moved, "name", 9))).toEqual(["size", "date", "issuer", "name"]);
  });

  test("a column that came with a newer edition stands behind its neighbour, and one that is gone is no harm", () => {
    expect(names({ ...PLAIN_LAYOUT, order: ["size", "gone", "name"] })).toEqual(["size", "name", "date", "issuer"]);
  });

  test("are hidden and shown against their beginning, but never the one that says what the row is", () => {
    const [name, date, issuer] = columns;
    if (name === undefined || date === undefined || issuer === undefined) throw new Error("no columns");
    expect(isHidden(issuer, PLAIN_LAYOUT)).toBe(true);
    expect(isHidden(issuer, hideColumn(PLAIN_LAYOUT, "issuer", false))).toBe(false);
    expect(isHidden(date, hideColumn(PLAIN_LAYOUT, "date", true))).toBe(true);
    expect(isHidden(name, hideColumn(PLAIN_LAYOUT, "name", true))).toBe(false);
  });

  test("keep a width that can be read", () => {
    const date = { id: "date", width: 100 };
    expect(widthOf(date, resizeColumn(PLAIN_LAYOUT, "date", -5))).toBe(NARROWEST);
    expect(widthOf(date, resizeColumn(PLAIN_LAYOUT, "date", 99_999))).toBe(WIDEST);
    expect(widthOf(date, resizeColumn(PLAIN_LAYOUT, "date", 120.4))).toBe(120);
  });

  test("what is remembered comes back; what cannot be understood is as if it were not there", () => {
    const stored = {
      order: ["size", 4],
      widths: { date: 140, name: "wide" },
      hidden: { date: true },
      sort: { column: "date", descending: true },
    };
    expect(parseLayout(stored)).toEqual({
      order: ["size"],
      widths: { date: 140 },
      hidden: { date: true },
      sort: { column: "date", descending: true },
    });
    for (const bad of [undefined, null, "x", 4, [], { order: 3, widths: null, sort: { column: 1 } }])
      expect(parseLayout(bad)).toEqual({ order: [], widths: {}, hidden: {}, sort: undefined });
  });
});

describe("keys in a table", () => {
  const press = (key: string, more: { shiftKey?: boolean; ctrlKey?: boolean; altKey?: boolean } = {}) => ({
    key,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  });

  test("go up, down, by pages and to the ends, and never beyond them", () => {
    const to = (key: string, active: number) => readTableKey(press(key), active, 1000, 20);
    expect(to("ArrowDown", 999)).toEqual({ type: "move", to: 999, range: false });
    expect(to("ArrowUp", 0)).toEqual({ type: "move", to: 0, range: false });
    expect(to("PageDown", 10)).toEqual({ type: "move", to: 29, range: false });
    expect(to("PageUp", 10)).toEqual({ type: "move", to: 0, range: false });
    expect(to("End", 3)).toEqual({ type: "move", to: 999, range: false });
    expect(to("Home", 3)).toEqual({ type: "move", to: 0, range: false });
  });

  test("with Shift take the rows on the way along", () => {
    expect(readTableKey(press("End", { shiftKey: true }), 3, 10, 5)).toEqual({ type: "move", to: 9, range: true });
  });

  test("pick, open, close and pick all", () => {
    expect(readTableKey(press(" "), 0, 10, 5)).toEqual({ type: "toggle" });
    expect(readTableKey(press("Enter"), 0, 10, 5)).toEqual({ type: "open" });
    expect(readTableKey(press("Escape"), 0, 10, 5)).toEqual({ type: "close" });
    expect(readTableKey(press("A", { ctrlKey: true }), 0, 10, 5)).toEqual({ type: "pickAll" });
  });

  test("that are not the table's are left alone, and an empty table has nowhere to go", () => {
    expect(readTableKey(press("ArrowDown", { altKey: true }), 0, 10, 5)).toBeUndefined();
    expect(readTableKey(press("a"), 0, 10, 5)).toBeUndefined();
    expect(readTableKey(press("ArrowDown"), 0, 0, 5)).toBeUndefined();
  });
});

test("searching a header keeps what encloses a found element, and nothing beside it", () => {
  const rows = [
    { tag: "(0008,1115)", name: "Referenced Series Sequence", value: "", depth: 0 },
    { tag: "(FFFE,E000)", name: "Item", value: "", depth: 1 },
    { tag: "(0020,000E)", name: "Series Instance UID", value: "2.25.7", depth: 2 },
    { tag: "(0008,0060)", name: "Modality", value: "CT", depth: 2 },
    { tag: "(0010,0010)", name: "Patient's Name", value: "Doe^Jane", depth: 0 },
  ];
  expect(filterElements(rows, "MODALITY ct").map((row) => row.name)).toEqual([
    "Referenced Series Sequence",
    "Item",
    "Modality",
  ]);
  expect(filterElements(rows, "jane")).toHaveLength(1);
  expect(filterElements(rows, " ")).toHaveLength(5);
  expect(filterElements(rows, "absent")).toHaveLength(0);
});

test("a study of several modalities says each", () => {
  expect(sayModalities(String.raw`CT\SR`)).toEqual(["CT", "SR"]);
  expect(sayModalities("")).toEqual([]);
});

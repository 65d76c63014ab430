import { describe, expect, it } from "vitest";
import {
  foldedAtFirst,
  nameOfLine,
  readJsonLines,
  seenLines,
  shortLine,
} from "../../src/renderer/screens/browse/resources/fold-json.ts";
import {
  codeAlone,
  sayCode,
  sourcesOfStudies,
  incompleteTypes,
  typeFacet,
  type HeldType,
} from "../../src/renderer/screens/browse/resources/resource-facets.ts";
import {
  changeResourcesFilter,
  clearResourcesFilter,
  countResourceChips,
  getResourcesState,
} from "../../src/renderer/screens/browse/resources/resources-state.ts";

const resource = {
  resourceType: "Observation",
  code: { coding: [{ system: "http://loinc.org", code: "8867-4" }], text: "{ [" },
  empty: [],
  none: {},
  component: [{ valueString: "a\n}" }],
};
const text = JSON.stringify(resource, undefined, 2);
const lines = readJsonLines(text);
const indexOf = (start: string): number => lines.findIndex((line) => line.text.startsWith(start));

function seenText(folded: Iterable<number>): string {
  return seenLines(lines, new Set(folded))
    .map((index) => lines[index]?.text)
    .join("\n");
}

describe("a resource as text", () => {
  it("is the same text, line by line, while nothing is folded", () => {
    expect(seenText([])).toBe(text.replaceAll(/^ +/gm, ""));
  });

  it("folds from what opens a part to what closes it, and nothing that only looks like one", () => {
    const code = indexOf('"code": {');
    expect(lines[lines[code]?.end ?? -1]?.text).toBe("},");
    expect(seenText([code])).not.toContain("8867-4");
    expect(seenText([code])).toContain('"component"');
    for (const name of ['"text"', '"empty"', '"none"', '"valueString"'])
      expect(lines[indexOf(name)]?.end).toBeUndefined();
    expect(lines[0]?.end).toBe(lines.length - 1);
  });

  it("shows what is cut short to its end, without a part that never closes", () => {
    const cut = readJsonLines(text.slice(0, text.indexOf("8867")));
    expect(cut.every(({ end }) => end === undefined)).toBe(true);
    expect(seenLines(cut, foldedAtFirst(cut, 0))).toHaveLength(cut.length);
  });

  it("is folded at first only where it is long, below the second level", () => {
    expect(foldedAtFirst(lines)).toEqual(new Set());
    const folded = [...foldedAtFirst(lines, 5)].map((index) => lines[index]?.depth);
    expect(folded.length).toBeGreaterThan(0);
    expect(Math.min(...folded.map(Number))).toBe(2);
  });

  it("names what a line opens, and cuts lines that nobody reads", () => {
    expect(nameOfLine(lines[indexOf('"code": {')] ?? { text: "", depth: 0, end: undefined })).toBe("code");
    expect(shortLine("short")).toEqual({ shown: "short", length: undefined });
    const long = shortLine("x".repeat(5000));
    expect([long.shown.length, long.length]).toEqual([400, 5000]);
  });
});

describe("types of resources as a choice", () => {
  const held = (source: string, type: string, count: number, complete = true): HeldType => ({
    source,
    type,
    count,
    expected: null,
    received: null,
    complete,
  });
  const types = [held("a", "Patient", 5), held("a", "Observation", 40, false), held("b", "Observation", 100)];

  it("are counted over the chosen sources, the most frequent first, and marked where one source is short", () => {
    expect(typeFacet(types, undefined)).toEqual([
      { value: "Observation", count: 140, incomplete: true },
      { value: "Patient", count: 5, incomplete: false },
    ]);
    expect(typeFacet(types, ["b"])).toEqual([{ value: "Observation", count: 100, incomplete: false }]);
  });

  it("are said to be short where the filter shows them, and only there", () => {
    expect(incompleteTypes(types, {}).map(({ source }) => source)).toEqual(["a"]);
    expect(incompleteTypes(types, { types: ["Patient"] })).toEqual([]);
    expect(incompleteTypes(types, { sources: ["b"] })).toEqual([]);
  });

  it("are those of the sources of the studies that are chosen", () => {
    const studies = [
      { id: "1", source: "a" },
      { id: "2", source: "b" },
    ];
    expect(sourcesOfStudies(studies, undefined)).toBeUndefined();
    expect(incompleteTypes(types, { sources: sourcesOfStudies(studies, ["2"]) })).toEqual([]);
    expect(incompleteTypes(types, { sources: sourcesOfStudies(studies, ["1"]) })).toHaveLength(1);
  });

  it("have codes that are read without their system", () => {
    expect(codeAlone("https://w3id.org/openmhealth|omh:blood-glucose:4.0")).toBe("omh:blood-glucose:4.0");
    expect(codeAlone("8867-4")).toBe("8867-4");
    expect(sayCode("http://loinc.org|8867-4")).toBe("8867-4");
    expect(sayCode("Heart rate | resting")).toBe("Heart rate | resting");
  });
});

describe("the filter of resources", () => {
  it("has no empty parts, and counts two days as one", () => {
    clearResourcesFilter();
    changeResourcesFilter({ types: ["Patient"], codes: [], from: "2024-01-01", to: "2024-02-01", patients: undefined });
    expect(getResourcesState().filter).toEqual({ types: ["Patient"], from: "2024-01-01", to: "2024-02-01" });
    expect(countResourceChips(getResourcesState().filter)).toBe(2);
    changeResourcesFilter({ types: [] });
    expect(getResourcesState().filter).not.toHaveProperty("types");
    clearResourcesFilter();
    expect(getResourcesState().filter).toEqual({});
  });
});

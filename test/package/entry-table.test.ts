import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EntryTable } from "../../src/main/package/entry-table.ts";
import { foldName } from "../../src/main/package/safe-name.ts";

describe("an entry table", () => {
  it("gives back what was put in, over many pages, as a list of objects would", () => {
    const table = new EntryTable(true);
    const count = 40_000;
    const made = (index: number) => ({
      name: `studies/1.2.3/${index}.dcm`,
      offset: index * 5_000_000_000,
      method: index % 3 === 0 ? (8 as const) : (0 as const),
      crc32: (index * 2_654_435_761) % 2 ** 32,
      size: index * 2 ** 20,
      compressedSize: index,
      deflatedCrc32: index % 3 === 0 ? 0xffffffff - index : undefined,
    });
    for (let index = 0; index < count; index++) expect(table.add(made(index))).toBeUndefined();
    table.setSha256(39_999, "ab".repeat(32));
    table.setRole(39_999, "preview");
    expect(table).toHaveLength(count);
    for (const index of [0, 1, 16_383, 16_384, 39_998]) {
      expect(table.at(index)).toEqual({ ...made(index), index, sha256: "", role: "" });
      expect(table.find(made(index).name)).toBe(index);
    }
    expect(table.at(39_999)).toMatchObject({ sha256: "ab".repeat(32), role: "preview" });
    expect(table.isListed(39_998)).toBe(false);
    expect(table.find("studies/1.2.3/40000.dcm")).toBeUndefined();
  });

  it("finds names, and twins of names, as a map of folded names does", () => {
    const name = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom("a", "A", "é", "e\u0301", "É", "ß", "ss"));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 60 }), (names) => {
        const table = new EntryTable(false);
        const model = new Map<string, number>();
        for (const [index, one] of names.entries()) {
          const twin = model.get(foldName(one));
          expect(table.add({ name: one, offset: 0, method: 0, crc32: undefined, size: 0, compressedSize: 0 })).toBe(
            twin === undefined ? undefined : names[twin],
          );
          if (twin === undefined) model.set(foldName(one), index);
        }
        for (const one of names) {
          const first = model.get(foldName(one))!;
          expect(table.find(one)).toBe(names[first] === one ? first : undefined);
        }
      }),
    );
  });
});

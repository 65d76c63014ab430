import { describe, expect, it } from "vitest";
import { inflateRawSync } from "node:zlib";
import { PartWriter, PieceStore } from "../../src/main/jobs/part-writer.ts";

const MIB = 1024 * 1024;

/** Rows of 100 kB that no other part has. */
function rowsOf(part: string, count: number): string[] {
  return Array.from({ length: count }, (_, row) => `${part}${row}é`.padEnd(100_000, part));
}

describe("a part of a table", () => {
  for (const level of [0, 1])
    it(`has the bytes of its own rows where parts before it used the same buffers, at level ${level}`, () => {
      const store = new PieceStore();
      for (const [part, count] of [
        ["a", 25],
        ["b", 3],
        ["c", 47],
        ["d", 60],
      ] as const) {
        const rows = rowsOf(part, count);
        const writer = new PartWriter(level, () => undefined, store);
        for (const row of rows) expect(writer.add(row)).toBe(true);
        const end = writer.end();
        const written = Buffer.concat(end?.held ?? []);
        writer.release();
        const text = level === 0 ? written : inflateRawSync(written, { finishFlush: 2 });
        expect(text.equals(Buffer.from(rows.join("")))).toBe(true);
        expect(end?.stretch.size).toBe(text.length);
      }
    });

  it("streams on what is too much to be held, each byte once, and lends its buffers again", () => {
    const store = new PieceStore();
    const kept: number[] = [];
    for (const part of ["a", "b"]) {
      const rows = rowsOf(part, 120);
      const streamed: Buffer[] = [];
      const writer = new PartWriter(0, () => (piece) => void streamed.push(Buffer.from(piece)), store);
      for (const row of rows) writer.add(row);
      const end = writer.end();
      writer.release();
      expect(end?.streamed).toBe(true);
      expect(Buffer.concat(streamed).equals(Buffer.from(rows.join("")))).toBe(true);
      kept.push(store.size);
    }
    expect(kept[0]).toBeLessThan(16 * MIB);
    expect(kept[1]).toBe(kept[0]);
  });
});

import { randomBytes } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodeBytes, joinStretches, PartWriter } from "../../src/main/jobs/part-writer.ts";
import { crc32Of } from "../../src/main/package/prepare-entry.ts";

const MEGABYTE = 1024 * 1024;
/** 12 MB in rows of 3 to 300,000 characters: what is too large to be held. */
const ROWS = Array.from({ length: 120 }, (_, index) => `${index},${"á".repeat(index % 2 === 0 ? 1 : 100_000)}\r\n`);
const WHOLE = Buffer.from(ROWS.join(""));

test.for([0, 1])("level %i: a part too large to be held goes on in its turn, whole and in order", (level) => {
  const written: Buffer[] = [];
  let asked = 0;
  const part = new PartWriter(level, () => {
    asked++;
    return (piece) => void written.push(Buffer.from(piece));
  });
  const rows = level === 0 ? ROWS : [...ROWS, ...incompressible(32)];
  for (const row of rows) expect(part.add(row)).toBe(true);
  const end = part.end();
  expect(asked).toBe(1);
  expect(end).toMatchObject({ streamed: true, held: [] });
  const bytes = Buffer.concat(written);
  const text = Buffer.from(rows.join(""));
  const { stretch } = end ?? {};
  expect(stretch).toEqual({
    size: text.length,
    crc32: crc32Of([text]),
    writtenSize: bytes.length,
    writtenCrc32: crc32Of([bytes]),
  });
  const last = encodeBytes(Buffer.alloc(0), level, true).written;
  const read = level === 0 ? bytes : inflateRawSync(Buffer.concat([bytes, last]));
  expect(read.equals(text)).toBe(true);
});

test("a part that is small enough waits for its turn in memory and asks for nothing", () => {
  const part = new PartWriter(0, () => {
    throw new Error("asked for its turn");
  });
  for (const row of ROWS.slice(0, 20)) part.add(row);
  const end = part.end();
  expect(end?.streamed).toBe(false);
  expect(Buffer.concat(end?.held ?? []).equals(Buffer.from(ROWS.slice(0, 20).join("")))).toBe(true);
});

test.for([0, 1])("level %i: bytes among texts come out where they stood, whatever their size", (level) => {
  const written: Buffer[] = [];
  const part = new PartWriter(level, () => (piece) => void written.push(Buffer.from(piece)));
  const texts = [...ROWS, "\u00e9".repeat(MEGABYTE), ...ROWS];
  const around = Buffer.from("before");
  for (const [index, text] of texts.entries()) {
    const bytes = Buffer.concat([around, Buffer.from(text), around]);
    expect(index % 3 === 0 ? part.add(text) : part.addBytes(bytes, around.length, bytes.length - around.length)).toBe(
      true,
    );
    // What was given is copied: its owner may use it again.
    bytes.fill(0);
  }
  const end = part.end();
  const bytes = Buffer.concat([...written, ...(end?.held ?? [])]);
  const last = encodeBytes(Buffer.alloc(0), level, true).written;
  const read = level === 0 ? bytes : inflateRawSync(Buffer.concat([bytes, last]));
  expect(read.equals(Buffer.from(texts.join("")))).toBe(true);
});

test("a part whose run was stopped while it waited for its turn ends without a word", () => {
  const part = new PartWriter(0, () => undefined);
  const taken = ROWS.map((row) => part.add(row));
  expect(taken).toContain(false);
  expect(WHOLE.length).toBeGreaterThan(8 * MEGABYTE);
});

test("stretches of more than 4 GiB keep their sizes and checksums, whatever they are joined from", () => {
  const hole = { ...encodeBytes(Buffer.alloc(64 * MEGABYTE), 0, false).stretch };
  let large = hole;
  for (let count = 1; count < 66; count++) large = joinStretches(large, hole);
  expect(large.size).toBe(66 * 64 * MEGABYTE);
  const behind = joinStretches(large, encodeBytes(Buffer.from("behind"), 0, true).stretch);
  const halves = joinStretches(
    hole,
    joinStretches(multiple(hole, 65), encodeBytes(Buffer.from("behind"), 0, true).stretch),
  );
  expect(halves).toEqual(behind);
});

function multiple(stretch: ReturnType<typeof joinStretches>, count: number): ReturnType<typeof joinStretches> {
  return Array.from({ length: count - 1 }, () => stretch).reduce(joinStretches, stretch);
}

/** Texts of half a megabyte that deflate to three quarters. */
function incompressible(count: number): string[] {
  return Array.from({ length: count }, () => randomBytes(MEGABYTE / 3).toString("base64"));
}

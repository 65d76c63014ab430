import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SatchelError } from "../../src/contract/errors.ts";
import { describeInstance } from "../../src/main/dicom/describe.ts";
import type { Dataset } from "../../src/main/dicom/element.ts";
import { walkPart10, type Part10 } from "../../src/main/dicom/part10.ts";
import { readPart10 } from "../../src/main/dicom/read-part10.ts";
import { applyEdits } from "../../src/main/dicom/splice.ts";
import { readValues } from "../../src/main/dicom/values.ts";
import { DAMAGED, sample, sampleNames, samplesAbsent } from "./samples.ts";

const FILES = 10_000;

/** A generator of our own (mulberry32), so that a failure can be had again. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const NASTY = [0xfffffffe, 0xffffffff, 0x7fffffff, 0x80000000, 0, 1, 8, 0xe000fffe, 0xe00dfffe, 0xe0ddfffe];

/** One to eight changes near the beginning, where the structure is: bytes, lengths and tags, blocks cut out, doubled or filled. */
function mutate(original: Buffer, random: (below: number) => number): Buffer {
  let bytes = Buffer.from(original);
  for (let count = 1 + random(8); count > 0; count--) {
    const at = random(Math.min(bytes.length - 8, 4096));
    const length = random(64);
    const kind = random(6);
    if (kind === 0) bytes[at] = random(256);
    else if (kind === 1) bytes.writeUInt32LE(NASTY[random(NASTY.length)] as number, at);
    else if (kind === 2) bytes.writeUInt16LE(random(65536), at);
    else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    else if (kind === 4) bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    else bytes.fill(random(256), at, Math.min(at + length, bytes.length));
    if (bytes.length < 16) return bytes;
  }
  return random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
}

function readAll(part10: ReturnType<typeof walkPart10>, dataset: Dataset): number {
  let elements = 0;
  for (const element of dataset.elements) {
    elements++;
    if (element.valueEnd - element.valueStart < 4096) readValues(part10, dataset, element);
    for (const item of element.items ?? []) elements += readAll(part10, item.dataset);
  }
  return elements;
}

function outcome(read: () => Part10): string {
  try {
    const part10 = read();
    return `read ${part10.dataset.elements.map((element) => element.tag).join()} ${part10.trailing.end - part10.trailing.start}`;
  } catch (error) {
    if (error instanceof SatchelError) return `${error.code} ${/ at byte \d+/.exec(error.message)?.[0]}`;
    throw error;
  }
}

describe.skipIf(samplesAbsent)("mutated sample files (skipped where ../shared is absent)", () => {
  it(`end in a result or in a typed reason, all ${FILES} of them, with no more elements than their bytes allow`, () => {
    const originals = sampleNames()
      .filter((name) => !DAMAGED.has(name))
      .map(sample)
      .filter((file) => file.length < 100_000);
    const random = generator(20260101);
    const outcomes = { read: 0, refused: 0 };
    for (let index = 0; index < FILES; index++) {
      const bytes = mutate(originals[index % originals.length] as Buffer, random);
      try {
        const part10 = walkPart10(bytes);
        expect(readAll(part10, part10.dataset)).toBeLessThanOrEqual(part10.bytes.length / 8);
        expect(part10.datasetEnd).toBe(part10.trailing.start);
        const same = applyEdits(part10, { changes: new Map(), inserts: new Map(), dropTrailing: false }) as Buffer[];
        expect(Buffer.concat(same).equals(bytes), `file ${index}`).toBe(true);
        describeInstance(part10);
        outcomes.read++;
      } catch (error) {
        if (!(error instanceof SatchelError)) throw error;
        expect(["BAD_DICOM", "NOT_DICOM", "TOO_LARGE"], `file ${index}`).toContain(error.code);
        outcomes.refused++;
      }
    }
    expect(outcomes.read + outcomes.refused).toBe(FILES);
    expect(outcomes.read).toBeGreaterThan(500);
    expect(outcomes.refused).toBeGreaterThan(500);
  });

  it("are read by position with the same outcome as in memory", () => {
    const folder = mkdtempSync(join(tmpdir(), "satchel-mutated-"));
    const path = join(folder, "file.dcm");
    const random = generator(7);
    const originals = sampleNames().filter((name) => !DAMAGED.has(name));
    const outcomes = new Map<string, number>();
    try {
      for (let index = 0; index < 500; index++) {
        const bytes = mutate(sample(originals[index % originals.length] as string), random);
        writeFileSync(path, bytes);
        const fd = openSync(path, "r");
        try {
          const inMemory = outcome(() => walkPart10(bytes));
          expect(
            outcome(() => readPart10(fd, bytes.length)),
            `file ${index}`,
          ).toBe(inMemory);
          outcomes.set(inMemory.slice(0, 4), (outcomes.get(inMemory.slice(0, 4)) ?? 0) + 1);
        } finally {
          closeSync(fd);
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(outcomes.get("read")).toBeGreaterThan(30);
    expect(outcomes.get("BAD_")).toBeGreaterThan(30);
  });
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, openSync, closeSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SatchelError } from "../../src/contract/errors.ts";
import { describeInstance } from "../../src/main/dicom/describe.ts";
import type { Dataset, Element } from "../../src/main/dicom/element.ts";
import type { NewElement } from "../../src/main/dicom/encode.ts";
import { walkPart10, type Part10 } from "../../src/main/dicom/part10.ts";
import type { Piece } from "../../src/main/dicom/piece.ts";
import { createScratch, readHeader, readPart10 } from "../../src/main/dicom/read-part10.ts";
import { applyEdits, type Change, type Edits } from "../../src/main/dicom/splice.ts";
import { formatTag } from "../../src/main/dicom/tag.ts";
import { findElement, readValues } from "../../src/main/dicom/values.ts";
import { DAMAGED, SAMPLES, sample, sampleNames, samplesAbsent } from "./samples.ts";

const NO_EDITS: Edits = { changes: new Map(), inserts: new Map(), dropTrailing: false };
/** Sequences inside UN, into which dcmdump does not look. */
const NOT_SEEN_INTO = /VR-UN|bad_sequence/;
const names = sampleNames();
const whole = names.filter((name) => !DAMAGED.has(name));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "satchel-dicom-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function assemble(pieces: readonly Piece[], file: Buffer): Buffer {
  return Buffer.concat(
    pieces.map((piece) => (Buffer.isBuffer(piece) ? piece : file.subarray(piece.start, piece.start + piece.length))),
  );
}

describe.skipIf(samplesAbsent)("the sample files (skipped where ../shared is absent)", () => {
  it("are more than a hundred", () => {
    expect(whole.length).toBeGreaterThan(100);
  });

  it.each(whole)("%s comes out bit for bit when nothing is edited", (name) => {
    const file = sample(name);
    expect(assemble(applyEdits(walkPart10(file), NO_EDITS), file).equals(file)).toBe(true);
  });

  it.each([...DAMAGED])("%s is refused, naming %s and its place", (name, tag) => {
    const refused = (): unknown => walkPart10(sample(name));
    expect(refused).toThrow(SatchelError);
    expect(refused).toThrow(`element ${tag} at byte `);
  });

  it("are walked by position as they are in memory, pixel data left in the file", () => {
    const scratch = createScratch();
    let outside = 0;
    for (const name of whole) {
      const file = sample(name);
      const fd = openSync(join(SAMPLES, name), "r");
      try {
        const inMemory = walkPart10(file);
        const byPosition = readPart10(fd, file.length);
        outside += byPosition.gaps.length;
        expect(assemble(applyEdits(byPosition, NO_EDITS), file).equals(file), name).toBe(true);
        expect(byPosition.dataset.elements.map((element) => [element.tag, element.vr])).toEqual(
          inMemory.dataset.elements.map((element) => [element.tag, element.vr]),
        );
        expect(describeInstance(byPosition), name).toEqual(describeInstance(inMemory));
        expect(describeInstance(readHeader(fd, file.length, scratch)), name).toEqual(describeInstance(inMemory));
      } finally {
        closeSync(fd);
      }
    }
    expect(outside).toBeGreaterThan(20);
  });

  it("drop what was appended to the data set, and nothing else, when asked to", () => {
    const file = sample("gen_trailing_junk_after_dataset_CT_small.dcm");
    const part10 = walkPart10(file);
    expect(part10.trailing).toEqual({ start: file.length - 51, end: file.length });
    const output = assemble(applyEdits(part10, { ...NO_EDITS, dropTrailing: true }), file);
    expect(output.equals(file.subarray(0, -51))).toBe(true);
  });

  it("show the same elements as dcmdump does", () => {
    for (const name of whole.filter((_, index) => index % 3 === 0)) {
      const seen = dumpTags(join(SAMPLES, name));
      if (seen === undefined || NOT_SEEN_INTO.test(name)) continue;
      const part10 = walkPart10(sample(name));
      const tags: string[] = [];
      eachElement(part10.dataset, (element) => tags.push(formatTag(element.tag).toLowerCase()));
      expect(tags, name).toEqual(seen);
    }
  });

  it("keep right lengths after edits at every depth: dcmdump reads every output that it could read before", () => {
    for (const name of whole) {
      const part10 = walkPart10(sample(name));
      const { edits, count } = editEverywhere(part10);
      const output = Buffer.concat(applyEdits(part10, edits) as Buffer[]);
      const again = walkPart10(output);
      let elements = 0;
      eachElement(again.dataset, () => elements++);
      expect(elements, name).toBe(count);
      if (dumpTags(join(SAMPLES, name)) === undefined || NOT_SEEN_INTO.test(name)) continue;
      const path = join(folder, "edited.dcm");
      writeFileSync(path, output);
      expect(dumpTags(path)?.length, name).toBe(count);
    }
  });

  it("keep pixel data untouched, and in one piece that is not copied, while the header is edited", () => {
    const file = sample("046_fo-dicom_GH1728.dcm");
    const part10 = walkPart10(file);
    const pieces = applyEdits(part10, editEverywhere(part10).edits) as Buffer[];
    const pixels = findElement(part10.dataset, 0x7fe00010) as Element;
    const large = pieces.at(-1) as Buffer;
    expect(large.buffer === file.buffer).toBe(true);
    expect(
      large.subarray(pixels.valueStart - pixels.valueEnd).equals(file.subarray(pixels.valueStart, pixels.valueEnd)),
    ).toBe(true);
    expect(pieces.length).toBeLessThanOrEqual(2);
  });

  it("give the same patient, study and series values as dcmdump", () => {
    const tags = [0x00100020, 0x0020000d, 0x0020000e, 0x00080060, 0x00281050, 0x00280030, 0x00201041];
    let compared = 0;
    for (const name of whole.filter((_, index) => index % 3 === 0)) {
      const part10 = walkPart10(sample(name));
      const text = dump(join(SAMPLES, name)) ?? "";
      for (const tag of tags) {
        const element = findElement(part10.dataset, tag);
        const line = new RegExp(`^\\${formatTag(tag).toLowerCase().replace(")", "\\)")} .. \\[ *(.*?) *\\]`, "m");
        const dumped = line.exec(text)?.[1];
        if (element === undefined || dumped === undefined) continue;
        expect(readValues(part10, part10.dataset, element).join("\\"), name).toBe(dumped);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});

/** Every PN renamed, every other UI removed, and one element put into every data set. */
function editEverywhere(part10: Part10): { edits: Edits; count: number } {
  const changes = new Map<Element, Change>();
  const inserts = new Map<Dataset, NewElement[]>();
  let count = 0;
  let uids = 0;
  const visit = (dataset: Dataset): void => {
    inserts.set(dataset, [{ tag: 0x00102000, vr: "LO", value: Buffer.from("abc") }]);
    count++;
    for (const element of dataset.elements) {
      count++;
      if (element.vr === "PN") changes.set(element, { kind: "value", value: Buffer.from("Nobody") });
      else if (element.vr === "UI" && ++uids % 2 === 0) {
        changes.set(element, { kind: "remove" });
        count--;
      } else for (const item of element.items ?? []) visit(item.dataset);
    }
  };
  visit(part10.dataset);
  return { edits: { changes, inserts, dropTrailing: true }, count };
}

function eachElement(dataset: Dataset, visit: (element: Element) => void): void {
  for (const element of dataset.elements) {
    visit(element);
    for (const item of element.items ?? []) eachElement(item.dataset, visit);
  }
}

/** What dcmdump says of a file. Undefined where it cannot read it. */
function dump(path: string): string | undefined {
  try {
    return execFileSync("dcmdump", ["-q", "+L", "-Un", path], {
      encoding: "latin1",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    if ((error as { status?: number }).status === undefined) throw error;
    return undefined;
  }
}

/** Tags of the data set in order, nested ones too. */
function dumpTags(path: string): string[] | undefined {
  const text = dump(path);
  if (text === undefined) return undefined;
  const tags = [...text.matchAll(/^ *(\([0-9a-f]{4},[0-9a-f]{4}\))/gm)].map((match) => match[1] as string);
  return tags.filter((tag) => !tag.startsWith("(fffe,") && !tag.startsWith("(0002,"));
}

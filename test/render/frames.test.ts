import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PIXEL_DATA } from "../../src/main/dicom/tag.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { elementOf } from "../../src/main/render/attributes.ts";
import { openImage } from "../../src/main/render/image.ts";
import { runChecked } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { encodePicture, openBytes, type Picture } from "./picture.ts";

const ROWS = 16;
const COLUMNS = 24;
const FRAMES = 4;
const JPEG_LOSSLESS = "1.2.840.10008.1.2.4.70";

/** Frame `index` is a gradient that begins at its own grey. */
function frame(index: number): Buffer {
  return Buffer.from(Array.from({ length: ROWS * COLUMNS }, (_, i) => 60 * index + (i % 50)));
}

const shape: Picture = { rows: ROWS, columns: COLUMNS, allocated: 8, frames: FRAMES };
const pixels = Buffer.concat(Array.from({ length: FRAMES }, (_, index) => frame(index)));
const nothing = Buffer.alloc(0);

function expectFrames(bytes: Buffer): void {
  const image = openBytes(bytes);
  expect(image.frames).toBe(FRAMES);
  for (let index = 0; index < FRAMES; index++) expect(image.frame(index).pixels.equals(frame(index))).toBe(true);
}

describe("Native frames", () => {
  it("are found by arithmetic and rendered in any order", () => {
    const image = openBytes(encodePicture({ ...shape, pixels }));
    for (const index of [3, 0, 2, 1]) expect(image.frame(index).pixels.equals(frame(index))).toBe(true);
  });

  it("that were left in the file are read one at a time", () => {
    const bytes = encodePicture({ ...shape, pixels });
    const whole = walkPart10(bytes);
    const elements = whole.dataset.elements.map((element) =>
      element.tag === PIXEL_DATA
        ? { ...element, valueEnd: element.valueStart, outside: { start: 1_000_000, length: pixels.length } }
        : element,
    );
    const reads: [number, number][] = [];
    const image = openImage({ ...whole, dataset: { ...whole.dataset, elements } }, (start, length) => {
      reads.push([start, length]);
      return pixels.subarray(start - 1_000_000, start - 1_000_000 + length);
    });
    expect(reads).toEqual([]);
    expect(image.frame(2).pixels.equals(frame(2))).toBe(true);
    expect(reads).toEqual([[1_000_000 + 2 * ROWS * COLUMNS, ROWS * COLUMNS]]);
  });

  it("beyond the end of the pixel data are a reason, those before it are rendered", () => {
    const image = openBytes(encodePicture({ ...shape, pixels: pixels.subarray(0, ROWS * COLUMNS * 3 - 2) }));
    expect(image.frame(1).pixels.equals(frame(1))).toBe(true);
    expect(() => image.frame(2)).toThrow(/ends before frame 3 is complete/);
    expect(() => image.frame(3)).toThrow(/ends before frame 4/);
  });

  it("that were never announced do not exist", () => {
    const image = openBytes(encodePicture({ ...shape, pixels }));
    for (const index of [-1, 4, 0.5, Number.NaN]) expect(() => image.frame(index)).toThrow(/there is no frame/);
  });
});

describe("Encapsulated frames", () => {
  const folder = temporaryDirectory("frames");
  let fragments: Buffer[] = [];

  beforeAll(async () => {
    const native = join(folder, "native.dcm");
    const encoded = join(folder, "encoded.dcm");
    writeFileSync(native, encodePicture({ ...shape, pixels }));
    await runChecked("dcmcjpeg", ["+e1", native, encoded]);
    const { bytes, dataset } = walkPart10(readFileSync(encoded));
    const [, ...found] = elementOf(dataset, PIXEL_DATA)?.fragments ?? [];
    fragments = found.map(({ valueStart, valueEnd }) => bytes.subarray(valueStart, valueEnd));
  });

  /** Each frame cut into three fragments of even length. */
  const split = (): Buffer[] =>
    fragments.flatMap((whole) => [whole.subarray(0, 40), whole.subarray(40, 60), whole.subarray(60)]);
  const offsets = (perFrame: number, parts: readonly Buffer[]): number[] => {
    const starts: number[] = [];
    let at = 0;
    parts.forEach((part, index) => {
      if (index % perFrame === 0) starts.push(at);
      at += 8 + part.length;
    });
    return starts;
  };
  const longs = (values: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(values.length * 4);
    values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
    return bytes;
  };
  const encapsulated = (table: Buffer, parts: readonly Buffer[], more: Picture["more"] = []): Buffer =>
    encodePicture({ ...shape, transferSyntax: JPEG_LOSSLESS, fragments: [table, ...parts], more });

  it("of one fragment each need no table", () => {
    expectFrames(encapsulated(nothing, fragments));
  });

  it("of several fragments are found by the Basic Offset Table", () => {
    const parts = split();
    expectFrames(encapsulated(longs(offsets(3, parts)), parts));
  });

  it("of several fragments without a table are found by where codestreams begin", () => {
    expectFrames(encapsulated(nothing, split()));
  });

  it("are found in spite of a table that does not fit", () => {
    for (const table of [longs([0, 4, 8, 12]), longs([0, 10]), longs([0, 0, 0, 0]), longs([5, 6, 7, 8, 9])]) {
      expectFrames(encapsulated(table, split()));
    }
  });

  it("are found by the Extended Offset Table, before which the basic one is empty", () => {
    const value = Buffer.alloc(8 * FRAMES);
    offsets(1, fragments).forEach((offset, index) => value.writeBigUInt64LE(BigInt(offset), index * 8));
    expectFrames(encapsulated(nothing, fragments, [{ tag: 0x7fe00001, vr: "OV", values: value }]));
  });

  it("of a single-frame image are all fragments together", () => {
    const first = fragments[0] as Buffer;
    const parts = [first.subarray(0, 10), first.subarray(10, 12), first.subarray(12)];
    const bytes = encodePicture({ ...shape, frames: 1, transferSyntax: JPEG_LOSSLESS, fragments: [nothing, ...parts] });
    expect(openBytes(bytes).frame(0).pixels.equals(frame(0))).toBe(true);
  });

  it("fewer than the header announces are a reason: which of them is missing cannot be known", () => {
    const parts = split().slice(0, 9);
    expect(() => openBytes(encapsulated(nothing, parts))).toThrow(/announces 4 frames, 3 were found/);
  });

  it("without any fragment are a reason", () => {
    expect(() => openBytes(encapsulated(nothing, []))).toThrow(/is empty/);
  });

  it("smaller than Rows and Columns, as at the edge of a whole-slide image, keep their own size", () => {
    const bytes = encodePicture({
      ...shape,
      rows: 240,
      columns: 240,
      transferSyntax: JPEG_LOSSLESS,
      fragments: [nothing, ...fragments],
    });
    expect(openBytes(bytes).frame(1)).toMatchObject({ width: COLUMNS, height: ROWS, pixels: frame(1) });
  });

  it("cut short are a reason, not half a picture", () => {
    const parts = fragments.map((whole) => whole.subarray(0, whole.length - 60));
    const image = openBytes(encapsulated(nothing, parts));
    expect(() => image.frame(0)).toThrow(expect.objectContaining({ code: "CANNOT_RENDER" }));
  });
});

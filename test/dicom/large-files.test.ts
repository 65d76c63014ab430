import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Element } from "../../src/main/dicom/element.ts";
import {
  EXPLICIT_LITTLE_ENDIAN as ENCODING,
  encodeElement,
  encodeElementHeader,
  encodeFileMeta,
  encodeItemHeader,
  encodeSequence,
} from "../../src/main/dicom/encode.ts";
import { describeInstance } from "../../src/main/dicom/describe.ts";
import { sizeOf, type Piece } from "../../src/main/dicom/piece.ts";
import { readHeader, readPart10 } from "../../src/main/dicom/read-part10.ts";
import { applyEdits, type Edits } from "../../src/main/dicom/splice.ts";
import { findElement } from "../../src/main/dicom/values.ts";

const META = encodeFileMeta([{ tag: 0x00020010, vr: "UI", value: Buffer.from("1.2.840.10008.1.2.1") }]);
const NO_EDITS: Edits = { changes: new Map(), inserts: new Map(), dropTrailing: false };
const GIB = 1024 ** 3;

let folder: string;
let fd: number;
let size: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "satchel-large-"));
  fd = openSync(join(folder, "file.dcm"), "w+");
  size = 0;
});
afterEach(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

/** Appends bytes, or a hole of that many. */
function append(...parts: (Buffer | number)[]): void {
  for (const part of parts) {
    if (typeof part === "number") size += part;
    else size += writeSync(fd, part, 0, part.length, size);
  }
  ftruncateSync(fd, size);
}

function element(tag: number, vr: string, value: string | Buffer): Buffer {
  return encodeElement({ tag, vr, value: Buffer.from(value) }, ENCODING);
}

function memory(pieces: readonly Piece[]): Buffer {
  return Buffer.concat(pieces.filter((piece) => Buffer.isBuffer(piece)));
}

const HEAD = [
  element(0x00080016, "UI", "1.2.3"),
  element(0x00080060, "CS", "CT"),
  element(0x00100010, "PN", "Doe^Jane"),
];

describe("files too large for memory", () => {
  it("keep 4 GiB of pixel data in the file, edits around them", () => {
    const pixels = 0xfffffffe;
    append(
      META,
      ...HEAD,
      encodeElementHeader(0x7fe00010, "OW", pixels, ENCODING),
      pixels,
      element(0xfffcfffc, "OB", "tail"),
    );
    const part10 = readPart10(fd, size);
    expect(part10.bytes.length).toBeLessThan(1000);
    const pixelData = findElement(part10.dataset, 0x7fe00010) as Element;
    expect(pixelData.outside).toEqual({ start: size - 16 - pixels, length: pixels });
    expect(sizeOf(applyEdits(part10, NO_EDITS))).toBe(size);

    const name = findElement(part10.dataset, 0x00100010) as Element;
    const padding = findElement(part10.dataset, 0xfffcfffc) as Element;
    const pieces = applyEdits(part10, {
      changes: new Map([
        [name, { kind: "value", value: Buffer.from("Nobody") }],
        [padding, { kind: "remove" }],
      ]),
      inserts: new Map(),
      dropTrailing: true,
    });
    expect(pieces.at(-1)).toEqual({ start: pixelData.outside?.start, length: pixels });
    expect(memory(pieces).includes("Nobody")).toBe(true);
    expect(memory(pieces).includes("Doe")).toBe(false);
    expect(sizeOf(pieces)).toBe(size - 2 - 16);
  });

  it("have pixel data removed without reading them", () => {
    append(META, ...HEAD, encodeElementHeader(0x7fe00010, "OW", 2 * GIB, ENCODING), 2 * GIB);
    const part10 = readPart10(fd, size);
    const pixelData = findElement(part10.dataset, 0x7fe00010) as Element;
    const pieces = applyEdits(part10, { ...NO_EDITS, changes: new Map([[pixelData, { kind: "remove" }]]) });
    expect(memory(pieces).equals(Buffer.concat([META, ...HEAD]))).toBe(true);
    expect(pieces.every((piece) => Buffer.isBuffer(piece))).toBe(true);
  });

  it("are walked fragment by fragment where pixel data is encapsulated, delimiter and tail kept", () => {
    const fragment = 3 * GIB;
    const delimiter = Buffer.from("feffdde000000000", "hex");
    append(META, ...HEAD, encodeElementHeader(0x7fe00010, "OB", 0xffffffff, ENCODING), encodeItemHeader(0, ENCODING));
    const first = size;
    for (let count = 0; count < 2; count++) append(encodeItemHeader(fragment, ENCODING), fragment);
    append(delimiter, element(0xfffcfffc, "OB", "tail"));
    const part10 = readPart10(fd, size);
    const pixelData = findElement(part10.dataset, 0x7fe00010) as Element;
    expect(pixelData.fragments?.map((part) => [part.start, part.valueEnd - part.valueStart])).toEqual([
      [first - 8, 0],
      [first, fragment],
      [first + 8 + fragment, fragment],
    ]);
    expect(pixelData.outside).toEqual({ start: first - 8, length: 24 + 2 * fragment });
    const pieces = applyEdits(part10, NO_EDITS);
    expect(sizeOf(pieces)).toBe(size);
    expect((pieces.at(-1) as Buffer).equals(Buffer.concat([delimiter, element(0xfffcfffc, "OB", "tail")]))).toBe(true);
  });

  it("leave large bytes of any element outside, and hold what has to be judged", () => {
    const large = 2 * 1024 * 1024;
    const huge = 64 * large;
    const text = Buffer.alloc(large, "x");
    const hidden = encodeSequence(0x00091001, [element(0x00091002, "UN", Buffer.alloc(large))], ENCODING).subarray(12);
    append(META, ...HEAD);
    append(encodeElementHeader(0x00091001, "UN", hidden.length, ENCODING), hidden);
    append(encodeElementHeader(0x00420011, "OB", huge, ENCODING), huge);
    append(element(0x0040a160, "UT", text));
    const part10 = readPart10(fd, size);
    expect(findElement(part10.dataset, 0x00091001)?.items).toHaveLength(1);
    expect(findElement(part10.dataset, 0x00420011)?.outside?.length).toBe(huge);
    expect(findElement(part10.dataset, 0x0040a160)?.outside).toBeUndefined();
    expect(sizeOf(applyEdits(part10, NO_EDITS))).toBe(size);
  });

  it("with a header of more than 64 MiB are refused", () => {
    append(META, ...HEAD, encodeElementHeader(0x00081140, "SQ", 65 * 1024 * 1024, ENCODING), 65 * 1024 * 1024);
    expect(() => readPart10(fd, size)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
  });

  it("that are cut short in their pixel data are refused already when only the header is read", () => {
    append(META, ...HEAD, encodeElementHeader(0x7fe00010, "OW", GIB, ENCODING), GIB - 1);
    expect(() => readHeader(fd, size)).toThrow(expect.objectContaining({ code: "BAD_DICOM" }));
    expect(() => readPart10(fd, size)).toThrow(expect.objectContaining({ code: "BAD_DICOM" }));
  });

  it("are described from their header alone, and cannot be edited by it", () => {
    append(META, ...HEAD, encodeElementHeader(0x7fe00010, "OB", 0xffffffff, ENCODING), GIB);
    const part10 = readHeader(fd, size);
    expect(describeInstance(part10)).toMatchObject({ modality: "CT", patientName: "Doe^Jane", numberOfFrames: 1 });
    expect(() => applyEdits(part10, NO_EDITS)).toThrow(expect.objectContaining({ code: "INTERNAL" }));
  });

  it("are read where they stand in an archive, with offsets of their own", () => {
    const archived = 1000;
    append(archived, META, ...HEAD, encodeElementHeader(0x7fe00010, "OB", 0xffffffff, ENCODING));
    append(encodeItemHeader(0, ENCODING), encodeItemHeader(GIB, ENCODING), GIB, Buffer.from("feffdde000000000", "hex"));
    const part10 = readPart10(fd, size - archived, { origin: archived });
    const pixelData = findElement(part10.dataset, 0x7fe00010) as Element;
    expect(pixelData.outside).toEqual({ start: size - archived - GIB - 24, length: GIB + 16 });
    expect(pixelData.fragments).toHaveLength(2);
    expect(describeInstance(part10).patientName).toBe("Doe^Jane");
    expect(sizeOf(applyEdits(part10, NO_EDITS))).toBe(size - archived);
  });

  it("that became shorter since their size was taken are a failure to read", () => {
    append(META, ...HEAD);
    expect(() => readPart10(fd, size + 100)).toThrow(expect.objectContaining({ code: "READ_FAILED" }));
  });
});

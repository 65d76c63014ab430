import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { SatchelError } from "../../src/contract/errors.ts";
import {
  EXPLICIT_LITTLE_ENDIAN as ENCODING,
  encodeElement,
  encodeElementHeader,
  encodeFileMeta,
  encodeItemHeader,
  encodeSequence,
} from "../../src/main/dicom/encode.ts";
import { DEFAULT_LIMITS } from "../../src/main/dicom/limits.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";

const UNDEFINED = 0xffffffff;
const FIRST = encodeElement({ tag: 0x00080016, vr: "UI", value: Buffer.from("1.2.3") }, ENCODING);

function file(...parts: Buffer[]): Buffer {
  return fileOf("1.2.840.10008.1.2.1", FIRST, ...parts);
}

function fileOf(uid: string, ...parts: Buffer[]): Buffer {
  return Buffer.concat([encodeFileMeta([{ tag: 0x00020010, vr: "UI", value: Buffer.from(uid) }]), ...parts]);
}

function codeOf(bytes: Buffer): string {
  try {
    walkPart10(bytes);
  } catch (error) {
    if (error instanceof SatchelError) return error.code;
    throw error;
  }
  return "read";
}

function sequenceHeader(length: number): Buffer {
  return encodeElementHeader(0x00081140, "SQ", length, ENCODING);
}

describe("hostile bytes", () => {
  it("that nest without end are refused by depth, not by the stack", () => {
    const level = Buffer.concat([sequenceHeader(UNDEFINED), encodeItemHeader(UNDEFINED, ENCODING)]);
    expect(codeOf(file(Buffer.concat(Array.from({ length: 100_000 }, () => level))))).toBe("TOO_LARGE");
  });

  it("that nest in UN of known lengths are refused by depth too", () => {
    let inner = Buffer.alloc(0);
    for (let depth = 0; depth < 100; depth++) {
      const sequence = encodeSequence(0x00091001, [inner], { explicit: false, littleEndian: true });
      inner = Buffer.from(sequence);
    }
    expect(
      codeOf(
        fileOf(
          "1.2.840.10008.1.2",
          encodeElement(
            { tag: 0x00080016, vr: "UI", value: Buffer.from("1.2") },
            { explicit: false, littleEndian: true },
          ),
          inner,
        ),
      ),
    ).toBe("TOO_LARGE");
  });

  it.each([0x7fffffff, 0x80000000, 0xfffffffe])("that promise %d bytes are cut short, not believed", (length) => {
    for (const vr of ["OB", "UN", "SQ", "UT"]) {
      expect(codeOf(file(encodeElementHeader(0x00091001, vr, length, ENCODING), Buffer.alloc(100))), vr).toBe(
        "BAD_DICOM",
      );
    }
    expect(codeOf(file(sequenceHeader(UNDEFINED), encodeItemHeader(length, ENCODING), Buffer.alloc(100)))).toBe(
      "BAD_DICOM",
    );
    expect(
      codeOf(file(encodeElementHeader(0x7fe00010, "OB", UNDEFINED, ENCODING), encodeItemHeader(length, ENCODING))),
    ).toBe("BAD_DICOM");
  });

  it("of undefined length without a delimiter are cut short", () => {
    expect(codeOf(file(sequenceHeader(UNDEFINED)))).toBe("BAD_DICOM");
    expect(codeOf(file(sequenceHeader(UNDEFINED), encodeItemHeader(UNDEFINED, ENCODING)))).toBe("BAD_DICOM");
    expect(
      codeOf(
        file(
          encodeElementHeader(0x7fe00010, "OB", UNDEFINED, ENCODING),
          encodeItemHeader(4, ENCODING),
          Buffer.alloc(4),
        ),
      ),
    ).toBe("BAD_DICOM");
  });

  it("with a text of undefined length are refused", () => {
    expect(codeOf(file(encodeElementHeader(0x00104000, "UT", UNDEFINED, ENCODING), Buffer.alloc(64)))).toBe(
      "BAD_DICOM",
    );
  });

  it("with items that leave their sequence are refused", () => {
    expect(codeOf(file(sequenceHeader(16), encodeItemHeader(64, ENCODING), Buffer.alloc(64)))).toBe("BAD_DICOM");
    expect(codeOf(file(sequenceHeader(12), encodeItemHeader(0, ENCODING), Buffer.alloc(4)))).toBe("BAD_DICOM");
  });

  it("with an element where an item should stand are refused", () => {
    expect(codeOf(file(encodeElementHeader(0x00081140, "SQ", FIRST.length, ENCODING), FIRST))).toBe("BAD_DICOM");
  });

  it("of a million empty items, elements or fragments meet the limit of elements", () => {
    const item = encodeItemHeader(0, ENCODING);
    const many = Buffer.concat(Array.from({ length: 1_000_000 }, () => item));
    expect(codeOf(file(sequenceHeader(many.length), many))).toBe("TOO_LARGE");
    expect(codeOf(file(encodeElementHeader(0x7fe00010, "OB", UNDEFINED, ENCODING), many))).toBe("TOO_LARGE");
    const element = encodeElement({ tag: 0x00100010, vr: "PN", value: Buffer.alloc(0) }, ENCODING);
    expect(codeOf(file(Buffer.concat(Array.from({ length: 1_000_000 }, () => element))))).toBe("TOO_LARGE");
  });

  it("that look like sequences over and over meet the limit of guesses", () => {
    const value = Buffer.concat([encodeItemHeader(100, ENCODING), Buffer.alloc(2)]);
    const element = encodeElement({ tag: 0x00091001, vr: "UN", value }, ENCODING);
    expect(codeOf(file(element))).toBe("read");
    expect(codeOf(file(...Array.from({ length: 5000 }, () => element)))).toBe("TOO_LARGE");
  });

  it("of zeros are padding up to the end, and damage where anything follows them", () => {
    const zeros = Buffer.alloc(4 * 1024 * 1024);
    expect(codeOf(file(zeros))).toBe("read");
    expect(walkPart10(file(zeros)).trailing).toEqual({ start: file().length, end: file(zeros).length });
    expect(codeOf(file(zeros, Buffer.of(1)))).toBe("BAD_DICOM");
  });

  it("that inflate without end are refused at the limit", () => {
    const bomb = deflateRawSync(Buffer.alloc(DEFAULT_LIMITS.inflatedBytes + 1));
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(codeOf(fileOf("1.2.840.10008.1.2.1.99", bomb))).toBe("TOO_LARGE");
  });

  it("that do not inflate are refused", () => {
    expect(codeOf(fileOf("1.2.840.10008.1.2.1.99", Buffer.alloc(100, 0xff)))).toBe("BAD_DICOM");
  });

  it("of other kinds of file are not DICOM", () => {
    for (const text of [
      "",
      "D",
      "DICM",
      "%PDF-1.7\n",
      "PK\x03\x04",
      '{"a":1}',
      "\0".repeat(200),
      "\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    ]) {
      expect(codeOf(Buffer.from(text, "latin1")), text).toBe("NOT_DICOM");
    }
  });

  it("cut at any length end in a reason, or in exactly the elements that are whole", () => {
    const pixels = encodeElement({ tag: 0x7fe00010, vr: "OW", value: Buffer.alloc(32, 7) }, ENCODING);
    const sequence = encodeSequence(0x00081140, [FIRST, FIRST], ENCODING);
    const whole = file(sequence, pixels);
    const starts = [FIRST.length, FIRST.length + sequence.length].map(
      (length) => file().length - FIRST.length + length,
    );
    for (let length = file().length - FIRST.length + 1; length < whole.length; length++) {
      const code = codeOf(whole.subarray(0, length));
      // A cut between two elements cannot be seen: nothing in a data set says how many there are.
      expect(code, String(length)).toBe(starts.includes(length) ? "read" : "BAD_DICOM");
    }
  });
});

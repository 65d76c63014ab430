import { deflateRawSync, inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Dataset, Element, Encoding } from "../../src/main/dicom/element.ts";
import {
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  encodeElement,
  encodeFileMeta,
  encodeSequence,
  type NewElement,
} from "../../src/main/dicom/encode.ts";
import { walkPart10, type Part10 } from "../../src/main/dicom/part10.ts";
import { applyEdits, type Change, type Edits } from "../../src/main/dicom/splice.ts";
import { findElement, readNumbers, readText } from "../../src/main/dicom/values.ts";

function meta(uid: string): Buffer {
  return encodeFileMeta([
    { tag: 0x00020010, vr: "UI", value: Buffer.from(uid) },
    { tag: 0x00020016, vr: "AE", value: Buffer.from("SOURCE") },
  ]);
}

const element = (
  tag: number,
  vr: string,
  value: string | Buffer,
  encoding: Encoding = EXPLICIT_LITTLE_ENDIAN,
): Buffer => encodeElement({ tag, vr, value: Buffer.from(value) }, encoding);

function edit(part10: Part10, edits: Partial<Edits>): Buffer {
  const whole = { changes: new Map(), inserts: new Map(), dropTrailing: false, ...edits };
  return Buffer.concat(applyEdits(part10, whole) as Buffer[]);
}

function changing(part10: Part10, ...changes: [tag: number, change: Change][]): Map<Element, Change> {
  return new Map(changes.map(([tag, change]) => [findElement(part10.dataset, tag) as Element, change]));
}

function inserting(dataset: Dataset, ...elements: NewElement[]): Map<Dataset, NewElement[]> {
  return new Map([[dataset, elements]]);
}

describe("splicing", () => {
  it("corrects the group length of a group that was edited, and of no other", () => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(999);
    const part10 = walkPart10(
      Buffer.concat([
        meta("1.2.840.10008.1.2.1"),
        element(0x00080000, "UL", length),
        element(0x00080060, "CS", "CT"),
        element(0x00100000, "UL", length),
        element(0x00100010, "PN", "Doe^Jane"),
        element(0x00100020, "LO", "12"),
        element(0x00200010, "SH", "1"),
      ]),
    );
    const output = walkPart10(
      edit(part10, {
        changes: changing(part10, [0x00100020, { kind: "value", value: Buffer.from("longer than before") }]),
        inserts: inserting(part10.dataset, { tag: 0x00100040, vr: "CS", value: Buffer.from("O") }),
      }),
    );
    const lengthOf = (tag: number): number | undefined =>
      readNumbers(output, output.dataset, findElement(output.dataset, tag) as Element)[0];
    expect(lengthOf(0x00080000)).toBe(999);
    expect(lengthOf(0x00100000)).toBe(16 + 26 + 10);
  });

  it("corrects the group length of File Meta Information when an element of it goes", () => {
    const part10 = walkPart10(Buffer.concat([meta("1.2.840.10008.1.2.1"), element(0x00080060, "CS", "CT")]));
    const title = part10.meta?.elements.find((entry) => entry.tag === 0x00020016) as Element;
    const output = walkPart10(edit(part10, { changes: new Map([[title, { kind: "remove" }]]) }));
    const groupLength = output.meta?.elements[0] as Element;
    expect(readNumbers(output, output.meta as Dataset, groupLength)[0]).toBe(output.datasetStart - groupLength.end);
    expect(output.bytes.includes("SOURCE")).toBe(false);
  });

  it("puts new File Meta Information before a data set that had none", () => {
    const part10 = walkPart10(element(0x00080060, "CS", "CT"));
    expect(part10.transferSyntaxUid).toBe("1.2.840.10008.1.2.1");
    const output = walkPart10(edit(part10, { newMeta: meta(part10.transferSyntaxUid) }));
    expect(output.preamble).toEqual({ start: 0, end: 128 });
    expect(output.dataset.elements).toHaveLength(1);
  });

  it("inserts in tag order, replaces what stands there, and appends behind the last", () => {
    const part10 = walkPart10(
      Buffer.concat([
        meta("1.2.840.10008.1.2.1"),
        element(0x00080060, "CS", "CT"),
        element(0x00120062, "CS", "NO"),
        element(0x00200010, "SH", "1"),
      ]),
    );
    const yes = { tag: 0x00120062, vr: "CS", value: Buffer.from("YES") };
    const output = walkPart10(
      edit(part10, {
        inserts: inserting(part10.dataset, { tag: 0x00280303, vr: "CS", value: Buffer.from("REMOVED") }, yes, {
          tag: 0x00080005,
          vr: "CS",
          value: Buffer.from("ISO_IR 192"),
        }),
      }),
    );
    expect(output.dataset.elements.map((found) => found.tag)).toEqual([
      0x00080005, 0x00080060, 0x00120062, 0x00200010, 0x00280303,
    ]);
    expect(readText(output, output.dataset, output.dataset.elements[2] as Element)).toBe("YES");
  });

  it.each([
    ["implicit little endian", "1.2.840.10008.1.2", IMPLICIT_LITTLE_ENDIAN],
    ["explicit big endian", "1.2.840.10008.1.2.2", EXPLICIT_BIG_ENDIAN],
  ] as const)("edits inside sequences of %s", (_, uid, encoding) => {
    const inner = element(0x00100010, "PN", "Doe^Jane", encoding);
    const nested = encodeSequence(0x00081140, [encodeSequence(0x00101002, [inner, inner], encoding)], encoding);
    const part10 = walkPart10(Buffer.concat([meta(uid), element(0x00080016, "UI", "1.2.3", encoding), nested]));
    const deep = part10.dataset.elements[1]?.items?.[0]?.dataset.elements[0]?.items?.[1]?.dataset as Dataset;
    const output = walkPart10(
      edit(part10, { changes: new Map([[deep.elements[0] as Element, { kind: "value", value: Buffer.from("X") }]]) }),
    );
    const items = output.dataset.elements[1]?.items?.[0]?.dataset.elements[0]?.items ?? [];
    expect(items.map((item) => readText(output, item.dataset, item.dataset.elements[0] as Element))).toEqual([
      "Doe^Jane",
      "X",
    ]);
    expect(output.encoding).toEqual(encoding);
  });

  it("writes a value too long for its VR as UN", () => {
    const part10 = walkPart10(Buffer.concat([meta("1.2.840.10008.1.2.1"), element(0x00081030, "LO", "short")]));
    const value = Buffer.alloc(70_001, "a");
    const output = walkPart10(edit(part10, { changes: changing(part10, [0x00081030, { kind: "value", value }]) }));
    expect(output.dataset.elements[0]).toMatchObject({ vr: "LO", encodedVr: "UN" });
    expect(readText(output, output.dataset, output.dataset.elements[0] as Element)).toBe(value.toString());
  });

  it("deflates a data set again only where it was edited, to even length", () => {
    const uid = "1.2.840.10008.1.2.1.99";
    const body = Buffer.concat([
      element(0x00080016, "UI", "1.2.3"),
      element(0x00100010, "PN", "Doe^Jane"),
      Buffer.alloc(0),
    ]);
    const level9 = deflateRawSync(body, { level: 1 });
    const file = Buffer.concat([meta(uid), level9, Buffer.alloc(level9.length % 2)]);
    const part10 = walkPart10(file);
    expect(edit(part10, {}).equals(file)).toBe(true);
    const renewed = edit(part10, { newMeta: meta(uid), dropTrailing: true });
    expect(renewed.equals(file)).toBe(true);

    let padded = 0;
    // Letters of nine bits each, so that the stream's length becomes odd for some.
    for (const name of ["Nobody", "éá", "éáíó", "éáíóúà", "éáíóúàèì", "éáíóúàèìòù"]) {
      const value = Buffer.from(name, "latin1");
      const changes = changing(part10, [0x00100010, { kind: "value", value }]);
      const output = edit(part10, { changes, dropTrailing: true });
      expect((output.length - meta(uid).length) % 2).toBe(0);
      expect(inflateRawSync(output.subarray(meta(uid).length)).includes(value)).toBe(true);
      const again = walkPart10(output);
      expect(readText(again, again.dataset, findElement(again.dataset, 0x00100010) as Element)).toBe(name);
      if (again.deflatedEnd === output.length - 1) padded++;
    }
    expect(padded).toBeGreaterThan(0);
  });

  it("drops what was appended inside and behind a deflated stream", () => {
    const uid = "1.2.840.10008.1.2.1.99";
    const junk = Buffer.from("Doe, Jane 1970");
    const body = Buffer.concat([
      element(0x00080016, "UI", "1.2.3"),
      element(0x7fe00010, "OW", "pixels"),
      Buffer.from("aa"),
      junk,
    ]);
    const file = Buffer.concat([meta(uid), deflateRawSync(body), junk]);
    const part10 = walkPart10(file);
    expect(edit(part10, {}).equals(file)).toBe(true);
    const output = edit(part10, { dropTrailing: true });
    expect(output.includes("Doe")).toBe(false);
    const again = walkPart10(output);
    expect(again.bytes.includes("Doe")).toBe(false);
    expect(again.dataset.elements).toHaveLength(2);
  });
});

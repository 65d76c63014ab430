import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { PIXEL_DATA } from "../../src/main/dicom/tag.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { elementOf } from "../../src/main/render/attributes.ts";
import { readJpeg2000Header, readJpegHeader } from "../../src/main/render/codestream.ts";
import { runChecked } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { encodePicture, openBytes, words, type Picture } from "./picture.ts";

const reason = (text: RegExp): unknown =>
  expect.objectContaining({ code: "CANNOT_RENDER", message: expect.stringMatching(text) as string });

describe("A header that cannot be true", () => {
  const base: Picture = { rows: 2, columns: 2, pixels: words(1, 2, 3, 4) };
  const us = (tag: number, ...values: number[]): Picture["more"] => [{ tag, vr: "US", values }];
  const cases: [name: string, picture: Picture, text: RegExp][] = [
    ["no pixel data", { rows: 2, columns: 2 }, /the instance has none/],
    ["zero rows", { ...base, rows: 0 }, /Rows or Columns/],
    ["65535 x 65535 pixels", { ...base, rows: 65535, columns: 65535 }, /larger than Satchel renders/],
    ["four samples per pixel", { ...base, samples: 4, photometric: "CMYK" }, /4 samples per pixel/],
    ["12 bits allocated", { ...base, allocated: 12 }, /12 bits allocated/],
    ["no bits stored", { ...base, stored: 0, high: 0 }, /contradict/],
    ["more bits stored than allocated", { ...base, stored: 17 }, /contradict/],
    ["High Bit below Bits Stored", { ...base, stored: 12, high: 4 }, /contradict/],
    ["colour with one sample", { ...base, photometric: "RGB" }, /does not go with/],
    ["an unknown Photometric Interpretation", { ...base, photometric: "DOE^JOHN" }, /not supported/],
    ["two billion frames", { ...base, frames: 2_000_000_000 }, /Number of Frames/],
    ["minus one frame", { ...base, frames: -1 }, /Number of Frames/],
    ["less pixel data than a frame", { ...base, rows: 3 }, /ends before frame 1/],
    ["an empty Rows", { ...base, more: us(0x00280010) }, /Rows or Columns/],
    [
      "a compressed transfer syntax over native pixels",
      { ...base, transferSyntax: "1.2.840.10008.1.2.4.50" },
      /not encapsulated/,
    ],
  ];

  it.each(cases)("(%s) is a reason", (_name, picture, text) => {
    expect(() => openBytes(encodePicture(picture)).frame(0)).toThrow(reason(text));
  });

  it("never gets its own text into the reason", () => {
    const thrown = (picture: Picture): string => {
      try {
        openBytes(encodePicture(picture)).frame(0);
      } catch (error) {
        return String(error);
      }
      return "";
    };
    const fragments = [Buffer.alloc(0), Buffer.alloc(8)];
    expect(thrown({ ...base, photometric: "DOE^JOHN" })).not.toContain("DOE");
    const unknown = thrown({ rows: 2, columns: 2, fragments, transferSyntax: "DOE^JOHN" });
    expect(unknown).toMatch(/CANNOT_RENDER|cannot be decoded|BAD_DICOM|damaged/);
    expect(unknown).not.toContain("DOE");
  });
});

describe("A codestream's header", () => {
  it("without end, before the decoder's own search would hang on it, is refused", () => {
    const endless = Buffer.from("ffd8ff01ff01ff01ff01ff01ff01ff01", "hex");
    expect(() => readJpegHeader(endless)).toThrow(reason(/damaged/));
    for (const bytes of ["", "ffd8", "ffd8ffc0", "ffd8ffc0ffff", "ffd8ffe00000", "ffd8ffc0000b080001000101011100"]) {
      expect(() => readJpegHeader(Buffer.from(bytes, "hex"))).toThrow(reason(/damaged/));
    }
  });

  /** SOC, SIZ and COD of a picture of 16 x 16, with fields changed: [offset from SOC, value] of 32 bits. */
  const jpeg2000 = (...changes: [at: number, value: number][]): Buffer => {
    const bytes = Buffer.from(
      "ff4fff510029" +
        "0000" +
        "0000001000000010" +
        "0000000000000000" +
        "0000001000000010" +
        "0000000000000000" +
        "0001070101" +
        "ff52000c00000001000104040001" +
        "ff90000a0000000000000001ff93",
      "hex",
    );
    for (const [at, value] of changes) bytes.writeUInt32BE(value, at);
    return bytes;
  };

  it("of JPEG 2000 is read", () => {
    expect(readJpeg2000Header(jpeg2000())).toEqual({
      width: 16,
      height: 16,
      components: 1,
      precision: 8,
      signed: false,
      colourTransform: false,
    });
  });

  it("of JPEG 2000 with tiles that never reach the picture, or too many of them, is refused", () => {
    expect(() => readJpeg2000Header(jpeg2000([32, 0xff000000]))).toThrow(reason(/damaged/));
    expect(() => readJpeg2000Header(jpeg2000([24, 0]))).toThrow(reason(/damaged/));
    expect(() => readJpeg2000Header(jpeg2000([8, 0x10000], [24, 1]))).toThrow(reason(/too many tiles/));
  });
});

describe("A compressed frame with bytes changed", () => {
  const folder = temporaryDirectory("hostile");
  const files: Buffer[] = [];

  beforeAll(async () => {
    const pixels = Array.from({ length: 32 * 32 }, (_, i) => ((i % 32) * (i >> 5) + (i % 7)) & 0xfff);
    const native = join(folder, "native.dcm");
    writeFileSync(native, encodePicture({ rows: 32, columns: 32, stored: 12, pixels: words(...pixels) }));
    const conversions: [string, ...string[]][] = [
      ["dcmcrle"],
      ["dcmcjpeg", "+ee"],
      ["dcmcjpeg", "+e1"],
      ["dcmcjpls", "+el"],
      ["gdcmconv", "--j2k"],
    ];
    for (const [command, ...args] of conversions) {
      const out = join(folder, "encoded.dcm");
      await runChecked(command, [...args, native, out]);
      files.push(readFileSync(out));
    }
  });

  it("is a picture of its size or a typed reason, and the next frame is decoded as if nothing had been", () => {
    let seed = 20261120;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    let reasons = 0;
    for (const file of files) {
      const sound = openBytes(file).frame(0).pixels;
      const { dataset } = walkPart10(file);
      const fragment = elementOf(dataset, PIXEL_DATA)?.fragments?.[1];
      if (fragment === undefined) throw new Error("the file holds no fragment");
      const length = fragment.valueEnd - fragment.valueStart;
      for (let round = 0; round < 60; round++) {
        const changed = Buffer.from(file);
        for (let n = 0; n <= random(4); n++) {
          const at = fragment.valueStart + random(round % 2 === 0 ? Math.min(length, 120) : length);
          changed[at] = random(3) === 0 ? 0xff : random(256);
        }
        try {
          const { width, height, pixels } = openBytes(changed).frame(0);
          expect(pixels).toHaveLength(width * height);
        } catch (error) {
          expect(error).toEqual(reason(/./));
          reasons++;
        }
      }
      expect(openBytes(file).frame(0).pixels.equals(sound)).toBe(true);
    }
    expect(reasons).toBeGreaterThan(30);
  });
});

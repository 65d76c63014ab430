import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeInstance } from "../../src/main/demo/instance.ts";
import { imagePixelModule, type Picture } from "../../src/main/demo/modules/pixels.ts";
import { encapsulateFrames, encodeRleFrame } from "../../src/main/demo/rle.ts";
import { runChecked } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const HEADER = {
  SOPClassUID: "1.2.840.10008.5.1.4.1.1.7",
  SOPInstanceUID: "2.25.1",
  StationName: "TEST",
  NumberOfFrames: 1,
};

describe("RLE Lossless", () => {
  const folder = temporaryDirectory("rle");

  async function throughDcmtk(picture: Picture): Promise<Buffer> {
    const [packed, plain] = [join(folder, "packed.dcm"), join(folder, "plain.dcm")];
    const header = { ...HEADER, NumberOfFrames: picture.frames, ...imagePixelModule(picture, picture.bits) };
    writeFileSync(packed, encodeInstance(header, "", "rle", picture));
    await runChecked("dcmdrle", [packed, plain]);
    // Pixel data is the last element that dcmdrle writes.
    return readFileSync(plain).subarray(-picture.bytes.length);
  }

  test("DCMTK unpacks runs, literals and both bytes of 16-bit pixels to what was packed", async () => {
    const [rows, columns] = [40, 300];
    const pixels = new Uint16Array(rows * columns);
    for (let at = 0; at < pixels.length; at++) pixels[at] = at % 7 < 3 ? (at * 2654435761) >>> 17 : (at >> 9) * 257;
    const bytes = Buffer.from(pixels.buffer);
    const picture: Picture = { rows, columns, frames: 1, samples: 1, bits: 16, bytes };
    expect((await throughDcmtk(picture)).equals(bytes)).toBe(true);
  });

  test("DCMTK unpacks every frame of a loop", async () => {
    const [rows, columns, frames] = [16, 20, 3];
    const bytes = Buffer.from(
      Array.from({ length: rows * columns * frames }, (_, at) => (at % 50 < 30 ? at / 320 : at) & 0xff),
    );
    const picture: Picture = { rows, columns, frames, samples: 1, bits: 8, bytes };
    expect((await throughDcmtk(picture)).equals(bytes)).toBe(true);
  });

  test("unpacking by PS3.5 annex G gives back any frame", () => {
    const frame = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 300 })).chain(([rows, columns]) =>
      fc.tuple(
        fc.constant(rows),
        fc.constant(columns),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 200 })), {
          minLength: 1,
          maxLength: 40,
        }),
      ),
    );
    fc.assert(
      fc.property(frame, ([rows, columns, runs]) => {
        const pixels = new Uint8Array(rows * columns);
        let at = 0;
        for (let turn = 0; at < pixels.length; turn++) {
          const [value, length] = runs[turn % runs.length] ?? [0, 1];
          pixels.fill(value, at, at + length);
          at += length;
        }
        const packed = encodeRleFrame(pixels, rows, columns, 1, 1);
        expect(packed.readUInt32LE(0)).toBe(1);
        expect(packed.length % 2).toBe(0);
        expect(unpack(packed.subarray(packed.readUInt32LE(4)), pixels.length)).toEqual(pixels);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test("the Basic Offset Table points at each frame", () => {
    const value = encapsulateFrames([Buffer.alloc(10), Buffer.alloc(4), Buffer.alloc(2)]);
    expect(value.readUInt32LE(4)).toBe(12);
    const offsets = [8, 12, 16].map((at) => value.readUInt32LE(at));
    expect(offsets).toEqual([0, 18, 30]);
    for (const offset of offsets) expect(value.readUInt32LE(20 + offset)).toBe(0xe000fffe);
  });
});

/** The decoder of PS3.5 G.3.2, for the test alone. */
function unpack(packed: Uint8Array, length: number): Uint8Array {
  const plain = new Uint8Array(length);
  let [from, to] = [0, 0];
  while (to < length) {
    const control = packed[from++] ?? 0;
    if (control < 128) {
      plain.set(packed.subarray(from, from + control + 1), to);
      from += control + 1;
      to += control + 1;
    } else if (control > 128) {
      plain.fill(packed[from++] ?? 0, to, to + 257 - control);
      to += 257 - control;
    }
  }
  return plain;
}

import { closeSync, fstatSync, openSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readPart10 } from "../../src/main/dicom/read-part10.ts";
import { openImage, type ImageReader } from "../../src/main/render/image.ts";
import { runChecked } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { encodePicture } from "./picture.ts";

const SIDE = 512;
const FRAMES = 6;

/** Noise does not compress, so that encapsulated pixel data also stays in the file. */
function noise(): Buffer {
  const bytes = Buffer.alloc(SIDE * SIDE * FRAMES);
  let seed = 7;
  for (let i = 0; i < bytes.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    bytes[i] = seed >>> 24;
  }
  return bytes;
}

describe("An image whose pixel data is left in the file", () => {
  const folder = temporaryDirectory("large-file");
  const pixels = noise();
  const native = join(folder, "native.dcm");
  writeFileSync(native, encodePicture({ rows: SIDE, columns: SIDE, allocated: 8, frames: FRAMES, pixels }));

  /** Renders the last frame and then the second, and tells how many bytes of the file that took. */
  function renderTwo(file: string): { frames: Buffer[]; outside: boolean; bytesRead: number } {
    const fd = openSync(file, "r");
    try {
      const part10 = readPart10(fd, fstatSync(fd).size);
      let bytesRead = 0;
      const image: ImageReader = openImage(part10, (start, length) => {
        const bytes = Buffer.alloc(length);
        bytesRead += readSync(fd, bytes, 0, length, start);
        return bytes;
      });
      const frames = [image.frame(FRAMES - 1).pixels, image.frame(1).pixels];
      return { frames, outside: part10.gaps.length > 0, bytesRead };
    } finally {
      closeSync(fd);
    }
  }

  function expectTwo(file: string): number {
    const { frames, outside, bytesRead } = renderTwo(file);
    expect(outside).toBe(true);
    expect(frames[0]?.equals(pixels.subarray((FRAMES - 1) * SIDE * SIDE))).toBe(true);
    expect(frames[1]?.equals(pixels.subarray(SIDE * SIDE, 2 * SIDE * SIDE))).toBe(true);
    return bytesRead;
  }

  it("is read frame by frame", () => {
    expect(expectTwo(native)).toBe(2 * SIDE * SIDE);
  });

  it("is read fragment by fragment where it is encapsulated", async () => {
    const encoded = join(folder, "encoded.dcm");
    await runChecked("dcmcjpls", ["+el", native, encoded]);
    expect(expectTwo(encoded)).toBeLessThan(3 * SIDE * SIDE);
  });
});

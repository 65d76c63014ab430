import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { encodePng, type RenderedFrame } from "../../src/main/render/png.ts";
import { runChecked } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** Smooth on the left, noisy on the right: what a preview looks like to an encoder. Reproducible by arithmetic alone. */
function testFrame(width: number, height: number, channels: 1 | 3): RenderedFrame {
  const pixels = Buffer.alloc(width * height * channels);
  let noise = 1;
  for (let i = 0; i < pixels.length; i++) {
    const x = Math.floor(i / channels) % width;
    const y = Math.floor(i / (width * channels));
    noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
    pixels[i] = ((x + 2 * y + 40 * (i % channels)) & 0xff) ^ (x > width / 2 ? noise >>> 28 : 0);
  }
  return { width, height, channels, pixels };
}

const READ_PNG = `
import sys, zlib, struct
data = open(sys.argv[1], 'rb').read()
assert data[:8] == b'\\x89PNG\\r\\n\\x1a\\n'
at, kinds, idat = 8, [], b''
while at < len(data):
    n, kind = struct.unpack('>I4s', data[at:at+8])
    body = data[at+8:at+8+n]
    assert struct.unpack('>I', data[at+8+n:at+12+n])[0] == zlib.crc32(kind + body)
    kinds.append(kind.decode())
    if kind == b'IHDR': w, h, depth, colour, z, f, i = struct.unpack('>IIBBBBB', body)
    if kind == b'IDAT': idat += body
    at += 12 + n
raw = zlib.decompress(idat)
bpp = 3 if colour == 2 else 1
stride = w * bpp
out = bytearray()
for y in range(h):
    assert raw[y * (stride + 1)] == 1
    row = bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
    for x in range(bpp, stride): row[x] = (row[x] + row[x - bpp]) & 255
    out += row
import hashlib
print(','.join(kinds), w, h, depth, colour, hashlib.sha256(out).hexdigest())
`;

describe("A PNG", () => {
  const folder = temporaryDirectory("png");
  const sizes = [
    [1, 1, 1],
    [1, 1, 3],
    [317, 200, 1],
    [64, 129, 3],
  ] as const;

  it.each(sizes)(
    "of %i x %i pixels and %i channels is read back by libvips exactly",
    async (width, height, channels) => {
      const frame = testFrame(width, height, channels);
      const image = sharp(encodePng(frame));
      expect(await image.metadata()).toMatchObject({ width, height, channels, depth: "uchar" });
      const data = await image
        .toColourspace(channels === 1 ? "b-w" : "srgb")
        .raw()
        .toBuffer();
      expect(data.equals(frame.pixels)).toBe(true);
    },
  );

  it("is read back by Python's zlib exactly, and holds three chunks and nothing else", async () => {
    const frame = testFrame(300, 100, 3);
    const file = join(folder, "frame.png");
    writeFileSync(file, encodePng(frame));
    const digest = createHash("sha256").update(frame.pixels).digest("hex");
    expect((await runChecked("python3", ["-c", READ_PNG, file])).trim()).toBe(`IHDR,IDAT,IEND 300 100 8 2 ${digest}`);
  });

  it("has the same bytes wherever and whenever it is made", () => {
    // Zlib 1.2.13 of Debian and that of Node 20 and 24 agree on these.
    const digest = (frame: RenderedFrame): string => createHash("sha256").update(encodePng(frame)).digest("hex");
    expect(digest(testFrame(256, 256, 1))).toBe("d967d6b31f7cde20d6ce2f4000776b64f1f31f8514cccb7962c3c9e3727d42d9");
    expect(digest(testFrame(256, 256, 3))).toBe("a53c85f931825e4c5b955330424681cd62d71f34579213595dfc1800774fd7f8");
  });

  it("does not depend on what memory held before", () => {
    const frame = testFrame(200, 200, 1);
    const first = encodePng(frame);
    Buffer.allocUnsafe(1 << 20).fill(0xaa);
    expect(encodePng(frame).equals(first)).toBe(true);
  });
});

// Draws the icons of the product from resources/icons/*.svg: `node scripts/make-icons.ts`. The results are kept beside them, so that a
// build needs no drawing.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

const folder = join(import.meta.dirname, "..", "resources", "icons");

async function draw(name: string, size: number): Promise<Buffer> {
  return sharp(readFileSync(join(folder, `${name}.svg`)), { density: 300 })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** Windows: a table of PNG pictures (ICONDIR). Side lengths of 256 are written as 0. */
function toIco(pictures: readonly { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** macOS: chunks of a type, a length that counts itself, and a PNG picture. */
function toIcns(pictures: readonly { type: string; png: Buffer }[]): Buffer {
  const chunks = pictures.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, "latin1");
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const head = Buffer.alloc(8);
  head.write("icns", "latin1");
  head.writeUInt32BE(8 + chunks.reduce((sum, chunk) => sum + chunk.length, 0), 4);
  return Buffer.concat([head, ...chunks]);
}

const save = (name: string, bytes: Buffer): void => writeFileSync(join(folder, name), bytes);

for (const size of [16, 32, 48, 64, 128, 256, 512]) save(`satchel-${size}.png`, await draw("satchel", size));
save("package-64.png", await draw("package", 64));
const sizes = [16, 32, 48, 64, 128, 256];
save("satchel.ico", toIco(await Promise.all(sizes.map(async (size) => ({ size, png: await draw("satchel", size) })))));
const types = { ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64 };
save(
  "satchel.icns",
  toIcns(
    await Promise.all(Object.entries(types).map(async ([type, size]) => ({ type, png: await draw("satchel", size) }))),
  ),
);

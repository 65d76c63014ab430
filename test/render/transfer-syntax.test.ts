import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Context, NativeCodecs } from "dcmjs-codecs";
import { beforeAll, describe, expect, it } from "vitest";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { runChecked } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { encodePicture, openBytes, words, type Picture } from "./picture.ts";
import { difference, renderWithDcmtk } from "./reference.ts";

const ROWS = 48;
const COLUMNS = 70;

/** A disc with a gradient on a dark ground: smooth enough for lossy codecs, with an edge. */
function phantom(scale: number, offset: number): number[] {
  const values: number[] = [];
  for (let y = 0; y < ROWS; y++) {
    for (let x = 0; x < COLUMNS; x++) {
      const inside = (x - 35) ** 2 + (y - 24) ** 2 < 400;
      values.push(offset + Math.round(scale * (inside ? 0.4 + x / 140 : y / 480)));
    }
  }
  return values;
}

const window = (centre: number, width: number): Picture["more"] => [
  { tag: 0x00281050, vr: "DS", values: String(centre) },
  { tag: 0x00281051, vr: "DS", values: String(width) },
];
const size = { rows: ROWS, columns: COLUMNS };
const pictures = {
  "12-bit grey": { ...size, stored: 12, pixels: words(...phantom(4000, 20)), more: window(2000, 4000) },
  "8-bit grey": { ...size, allocated: 8, pixels: Buffer.from(phantom(250, 2)) },
  "signed 16-bit grey": { ...size, signed: true, pixels: words(...phantom(3000, -1000)), more: window(500, 3000) },
  colour: {
    ...size,
    samples: 3,
    allocated: 8,
    pixels: Buffer.from(phantom(200, 10).flatMap((value, i) => [value, 255 - value, 2 * (i % COLUMNS)])),
  },
} satisfies Record<string, Picture>;
type Kind = keyof typeof pictures;

const LOSSLESS = 0;
/** Grey levels a lossy codec may be off on average. */
const LOSSY = 3;

describe("A frame in the transfer syntax", () => {
  const folder = temporaryDirectory("transfer-syntax");
  const path = (name: string): string => join(folder, `${name}.dcm`);
  const native = (kind: Kind): Buffer => openBytes(encodePicture(pictures[kind])).frame(0).pixels;

  beforeAll(() => {
    for (const [kind, picture] of Object.entries(pictures)) writeFileSync(path(kind), encodePicture(picture));
  });

  it.each(Object.keys(pictures) as Kind[])("Explicit VR Little Endian (%s) looks as DCMTK shows it", async (kind) => {
    const how = "more" in pictures[kind] ? ["+Wi", "1"] : [];
    const reference = await renderWithDcmtk(path(kind), folder, how);
    expect(difference(native(kind), reference.pixels).greatest).toBeLessThanOrEqual(1);
  });

  const conversions: [uid: string, kind: Kind, tolerance: number, command: string, ...args: string[]][] = [
    ["1.2.840.10008.1.2", "12-bit grey", LOSSLESS, "dcmconv", "+ti"],
    ["1.2.840.10008.1.2.2", "12-bit grey", LOSSLESS, "dcmconv", "+tb"],
    ["1.2.840.10008.1.2.2", "colour", LOSSLESS, "dcmconv", "+tb"],
    ["1.2.840.10008.1.2.1.99", "12-bit grey", LOSSLESS, "dcmconv", "+td"],
    ["1.2.840.10008.1.2.5", "12-bit grey", LOSSLESS, "dcmcrle"],
    ["1.2.840.10008.1.2.5", "8-bit grey", LOSSLESS, "dcmcrle"],
    ["1.2.840.10008.1.2.5", "signed 16-bit grey", LOSSLESS, "dcmcrle"],
    ["1.2.840.10008.1.2.5", "colour", LOSSLESS, "dcmcrle"],
    ["1.2.840.10008.1.2.4.50", "8-bit grey", LOSSY, "dcmcjpeg", "+eb", "+q", "95"],
    ["1.2.840.10008.1.2.4.50", "colour", LOSSY, "dcmcjpeg", "+eb", "+q", "95", "+s4"],
    ["1.2.840.10008.1.2.4.50", "colour", LOSSY, "dcmcjpeg", "+eb", "+q", "95", "+s2"],
    ["1.2.840.10008.1.2.4.50", "colour", LOSSY, "dcmcjpeg", "+eb", "+q", "95", "+cr"],
    ["1.2.840.10008.1.2.4.51", "12-bit grey", LOSSY, "dcmcjpeg", "+ee", "+q", "95"],
    ["1.2.840.10008.1.2.4.53", "8-bit grey", LOSSY, "dcmcjpeg", "+es", "+q", "95"],
    ["1.2.840.10008.1.2.4.55", "8-bit grey", LOSSY, "dcmcjpeg", "+ep", "+q", "95"],
    ["1.2.840.10008.1.2.4.57", "12-bit grey", LOSSLESS, "dcmcjpeg", "+el", "+sv", "4"],
    ["1.2.840.10008.1.2.4.70", "12-bit grey", LOSSLESS, "dcmcjpeg", "+e1"],
    ["1.2.840.10008.1.2.4.70", "8-bit grey", LOSSLESS, "dcmcjpeg", "+e1"],
    ["1.2.840.10008.1.2.4.70", "signed 16-bit grey", LOSSLESS, "dcmcjpeg", "+e1"],
    ["1.2.840.10008.1.2.4.70", "colour", LOSSLESS, "dcmcjpeg", "+e1"],
    ["1.2.840.10008.1.2.4.80", "12-bit grey", LOSSLESS, "dcmcjpls", "+el"],
    ["1.2.840.10008.1.2.4.80", "8-bit grey", LOSSLESS, "dcmcjpls", "+el"],
    ["1.2.840.10008.1.2.4.80", "signed 16-bit grey", LOSSLESS, "dcmcjpls", "+el"],
    ["1.2.840.10008.1.2.4.80", "colour", LOSSLESS, "dcmcjpls", "+el", "+il"],
    ["1.2.840.10008.1.2.4.80", "colour", LOSSLESS, "dcmcjpls", "+el", "+is"],
    ["1.2.840.10008.1.2.4.80", "colour", LOSSLESS, "dcmcjpls", "+el", "+in"],
    ["1.2.840.10008.1.2.4.81", "12-bit grey", LOSSY, "dcmcjpls", "+en"],
    ["1.2.840.10008.1.2.4.90", "12-bit grey", LOSSLESS, "gdcmconv", "--j2k"],
    ["1.2.840.10008.1.2.4.90", "8-bit grey", LOSSLESS, "gdcmconv", "--j2k"],
    ["1.2.840.10008.1.2.4.90", "signed 16-bit grey", LOSSLESS, "gdcmconv", "--j2k"],
    ["1.2.840.10008.1.2.4.90", "colour", LOSSLESS, "gdcmconv", "--j2k"],
    ["1.2.840.10008.1.2.4.91", "8-bit grey", LOSSY, "gdcmconv", "--j2k", "--lossy", "-q", "60"],
  ];

  it.each(conversions)(
    "%s (%s) is the picture it was before it was encoded",
    async (uid, kind, tolerance, command, ...args) => {
      const out = path(`${uid} ${kind} ${args.join("")}`);
      await runChecked(command, [...args, path(kind), out]);
      const bytes = readFileSync(out);
      expect(walkPart10(bytes).transferSyntaxUid).toBe(uid);
      expect(difference(openBytes(bytes).frame(0).pixels, native(kind)).mean).toBeLessThanOrEqual(tolerance);
    },
  );

  describe("that only dcmjs-codecs itself can write here", () => {
    beforeAll(() => NativeCodecs.initializeAsync());
    type Encoder = "encodeHtJpeg2000" | "encodeJpegXl";
    const encode = (encoder: Encoder, kind: Kind, parameters: Record<string, unknown>): Buffer => {
      const picture: Picture = pictures[kind];
      const context = new Context({
        width: COLUMNS,
        height: ROWS,
        bitsAllocated: picture.allocated ?? 16,
        bitsStored: picture.stored ?? picture.allocated ?? 16,
        samplesPerPixel: picture.samples ?? 1,
        pixelRepresentation: picture.signed === true ? 1 : 0,
        planarConfiguration: 0,
        photometricInterpretation: picture.samples === 3 ? "RGB" : "MONOCHROME2",
        decodedBuffer: picture.pixels,
      });
      const encoded = Buffer.from(NativeCodecs[encoder](context, parameters).getEncodedBuffer() ?? []);
      return encoded.length % 2 === 0 ? encoded : Buffer.concat([encoded, Buffer.alloc(1)]);
    };

    it.each([
      ["1.2.840.10008.1.2.4.201", "12-bit grey", LOSSLESS, "encodeHtJpeg2000", { lossy: false }],
      ["1.2.840.10008.1.2.4.201", "8-bit grey", LOSSLESS, "encodeHtJpeg2000", { lossy: false }],
      ["1.2.840.10008.1.2.4.201", "signed 16-bit grey", LOSSLESS, "encodeHtJpeg2000", { lossy: false }],
      ["1.2.840.10008.1.2.4.201", "colour", LOSSLESS, "encodeHtJpeg2000", { lossy: false }],
      ["1.2.840.10008.1.2.4.201", "colour", LOSSLESS, "encodeHtJpeg2000", { lossy: false, allowMct: 0 }],
      ["1.2.840.10008.1.2.4.202", "12-bit grey", LOSSLESS, "encodeHtJpeg2000", { lossy: false, progressionOrder: 2 }],
      ["1.2.840.10008.1.2.4.203", "8-bit grey", LOSSY, "encodeHtJpeg2000", { lossy: true }],
      ["1.2.840.10008.1.2.4.203", "colour", LOSSY, "encodeHtJpeg2000", { lossy: true }],
      ["1.2.840.10008.1.2.4.110", "12-bit grey", LOSSLESS, "encodeJpegXl", { lossy: false }],
      ["1.2.840.10008.1.2.4.110", "8-bit grey", LOSSLESS, "encodeJpegXl", { lossy: false }],
      ["1.2.840.10008.1.2.4.110", "signed 16-bit grey", LOSSLESS, "encodeJpegXl", { lossy: false }],
      ["1.2.840.10008.1.2.4.110", "colour", LOSSLESS, "encodeJpegXl", { lossy: false }],
      ["1.2.840.10008.1.2.4.112", "8-bit grey", LOSSY, "encodeJpegXl", { lossy: true }],
      ["1.2.840.10008.1.2.4.112", "colour", LOSSY, "encodeJpegXl", { lossy: true }],
    ] satisfies [string, Kind, number, Encoder, Record<string, unknown>][])(
      "%s (%s) is the picture it was before it was encoded",
      (transferSyntax, kind, tolerance, encoder, parameters) => {
        const { pixels: _, ...rest }: Picture = pictures[kind];
        const fragments = [Buffer.alloc(0), encode(encoder, kind, parameters)];
        const bytes = encodePicture({ ...rest, transferSyntax, fragments });
        expect(difference(openBytes(bytes).frame(0).pixels, native(kind)).mean).toBeLessThanOrEqual(tolerance);
      },
    );
  });

  it("MPEG-4 is a reason that names it", () => {
    const picture = { ...size, allocated: 8, fragments: [Buffer.alloc(0), Buffer.alloc(100)] };
    expect(() => openBytes(encodePicture({ ...picture, transferSyntax: "1.2.840.10008.1.2.4.102" }))).toThrow(
      /transfer syntax 1\.2\.840\.10008\.1\.2\.4\.102 cannot be decoded/,
    );
  });
});

import { describe, expect, it } from "vitest";
import { encodePicture, greys, openBytes, words, type Attribute, type Picture } from "./picture.ts";

const pixels8 = (picture: Picture): Picture => ({ allocated: 8, pixelVr: "OB", ...picture });

describe("RGB", () => {
  it("is the same by pixel and by plane", () => {
    const byPixel = pixels8({ rows: 1, columns: 2, samples: 3, pixels: Buffer.from([1, 2, 3, 4, 5, 6]) });
    const byPlane = pixels8({ rows: 1, columns: 2, samples: 3, planar: true, pixels: Buffer.from([1, 4, 2, 5, 3, 6]) });
    expect(greys(byPixel)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(greys(byPlane)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(openBytes(encodePicture(byPixel)).frame(0).channels).toBe(3);
  });

  it("of 16 bits keeps the upper eight of those stored", () => {
    const picture = { rows: 1, columns: 1, samples: 3 };
    expect(greys({ ...picture, pixels: words(0x1234, 0xff00, 0x00ff) })).toEqual([0x12, 0xff, 0]);
    expect(greys({ ...picture, stored: 12, pixels: words(0x0123, 0x0fff, 0x0008) })).toEqual([0x12, 0xff, 0]);
  });
});

describe("YBR", () => {
  // ITU-R BT.601: red is 76 85 255, white 255 128 128.
  it("FULL becomes RGB", () => {
    const picture = pixels8({
      rows: 1,
      columns: 2,
      samples: 3,
      photometric: "YBR_FULL",
      pixels: Buffer.from([76, 85, 255, 255, 128, 128]),
    });
    expect(greys(picture)).toEqual([254, 0, 0, 255, 255, 255]);
  });

  it("FULL_422 gives two neighbours the same chrominance", () => {
    const picture = pixels8({
      rows: 1,
      columns: 4,
      samples: 3,
      photometric: "YBR_FULL_422",
      pixels: Buffer.from([76, 150, 85, 255, 0, 255, 128, 128]),
    });
    expect(greys(picture)).toEqual([254, 0, 0, 255, 74, 74, 0, 0, 0, 255, 255, 255]);
  });

  it("PARTIAL_422 has black at 16 and white at 235", () => {
    const picture = pixels8({
      rows: 1,
      columns: 2,
      samples: 3,
      photometric: "YBR_PARTIAL_422",
      pixels: Buffer.from([16, 235, 128, 128]),
    });
    expect(greys(picture)).toEqual([0, 0, 0, 255, 255, 255]);
  });
});

describe("PALETTE COLOR", () => {
  const palette = (descriptor: readonly number[], tables: readonly Buffer[], segmented = false): Attribute[] =>
    tables.flatMap((table, channel) => [
      { tag: 0x00281101 + channel, vr: "US", values: descriptor },
      { tag: (segmented ? 0x00281221 : 0x00281201) + channel, vr: "OW", values: table },
    ]);
  const indices = (values: readonly number[], more: readonly Attribute[]): Picture =>
    pixels8({ rows: 1, columns: values.length, photometric: "PALETTE COLOR", pixels: Buffer.from(values), more });

  it("takes the upper byte of 16-bit entries, indices beyond the ends the entry there", () => {
    const tables = [words(0x0100, 0x0200, 0xff00), words(0x0300, 0x0400, 0xff00), words(0x0500, 0x0600, 0xff00)];
    expect(greys(indices([0, 10, 11, 200], palette([3, 10, 16], tables)))).toEqual([
      1, 3, 5, 1, 3, 5, 2, 4, 6, 255, 255, 255,
    ]);
  });

  it("takes entries as they are where 16 bits are announced and 8 are used", () => {
    expect(greys(indices([0, 1], palette([2, 0, 16], [words(1, 200), words(2, 201), words(3, 202)])))).toEqual([
      1, 2, 3, 200, 201, 202,
    ]);
  });

  it("reads 8-bit entries, two to a word", () => {
    const tables = [Buffer.from([1, 2, 3, 4]), Buffer.from([5, 6, 7, 8]), Buffer.from([9, 10, 11, 12])];
    expect(greys(indices([0, 3], palette([4, 0, 8], tables)))).toEqual([1, 5, 9, 4, 8, 12]);
  });

  it("expands discrete, linear and indirect segments", () => {
    // Discrete 0; linear up to 0xff00 over four; then both segments again, up to nine entries.
    const table = words(0, 1, 0, 1, 4, 0xff00, 2, 2, 0, 0);
    const picture = indices([0, 1, 2, 3, 4, 5, 9], palette([10, 0, 16], [table, table, table], true));
    const reds = greys(picture).filter((_, index) => index % 3 === 0);
    expect(reds).toEqual([0, 0x3f, 0x7f, 0xbf, 0xff, 0, 0xff]);
  });

  it("refuses segments that lead nowhere or nest without end", () => {
    const bad = [
      words(1, 4, 0xff00),
      words(0, 3, 1),
      words(7, 1, 1),
      words(2, 1, 0, 0),
      words(0, 0),
      // A run of empty segments, repeated by as many indirect ones as fit.
      Buffer.concat([Buffer.alloc(4096), ...Array.from({ length: 8000 }, () => words(2, 1000, 0, 0))]),
    ];
    for (const table of bad) {
      const open = (): unknown => greys(indices([0], palette([256, 0, 16], [table, table, table], true)));
      expect(open).toThrow(expect.objectContaining({ code: "CANNOT_RENDER" }));
    }
  });

  it("without a palette is a reason, not a crash", () => {
    expect(() => greys(indices([0], []))).toThrow(/colour palette/);
  });
});

import { describe, expect, it } from "vitest";
import { BIG_ENDIAN, greys, IMPLICIT, words, type Attribute, type Picture, type Sequence } from "./picture.ts";

const window = (centre: string, width: string, shape?: string): Attribute[] => [
  { tag: 0x00281050, vr: "DS", values: centre },
  { tag: 0x00281051, vr: "DS", values: width },
  ...(shape === undefined ? [] : [{ tag: 0x00281056, vr: "CS", values: shape }]),
];
const rescale = (slope: string, intercept: string): Attribute[] => [
  { tag: 0x00281052, vr: "DS", values: intercept },
  { tag: 0x00281053, vr: "DS", values: slope },
];
const row = (pixels: readonly number[], rest: Partial<Picture> = {}): Picture => ({
  rows: 1,
  columns: pixels.length,
  pixels: words(...pixels),
  ...rest,
});

describe("Window", () => {
  it("follows the formula of LINEAR in PS3.3 C.11.2.1.2.1", () => {
    // Centre 2048, width 4096, the example of the standard: 0 and below black, 4095 and above white.
    expect(greys(row([0, 1, 2047, 2048, 4094, 4095, 5000], { more: window("2048", "4096") }))).toEqual([
      0, 0, 127, 128, 255, 255, 255,
    ]);
  });

  it("is a threshold where its width is 1", () => {
    expect(greys(row([99, 100, 101], { more: window("100", "1") }))).toEqual([0, 255, 255]);
  });

  it("follows LINEAR_EXACT and SIGMOID where the image asks for them", () => {
    expect(greys(row([0, 50, 100], { more: window("50", "100", "LINEAR_EXACT") }))).toEqual([0, 128, 255]);
    const sigmoid = [0, 50, 100].map((x) => Math.round(255 / (1 + Math.exp((-4 * (x - 50)) / 100))));
    expect(greys(row([0, 50, 100], { more: window("50", "100", "SIGMOID") }))).toEqual(sigmoid);
  });

  it("is the first of several", () => {
    expect(greys(row([0, 9, 1000], { more: window("5\\500", "10\\1000") }))).toEqual([0, 255, 255]);
  });

  it("applies to rescaled values", () => {
    const more = [...rescale("1", "-1024"), ...window("40", "400")];
    const [air, water, bone] = greys(row([0, 1024, 3000], { more }));
    expect([air, bone]).toEqual([0, 255]);
    expect(water).toBe(Math.round(((0 - 39.5) / 399 + 0.5) * 255));
  });

  it("that cannot be one is passed over", () => {
    for (const more of [window("40", "0"), window("40", "-5"), window("x", "400"), window("", "")]) {
      expect(greys(row([0, 500, 1000], { more }))).toEqual([0, 128, 255]);
    }
  });
});

describe("An image without a window", () => {
  it("spans the lowest to the highest value of the frame", () => {
    expect(greys(row([100, 200, 300]))).toEqual([0, 128, 255]);
  });

  it("of up to 8 bits is shown as it is", () => {
    expect(greys({ rows: 1, columns: 4, allocated: 8, pixels: Buffer.from([0, 10, 100, 200]) })).toEqual([
      0, 10, 100, 200,
    ]);
    expect(greys(row([0, 1, 2, 3], { stored: 2 }))).toEqual([0, 85, 170, 255]);
  });

  it("of one value only is black", () => {
    expect(greys(row([7, 7, 7]))).toEqual([0, 0, 0]);
  });

  it("has its window found frame by frame", () => {
    const picture = { rows: 1, columns: 2, frames: 2, pixels: words(0, 100, 1000, 5000) };
    expect(greys(picture, 0)).toEqual([0, 255]);
    expect(greys(picture, 1)).toEqual([0, 255]);
  });
});

describe("Stored values", () => {
  it("are signed where Pixel Representation says so", () => {
    expect(greys(row([-1000, 0, 1000], { signed: true }))).toEqual([0, 128, 255]);
    expect(greys(row([-2048 & 0xfff, 0, 2047], { signed: true, stored: 12 }))).toEqual([0, 128, 255]);
  });

  it("are cut out at High Bit, whatever stands in the bits beside them", () => {
    // 12 bits at 15..4, with dirt in the low four; and at 11..0, with dirt in the high four, as old overlays left it.
    expect(greys(row([0x000f, 0x8007, 0xfff5], { stored: 12, high: 15 }))).toEqual([0, 128, 255]);
    expect(greys(row([0xf000, 0x1800, 0x3fff], { stored: 12, high: 11 }))).toEqual([0, 128, 255]);
  });

  it("are the same in implicit, explicit and big endian encoding", () => {
    const pixels = [3, 259, 4095, 65535];
    const expected = greys(row(pixels));
    expect(greys(row(pixels, { transferSyntax: IMPLICIT }))).toEqual(expected);
    expect(greys(row(pixels, { transferSyntax: BIG_ENDIAN, pixels: words(...pixels).swap16() }))).toEqual(expected);
  });

  it("of 8 bits in big endian words come in the order of the words", () => {
    const picture = { rows: 1, columns: 3, frames: 2, allocated: 8, transferSyntax: BIG_ENDIAN };
    const pixels = Buffer.from([1, 2, 3, 4, 5, 6]).swap16();
    expect(greys({ ...picture, pixels, pixelVr: "OW" }, 0)).toEqual([1, 2, 3]);
    expect(greys({ ...picture, pixels, pixelVr: "OW" }, 1)).toEqual([4, 5, 6]);
    expect(greys({ ...picture, pixels: Buffer.from([1, 2, 3, 4, 5, 6]), pixelVr: "OB" }, 1)).toEqual([4, 5, 6]);
  });

  it("may have 32 bits", () => {
    const pixels = Buffer.alloc(12);
    pixels.writeInt32LE(-2_000_000_000, 0);
    pixels.writeInt32LE(2_000_000_000, 8);
    expect(greys({ rows: 1, columns: 3, allocated: 32, signed: true, pixels })).toEqual([0, 128, 255]);
  });

  it("may be single bits, frames not beginning at bytes", () => {
    // Three frames of 3 x 1: 101 011 110, lowest bit first.
    const picture = { rows: 1, columns: 3, frames: 3, allocated: 1, pixels: Buffer.from([0b11110101, 0b0]) };
    expect([0, 1, 2].map((index) => greys(picture, index))).toEqual([
      [255, 0, 255],
      [0, 255, 255],
      [255, 255, 0],
    ]);
  });
});

describe("MONOCHROME1", () => {
  it("shows low values bright", () => {
    expect(greys(row([0, 1000], { photometric: "MONOCHROME1" }))).toEqual([255, 0]);
  });

  it("is not inverted twice by Presentation LUT Shape INVERSE, which says the same", () => {
    const more = [{ tag: 0x20500020, vr: "CS", values: "INVERSE" }];
    expect(greys(row([0, 1000], { photometric: "MONOCHROME1", more }))).toEqual([255, 0]);
    expect(greys(row([0, 1000], { photometric: "MONOCHROME2", more }))).toEqual([255, 0]);
  });
});

describe("Look-up tables", () => {
  const table = (tag: number, descriptor: readonly number[], data: readonly number[] | Buffer): Sequence => ({
    tag,
    items: [
      [
        { tag: 0x00283002, vr: "US", values: descriptor },
        { tag: 0x00283006, vr: Buffer.isBuffer(data) ? "OW" : "US", values: data },
      ],
    ],
  });

  it("of the modality come before the window, values beyond their ends taking the entry there", () => {
    const more = [table(0x00283000, [3, 10, 16], [1000, 500, 0]), ...window("500", "1001", "LINEAR_EXACT")];
    expect(greys(row([0, 10, 11, 12, 99], { more }))).toEqual([255, 255, 128, 0, 0]);
  });

  it("of the VOI are scaled from the bits their descriptor names", () => {
    expect(greys(row([0, 1, 2], { more: [table(0x00283010, [3, 0, 12], [0, 4095, 2048])] }))).toEqual([0, 255, 128]);
  });

  it("may begin below zero for signed images", () => {
    const more = [table(0x00283010, [3, -1, 8], [10, 20, 30])];
    expect(greys(row([-1, 0, 1], { signed: true, more }))).toEqual([10, 20, 30]);
  });

  it("may hold two 8-bit entries to a word", () => {
    expect(greys(row([0, 1, 2, 3], { more: [table(0x00283010, [4, 0, 8], Buffer.from([1, 2, 3, 4]))] }))).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it("give way to a window", () => {
    const more = [table(0x00283010, [2, 0, 8], [255, 0]), ...window("50", "100", "LINEAR_EXACT")];
    expect(greys(row([0, 100], { more }))).toEqual([0, 255]);
  });

  it("shorter than they say are a reason, not a crash", () => {
    expect(() => greys(row([0, 1], { more: [table(0x00283010, [256, 0, 8], [1, 2])] }))).toThrow(
      /look-up table is shorter/,
    );
  });
});

describe("Padding", () => {
  it("is black and does not count for the window", () => {
    const more = [{ tag: 0x00280120, vr: "SS", values: [-2000] }];
    expect(greys(row([-2000, 0, 100], { signed: true, more }))).toEqual([0, 0, 255]);
    expect(greys(row([-2000, 0, 100], { signed: true, more, photometric: "MONOCHROME1" }))).toEqual([0, 255, 0]);
  });

  it("may be a range", () => {
    const more = [
      { tag: 0x00280120, vr: "US", values: [60000] },
      { tag: 0x00280121, vr: "US", values: [65535] },
    ];
    expect(greys(row([60000, 65535, 0, 100], { more }))).toEqual([0, 0, 0, 255]);
  });
});

describe("Functional groups", () => {
  const voi = (centre: string, width: string): Sequence => ({
    tag: 0x00289132,
    items: [window(centre, width, "LINEAR_EXACT")],
  });
  const values = (slope: string, intercept: string): Sequence => ({
    tag: 0x00289145,
    items: [rescale(slope, intercept)],
  });

  it("give each frame its own window and rescale, the shared ones filling in", () => {
    const more: Sequence[] = [
      { tag: 0x52009229, items: [[values("10", "0")]] },
      { tag: 0x52009230, items: [[voi("500", "1000")], [voi("5000", "10000")]] },
    ];
    const picture = { rows: 1, columns: 2, frames: 2, pixels: words(0, 100, 500, 1000), more };
    expect(greys(picture, 0)).toEqual([0, 255]);
    expect(greys(picture, 1)).toEqual([128, 255]);
  });

  it("stand before the attributes of the instance", () => {
    const more = [{ tag: 0x52009229, items: [[voi("50", "100")]] }, ...window("5000", "10000", "LINEAR_EXACT")];
    expect(greys(row([0, 100], { more }))).toEqual([0, 255]);
  });
});

describe("XA and XRF images", () => {
  it("are shown without their modality transformation, which is not for display", () => {
    const more = [
      { tag: 0x00080016, vr: "UI", values: "1.2.840.10008.5.1.4.1.1.12.1" },
      ...rescale("-1", "0"),
      ...window("50", "100", "LINEAR_EXACT"),
    ];
    expect(greys(row([0, 100], { more }))).toEqual([0, 255]);
  });
});

describe("Float pixel data", () => {
  const floats = (bits: 32 | 64, numbers: readonly number[], more: readonly Attribute[] = []): Picture => {
    const bytes = Buffer.alloc((bits / 8) * numbers.length);
    numbers.forEach((value, i) => (bits === 32 ? bytes.writeFloatLE(value, 4 * i) : bytes.writeDoubleLE(value, 8 * i)));
    const element = bits === 32 ? { tag: 0x7fe00008, vr: "OF" } : { tag: 0x7fe00009, vr: "OD" };
    return { rows: 1, columns: numbers.length, allocated: bits, more: [...more, { ...element, values: bytes }] };
  };

  it("is shown from its lowest to its highest finite number", () => {
    expect(greys(floats(32, [-0.5, 0, 0.5, Number.NaN, Infinity]))).toEqual([0, 128, 255, 0, 0]);
    expect(greys(floats(64, [1e100, 2e100]))).toEqual([0, 255]);
  });

  it("takes a LINEAR window exactly, as halves of an integer mean nothing to it", () => {
    expect(greys(floats(32, [0, 0.5, 1], window("0.5", "1", "LINEAR")))).toEqual([0, 128, 255]);
  });
});

/** Checks 1 to 10, 17 to 22, 51, 55, 56 and 59 to 61 of standards/dicom-deidentification.md, section 6. 11 and 63 are in corpus.test.ts. */
import { describe, expect, it } from "vitest";
import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from "../../src/main/dicom/encode.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { IMPLEMENTATION_CLASS_UID } from "../../src/main/deidentify/software.ts";
import { buildFile, deidentify, elementsOf, type Spec } from "./build-instance.ts";

describe("A. The file container", () => {
  const hostile = Buffer.concat([buildFile(), Buffer.from("appended Exemplar")]);
  hostile.write("MZ\u0090 Exemplar", 0, "latin1");
  const { bytes, part10 } = deidentify(hostile);
  const meta = part10.meta!.elements.map(({ tag }) => tag);

  it("1 the preamble is zero", () => expect(bytes.subarray(0, 128).every((byte) => byte === 0)).toBe(true));
  it("2 DICM stands at 128", () => expect(bytes.toString("latin1", 128, 132)).toBe("DICM"));
  it("3 and 4 no AE titles, addresses or private information in File Meta", () => {
    expect(meta.filter((tag) => tag >= 0x00020016)).toEqual([]);
    expect(bytes.includes("SECRETAET")).toBe(false);
  });
  it("5 the implementation is Satchel's own", () => {
    const text = bytes.toString("latin1", 0, part10.datasetStart);
    expect(text).toContain(IMPLEMENTATION_CLASS_UID);
    expect(text).toMatch(/SATCHEL_\d/);
  });
  it("6 the Media Storage SOP Instance UID is that of the data set", () => {
    const media = part10.meta!.elements.find(({ tag }) => tag === 0x00020003)!;
    const own = part10.dataset.elements.find(({ tag }) => tag === 0x00080018)!;
    const value = (at: typeof media): string => bytes.toString("latin1", at.valueStart, at.valueEnd);
    expect(value(media)).toBe(value(own));
  });
  it.each([EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN])("7 the transfer syntax stays: %o", (encoding) => {
    const file = buildFile([], encoding);
    expect(deidentify(file).part10.transferSyntaxUid).toBe(walkPart10(file).transferSyntaxUid);
  });
  it("8 to 10 no group 0004, illegal group, group length, padding or trailing bytes", () => {
    const file = buildFile([
      [0x00040000, "UL", Buffer.alloc(4)],
      [0x00041130, "CS", "EXEMPLAR"],
      [0x00050010, "LO", "Exemplar"],
      [0x00080000, "UL", Buffer.alloc(4)],
      [0xfffcfffc, "OB", Buffer.from("Exemplar")],
    ]);
    const output = deidentify(file).part10;
    expect(output.trailing.start).toBe(output.trailing.end);
    expect(part10.trailing.start).toBe(part10.trailing.end);
    const wrong = elementsOf(output.dataset).filter(
      ({ element: { tag } }) => tag < 0x00080001 || (tag & 0xffff) === 0 || tag > 0xfff00000,
    );
    expect(wrong).toEqual([]);
  });
});

describe("B. What stands beside the table", () => {
  const GEMS: Spec[] = [
    [0x00190010, "LO", "GEMS_ACQU_01"],
    [0x00191023, "DS", "2.5"],
    [0x00191024, "DS", "Exemplar Jane"],
    [0x001910ff, "LO", "Exemplar"],
    [0x00210010, "LO", "SOMEBODY"],
    [0x00211023, "LO", "not listed"],
    [0x00231001, "LO", "no creator"],
  ];

  it("17 no odd group stays", () => {
    const { part10 } = deidentify(buildFile(GEMS));
    expect(part10.dataset.elements.filter(({ tag }) => (tag & 0x10000) !== 0)).toEqual([]);
  });

  it("17 and 18 under Retain Safe Private only what is listed stays, with its creator, in whatever block it stands", () => {
    const moved = GEMS.map(([tag, vr, value]): Spec =>
      tag === 0x00190010
        ? [0x001900e1, vr, value]
        : tag >>> 16 === 0x19
          ? [(tag & ~0xff00) | 0xe100, vr, value]
          : [tag, vr, value],
    );
    for (const [specs, creator, element] of [
      [GEMS, 0x00190010, 0x00191023],
      [moved, 0x001900e1, 0x0019e123],
    ] as const) {
      const { part10 } = deidentify(buildFile([...specs]), ["retain-safe-private"]);
      expect(part10.dataset.elements.map(({ tag }) => tag).filter((tag) => (tag & 0x10000) !== 0)).toEqual([
        creator,
        element,
      ]);
    }
  });

  it("19 unknown even-group tags go", () => {
    expect(deidentify(buildFile([[0x0018abcd, "LO", "whatever"]])).text("0018abcd")).toBeUndefined();
  });

  it("20 overlays and curves of all sixteen groups go, labels included", () => {
    const groups = Array.from({ length: 16 }, (_, index) => index * 2);
    const specs = groups.flatMap((low): Spec[] => [
      [(((0x6000 + low) << 16) | 0x0022) >>> 0, "LO", "Exemplar"],
      [(((0x6000 + low) << 16) | 0x1500) >>> 0, "LO", "Exemplar"],
      [(((0x6000 + low) << 16) | 0x3000) >>> 0, "OW", Buffer.alloc(8)],
      [(((0x5000 + low) << 16) | 0x3000) >>> 0, "OW", Buffer.alloc(8)],
    ]);
    const { part10 } = deidentify(buildFile(specs));
    expect(part10.dataset.elements.filter(({ tag }) => [0x50, 0x60].includes(tag >>> 24))).toEqual([]);
  });

  it("20 Clean Graphics keeps planes of regions, without texts, and takes planes of graphics", () => {
    const plane = (group: number, type: string): Spec[] => [
      [((group << 16) | 0x0010) >>> 0, "US", Buffer.from([4, 0])],
      [((group << 16) | 0x0011) >>> 0, "US", Buffer.from([16, 0])],
      [((group << 16) | 0x0022) >>> 0, "LO", "Exemplar chest"],
      [((group << 16) | 0x0040) >>> 0, "CS", type],
      [((group << 16) | 0x3000) >>> 0, "OW", Buffer.alloc(8)],
    ];
    const file = buildFile([...plane(0x6000, "G"), ...plane(0x6002, "R")]);
    const tags = deidentify(file, ["clean-graphics"])
      .part10.dataset.elements.map(({ tag }) => tag)
      .filter((tag) => tag >>> 24 === 0x60);
    expect(tags).toEqual([0x60020010, 0x60020011, 0x60020040, 0x60023000]);
    expect(deidentify(file, ["clean-graphics", "clean-descriptors"]).text("60020022")).toBe("chest");
  });

  it("21 the attributes of the newest editions go", () => {
    const specs: Spec[] = [0x00100011, 0x00100012, 0x00100045, 0x0040e012, 0x00400556, 0x0040b03b].map((tag) => [
      tag,
      "LO",
      "Exemplar",
    ]);
    const { part10 } = deidentify(buildFile(specs));
    expect(part10.dataset.elements.filter(({ tag }) => specs.some(([wanted]) => wanted === tag))).toEqual([]);
  });

  it("22 a person, a day or a UID is dealt with by its VR where no rule names the attribute", () => {
    const { text } = deidentify(
      buildFile([
        [0x00180024, "PN", "Exemplar^Jane"],
        [0x00181020, "DA", "20200229"],
        [0x0018991e, "UI", "1.2.826.0.1.3680043.999.55"],
        [0x00081167, "UI", "1.2.826.0.1.3680043.999.4"],
        [0x00142006, "PN", "Evaluator^Eve"],
      ]),
    );
    expect(text("00180024")).toBe("REMOVED");
    expect(text("00181020")).toBeUndefined();
    expect(text("0018991e")).toMatch(/^2\.25\./);
    expect(text("00081167")).toBe(text("00080018"));
    expect(text("00142006")).toBeUndefined();
  });

  it.each([[0x00880200], [0x04000561], [0x04000500], [0xfffafffa], [0x00080300]])(
    "56 icon images, former attributes, encrypted attributes, signatures and private descriptions go: %i",
    (tag) => {
      const { part10 } = deidentify(buildFile([[tag, "SQ", [[[0x00100010, "PN", "Exemplar"]]]]]));
      expect(part10.dataset.elements.find((element) => element.tag === tag)).toBeUndefined();
    },
  );
});

describe("G. Pixels", () => {
  it("51 pixel data stay as they are", () => {
    const { part10, bytes } = deidentify(buildFile());
    const pixels = part10.dataset.elements.at(-1)!;
    expect([...bytes.subarray(pixels.valueStart, pixels.valueEnd)]).toEqual([1, 2, 3, 4]);
  });

  it("55 Burned In Annotation is never set to NO, since pixels are not cleaned", () => {
    expect(deidentify(buildFile()).text("00280301")).toBeUndefined();
    expect(deidentify(buildFile([[0x00280301, "CS", "YES"]])).text("00280301")).toBe("YES");
  });
});

describe("H. Markers", () => {
  it.each([
    [[], ["113100"]],
    [["retain-uids"], ["113100", "113110"]],
    [
      ["clean-graphics", "clean-descriptors", "full-dates"],
      ["113100", "113103", "113105", "113106"],
    ],
    [
      [
        "retain-institution",
        "retain-safe-private",
        "retain-device",
        "retain-patient-characteristics",
        "modified-dates",
      ],
      ["113100", "113107", "113108", "113109", "113111", "113112"],
    ],
  ] as const)("59, 60 and 61 tell of %j: %j", (options, codes) => {
    const before: Spec[] = [
      [0x00120062, "CS", "NO"],
      [0x00120063, "LO", "Exemplar tool"],
      [0x00120064, "SQ", [[[0x00080100, "SH", "113101"]]]],
    ];
    const { text, part10, bytes } = deidentify(buildFile(before), options);
    expect(text("00120062")).toBe("YES");
    expect(text("00120063")).toMatch(/^Satchel \d+\.\d+\.\d+\\PS3\.15 2026c$/);
    const sequence = part10.dataset.elements.find(({ tag }) => tag === 0x00120064)!;
    expect(sequence.items!.map((_, index) => text(`00120064/${index}/00080100`))).toEqual(codes);
    expect(sequence.items!.map((_, index) => text(`00120064/${index}/00080102`))).toEqual(codes.map(() => "DCM"));
    expect(text("00120064/0/00080104")).toBe("Basic Application Confidentiality Profile");
    expect(bytes.includes("Exemplar")).toBe(false);
  });
});

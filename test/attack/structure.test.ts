import { describe, expect, it } from "vitest";
import type { PolicyOption } from "../../src/contract/policy.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { createDicomDeidentifier } from "../../src/main/deidentify/dicom/deidentifier.ts";
import { findCanary } from "./find-canary.ts";
import {
  encode,
  header,
  hostileFile,
  IMPLICIT,
  itemOf,
  openSequence,
  part,
  sequence,
  type Hostile,
  type Part,
} from "./hostile-instance.ts";

/** Nobody in the file is called so: the sweep does not know it, and only the rules can take it away. */
const CANARY = "ZKANARI^VERRAT";
const NAME = part(0x00100010, "PN", CANARY);
const SAFE_CREATOR = part(0x00190010, "LO", "SIEMENS MR HEADER");

function survivors(hostile: Hostile, options: PolicyOption[] = []): string[] {
  const deidentifier = createDicomDeidentifier({ key: { name: "k", secret: Buffer.alloc(32, 3) }, options });
  const result = deidentifier.deidentify(walkPart10(hostileFile(hostile)));
  const bytes = Buffer.concat(result.pieces as Buffer[]);
  walkPart10(bytes);
  return [...findCanary(bytes, CANARY), ...findCanary(bytes, "ZKANARI")];
}

function nested(depth: number, innermost: Part, open: boolean, implicit = false): Part {
  let inner = innermost;
  for (let level = 0; level < depth; level++)
    inner = (open ? openSequence : sequence)(0x00400275, [[inner]], "SQ", implicit);
  // Request Attributes Sequence goes as a whole; this one is kept.
  return (open ? openSequence : sequence)(0x00189346, [[inner]], "SQ", implicit);
}

const inUn = (tag: number, implicit: boolean): Part => sequence(tag, [[NAME]], "UN", implicit);
const UNKNOWN_VR = { tag: 0x00189346, vr: "??", value: Buffer.from(CANARY) };

const BASIC: [string, Hostile][] = [
  ["a name 60 sequences deep", { parts: [nested(59, NAME, false)] }],
  ["a name 60 open sequences deep", { parts: [nested(59, NAME, true)] }],
  ["a name 60 sequences deep in implicit VR", { parts: [nested(59, NAME, false, true)], transferSyntax: IMPLICIT }],
  ["a name in a kept sequence in UN, implicit", { parts: [inUn(0x00189346, true)] }],
  ["a name in a kept sequence in UN, explicit", { parts: [inUn(0x00189346, false)] }],
  ["a name in UN of undefined length", { parts: [openSequence(0x00189346, [[NAME]], "UN", true)] }],
  ["a name in a kept sequence declared as OB", { parts: [sequence(0x00189346, [[NAME]], "OB")] }],
  ["a name in a kept sequence declared as UT", { parts: [sequence(0x00189346, [[NAME]], "UT")] }],
  ["a name in a kept sequence declared as LO", { parts: [part(0x00189346, "LO", CANARY)] }],
  ["a text where a sequence should stand, in UN", { parts: [part(0x00189346, "UN", CANARY)] }],
  ["a text under a VR that is none", { parts: [UNKNOWN_VR] }],
  [
    "a name in a public sequence in a private one",
    { parts: [part(0x00290010, "LO", "ACME"), sequence(0x00291001, [[sequence(0x00189346, [[NAME]])]])] },
  ],
  [
    "a private element in a public sequence",
    { parts: [sequence(0x00189346, [[part(0x00290010, "LO", CANARY), part(0x00291001, "LO", CANARY)]])] },
  ],
  ["a private element without a creator", { parts: [part(0x00291001, "UT", CANARY)] }],
  ["a group length with a text", { parts: [part(0x00180000, "UL", CANARY), part(0x00290000, "LO", CANARY)] }],
  [
    "a command element, File Meta and directory element in the data set",
    { parts: [part(0x00020016, "AE", CANARY), part(0x00041130, "CS", CANARY)] },
  ],
  [
    "an unknown even-group element",
    { parts: [part(0x00081999, "LO", CANARY), part(0x00660999, "UT", CANARY), part(0x12340010, "LO", CANARY)] },
  ],
  [
    "a preamble, private File Meta and what follows the data set",
    {
      preamble: Buffer.from(CANARY.padEnd(128, "!")),
      meta: [
        part(0x00020016, "AE", CANARY),
        part(0x00020100, "UI", "1.2.3"),
        part(0x00020102, "OB", CANARY),
        part(0x00020099, "LO", CANARY),
      ],
      trailing: Buffer.from(`${CANARY}!`),
    },
  ],
  ["data set trailing padding", { after: [part(0xfffcfffc, "OB", CANARY)] }],
  ["a name behind the pixel data", { after: [part(0x00100010, "PN", CANARY)] }],
  [
    "a name a second time",
    {
      parts: [
        NAME,
        part(0x00100010, "PN", CANARY),
        part(0x00100020, "LO", CANARY),
        part(0x00100020, "LO", `${CANARY}2`),
      ],
    },
  ],
  [
    "a marker a second time",
    {
      parts: [
        part(0x00120063, "LO", "x"),
        part(0x00120063, "LO", CANARY),
        part(0x00120062, "CS", CANARY),
        part(0x00280303, "CS", CANARY),
      ],
    },
  ],
  [
    "a marker out of order",
    {
      without: [0x00280100],
      parts: [part(0x00280100, "US", Buffer.from([8, 0]))],
      after: [part(0x00120063, "LO", CANARY)],
    },
  ],
  ["a marker before its place", { parts: [sequence(0x00120064, [[part(0x00080104, "LO", CANARY)]])] }],
  [
    "an overlay with its texts",
    {
      parts: [
        part(0x60000022, "LO", CANARY),
        part(0x60001500, "LO", CANARY),
        part(0x601e4000, "LT", CANARY),
        part(0x60203000, "OW", CANARY),
        part(0x60ff0010, "LO", CANARY),
      ],
    },
  ],
  [
    "a curve with its texts",
    { parts: [part(0x50000022, "LO", CANARY), part(0x501e2500, "LO", CANARY), part(0x50fe3000, "OW", CANARY)] },
  ],
  [
    "an overlay inside an item",
    { parts: [sequence(0x00189346, [[part(0x60000022, "LO", CANARY), part(0x60003000, "OW", CANARY)]])] },
  ],
  ["a character set that is none", { parts: [part(0x00080005, "CS", `ISO_IR 100\\${CANARY}`)] }],
  ["a character set that is none, in an item", { parts: [sequence(0x00189346, [[part(0x00080005, "CS", CANARY)]])] }],
  [
    "a name under a number's tag",
    { parts: [part(0x00180050, "LO", CANARY), part(0x00280030, "UT", CANARY), part(0x00281050, "PN", CANARY)] },
  ],
  ["a text in a decimal string", { parts: [part(0x00180050, "DS", CANARY)] }],
  ["a text in an integer string", { parts: [part(0x00200013, "IS", CANARY)] }],
  ["a text in a binary number", { parts: [part(0x00280102, "US", CANARY), part(0x00189073, "FD", `${CANARY}..`)] }],
  [
    "a text in a UID that names a kind",
    {
      parts: [
        part(0x00080016, "UI", CANARY),
        sequence(0x00189346, [[part(0x0008010c, "UI", CANARY), part(0x00081150, "UI", `1.2.840.10008.${CANARY}`)]]),
      ],
    },
  ],
  ["a text behind a NUL in a kept UID", { parts: [part(0x0008001a, "UI", `1.2.840.10008.1.2\0${CANARY}`)] }],
  ["a code string that is none", { parts: [part(0x00080060, "CS", "CT"), part(0x00185100, "CS", `HFS\0${CANARY}`)] }],
  ["pixel data in an item", { parts: [sequence(0x00189346, [[part(0x7fe00010, "OW", CANARY)]])] }],
  ["a time that is none", { parts: [part(0x00180027, "TM", CANARY), part(0x00181201, "TM", CANARY)] }],
  ["a kept number as a sequence", { parts: [sequence(0x00180050, [[NAME]])] }],
  [
    "a name in an item of a deflated stretch of zero-length headers",
    { parts: [{ tag: 0x00189346, vr: "SQ", value: Buffer.concat([header(0xfffee000, 0), itemOf([NAME])]) }] },
  ],
  ["a sequence in a private blob", { parts: [part(0x00290010, "LO", "ACME"), part(0x00291001, "OB", encode([NAME]))] }],
];

describe("the Basic Profile takes away", () => {
  it.each(BASIC)("%s", (_, hostile) => expect(survivors(hostile)).toEqual([]));
});

describe("a transfer syntax that is no UID", () => {
  it("is no way to carry a text into File Meta Information", () => {
    expect(() => survivors({ transferSyntax: `1.2.${CANARY}` })).toThrow(/transfer syntax that is no UID/);
  });
});

const SAFE: [string, Hostile][] = [
  [
    "another element of a safe creator's block",
    { parts: [SAFE_CREATOR, part(0x001910fe, "LO", CANARY), part(0x0019100c, "IS", "1000")] },
  ],
  [
    "a second creator of one block",
    { parts: [part(0x00190010, "LO", CANARY), SAFE_CREATOR, part(0x0019100c, "IS", "1000")] },
  ],
  [
    "what follows 64 characters of a creator",
    { parts: [part(0x00190010, "LO", "SIEMENS MR HEADER".padEnd(70) + CANARY), part(0x0019100c, "IS", "1000")] },
  ],
  [
    "what follows a NUL in a creator",
    { parts: [part(0x00190010, "LO", `SIEMENS MR HEADER\0${CANARY}`), part(0x0019100c, "IS", "1000")] },
  ],
  [
    "a text under a safe number's tag",
    {
      parts: [
        part(0x20010010, "LO", "Philips Imaging DD 001"),
        part(0x20011003, "LO", CANARY),
        part(0x2001100b, "FL", `${CANARY}..`),
        part(0x2001101a, "UT", CANARY),
      ],
    },
  ],
  [
    "a text in a safe number in UN",
    { parts: [part(0x20010010, "LO", "Philips Imaging DD 001"), part(0x20011003, "UN", `${CANARY}..`)] },
  ],
  [
    "a safe sequence that is none",
    { parts: [part(0x20010010, "LO", "Philips Imaging DD 001"), part(0x2001105f, "OB", CANARY)] },
  ],
  [
    "a name in a safe private sequence",
    {
      parts: [
        part(0x20010010, "LO", "Philips Imaging DD 001"),
        sequence(0x2001105f, [[NAME, part(0x20051401, "UT", CANARY)]]),
      ],
    },
  ],
];

describe("Retain Safe Private takes away", () => {
  it.each(SAFE)("%s", (_, hostile) => expect(survivors(hostile, ["retain-safe-private"])).toEqual([]));
});

const OPTIONED: [string, PolicyOption[], Hostile][] = [
  [
    "a text in a date",
    ["full-dates"],
    { parts: [part(0x00080020, "DA", CANARY), part(0x0008002a, "DT", CANARY), part(0x00080030, "TM", CANARY)] },
  ],
  [
    "a text in a date",
    ["modified-dates"],
    {
      parts: [
        part(0x00080020, "DA", `20200101\\${CANARY}`),
        part(0x0008002a, "DT", CANARY),
        part(0x00080030, "TM", CANARY),
        part(0x00080201, "SH", CANARY),
      ],
    },
  ],
  ["a text in a UID", ["retain-uids"], { parts: [part(0x00200052, "UI", CANARY), part(0x00080018, "UI", CANARY)] }],
  [
    "a text in an age or a size",
    ["retain-patient-characteristics"],
    { parts: [part(0x00101010, "AS", CANARY), part(0x00101020, "DS", CANARY), part(0x00101030, "LO", CANARY)] },
  ],
  [
    "an unknown element of an overlay of regions",
    ["clean-graphics"],
    {
      parts: [
        part(0x60000010, "US", Buffer.from([2, 0])),
        part(0x60000011, "US", Buffer.from([2, 0])),
        part(0x60000040, "CS", "R"),
        part(0x60000100, "US", Buffer.from([1, 0])),
        part(0x60000999, "UT", CANARY),
        part(0x60000060, "LO", CANARY),
        part(0x60000800, "LO", CANARY),
        part(0x60003000, "OW", Buffer.from([1, 0])),
      ],
    },
  ],
  [
    "bytes behind an overlay's plane",
    ["clean-graphics"],
    {
      parts: [
        part(0x60000010, "US", Buffer.from([2, 0])),
        part(0x60000011, "US", Buffer.from([2, 0])),
        part(0x60000040, "CS", "R"),
        part(0x60000100, "US", Buffer.from([1, 0])),
        part(0x60003000, "OW", `1${CANARY}`),
      ],
    },
  ],
  [
    "a description's rest behind a NUL",
    ["clean-descriptors"],
    { parts: [part(0x00081030, "LO", `CT chest\0${CANARY}`)] },
  ],
  [
    "a description of another VR",
    ["clean-descriptors"],
    {
      parts: [
        part(0x00081030, "UN", `CT ${CANARY}`),
        part(0x0008103e, "OB", `CT ${CANARY}`),
        part(0x00104000, "SQ", ""),
      ],
    },
  ],
];

describe("an option takes away", () => {
  it.each(OPTIONED)("%s, under %j", (_, options, hostile) => expect(survivors(hostile, options)).toEqual([]));
});

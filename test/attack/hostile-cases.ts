import {
  encode,
  header,
  IMPLICIT,
  itemOf,
  openSequence,
  part,
  sequence,
  type Hostile,
  type Part,
} from "./hostile-instance.ts";

/** Nobody in the file is called so: the sweep does not know it, and only the rules can take it away. */
export const CANARY = "ZKANARI^VERRAT";
export const NAME = part(0x00100010, "PN", CANARY);
function nested(depth: number, innermost: Part, open: boolean, implicit = false): Part {
  let inner = innermost;
  for (let level = 0; level < depth; level++)
    inner = (open ? openSequence : sequence)(0x00400275, [[inner]], "SQ", implicit);
  // Request Attributes Sequence goes as a whole; this one is kept.
  return (open ? openSequence : sequence)(0x00189346, [[inner]], "SQ", implicit);
}

const inUn = (tag: number, implicit: boolean): Part => sequence(tag, [[NAME]], "UN", implicit);
const UNKNOWN_VR = { tag: 0x00189346, vr: "??", value: Buffer.from(CANARY) };

/** Files in which the Basic Profile has to leave nothing of the canary. */
export const BASIC: [string, Hostile][] = [
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

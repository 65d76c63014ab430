import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PolicyOption } from "../../src/contract/policy.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { createDicomDeidentifier } from "../../src/main/deidentify/dicom/deidentifier.ts";
import { findCanary } from "./find-canary.ts";
import { BASIC, CANARY, NAME } from "./hostile-cases.ts";
import { hostileFile, part, sequence, type Hostile } from "./hostile-instance.ts";

const SAFE_CREATOR = part(0x00190010, "LO", "SIEMENS MR HEADER");

function deidentify(file: Buffer, options: PolicyOption[] = []): Buffer {
  const deidentifier = createDicomDeidentifier({ key: { name: "k", secret: Buffer.alloc(32, 3) }, options });
  return Buffer.concat(deidentifier.deidentify(walkPart10(file)).pieces as Buffer[]);
}

function survivors(hostile: Hostile, options: PolicyOption[] = []): string[] {
  const bytes = deidentify(hostileFile(hostile), options);
  walkPart10(bytes);
  return [...findCanary(bytes, CANARY), ...findCanary(bytes, "ZKANARI")];
}

describe("the Basic Profile takes away", () => {
  it.each(BASIC)("%s", (_, hostile) => expect(survivors(hostile)).toEqual([]));
});

describe("What is left of a hostile file", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "satchel-attack-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("parses in DCMTK", () => {
    const files = BASIC.map(([, hostile], index) => {
      const file = join(folder, `${index}.dcm`);
      writeFileSync(file, deidentify(hostileFile(hostile)));
      return file;
    });
    const { status, stderr } = spawnSync("dcmdump", ["+E", "-q", ...files], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  it.each(BASIC)("loses no element when it is de-identified again: %s", (_, hostile) => {
    const once = deidentify(hostileFile(hostile), ["retain-uids"]);
    const again = walkPart10(deidentify(once, ["retain-uids"]));
    expect(again.dataset.elements.map(({ tag }) => tag)).toEqual(
      walkPart10(once).dataset.elements.map(({ tag }) => tag),
    );
  });
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

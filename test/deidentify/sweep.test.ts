import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeInAll } from "../../src/main/dicom/encodings.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { applyEdits, type Edits } from "../../src/main/dicom/splice.ts";
import { createValueCompiler, encodeForms } from "../../src/main/deidentify/dicom/collected-values.ts";
import { leakError } from "../../src/main/deidentify/dicom/deidentifier.ts";
import { newFileMeta } from "../../src/main/deidentify/dicom/markers.ts";
import { openRules } from "../../src/main/deidentify/dicom/rule-tree.ts";
import { sweepInstance, type InstanceHit } from "../../src/main/deidentify/dicom/sweep-instance.ts";
import { valuesOfDescription } from "../../src/main/deidentify/described-values.ts";
import { mergeValues, type IdentifyingValues } from "../../src/main/deidentify/identifying-values.ts";
import { Matcher } from "../../src/main/deidentify/sweep/matcher.ts";
import { needlesOf } from "../../src/main/deidentify/sweep/needles.ts";
import { sweepText } from "../../src/main/deidentify/sweep/sweep-text.ts";
import { CT, buildFile, deidentify, type Spec } from "./build-instance.ts";

const values: IdentifyingValues = {
  names: ["Müller-Lee^Zoë=山田^太郎"],
  identifiers: ["MRN-445566", "20817", "12"],
  organisations: ["Klinikum Musterstadt"],
  dates: ["19310203"],
  uids: ["1.2.826.0.1.3680043.999.4"],
};
const kinds = (text: string): string[] => sweepText(values, text, "here").map(({ kind }) => kind);

describe("sweepText", () => {
  it.each([
    ["CT of Müller", "name"],
    ["ct_muller.dcm", "name"],
    ["ZOE 55F", "name"],
    ["mullerleezoe", "name"],
    ["報告 山田 様", "name"],
    ["Dr. Lee", "name"],
    ["id=MRN-445566;", "identifier"],
    ["no 20817.", "identifier"],
    ["klinikum musterstadt, Haus 3", "organisation"],
    ["MUSTERSTADT", "organisation"],
    ["born 1931-02-03", "date"],
    ["03.02.1931", "date"],
    ["19310203T0000", "date"],
    ["studies/1.2.826.0.1.3680043.999.4/1.dcm", "uid"],
  ])("finds what is in %j: a %s", (text, kind) => expect(kinds(text)).toContain(kind));

  it.each([
    "asleep",
    "12",
    "1208170",
    "0.20817",
    "1.2.826.0.1.3680043.999.42",
    "Klinikum",
    "119310203",
    "CT chest",
    "",
  ])("does not take %j for any of it", (text) => expect(kinds(text)).toEqual([]));

  it("says where and what kind, never what", () => {
    const hits = sweepText(values, "MRN-445566", "entry name");
    expect(hits).toEqual([{ where: "entry name", kind: "identifier" }]);
  });

  it("does not look for words that are no names: placeholders, anatomy, the allow-list", () => {
    const harmless = {
      names: ["Test^Patient", "HEAD^PHANTOM", "Anonymous"],
      identifiers: ["CHEST", "1"],
      organisations: ["Hospital"],
      dates: ["19000101"],
      uids: [],
    };
    expect(needlesOf(harmless)).toEqual([]);
  });

  it("takes values of a description only as far as the policy takes them away", () => {
    const description = {
      patientName: "Doe^Jane",
      institutionName: "Musterklinik",
      studyDate: "20200229",
      studyInstanceUid: "1.2.3.4.5",
    };
    expect(valuesOfDescription(description, [])).toEqual({
      names: ["Doe^Jane"],
      identifiers: [],
      organisations: ["Musterklinik"],
      dates: ["20200229"],
      uids: ["1.2.3.4.5"],
    });
    const kept = valuesOfDescription(description, ["retain-institution", "full-dates", "retain-uids"]);
    expect(mergeValues([kept, kept])).toEqual({
      names: ["Doe^Jane"],
      identifiers: [],
      organisations: [],
      dates: [],
      uids: [],
    });
  });
});

describe("Matcher", () => {
  it("finds what a plain search finds, for any patterns in any bytes", () => {
    const word = fc.stringMatching(/^[a-z]{3,9}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 20 }),
        fc.array(fc.oneof(word, fc.string())),
        (words, parts) => {
          const needles = words.map((text) => ({
            text,
            kind: "name" as const,
            boundary: "none" as const,
            proseOnly: false,
            spellings: [text],
          }));
          const bytes = Buffer.from(parts.join(""), "latin1");
          const found = new Set<string>();
          new Matcher(needles, encodeForms).scan(bytes, ({ needle }) => {
            found.add(needle.text);
            return false;
          });
          const text = bytes.toString("latin1").replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
          expect([...found].sort()).toEqual([...new Set(words.filter((needle) => text.includes(needle)))].sort());
        },
      ),
    );
  });

  it("forgets needles that were lent to it", () => {
    const matcher = new Matcher([], encodeForms);
    const uid = {
      text: "1.2.3.4.5",
      kind: "uid" as const,
      boundary: "digits" as const,
      proseOnly: false,
      spellings: ["1.2.3.4.5"],
    };
    const found = (): boolean => matcher.scan(Buffer.from("x 1.2.3.4.5"), () => true);
    expect(matcher.withNeedles([uid], found)).toBe(true);
    expect(found()).toBe(false);
  });
});

/** Sweeps a file that was not de-identified at all, but for what is named, as if it were an output. */
function sweepUnchanged(specs: Spec[]): InstanceHit[] {
  const part10 = walkPart10(
    buildFile([
      [0x00100010, "PN", "X"],
      [0x00100020, "LO", "X"],
      [0x00080050, "SH", "X"],
      [0x00100030, "DA", ""],
      [0x00080018, "UI", "2.25.1"],
      ...specs,
    ]),
  );
  const edits: Edits = {
    changes: new Map(),
    inserts: new Map(),
    dropTrailing: true,
    newMeta: newFileMeta(CT, "2.25.1", "1.2.840.10008.1.2.1"),
  };
  const collected = { key: "", values: [], uids: new Set(values.uids), vendorTexts: [] };
  const compiled = {
    ...createValueCompiler()(part10, collected),
    matcher: new Matcher(needlesOf({ ...values, uids: [] }), encodeForms),
  };
  return sweepInstance({
    part10,
    edits,
    pieces: applyEdits(part10, edits),
    compiled,
    uids: collected.uids,
    root: openRules(new Set(), CT),
    own: new Set(),
  });
}

describe("The sweep of an instance", () => {
  it.each(encodeInAll("山田太郎").map((bytes, index) => [index, bytes] as const))(
    "finds a name in encoding %i, in bytes of no known kind",
    (_, bytes) => {
      const hits = sweepUnchanged([[0x00091010, "OB", Buffer.concat([Buffer.alloc(3), bytes, Buffer.alloc(3)])]]);
      expect(hits).toEqual([{ where: "(0009,1010)", kind: "name", tag: 0x00091010, cleanable: false }]);
    },
  );

  it("finds a name in UTF-16 in a private blob", () => {
    for (const encoded of [Buffer.from("Müller", "utf16le"), Buffer.from("Müller", "utf16le").swap16()])
      expect(sweepUnchanged([[0x00091010, "OB", encoded]])).toHaveLength(1);
  });

  it("finds values in nested text, and says where", () => {
    const hits = sweepUnchanged([[0x00081032, "SQ", [[[0x00080104, "LO", "chest"]], [[0x00080104, "LO", "for Lee"]]]]]);
    expect(hits.map(({ where }) => where)).toEqual(["(0008,1032)[1](0008,0104)"]);
  });

  it("finds UIDs, dates and identifiers where they are not as they should be", () => {
    const hits = sweepUnchanged([
      [0x00081155, "UI", values.uids[0]!],
      [0x00400244, "DA", "19310203"],
      [0x00180015, "CS", "MRN-445566"],
    ]);
    expect(hits.map(({ kind }) => kind).sort()).toEqual(["date", "identifier", "uid"]);
  });

  it("does not take numbers, other UIDs or the names of vendors for identifiers", () => {
    expect(
      sweepUnchanged([
        [0x00180050, "DS", "20817.5"],
        [0x00181114, "DS", "20817"],
        [0x00080030, "TM", "193102.03"],
        [0x00080070, "LO", "Lee Medical Klinikum Musterstadt"],
        [0x0020000d, "UI", "2.25.20817.1"],
      ]),
    ).toEqual([]);
  });

  it("does not look into pixel data", () => {
    expect(sweepUnchanged([[0x7fe00010, "OW", Buffer.from("Müller-Lee MRN-445566")]])).toEqual([]);
  });

  it("fails an instance whose leak cannot be cleaned, and names the tag", () => {
    const { result } = deidentify(buildFile([[0x00180015, "CS", "EXEMPLAR"]]));
    expect(result.leaks).toEqual([{ where: "(0018,0015)", kind: "name", tag: 0x00180015, cleanable: false }]);
    const error = leakError(result.leaks);
    expect(error.code).toBe("LEAK");
    expect(error.message).toContain("(0018,0015)");
    expect(error.message.toLowerCase()).not.toContain("exemplar");
  });

  it("finds a name that a safe private attribute brings along", () => {
    const specs: Spec[] = [
      [0x00250010, "LO", "Philips ST80i"],
      [0x00251001, "OW", Buffer.from("xxExemplar^Janexx")],
    ];
    expect(deidentify(buildFile(specs), ["retain-safe-private"]).result.leaks.map(({ where }) => where)).toEqual([
      "(0025,1001)",
    ]);
  });

  it("does not take for a leak what an option keeps by name", () => {
    const specs: Spec[] = [
      [0x00080080, "LO", "Exemplar Clinic"],
      [0x00100030, "DA", "20200229"],
    ];
    expect(deidentify(buildFile(specs), ["retain-institution", "full-dates"]).result.leaks).toEqual([]);
  });

  it("can be turned off, and then says nothing", () => {
    expect(deidentify(buildFile([[0x00180015, "CS", "EXEMPLAR"]]), [], { sweep: false }).result.leaks).toEqual([]);
  });
});

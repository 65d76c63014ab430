import { describe, expect, it } from "vitest";
import type { PolicyOption } from "../../src/contract/policy.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { createDicomDeidentifier } from "../../src/main/deidentify/dicom/deidentifier.ts";
import { hostileFile, part, sequence, type Part } from "./hostile-instance.ts";

/** Acquisition Device Processing Code: text that no rule takes away, into which somebody typed. */
const KEPT = 0x00181401;
const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");
const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

/** "gone", "refused" where the sweep fails the instance, or "left". */
function fate(parts: Part[], needle: string | Buffer, options: PolicyOption[] = []): string {
  const deidentifier = createDicomDeidentifier({ key: { name: "k", secret: Buffer.alloc(32, 3) }, options });
  const result = deidentifier.deidentify(walkPart10(hostileFile({ parts })));
  const bytes = Buffer.concat(result.pieces as Buffer[]);
  walkPart10(bytes);
  if (result.leaks.length > 0) return "refused";
  return bytes.includes(typeof needle === "string" ? latin1(needle) : needle) ? "left" : "gone";
}

describe("A name typed into a text that stays", () => {
  it.each([
    ["as it is", "Gersdorff^Ulla", "scan of GERSDORFF"],
    ["either way round", "Gersdorff^Ulla", "Ulla.Gersdorff"],
    ["of three letters", "Lee^Ann", "Lee Ann"],
    ["of two letters", "Li^Wu", "pt Li Wu"],
    ["of two letters, the other way round", "Li^Wu", "Wu Li"],
    ["of words of anatomy", "Axial^Brain", "AXIAL^BRAIN"],
    ["of digits", "123456^789", "no 123456"],
    ["without its apostrophe", "O'Brien^Sean", "OBrien"],
    ["without its hyphen", "Smith-Jones^A", "SMITHJONES"],
    ["written out", utf8("Müller^Hans"), "Mueller scan"],
    ["written out, with a stroke", utf8("Sørensen^Per"), "Soerensen"],
    ["written out, with a ring", utf8("Ångström^Per"), "Aangstroem"],
    ["with the umlaut that the system lacks", "MUELLER^HANS", utf8("Müller")],
    ["decomposed", utf8("Müller^Hans"), utf8("Mu\u0308ller")],
    ["in Latin-1 amid UTF-8", utf8("Müllerin^Hans"), latin1("Müllerin")],
    ["in UTF-16", "Gersdorff^Ulla", Buffer.from("Gersdorff", "utf16le")],
    ["behind a NUL", "Gersdorff^Ulla", "SAFE\0Gersdorff"],
    ["in Cyrillic capitals", utf8("Иванов^Пётр"), utf8("снимок ИВАНОВ")],
    ["in Chinese, without a space", utf8("Wang^XiaoDong=王^小东"), utf8("王小东")],
    ["in Japanese, amid a sentence", utf8("Yamada^Taro=山田^太郎"), utf8("山田太郎様の検査")],
    ["of two signs", utf8("Mori^Ai=森^愛"), utf8("森愛")],
    ["in Korean, without a space", utf8("Hong^Gildong=洪^吉洞=홍^길동"), utf8("홍길동")],
  ])("goes: %s", (_, name, text) => {
    const parts = [part(0x00080005, "CS", "ISO_IR 192"), part(0x00100010, "PN", name), part(KEPT, "LO", text)];
    expect(fate(parts, text)).not.toBe("left");
  });

  it("goes in UTF-8 where Latin-1 is declared", () => {
    const parts = [part(0x00080005, "CS", "ISO_IR 100"), part(0x00100010, "PN", latin1("Müllerin^Hans"))];
    expect(fate([...parts, part(KEPT, "LO", utf8("Müllerin"))], utf8("Müllerin"))).not.toBe("left");
  });

  it("goes in an item of another character set", () => {
    const item = [part(0x00080005, "CS", "ISO_IR 100"), part(KEPT, "LO", latin1("Müllerin"))];
    const parts = [part(0x00080005, "CS", "ISO_IR 192"), part(0x00100010, "PN", utf8("Müllerin^Hans"))];
    expect(fate([...parts, sequence(0x00189346, [item])], latin1("Müllerin"))).not.toBe("left");
  });

  it("goes in GB18030 with a byte that looks like a backslash", () => {
    const name = Buffer.from([0x81, 0x5c, 0xd0, 0xa1]);
    const parts = [part(0x00080005, "CS", "GB18030"), part(0x00100010, "PN", Buffer.concat([latin1("Wang="), name]))];
    expect(fate([...parts, part(KEPT, "LO", name)], name)).not.toBe("left");
  });
});

describe("A day or number typed into a text that stays", () => {
  it.each([
    "1931-02-03",
    "3.2.1931",
    "03-Feb-1931",
    "Feb 3, 1931",
    "1931 02 03",
    "1931-2-3",
    "19310203",
    "20200229",
    "445566",
    "mrn-445566",
    "+49301234567",
    "ulla@example.org",
    "see 1.2.826.0.1.3680043.777.1",
  ])("goes: %s", (text) => {
    expect(fate([part(KEPT, "LO", text), part(0x00102154, "SH", "+49 30 1234567")], text)).not.toBe("left");
  });

  it("goes where a number should stand, when it is the patient's", () => {
    const id = part(0x00100020, "LO", "7654321");
    expect(fate([id, part(0x00200013, "IS", "7654321")], "7654321")).toBe("gone");
    expect(fate([id, part(0x00180050, "DS", "7654321")], "7654321")).toBe("gone");
  });

  it("goes where the manufacturer's name should stand", () => {
    expect(fate([part(0x00080070, "LO", "ACME MRN-445566")], "MRN-445566")).not.toBe("left");
    expect(fate([part(0x00080070, "LO", "Exemplar^Jane")], "Exemplar^Jane")).not.toBe("left");
  });

  it("goes behind the root of DICOM's own UIDs", () => {
    expect(fate([part(0x0008001a, "UI", "1.2.840.10008.19310203")], "19310203")).toBe("gone");
    expect(fate([part(0x00200052, "UI", "1.2.840.10008.5.19310203")], "19310203")).toBe("gone");
  });
});

describe("Clean Descriptors takes away", () => {
  it.each([
    ["tel 5 5 5 1 2 3 4", "5 5 5"],
    ["CT 5-5-5-1-2-3-4", "5-5-5"],
    ["CT born 3/2/1931", "3/2"],
    ["CT chest Dr. Hand", "Hand"],
    ["CT chest Prof Head Foot", "Head"],
    ["CT C12 L34 T56", "L34"],
    ["CT chest Exemplar", "Exemplar"],
    ["CT chest\0Verrat", "Verrat"],
  ])("from %j what is no description: %j", (text, needle) => {
    expect(fate([part(0x00081030, "LO", text)], needle, ["clean-descriptors"])).toBe("gone");
  });

  it.each(["CT CHEST PA", "MR knee L5 T12 C7 T2", "CT 1.5mm 120kV"])("nothing from %j", (text) => {
    expect(fate([part(0x00081030, "LO", text)], text, ["clean-descriptors"])).toBe("left");
  });
});

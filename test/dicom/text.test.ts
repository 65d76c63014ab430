import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { decodeText } from "../../src/main/dicom/charset.ts";
import { EXPLICIT_LITTLE_ENDIAN, encodeElement, encodeFileMeta } from "../../src/main/dicom/encode.ts";
import { encodeInAll } from "../../src/main/dicom/encodings.ts";
import type { Element } from "../../src/main/dicom/element.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { findElement, readNumbers, readText, readTextChecked, readValues } from "../../src/main/dicom/values.ts";
import { sample, samplesAbsent } from "./samples.ts";

function decode(hex: string, ...characterSet: string[]): string {
  const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
  return decodeText(bytes, 0, bytes.length, characterSet, true).text;
}

describe("text in the character sets of PS3.5", () => {
  it("is read as annex H, I, J and K of PS3.5 have it", () => {
    const kanji = "1b24423b3345441b2842 5e 1b24424240 4f3a1b2842";
    expect(decode(`59616d6164615e5461726f75 3d ${kanji}`, "", "ISO 2022 IR 87")).toBe("Yamada^Tarou=山田^太郎");
    const roman = kanji.replaceAll("2842", "284a");
    expect(decode(`d4cfc0de5ec0dbb3 3d ${roman}`, "ISO 2022 IR 13", "ISO 2022 IR 87")).toBe("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎");
    const hangul = "1b242943c8ab 5e 1b242943b1e6b5bf";
    const hanja = "1b242943fbf3 5e 1b242943d1ced4d7";
    expect(decode(`486f6e675e47696c646f6e67 3d ${hanja} 3d ${hangul}`, "", "ISO 2022 IR 149")).toBe(
      "Hong^Gildong=洪^吉洞=홍^길동",
    );
    expect(decode("57616e675e5869616f446f6e673de78e8b5ee5b08fe69db1", "ISO_IR 192")).toBe("Wang^XiaoDong=王^小東");
    expect(decode("57616e675e5869616f446f6e673dcdf55ed0a1b6ab", "GB18030")).toBe("Wang^XiaoDong=王^小东");
    expect(decode("5a68616e673d 1b242941d5c5 5e 1b242941d0a1b6ab", "", "ISO 2022 IR 58")).toBe("Zhang=张^小东");
  });

  it("mixes repertoires by escape sequences and returns to the first at each delimiter", () => {
    const both = ["ISO 2022 IR 100", "ISO 2022 IR 144", "ISO 2022 IR 126"];
    expect(decode("fc 5e 1b2d4c bbeeda 5e fc", ...both)).toBe("ü^Люк^ü");
    expect(decode("1b2d4cbb 5c bb", ...both)).toBe("Л\\»");
    expect(decode("1b2d46c4e9 0d0a c4", ...both)).toBe("Δι\r\nÄ");
  });

  it("keeps double-byte characters whole whose second byte looks like a delimiter", () => {
    expect(decode("8b5c41", "GBK")).toBe("媆A");
    expect(decode("1b2442 305c 305e 303d 1b2842 41", "", "ISO 2022 IR 87")).toBe("移緯綾A");
  });

  it("reads JIS X 0212 behind its escape sequence", () => {
    expect(decode("1b2428443021 1b2842", "", "ISO 2022 IR 159")).toBe("丂");
  });

  it("understands terms that are spelt otherwise", () => {
    for (const term of ["ISO-IR 100", "ISO_IR_100", "ISO IR 100", "iso_ir 100", "ISO 2022 IR 100"]) {
      expect(decode("4afc", term), term).toBe("Jü");
    }
  });

  it("shows invalid bytes as U+FFFD and says so, and never throws", () => {
    const broken: readonly (readonly [hex: string, ...set: string[]])[] = [
      ["41ff42", "ISO_IR 192"],
      ["c3", "ISO_IR 192"],
      ["41ff", "ISO_IR 127"],
      ["1b2442 3b", "", "ISO 2022 IR 87"],
      ["1b5a 41", "ISO_IR 100"],
      ["41e4", "", "ISO 2022 IR 87"],
    ];
    for (const [hex, ...set] of broken) {
      const bytes = Buffer.from(hex.replaceAll(" ", ""), "hex");
      const { text, invalid } = decodeText(bytes, 0, bytes.length, set);
      expect(invalid, hex).toBe(true);
      expect(text, hex).toContain("\uFFFD");
    }
  });

  it("guesses where no character set is given, and says that it did", () => {
    const check = (hex: string, ...set: string[]): unknown => {
      const bytes = Buffer.from(hex, "hex");
      return decodeText(bytes, 0, bytes.length, set);
    };
    expect(check("4dfc6c6c6572")).toEqual({ text: "Müller", invalid: true });
    expect(check("4dc3bc6c6c6572")).toEqual({ text: "Müller", invalid: true });
    expect(check("1b24423b3345441b2842")).toEqual({ text: "山田", invalid: true });
    expect(check("4dc3bc", "SOMETHING ELSE")).toEqual({ text: "Mü", invalid: true });
    expect(check("4d61783d3e7e")).toEqual({ text: "Max=>~", invalid: false });
  });
});

describe("the byte forms of a text", () => {
  const texts = [
    "Müller",
    "Łódź",
    "Ωμέγα",
    "Люкceмбypг",
    "قباني",
    "שרון",
    "Ğüneş",
    "สมชาย",
    "山田太郎",
    "김희중",
    "張小東",
    "张小东",
    "𠀀あ",
    "ﾔﾏﾀﾞ",
  ];
  const codecs = [
    "utf-8",
    "latin-1",
    "iso8859-2",
    "iso8859-5",
    "iso8859-6",
    "iso8859-7",
    "iso8859-8",
    "iso8859-9",
    "iso8859-15",
    "euc-kr",
    "gbk",
    "gb18030",
    "euc-jp",
    "shift-jis",
  ];

  it("hold every form that Python's codecs give", () => {
    const script =
      "import json,sys\nt,c=json.load(sys.stdin)\nr=[]\nfor x in t:\n  f=[]\n  for k in c:\n    try: f.append([k,x.encode(k).hex()])\n    except UnicodeEncodeError: pass\n  r.append(f)\nprint(json.dumps(r))";
    const output = execFileSync("python3", ["-c", script], {
      input: JSON.stringify([texts, codecs]),
      encoding: "utf8",
    });
    const expected = JSON.parse(output) as [codec: string, hex: string][][];
    texts.forEach((text, index) => {
      const forms = new Set(encodeInAll(text).map((form) => form.toString("hex")));
      for (const [codec, hex] of expected[index] ?? []) {
        // JIS X 0212 and half-width forms in EUC-JP take three bytes or a shift; DICOM has its own ways for them.
        if (codec !== "euc-jp" || !/8[ef]/.test(hex)) expect(forms, `${text} in ${codec}`).toContain(hex);
      }
    });
  });

  it("hold the bare bytes of ISO-2022-JP, once each, and one form for ASCII", () => {
    const forms = encodeInAll("山田").map((form) => form.toString("latin1"));
    expect(forms).toContain(";3ED");
    expect(new Set(forms).size).toBe(forms.length);
    expect(encodeInAll("SMITH")).toEqual([Buffer.from("SMITH")]);
  });

  it("are read back as the text they came from", () => {
    for (const [text, term] of [
      ["Łódź", "ISO_IR 101"],
      ["김희중", "ISO 2022 IR 149"],
      ["张小东", "GB18030"],
      ["ﾔﾏﾀﾞ", "ISO_IR 13"],
    ] as const) {
      expect(
        encodeInAll(text).some((form) => decodeText(form, 0, form.length, [term]).text === text),
        term,
      ).toBe(true);
    }
  });
});

describe("values", () => {
  const made = walkPart10(
    Buffer.concat([
      encodeFileMeta([{ tag: 0x00020010, vr: "UI", value: Buffer.from("1.2.840.10008.1.2.1") }]),
      ...(
        [
          [0x00080005, "CS", Buffer.from("ISO_IR 100")],
          [0x00080008, "CS", Buffer.from("ORIGINAL\\PRIMARY \\ AXIAL")],
          [0x00081030, "LO", Buffer.from("Sch\xe4del \0", "latin1")],
          [0x00104000, "LT", Buffer.from("a\\b")],
          [0x00189087, "FD", Buffer.from(new Float64Array([1.5]).buffer)],
          [0x00200013, "IS", Buffer.from(" 12 ")],
          [0x00280009, "AT", Buffer.from("18006310", "hex")],
          [0x00280010, "US", Buffer.from([0, 2])],
          [0x00281050, "DS", Buffer.from("40\\-1.5E2\\")],
          [0x00720061, "DA", Buffer.alloc(0)],
        ] as const
      ).map(([tag, vr, value]) => encodeElement({ tag, vr, value }, EXPLICIT_LITTLE_ENDIAN)),
    ]),
  );
  const element = (tag: number): Element => findElement(made.dataset, tag) as Element;
  const values = (tag: number): string[] => readValues(made, made.dataset, element(tag));

  it("are split at backslashes only where the VR has several, and trimmed of padding", () => {
    expect(values(0x00080008)).toEqual(["ORIGINAL", "PRIMARY", "AXIAL"]);
    expect(values(0x00104000)).toEqual(["a\\b"]);
    expect(values(0x00081030)).toEqual(["Schädel"]);
    expect(values(0x00720061)).toEqual([]);
  });

  it("of numbers are numbers in every kind of VR", () => {
    expect(readNumbers(made, made.dataset, element(0x00189087))).toEqual([1.5]);
    expect(readNumbers(made, made.dataset, element(0x00200013))).toEqual([12]);
    expect(readNumbers(made, made.dataset, element(0x00281050))).toEqual([40, -150, Number.NaN]);
    expect(values(0x00280010)).toEqual(["512"]);
    expect(values(0x00280009)).toEqual(["(0018,1063)"]);
  });

  it("of a tag that is not there are undefined", () => {
    expect(findElement(made.dataset, 0x00100010)).toBeUndefined();
  });
});

describe.skipIf(samplesAbsent)("names in the sample files (skipped where ../shared is absent)", () => {
  it.each([
    ["081_pydicom_chrH31.dcm", "Yamada^Tarou=山田^太郎=やまだ^たろう"],
    ["083_pydicom_chrJapMulti.dcm", "やまだ^たろう"],
    ["085_pydicom_chrKoreanMulti.dcm", "김희중"],
    ["086_pydicom_chrX1.dcm", "Wang^XiaoDong=王^小東="],
    ["088_fo-dicom_chrGB2312.dcm", "Zhang^XiaoDong=张^小东="],
    ["090_pydicom_chrRuss.dcm", "Люкceмбypг"],
    ["091_pydicom_chrArab.dcm", "قباني^لنزار"],
    ["093_pydicom_chrFren.dcm", "Buc^Jérôme"],
  ])("%s: %s", (name, expected) => {
    const part10 = walkPart10(sample(name));
    const element = findElement(part10.dataset, 0x00100010) as Element;
    expect(readTextChecked(part10, part10.dataset, element)).toEqual({ text: expected, invalid: false });
    expect(readText(part10, part10.dataset, element)).toBe(expected);
  });
});

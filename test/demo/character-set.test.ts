import { describe, expect, test } from "vitest";
import { encodeText } from "../../src/main/demo/character-set.ts";

describe("text of the demo hospital in its patients' character sets", () => {
  test("the Japanese example of PS3.5 H.3 comes out byte for byte", () => {
    const expected = "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B";
    expect(encodeText("Yamada^Tarou=山田^太郎=やまだ^たろう", "\\ISO 2022 IR 87", "PN").toString("latin1")).toBe(
      expected,
    );
  });

  test("the Korean example of PS3.5 I.2 comes out byte for byte", () => {
    const expected = "Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf";
    expect(encodeText("Hong^Gildong=洪^吉洞=홍^길동", "\\ISO 2022 IR 149", "PN").toString("latin1")).toBe(expected);
  });

  test("in text other than names only line ends designate Korean anew", () => {
    const escapes = (text: string): number =>
      encodeText(text, "\\ISO 2022 IR 149", "LT").toString("latin1").split("\x1b$)C").length - 1;
    expect(escapes("홍 길동=^홍")).toBe(1);
    expect(escapes("홍\r\n길동")).toBe(2);
  });

  test("single-byte sets and UTF-8 are written as Node reads them", () => {
    for (const [text, set, label] of [
      ["Иванов^Иван", "ISO_IR 144", "iso-8859-5"],
      ["Kowalski^Łukasz", "ISO_IR 101", "iso-8859-2"],
      ["Conceição^João", "ISO_IR 100", "latin1"],
      ["Zhang^San=张^三", "ISO_IR 192", "utf-8"],
    ] as const) {
      expect(new TextDecoder(label).decode(encodeText(text, set, "PN"))).toBe(text);
    }
  });

  test("a character that a set lacks is refused, not replaced", () => {
    expect(() => encodeText("Łukasz", "ISO_IR 100", "PN")).toThrow(RangeError);
    expect(() => encodeText("é", "", "LO")).toThrow(RangeError);
    expect(() => encodeText("한", "\\ISO 2022 IR 87", "LO")).toThrow(RangeError);
  });
});

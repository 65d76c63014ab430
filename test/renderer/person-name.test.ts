import { describe, expect, it } from "vitest";
import { showPersonName } from "../../src/renderer/parts/person-name.ts";

describe("a person's name on the screen", () => {
  it("begins with the family name, as lists are sorted", () => {
    expect(showPersonName("Müller^Anna")).toBe("Müller, Anna");
    expect(showPersonName("Adams^John Robert Quincy^^Rev.^B.A. M.Div.")).toBe(
      "Adams, Rev. John Robert Quincy, B.A. M.Div.",
    );
  });

  it("shows the characters beside the letters, and alone where there are no letters", () => {
    expect(showPersonName("Yamada^Tarou=山田^太郎=やまだ^たろう")).toBe("Yamada, Tarou (山田 太郎)");
    expect(showPersonName("=山田^太郎=やまだ^たろう")).toBe("山田 太郎");
    expect(showPersonName("==やまだ^たろう")).toBe("やまだ たろう");
  });

  it("leaves a name without parts as it is, and an empty one empty", () => {
    expect(showPersonName("قباني^لنزار")).toBe("قباني, لنزار");
    expect(showPersonName("ANONYMOUS")).toBe("ANONYMOUS");
    expect(showPersonName("^^^^")).toBe("");
    expect(showPersonName("")).toBe("");
  });
});

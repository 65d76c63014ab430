import { describe, expect, test } from "vitest";
import { createScrubber } from "../../../src/main/deidentify/text/scrubber.ts";

const HOUSE = {
  staff: ["Cormac O'Dwyer", "Hendrik van der Meer", "Íris Falcone", "Will Stone"],
  wards: ["Ward 9C"],
  places: ["Policlínica Dr. Átila Bueno"],
};
/** What stands in the place of a note of a patient of that name. */
const scrub = (name: string, text: string, address = "") =>
  createScrubber(HOUSE, { dates: "replace", ages: "safe-harbor" })
    .forPatient({
      names: [name],
      birthDate: "",
      identifiers: address === "" ? [] : [{ kind: "address", value: address }],
      recordNumbers: [],
    })
    .scrub(text).text;

describe("a patient goes by the name they are called", () => {
  test.each([
    ["William Hobbs", "Bill settled", "[PATIENT] settled"],
    ["William Hobbs", "seen with Will today", "seen with [PATIENT] today"],
    ["Margaret Lowe", "Peggy came", "[PATIENT] came"],
    ["Samantha Whipple", "Sam called", "[PATIENT] called"],
    ["Olufemi Cole", "met Femi at noon", "met [PATIENT] at noon"],
    ["José Couto", "hoje Zé sentou", "hoje [PATIENT] sentou"],
    ["Terezinha Couto", "dona Tetê dormiu", "dona [PATIENT] dormiu"],
    ["Francisco Rojo", "Paco cenó", "[PATIENT] cenó"],
    ["Mercedes Prieto", "Merche duerme", "[PATIENT] duerme"],
  ])("%s: %s", (name, text, scrubbed) => {
    expect(scrub(name, text)).toBe(scrubbed);
  });

  test.each([
    ["William Hobbs", "Will follow up in 2 weeks. Pay the bill."],
    ["Andrew Hobbs", "Drew blood, sent to lab."],
    ["Robert Hobbs", "robbed on the way home"],
    ["Josefina Couto", "pele fina e seca"],
  ])("but a word that only looks like it stays: %s: %s", (name, text) => {
    expect(scrub(name, text)).toBe(text);
  });
});

describe("two names that are written as one", () => {
  test.each([
    ["Ana Maria Bento", "Anamaria veio", "[PATIENT] veio"],
    ["Ana Maria Bento", "ANA-MARIA veio", "[PATIENT] veio"],
    ["Ahmed Al-Masri", "Almasri waits", "[PATIENT] waits"],
    ["Wellington D'Ávila", "o sr. Davila saiu", "o sr. [PATIENT] saiu"],
  ])("go as they went apart: %s: %s", (name, text, scrubbed) => {
    expect(scrub(name, text)).toBe(scrubbed);
  });
});

describe("what stands behind or before a name", () => {
  test.each([
    ["Robert Hobbs Jr", "Robert Hobbs Jr. denies pain", "[PATIENT]. denies pain"],
    ["Robert Hobbs", "Robert Hobbs Jr denies pain", "[PATIENT] denies pain"],
    ["Dolores Whitman", "Whitman, D. by name band", "[PATIENT] by name band"],
  ])("generation and initial go with it: %s: %s", (name, text, scrubbed) => {
    expect(scrub(name, text)).toBe(scrubbed);
  });

  test.each([
    ["H&P. Paula denies pain", "H&P. [PATIENT] denies pain"],
    ["Jr. high school, H&P done", "Jr. high school, H&P done"],
  ])("a letter of another word stays: %s", (text, scrubbed) => {
    expect(scrub("Paula Hobbs", text)).toBe(scrubbed);
  });
});

describe("the patient's initials", () => {
  test.each([
    ["Wellington Sant'Anna D'Ávila", "W.S. estável", "[PATIENT] estável"],
    ["Nair Yoshiko Hayashi", "pac. N.Y. estável", "pac. [PATIENT] estável"],
    ["Ahmed Yusuf Al-Masri", "A.Y.A. comfortable", "[PATIENT] comfortable"],
  ])("go with full stops where some are left out: %s: %s", (name, text, scrubbed) => {
    expect(scrub(name, text)).toBe(scrubbed);
  });

  test("stay where they are an abbreviation or stand in another order", () => {
    expect(scrub("Ivo Xavier Veiga", "dado I.V. e X.I. sem efeito")).toBe("dado I.V. e X.I. sem efeito");
  });
});

describe("people of the house", () => {
  test.each([
    ["signed, Cormac O'Dwyer", "signed, [STAFF]"],
    ["letter from van der Meer today", "letter from [STAFF] today"],
    ["Íris F. ciente", "[STAFF] ciente"],
    ["this is doctor will stone dictating", "this is doctor [STAFF] dictating"],
    ["a stone of 6 mm will pass", "a stone of 6 mm will pass"],
    ["na van de Nonato, motorista", "na van de [NAME], motorista"],
  ])("%s", (text, scrubbed) => {
    expect(scrub("Paula Hobbs", text)).toBe(scrubbed);
  });
});

describe("places of the patient and of the house", () => {
  test.each([
    ["41 Cooper's Yard, Dunmore", "lives 41 Coopers Yard now", "lives [ADDRESS] now"],
    ["41 Cooper's Yard, Dunmore", "back to Cooper's Yard soon", "back to [ADDRESS] soon"],
    ["309 E 4th St, Hope", "home at 309 East 4th now", "home at [ADDRESS] now"],
    ["14 Quarry Close, Dunmore", "lives 14 Quarry Cl now", "lives [ADDRESS] now"],
    ["Povoado Acupe, Santo Amaro", "pescador, Acupe, 76 anos", "pescador, [ADDRESS], 76 anos"],
    ["Calle Mayor, 17, Cuenca", "vive en C/ Mayor 17, 2º B, sola", "vive en [ADDRESS], sola"],
    ["Paseo del Queiles, 2", "en P.º del Queiles 2", "en [ADDRESS]"],
    ["PO Box 114, Dunmore", "mail to P.O. Box nº 114 please", "mail to [ADDRESS] please"],
    ["", "mail to PO Box no. 12 please", "mail to [ADDRESS] please"],
    ["", "transferred to 9C", "transferred to [WARD]"],
    ["", "vai à Policlínica Átila Bueno hoje", "vai à [PLACE] hoje"],
  ])("%s: %s", (address, text, scrubbed) => {
    expect(scrub("Paula Hobbs", text, address)).toBe(scrubbed);
  });

  test.each(["stage 9C disease", "linfonodo 4R. Tabagista 60 maços", "Alojamento conjunto. Recebeu alta"])(
    "and nothing that only looks like one: %s",
    (text) => {
      expect(scrub("Paula Hobbs", text)).toBe(text);
    },
  );
});

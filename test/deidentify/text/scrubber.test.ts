import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScrubber } from "../../../src/main/deidentify/text/scrubber.ts";
import { SCRUB_TAGS } from "../../../src/main/deidentify/text/tags.ts";
import { ENGLISH_SENTENCES, PORTUGUESE_SENTENCES } from "./clinical-sentences.ts";
import { HOUSE, PATIENT, scrubberFor } from "./known-patient.ts";
import { dateForms, nameForms, phoneForms } from "./written-forms.ts";

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PORTUGUESE_SENTENCES, ...ENGLISH_SENTENCES) },
  { weight: 3, arbitrary: fc.constantFrom(...PATIENT.names.flatMap(nameForms), ...dateForms(PATIENT.birthDate)) },
  fc.constantFrom(
    ...phoneForms("71", "98877", "6655"),
    ...Object.values(SCRUB_TAGS),
    ...HOUSE.staff,
    ...HOUSE.wards,
    ...HOUSE.places,
    ..."Dr. Dra. Sr(a). mãe filho de CRM COREN-BA prontuário nº Rua Av. tel CPF paciente esposa, idade 92 anos nascido em www. http:// @ e da D. O' [ ] 12/03 2024 1.2 40 Silva- Maria Graves de Parkinson".split(
      " ",
    ),
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.stringMatching(/^[\d ./()+-]{1,20}$/),
);
const note = fc
  .array(fc.tuple(piece, fc.constantFrom(" ", "\n", ", ", ". ", "-", "-\n", "", ": ")), { maxLength: 12 })
  .map((parts) => parts.flat().join(""));

describe("a scrubbed note", () => {
  const scrubber = scrubberFor();

  it("stays as it is when it is scrubbed again", () => {
    fc.assert(
      fc.property(note, (text) => {
        const once = scrubber.scrub(text).text;
        const twice = scrubber.scrub(once);
        expect(twice.text).toBe(once);
        expect(twice.replaced).toEqual([]);
      }),
      { numRuns: 3000, seed: 4 },
    );
  });

  it("is the note with the replacements put in, each in order and none within another", () => {
    fc.assert(
      fc.property(note, (text) => {
        const scrubbed = scrubber.scrub(text);
        let rebuilt = "";
        let done = 0;
        for (const { start, end, kind, replacement } of scrubbed.replaced) {
          expect(start).toBeGreaterThanOrEqual(done);
          expect(end).toBeGreaterThan(start);
          expect(replacement).toBe(SCRUB_TAGS[kind]);
          rebuilt += text.slice(done, start) + replacement;
          done = end;
        }
        expect(rebuilt + text.slice(done)).toBe(scrubbed.text);
      }),
      { numRuns: 3000, seed: 5 },
    );
  });

  it("tells suspicious places within itself and a risk between 0 and 1", () => {
    fc.assert(
      fc.property(note, (text) => {
        const { text: scrubbed, suspicious, risk } = scrubber.scrub(text);
        expect(risk).toBeGreaterThanOrEqual(0);
        expect(risk).toBeLessThanOrEqual(1);
        for (const { start, end } of suspicious) {
          expect(end).toBeGreaterThan(start);
          expect(scrubbed.slice(start, end)).not.toMatch(/[[\]]/);
        }
        expect(suspicious.at(-1)?.end ?? 0).toBeLessThanOrEqual(scrubbed.length);
      }),
      { numRuns: 1000, seed: 6 },
    );
  });

  it("leaves tags that it holds already alone", () => {
    const tagged = "Paciente [PATIENT], avaliado por Dr. [STAFF] em [DATE], tel [PHONE].";
    expect(scrubber.scrub(tagged)).toMatchObject({ text: tagged, replaced: [], risk: 0 });
  });

  it("takes from one patient's notes nothing of another patient's name", () => {
    const shared = createScrubber(HOUSE, { dates: "replace", ages: "safe-harbor" });
    const [one, other] = ["Zulmarina Quaresmin", "Ottokar Wuttke"].map((name) =>
      shared.forPatient({ names: [name], birthDate: "", identifiers: [], recordNumbers: [] }),
    );
    expect(one!.scrub("quaresmin e wuttke").text).toBe("[PATIENT] e wuttke");
    expect(other!.scrub("quaresmin e wuttke").text).toBe("quaresmin e [PATIENT]");
    expect(one!.scrub("quaresmin e wuttke").text).toBe("[PATIENT] e wuttke");
  });

  it("knows a patient of whom nothing is known", () => {
    const nobody = scrubberFor({ names: [], birthDate: "", identifiers: [], recordNumbers: [] });
    expect(nobody.scrub("Evolui bem, sem febre.").text).toBe("Evolui bem, sem febre.");
    expect(nobody.scrub("").text).toBe("");
  });

  it("finds a name written without spaces between words", () => {
    expect(scrubberFor({ names: ["山田太郎"] }).scrub("患者山田太郎は安定").text).toBe("患者[PATIENT]は安定");
  });
});

/** A megabyte each, made to send careless patterns back and forth. */
const HARD_TEXTS: Record<string, string> = {
  "digits without end": "1".repeat(1_000_000),
  "digits and full stops": "1.".repeat(500_000),
  "digits and spaces": "12 ".repeat(333_333),
  "slashes and digits": "1/".repeat(500_000),
  "brackets and plus signs": "+(".repeat(500_000),
  "capitalised words": "Xavante ".repeat(125_000),
  "names without end": "Maria da ".repeat(111_111),
  "single capitals": "J. ".repeat(333_333),
  "hyphens at line ends": "Sil-\n".repeat(200_000),
  "streets without numbers": "Rua das Flores do ".repeat(55_555),
  "at signs": "a@".repeat(500_000),
  "dots before an at sign": `${".a".repeat(499_999)}@`,
  "web addresses": "www.".repeat(250_000),
  "titles without names": "Dr. ".repeat(250_000),
  "labels without numbers": "CRM ".repeat(250_000),
  "months without days": "março de ".repeat(111_111),
  "brackets of tags": "[PATIENT".repeat(125_000),
  spaces: " ".repeat(1_000_000),
  "one word": "a".repeat(1_000_000),
  "marks alone": "\u0301".repeat(1_000_000),
};

describe("a megabyte of", () => {
  it.each(Object.entries(HARD_TEXTS))("%s is done with like any other", (_what, text) => {
    expect(scrubberFor().scrub(text).text.length).toBeGreaterThan(0);
  });
});

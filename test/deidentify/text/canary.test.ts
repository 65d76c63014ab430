import { describe, expect, it } from "vitest";
import { createScrubber, type KnownPatient } from "../../../src/main/deidentify/text/scrubber.ts";
import { flagsOf, looksLikeTerm } from "../../../src/main/deidentify/text/vocabulary.ts";
import { ENGLISH_SENTENCES, PORTUGUESE_SENTENCES, SPANISH_SENTENCES } from "./clinical-sentences.ts";
import { HOUSE } from "./known-patient.ts";
import { dateForms, Dice, mistype, nameForms, numberForms, phoneForms } from "./written-forms.ts";

/** Names of every sort: frequent, unheard of, words, eponyms, short, hyphened, with apostrophes. */
const NAMES = [
  "João Pedro da Silva Conceição",
  "Rosa Dias da Luz",
  "Zulmarina Quaresmin Tchê",
  "Ana Sá",
  "Maria Aparecida dos Santos Costa",
  "Kathleen O'Connor",
  "Anne-Marie Graves",
  "José D'Ávila Branco",
  "William Parkinson",
  "Iñaki Ibargüengoitia Núñez",
  "Vitória Campos Leite",
  "Łukasz Müller-Weiß",
];
const SENTENCES = [...PORTUGUESE_SENTENCES, ...SPANISH_SENTENCES, ...ENGLISH_SENTENCES];
const NOTES = 2000;

const squeeze = (text: string): string =>
  text
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();

interface Planted {
  known: KnownPatient;
  forms: string[];
}

function plant(index: number, dice: Dice): Planted {
  const digits = (count: number): string =>
    String(1 + dice.below(9)) + Array.from({ length: count - 1 }, () => dice.below(10)).join("");
  const name = NAMES[index % NAMES.length]!;
  const birthDate = `${1930 + dice.below(90)}-${String(1 + dice.below(12)).padStart(2, "0")}-${String(1 + dice.below(28)).padStart(2, "0")}`;
  const [area, first, last] = [String(11 + dice.below(88)), `9${digits(4)}`, digits(4)];
  const cpf = digits(11);
  const [record, card] = [digits(5 + dice.below(4)), digits(15)];
  const street = dice.pick(["Palmeiras", "Sete de Setembro", "Conselheiro Junqueira Freire"]);
  const house = String(10 + dice.below(990));
  const long = name.split(/[ '-]/).filter((word) => word.length >= 5);
  const typos = Array.from({ length: long.length === 0 ? 0 : 12 }, () => mistype(dice.pick(long), dice)).filter(
    (word) => {
      const folded = word.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
      return flagsOf(folded) === 0 && !looksLikeTerm(folded);
    },
  );
  return {
    known: {
      names: [name],
      birthDate,
      identifiers: [
        { kind: "fiscal-number", value: cpf },
        { kind: "healthcard", value: card },
        { kind: "phone", value: `(${area}) ${first}-${last}` },
        { kind: "address", value: `Rua ${street}, ${house}, Barris` },
      ],
      recordNumbers: [`00${record}`],
    },
    forms: [
      ...nameForms(name),
      ...typos,
      ...numberForms(cpf),
      `${cpf.slice(0, 3)}.${cpf.slice(3, 6)}.${cpf.slice(6, 9)}-${cpf.slice(9)}`,
      ...numberForms(card),
      ...numberForms(record),
      ...numberForms(`00${record}`),
      ...phoneForms(area, first, last),
      ...dateForms(birthDate),
      `Rua ${street}, ${house}`,
      `R. ${street} ${house}`,
      `RUA ${street.toUpperCase()}, ${house}`,
      `rua ${street.toLowerCase()}, nº ${house}`,
    ],
  };
}

describe("canary", () => {
  it(`of nothing that is planted in ${NOTES} notes, in whatever form, anything is left`, () => {
    const dice = new Dice(20_260_131);
    const scrubber = createScrubber({ ...HOUSE, staff: [] }, { dates: "replace", ages: "safe-harbor" });
    const left: { name: string; form: string; text: string }[] = [];
    let tried = 0;
    for (let index = 0; index < NOTES; index++) {
      const { known, forms } = plant(index, dice);
      const patient = scrubber.forPatient(known);
      for (let round = 0; round < 4; round++) {
        const form = dice.pick(forms);
        const [before, after] = [dice.pick(SENTENCES), dice.pick(SENTENCES)];
        const frame = dice.pick([
          `${before} ${form}. ${after}`,
          `${before}\n${form} refere dor.\n${after}`,
          `${before} Paciente ${form}, em observação. ${after}`,
          `Registrado: ${form}; ${after}`,
          `${before} Visto hoje (${form}) no leito. ${after}`,
        ]);
        const { text } = patient.scrub(frame);
        tried++;
        const core = form.replaceAll(/^(?:Sr\. |SR\. |nº |\()|\)$|'[sS]$/g, "");
        if (
          squeeze(
            text
              .replaceAll(/\[[A-Z-]+\]/g, "|")
              .replace(before, "")
              .replace(after, ""),
          ).includes(squeeze(core))
        )
          left.push({ name: known.names.join(), form, text });
      }
    }
    expect(tried).toBe(NOTES * 4);
    expect(left).toEqual([]);
  });
});

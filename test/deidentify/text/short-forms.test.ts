import { describe, expect, test } from "vitest";
import { createScrubber, type KnownPatient } from "../../../src/main/deidentify/text/scrubber.ts";

const HOUSE = {
  staff: ["Veridiana Lobato", "Rodolfo Meirelles"],
  wards: ["6 East", "2 Leste", "Ala D Feminina", "Unidade de Transplante", "Heron Suite"],
  places: ["Willow Brook", "Monte Formoso", "Posto de Saúde Lagoa Funda", "Elm Hill Family Practice"],
};
const KNOWN: KnownPatient = {
  names: ["Bernadete Valeska Trigueiro Filho", "Maria José Trigueiro"],
  birthDate: "1961-04-05",
  identifiers: [
    { kind: "address", value: "9 Heather Close, Bairro do Carmo" },
    { kind: "relative", value: "Guilhermina Trigueiro" },
  ],
  recordNumbers: [],
};
const scrub = (text: string) =>
  createScrubber(HOUSE, { dates: "replace", ages: "safe-harbor" }).forPatient(KNOWN).scrub(text).text;

describe("what the catalog knows goes under its short forms too", () => {
  test.each([
    ["hoje Berna refere dor", "hoje [PATIENT] refere dor"],
    ["hoje Ber. Trigueiro refere dor", "hoje [PATIENT]. [PATIENT] refere dor"],
    ["veio Mª José cedo", "veio [PATIENT] cedo"],
    ["veio Bernadete Trigueiro Fº cedo", "veio [PATIENT] cedo"],
    ["veio bernadete v. trigueiro cedo", "veio [PATIENT] cedo"],
    ["TRIGUEIRO BERNADETE V DN 1961", "[PATIENT] DN [BIRTH-DATE]"],
    ["com Guilher ao lado", "com [NAME] ao lado"],
    ["Veri Lobato ciente", "[STAFF] ciente"],
    ["home at 9 Heather Cl", "home at [ADDRESS]"],
    ["from Willow Brk by car", "from [PLACE] by car"],
    ["veio de M. Formoso ontem", "veio de [PLACE] ontem"],
    ["vai ao PS Lagoa Funda amanhã", "vai ao [PLACE] amanhã"],
    ["seen at Elm Hill FP today", "seen at [PLACE] today"],
    ["moved to 6 E today", "moved to [WARD] today"],
    ["na U-Transplante hoje", "na [WARD] hoje"],
    ["na Ala D Fem hoje", "na [WARD] hoje"],
    ["back on Heron today", "back on [WARD] today"],
  ])("%s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  test.each([
    "O2 a 2 L por cateter, dose 6 mg",
    "berna e veri em minúsculas, brk normal",
    "amoxicilina 500 mg 08/08, AAS 100 12/12 oral",
    "DU 2/10/35, colo fechado",
    "S2 hiperfonética, L1 2DP, H2 2HD, B12 5 mg",
  ])("and nothing else: %s", (text) => {
    expect(scrub(text)).toBe(text);
  });

  test.each([
    ["fêmur E. Bernadete refere", "fêmur E. [PATIENT] refere"],
    ["seen by Rodolfo M. Called home", "seen by [STAFF] Called home"],
  ])("a side before a name and a verb behind an initial stay: %s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });
});

describe("days and addresses of strangers", () => {
  test.each([
    ["alta prevista 17/4", "alta prevista [DATE]"],
    ["seen 7-Apr-22: well", "seen [DATE]: well"],
    ["controle 9jul21", "controle [DATE]"],
    ["vuelve el jueves 9", "vuelve el [DATE]"],
    ["post to PO Box 771 please", "post to [ADDRESS] please"],
    ["flat in LS9 4QT now", "flat in [ADDRESS] now"],
    ["lives 310 County Rd 12 alone", "lives [ADDRESS] alone"],
    ["senha KT-77120 aceita", "senha [ID] aceita"],
  ])("%s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });
});

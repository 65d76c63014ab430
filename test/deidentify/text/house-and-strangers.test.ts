import { describe, expect, test } from "vitest";
import { createScrubber, type KnownPatient } from "../../../src/main/deidentify/text/scrubber.ts";

const HOUSE = {
  staff: ["Thomas Addison", "Norma Lobo Pires", "Brenda O'Keefe", "Francisca Bonaventura", "Catherine Brooks"],
  wards: ["UTI Geral", "Hemodinâmica", "Labor and Delivery", "Minor OR", "Unidade de Queimados", "Endoscopia"],
  places: [
    "Hospital Estadual Morro Velho",
    "St. Kevin's Hospice",
    "Instituto do Pulmão do Agreste",
    "Hospital Universitário Dom Vital",
    "Centro de Salud El Olivar",
  ],
};
const KNOWN: KnownPatient = {
  names: ["Shirley Sharpe"],
  birthDate: "1950-02-03",
  identifiers: [],
  recordNumbers: ["815"],
};
const scrub = (text: string, known: Partial<KnownPatient> = {}) =>
  createScrubber(HOUSE, { dates: "replace", ages: "safe-harbor" })
    .forPatient({ ...KNOWN, ...known })
    .scrub(text);

describe("what people call the wards and places of a house", () => {
  test.each([
    ["encaminhado ao Hosp. Estadual Morro Velho hoje", "encaminhado ao [PLACE] hoje"],
    ["laudo do H. Est. Morro Velho anexo", "laudo do [PLACE] anexo"],
    ["veio do Morro Velho ontem", "veio do [PLACE] ontem"],
    ["retorno no HU Dom Vital amanhã", "retorno no [PLACE] amanhã"],
    ["seguimento no Instituto do Pulmão mantido", "seguimento no [PLACE] mantido"],
    ["transferred to St Kevins today", "transferred to [PLACE] today"],
    ["revisión en CS El Olivar el lunes", "revisión en [PLACE] el lunes"],
    ["moved to Labor & Delivery", "moved to [WARD]"],
    ["in Minor O.R. now", "in [WARD]. now"],
    ["paciente na uti geral sedado", "paciente na [WARD] sedado"],
    ["levado à Hemodi-\nnâmica cedo", "levado à [WARD] cedo"],
    ["endoscopia: paciente sedado", "[WARD]: paciente sedado"],
    ["solicito endoscopia para amanhã", "solicito endoscopia para amanhã"],
  ])("%s", (text, scrubbed) => {
    expect(scrub(text).text).toBe(scrubbed);
  });
});

describe("the staff of a house", () => {
  test.each([
    ["seen by T. Addison and home", "seen by [STAFF] and home"],
    ["Thomas Addison's registrar came", "[STAFF]'s registrar came"],
    ["Addison disease is unlikely", "Addison disease is unlikely"],
    ["signed B. O'Keefe", "signed [STAFF]"],
    ["norma l. pires troca o curativo", "[STAFF] troca o curativo"],
    ["avisada Francisca Bona Ventura do setor", "avisada [STAFF] do setor"],
    ["called by Catharine Brooks", "called by [STAFF]"],
    ["Brooks, Catherine wrote it", "[STAFF], [STAFF] wrote it"],
  ])("goes: %s", (text, scrubbed) => {
    expect(scrub(text).text).toBe(scrubbed);
  });
});

describe("the patient", () => {
  test("goes where the name is written as another word beside the rest of it", () => {
    expect(scrub("Saw Shirley Sharp today, sharp pain.").text).toBe("Saw [PATIENT] today, sharp pain.");
  });
  test("goes where the name is written as it sounds", () => {
    expect(scrub("Tania em casa", { names: ["Thânya Vieira"] }).text).toBe("[PATIENT] em casa");
  });
  test("goes by a short record number that is called one", () => {
    expect(scrub("No. 815, bed 3, weight 815 g").text).toBe("No. [RECORD-NUMBER], bed 3, weight 815 g");
  });
  test("is not known by an age over 89 behind the name", () => {
    expect(scrub("Shirley Sharpe, 93, retired. Shirley Sharpe 95% on air.").text).toBe(
      "[PATIENT], [AGE], retired. [PATIENT] 95% on air.",
    );
  });
});

describe("people and houses that no catalog knows", () => {
  test.each([
    ["filhos Jorginho, Wanderlúcia e Tibério presentes", "filhos [NAME], [NAME] e [NAME] presentes"],
    ["reported by Kaylin Zabriskie RN at noon", "reported by [NAME] RN at noon"],
    ["estuda no Colégio Bom Pastor Velho", "estuda no [PLACE]"],
    ["exame da Clínica Médica hoje", "exame da Clínica Médica hoje"],
    ["pupil of Maple Dene Academy", "pupil of [PLACE]"],
  ])("%s", (text, scrubbed) => {
    expect(scrub(text).text).toBe(scrubbed);
  });
});

describe("numbers and days that no catalog knows", () => {
  test.each([
    ["processo 2021.330.118-4 aberto", "processo [ID] aberto"],
    ["pulseira KX-2020-00417 trocada", "pulseira [ID] trocada"],
    ["interpreter #55120 called", "interpreter #[ID] called"],
    ["ring x5512 for results", "ring [PHONE] for results"],
    ["ring 01987 654 321 for results", "ring [PHONE] for results"],
    ["ligar (81) 9 9123 4567 ou (81) 9912-34567", "ligar [PHONE] ou [PHONE]"],
    ["retorno 7/8 cedo", "retorno [DATE] cedo"],
    ["clinic Dec 3rd at noon", "clinic [DATE] at noon"],
    ["seen 5 Nov in clinic", "seen [DATE] in clinic"],
    ["staff 0730-1930 as planned", "staff 0730-1930 as planned"],
    ["antibiótico dia 3/7, CA125 18, MoCA 11/30, sopro 3/6", "antibiótico dia 3/7, CA125 18, MoCA 11/30, sopro 3/6"],
  ])("%s", (text, scrubbed) => {
    expect(scrub(text).text).toBe(scrubbed);
  });
});

describe("what is told to look at", () => {
  test("is neither a formula nor a medicine", () => {
    expect(scrub("SatO 94%, HbA 6, EtOH ontem, Clexane e Novalgina mantidos.").suspicious).toEqual([]);
  });
  test("weighs once, however often it is written", () => {
    const once = scrub("dado Brunakyz hoje");
    const often = scrub("dado Brunakyz hoje, Brunakyz ontem, Brunakyz sempre");
    expect(once.suspicious).toHaveLength(1);
    expect(often.suspicious).toHaveLength(3);
    expect(often.risk).toBe(once.risk);
  });
});

import { describe, expect, it } from "vitest";
import { createScrubber } from "../../../src/main/deidentify/text/scrubber.ts";
import { HOUSE, PATIENT, scrubberFor } from "./known-patient.ts";

const scrub = (text: string, known = {}): string => scrubberFor(known).scrub(text).text;

describe("numbers of somebody", () => {
  it.each([
    ["CPF 111.444.777-35", "CPF [ID]"],
    ["cpf 11144477735", "cpf [ID]"],
    ["CNS 898 0012 3456 7890", "CNS [ID]"],
    ["RG 08.765.432-1 SSP", "RG [ID] SSP"],
    ["SSN 078-05-1120", "SSN [ID]"],
    ["DNI 12345678Z", "DNI [ID]"],
    ["prontuário nº 556677", "prontuário nº [RECORD-NUMBER]"],
    ["MRN: 445566", "MRN: [RECORD-NUMBER]"],
    ["registro 4455", "registro [RECORD-NUMBER]"],
    ["CRM-BA 12.345", "CRM-BA [ID]"],
    ["tel (11) 91234-5678", "tel [PHONE]"],
    ["(11) 3123-4567", "[PHONE]"],
    ["+55 11 91234 5678", "[PHONE]"],
    ["call 617-555-1234", "call [PHONE]"],
    ["(617) 555-1234", "[PHONE]"],
    ["tfno +34 612 345 678", "tfno [PHONE]"],
    ["ramal 4321", "ramal [PHONE]"],
    ["0800 123 4567", "[PHONE]"],
    ["mande a ana.b_c@hospital.com.br.", "mande a [EMAIL]."],
    ["veja https://exemplo.org/p?id=9, hoje", "veja [URL], hoje"],
    ["site www.exemplo.com.br", "site [URL]"],
    ["em exemplo.com.br/laudos", "em [URL]"],
    ["instagram @fulanadetal", "instagram [ID]"],
    ["id 0b6f3d9e-8a51-4c9a-9f07-3b1d2c4e5f60", "id [ID]"],
    ["id ab6f3d9e-8a51-4c9a-9f07-3b1d2c4e5f60", "id [ID]"],
    ["id f4ad26e9d08d4c80946e4ffbf0f8b9de", "id [ID]"],
    ["CEP 41820-021", "CEP [ADDRESS]"],
    ["mora na Av. Sete de Setembro, 1200, apto 31", "mora na [ADDRESS]"],
    ["natural de Jequié, procedente de Vitória da Conquista/BA", "natural de [PLACE], procedente de [PLACE]"],
    ["reside em Rua Chile, 12, Pontal, Ilhéus - BA.", "reside em [ADDRESS]."],
    ["mora na rua do sossego, 12", "mora na [ADDRESS]"],
    ["lives at 12 Elm Grove Road, Apt 4B", "lives at [ADDRESS]"],
    ["vive en Calle Mayor 15", "vive en [ADDRESS]"],
  ])("go by their form: %s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  it.each([
    "plaquetas 1.250.000 /mm3",
    "carga viral 12500000 cópias",
    "leucócitos 12.500, Hb 9,8",
    "dose de 1200000 UI",
    "PA 120/80, FC 80, 12x8",
    "período 2019-2024",
    "SF 0,9% 1000 ml 12/12h",
    "pCO2 40, pH 7,35",
    "CID 10 J18.9, TUSS",
    "mora na rua há dias",
  ])("are not seen in measurements: %s", (text) => {
    expect(scrub(text)).toBe(text);
  });

  it("goes when it is the patient's record number, unless something is counted", () => {
    const known = { recordNumbers: ["1500"] };
    expect(scrub("Registro 1500. Diurese 1500 ml. Visto 1500.", known)).toBe(
      "Registro [RECORD-NUMBER]. Diurese 1500 ml. Visto [RECORD-NUMBER].",
    );
    expect(scrub("ba 4471 x e BA4471X")).toBe("[RECORD-NUMBER] e [RECORD-NUMBER]");
    expect(scrub("PRONT 98765, 0098765, 000098765")).toBe("PRONT [RECORD-NUMBER], [RECORD-NUMBER], [RECORD-NUMBER]");
  });
});

describe("dates", () => {
  it.each([
    ["em 05/02/2024 e 5/2/24", "em [DATE] e [DATE]"],
    ["TC de 12/04 normal", "TC de [DATE] normal"],
    ["2024-02-05T10:00:00Z", "[DATE]"],
    ["dia 5 de fevereiro às 14:30", "dia [DATE] às 14:30"],
    ["el 5 de febrero del 2024", "el [DATE]"],
    ["on February 5, 2024", "on [DATE]"],
    ["05-fev-2024, fev/24", "[DATE], [DATE]"],
    ["desde março de 2023", "desde [DATE]"],
    ["exame de 03/2023", "exame de [DATE]"],
    ["Nascido em 1980, diabético desde 1999", "Nascido em [BIRTH-DATE], diabético desde 1999"],
    ["DN 1/1/01", "DN [BIRTH-DATE]"],
    ["nascido em doze de março de mil novecentos e oitenta", "nascido em [BIRTH-DATE]"],
    ["nació el doce de marzo de mil novecientos ochenta", "nació el [BIRTH-DATE]"],
    ["born on the twelfth of March nineteen eighty", "born on the [BIRTH-DATE]"],
    ["aniversário 12/03", "aniversário [BIRTH-DATE]"],
  ])("go: %s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  it.each([
    "ontem, há 3 dias, na semana passada, no verão",
    "PA 12/08, dor 08/10, Apgar 08/09, força 05/05",
    "D05/07 de ceftriaxona, 05/07 dias",
    "versão 1.2.2024, cap. 1.2.24, v10.1.2024",
    "acuidade 20/20, relação 3/4, 1/2 comprimido",
    "2 set de exercícios, may 5 mg",
    "às 10:20, 6/6h, 24/7",
  ])("are not seen where there are none: %s", (text) => {
    expect(scrub(text)).toBe(text);
  });

  it("stay when asked for, all but the birth date", () => {
    const scrubber = createScrubber(HOUSE, { dates: "keep", ages: "exact" }).forPatient(PATIENT);
    expect(scrubber.scrub("12/03/1980, 12.3.80, DN 1980, 13/03/2024, 92 anos").text).toBe(
      "[BIRTH-DATE], [BIRTH-DATE], DN [BIRTH-DATE], 13/03/2024, 92 anos",
    );
  });
});

describe("ages over 89", () => {
  it.each([
    ["Idoso de 92 anos", "Idoso de [AGE] anos"],
    ["92-year-old woman, age: 101", "[AGE]-year-old woman, age: [AGE]"],
    ["noventa e dois anos", "[AGE] anos"],
  ])("go: %s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  it("are not seen in other numbers", () => {
    const text = "89 anos, FC 92, SatO2 97%, 95 mg/dl, 120 ml";
    expect(scrub(text)).toBe(text);
  });
});

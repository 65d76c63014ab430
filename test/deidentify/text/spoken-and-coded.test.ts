import { describe, expect, test } from "vitest";
import { scrubberFor } from "./known-patient.ts";

const scrub = (text: string) => scrubberFor().scrub(text).text;

describe("numbers of strangers", () => {
  test.each([
    ["call five five five, zero one three nine tonight", "call [PHONE] tonight"],
    ["ligar nove oito meia um dois três quatro hoje", "ligar [PHONE] hoje"],
    ["at work (555.019.4400 x212) daytime", "at work ([PHONE]) daytime"],
    ["call 01632 960 400 ext 19 daytime", "call [PHONE] daytime"],
    ["carro BRA 2E19 na garagem", "carro [ID] na garagem"],
    ["drives a car, reg KX58 ZTR, at night", "drives a car, reg [RECORD-NUMBER], at night"],
    ["Medicare 1EG4-TE5-MK73 active", "Medicare [ID] active"],
    ["interpreter ID 40771 on line", "interpreter ID [ID] on line"],
    ["atestado 2024/0332-GC emitido", "atestado [ID] emitido"],
    ["biópsia nº 24-00871 pronta", "biópsia nº [ID] pronta"],
    ["assina CRM-MG 48213", "assina CRM-MG [ID]"],
    ["ref CAD 1187 closed", "ref [ID] closed"],
    ["afiliación 16 00881203 45 activa", "afiliación [ID] activa"],
    ["ver citas.virgen.ejemplo.es/x?n=8 hoy", "ver [URL] hoy"],
  ])("go: %s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  test.each([
    "CRP 140, Na 128",
    "one two three, breathe",
    "safra 2023/2024, plantão 0700-1900",
    "dor.es uma palavra sem espaço",
  ])("and results stay: %s", (text) => {
    expect(scrub(text)).toBe(text);
  });
});

describe("days that are written in another way", () => {
  test.each([
    ["died in January after a fall", "died in [DATE] after a fall"],
    ["internado em março", "internado em [DATE]"],
    ["no mês de outubro piorou", "no mês de [DATE] piorou"],
    ["traslado 17/IX/2023", "traslado [DATE]"],
    ["laparotomía 8-XII", "laparotomía [DATE]"],
    ["de 5 a 12 de fevereiro em casa", "de [DATE] em casa"],
    ["prox visita 12 jul cedo", "prox visita [DATE] cedo"],
    ["em trinta de abril de dois mil e vinte e quatro", "em [DATE]"],
    ["6th of April two thousand and twenty four", "[DATE]"],
    ["20/4 - caiu no banheiro", "[DATE] - caiu no banheiro"],
    ["verified on 9.6.24", "verified on [DATE]"],
  ])("go: %s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  test.each([
    "may improve, march in place, sept 3 cm",
    "NYHA III-IV, tipo 2/II",
    "dose um de dois, três vezes por dia",
    "força 4/5 - simétrica em MMSS",
  ])("and what is no day stays: %s", (text) => {
    expect(scrub(text)).toBe(text);
  });

  test("a very old age goes at the beginning of a note, a temperature stays", () => {
    expect(scrub("95F off legs, T 99F")).toBe("[AGE]F off legs, T 99F");
  });
});

describe("strangers by their grade, their firm or their town", () => {
  test.each([
    ["handover to RN Dempsey at 4", "handover to RN [NAME] at 4"],
    ["Scribe: B. Ozturk", "Scribe: [NAME]"],
    ["niece Moira Kettering has keys", "niece [NAME] has keys"],
    ["trabalha na Calçados Itaúba Ltda desde 2010", "trabalha na [PLACE] desde 2010"],
    ["moved to Thornfield Lodge today", "moved to [PLACE] today"],
    ["o filho está em São Caetano do Sul", "o filho está em [PLACE]"],
    ["born in Aberystwyth, taught", "born in [PLACE], taught"],
  ])("go: %s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  test.each(["São Vistas duas lesões", "moved to ICU", "veio da Hemodinâmica", "Encaminho ao CAPS. Ligar à tarde"])(
    "and what is none stays: %s",
    (text) => {
      expect(scrub(text)).toBe(text);
    },
  );
});

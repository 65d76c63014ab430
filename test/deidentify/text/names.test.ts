import { describe, expect, it } from "vitest";
import { scrubberFor } from "./known-patient.ts";

const scrub = (text: string, known = {}): string => scrubberFor(known).scrub(text).text;

describe("people the catalog does not know", () => {
  it.each([
    ["Avaliado pelo Dr. Ottokar Wuttke.", "Avaliado pelo Dr. [NAME]."],
    ["Dra. Zulmarina orienta repouso.", "Dra. [NAME] orienta repouso."],
    ["dr. wuttke ciente", "dr. [NAME] ciente"],
    ["Sra. Brunilda refere melhora.", "Sra. [NAME] refere melhora."],
    ["Enf. Wanderléia realizou curativo.", "Enf. [NAME] realizou curativo."],
    ["Esposa Kelviane acompanha.", "Esposa [NAME] acompanha."],
    ["Filho de Quirino e Zoraide.", "Filho de [NAME] e [NAME]."],
    ["Mãe: Ildegarda Xavante, ciente.", "Mãe: [NAME], ciente."],
    ["paciente Zuleikha em repouso", "paciente [NAME] em repouso"],
    ["Nome: Thorvald Eklund", "Nome: [NAME]"],
    ["Discutido com Wuttke.", "Discutido com [NAME]."],
    ["Ottokar Wuttke CRM 12345", "[NAME] CRM [ID]"],
    ["Ass.: Brunilda X. CRM/BA 12.345", "Ass.: [NAME] CRM/BA [ID]"],
    ["Maternidade Climério de Oliveira", "Maternidade [NAME]"],
    ["Brunilda Xavante - COREN-BA 123.456", "[NAME] - COREN-BA [ID]"],
    ["Seen by Dr. Wuttke with wife Kathleen O'Connor.", "Seen by Dr. [NAME] with wife [NAME]."],
    ["Signed by Thorvald Eklund, MD", "Signed by [NAME], MD"],
    ["Acude con su hija Guadalupe Ibargüengoitia.", "Acude con su hija [NAME]."],
    ["Doña Remedios refiere dolor.", "Doña [NAME] refiere dolor."],
    ["Maria de Lourdes telefonou.", "[NAME] telefonou."],
    ["conversei com ana paula ontem", "conversei com [NAME] ontem"],
  ])("are found by what stands around them: %s", (text, scrubbed) => {
    expect(scrub(text)).toBe(scrubbed);
  });

  it.each([
    "Dr. plantonista ciente.",
    "Paciente Portadora de marcapasso.",
    "Mãe refere febre.",
    "Discutido com Urologia.",
    "Enfermeira Chefe avisada.",
    "Paciente com Tazocin em curso.",
    "Avaliada por Fonoaudiologia.",
  ])("are not seen where nobody is named: %s", (text) => {
    expect(scrub(text)).toBe(text);
  });
});

describe("eponyms", () => {
  it("stay where a disease or a sign is meant, though somebody of the staff is called so", () => {
    expect(scrub("Sinal de Murphy ausente, doença de Wilson descartada.")).toBe(
      "Sinal de Murphy ausente, doença de Wilson descartada.",
    );
    expect(scrub("Dr. José Murphy e Dra. Wilson avaliaram.")).toBe("Dr. [STAFF] e Dra. [STAFF] avaliaram.");
  });

  it("go where a person is meant", () => {
    expect(scrub("Dr. Parkinson avaliou.")).toBe("Dr. [NAME] avaliou.");
    expect(scrub("Paciente Ademir Parkinson com doença de Parkinson.")).toBe(
      "Paciente [NAME] com doença de Parkinson.",
    );
  });

  it("go when the patient bears the name", () => {
    expect(scrub("Graves deambula. Doença de Graves.", { names: ["Anna Graves"] })).toBe(
      "[PATIENT] deambula. Doença de [PATIENT].",
    );
    expect(scrub("estado grave, lesões graves", { names: ["Anna Graves"] })).toBe("estado grave, lesões graves");
  });
});

describe("names that are words", () => {
  it("go with a capital when the patient bears them, and stay in lower case", () => {
    const known = { names: ["Rosa Dias da Luz"] };
    expect(scrub("Rosa refere há dias dor à luz; lesão rosa.", known)).toBe(
      "[PATIENT] refere há dias dor à luz; lesão rosa.",
    );
    expect(scrub("rosa dias da luz refere dor", known)).toBe("[PATIENT] refere dor");
  });

  it("of staff go beside a title or another name, and stay where a sentence begins", () => {
    expect(scrub("Dias após a cirurgia, discutido com Rosa Dias e Enf. Rosa.")).toBe(
      "Dias após a cirurgia, discutido com [STAFF] e Enf. [STAFF].",
    );
  });
});

describe("the house", () => {
  it("is not told from its wards and places", () => {
    expect(scrub("Da UTI ADULTO à enfermaria 3b, ala Santa Luzia.")).toBe("Da [WARD] à [WARD], [WARD].");
    expect(scrub("Veio do hospital geral roberto santos, procedente de FEIRA DE SANTANA.")).toBe(
      "Veio do [PLACE], procedente de [PLACE].",
    );
    expect(scrub("Encaminhado ao HGRS.")).toBe("Encaminhado ao [PLACE].");
  });

  it("keeps words that its wards and places are made of where they mean what they say", () => {
    expect(scrub("Exame pré-natal em dia, seguimento na pediatria.")).toBe(
      "Exame pré-natal em dia, seguimento na pediatria.",
    );
  });
});

describe("staff whom the catalog knows", () => {
  it.each([
    "Marcos Vinícius Rocha",
    "MARCOS VINICIUS ROCHA",
    "marcos vinicius rocha",
    "Marcos V. Rocha",
    "Marcus Vinicius",
    "Vinícuis",
    "BEATRIZ FONTES NOBRE",
    "Beatriz Fontes",
    "Helena Cas-\ntro",
  ])("go, however they are written: %s", (name) => {
    expect(scrub(`Conduta de ${name}, mantida.`)).toBe("Conduta de [STAFF], mantida.");
  });
});

describe("initials of the patient", () => {
  it.each(["J.P.S.C.", "J. P. S. C.", "J.P. da S. C.", "JPSC"])("go: %s", (initials) => {
    expect(scrub(`Visto ${initials} hoje`, { names: ["João Pedro da Silva Conceição"] })).not.toMatch(/J\W?\s?P/);
  });

  it("are those of each name, where the catalog knows the patient under several", () => {
    const names = ["João Pedro da Silva Conceição", "Otávio Quaresma Nóbrega"];
    expect(scrub("Visto J.P.S.C. hoje; O. Q. N. refere melhora.", { names })).toBe(
      "Visto [PATIENT] hoje; [PATIENT] refere melhora.",
    );
  });

  it("stay where they are an abbreviation of the trade", () => {
    const text = "HAS e DM, PCR 12, fez TC";
    expect(scrub(text, { names: ["Helena Alves Santos"] })).toBe(text);
  });
});

describe("relatives whom the catalog knows", () => {
  it("go as persons", () => {
    expect(scrub("Quitéria autorizou.")).toBe("[NAME] autorizou.");
  });
});

describe("what still looks like a name", () => {
  it("is shown, and gives a risk", () => {
    const { text, suspicious, risk } = scrubberFor().scrub("Hoje veio Xochitl Wuttke buscar o laudo 1234567.");
    expect(suspicious.map(({ start, end }) => text.slice(start, end))).toEqual(["Xochitl Wuttke", "1234567"]);
    expect(risk).toBeGreaterThan(0.4);
    expect(scrubberFor().scrub("Evolui bem, sem febre.")).toMatchObject({ suspicious: [], risk: 0 });
  });
});

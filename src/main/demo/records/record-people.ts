import { NORTH_PATIENTS } from "../patients-north.ts";

/** Somebody in the demo's records. */
export interface RecordPerson {
  id: string;
  name: string;
  /** ISO date. */
  born: string;
  sex: "F" | "M" | "O";
  phone: string;
  address: string;
  relative: string;
  language: "en" | "pt";
}

/** Who gave out the numbers of these patients: the same as in the images of the north site, so that both are linked. */
export const RECORDS_ISSUER = NORTH_PATIENTS[0]?.issuer ?? "";

/** People who have images too, and know the house in English. */
const WITH_IMAGES: readonly RecordPerson[] = NORTH_PATIENTS.map(({ id, name, birthDate, sex, telephone, address }) => ({
  id,
  name: spoken(name),
  born: birthDate.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3"),
  sex,
  phone: telephone,
  address,
  relative: `Alex ${spoken(name).split(" ").at(-1) ?? ""}`,
  language: "en",
}));

/** Names that forms in Brazil use for "any person", and some like them. No telephone number or address follows a real one. */
const WITHOUT_IMAGES: readonly RecordPerson[] = (
  [
    ["4500101", "Beltrano de Souza Exemplo", "1947-05-02", "M", "0101", "Rua da Ilusão, 45", "Zuleide Exemplo"],
    ["4500102", "Sicrana Aparecida Modelo", "1988-11-23", "F", "0102", "Travessa do Nada, 7", "Otacílio Modelo"],
    ["4500103", "Maria das Dores Inventada", "1931-01-30", "F", "0103", "Ladeira Nenhuma, 300", "Quitéria Inventada"],
    ["4500104", "João Ninguém da Silva", "1975-08-14", "M", "0104", "Rua Imaginária, 12", "Rosa Ninguém"],
    ["4500105", "Zé das Couves Fictício", "1966-02-28", "M", "0105", "Beco sem Saída, 1", "Luzia Fictício"],
    ["4500106", "Ana Paula Qualquer", "2004-02-29", "F", "0106", "Avenida Suposta, 88", "Benedito Qualquer"],
    ["4500107", "Raimundo Hipotético Filho", "1958-12-09", "M", "0107", "Rua da Hipótese, 9", "Terezinha Hipotético"],
    ["4500108", "Conceição Amostra Pires", "1999-07-07", "F", "0108", "Praça do Exemplo, 3", "Francisco Amostra"],
  ] as const
).map(([id, name, born, sex, phone, address, relative]) => ({
  id,
  name,
  born,
  sex,
  phone: `+00 555 0200 ${phone}`,
  address: `${address}, São Nenhures`,
  relative,
  language: "pt",
}));

export const RECORD_PEOPLE: readonly RecordPerson[] = [...WITH_IMAGES, ...WITHOUT_IMAGES];

export const WARDS = [
  { id: 1, name: "Ward 3 North", abbreviation: "W3N" },
  { id: 2, name: "Enfermaria Santa Luzia", abbreviation: "ESL" },
  { id: 3, name: "Intensive Care", abbreviation: "ICU" },
  { id: 4, name: "Day Clinic", abbreviation: "DC" },
] as const;

export const DOCTORS = {
  en: ["Peter Smallwood", "Ellen Nighthawk", "Hugh Brightwater"],
  pt: ["Helena Castro Wuttke", "Marcos Vinícius Rocha", "Beatriz Fontes Nobre"],
} as const;
export const NURSES = { en: ["Rowan Tallis", "Grace Underhill"], pt: ["Wanderléia Prado", "Otávio Quaresma"] } as const;
export const PLACES = ["São Nenhures", "Fictional General Hospital", "Elsewhere"] as const;

/** "Doe^Jane^Quinn^^" as "Jane Quinn Doe"; what stands in other scripts is left out. */
function spoken(name: string): string {
  const [family = "", given = "", middle = ""] = (name.split("=")[0] ?? "").split("^");
  return [given, middle, family].filter((part) => part !== "").join(" ");
}

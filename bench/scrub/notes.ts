import type { HouseWords, KnownPatient } from "../../src/main/deidentify/text/scrubber.ts";

const GIVEN = "João Maria Antônio Francisca Sebastião Terezinha Raimundo Conceição Benedito Luzia Otávio Zélia".split(
  " ",
);
const FAMILY =
  "Silva Souza Araújo Gonçalves Magalhães Brandão Falcão Nóbrega Paixão Quaresma Wuttke Xavante Dias".split(" ");
const LINES = [
  "Paciente evolui estável, sem intercorrências nas últimas 24h. Nega dor torácica, dispneia ou febre.",
  "Ao exame: bom estado geral, corado, hidratado, eupneico. PA 120/80 mmHg, FC 82 bpm, SatO2 97% em ar ambiente.",
  "Ausculta cardíaca: bulhas rítmicas normofonéticas em 2 tempos, sem sopros. Murmúrio vesicular presente bilateralmente.",
  "Abdome flácido, indolor à palpação, ruídos hidroaéreos presentes. Doença de Parkinson em tratamento, sem tremor.",
  "Labs: Hb 11,2, leucócitos 12.500, plaquetas 250.000, creatinina 1,2, ureia 45, sódio 138, potássio 4,1.",
  "Conduta: mantida antibioticoterapia com ceftriaxona 1 g 12/12h, dia 5/7; solicitado novo hemograma para amanhã.",
  "Patient alert, oriented, in no acute distress; lungs clear bilaterally. Continue current medication and physiotherapy.",
  "Curativo limpo e seco, ferida operatória sem hiperemia. Aceitou bem a dieta branda, diurese presente.",
];

const pick = <Item>(items: readonly Item[], at: number): Item => items[at % items.length]!;

/** 200 people, 40 wards, 50 places. */
export function makeHouse(): HouseWords {
  return {
    staff: Array.from(
      { length: 200 },
      (_, index) => `${pick(GIVEN, index)} ${pick(FAMILY, index * 7)} ${pick(FAMILY, index * 5 + 3)}`,
    ),
    wards: Array.from({ length: 40 }, (_, index) => `Enfermaria ${index + 1} ${pick(["Norte", "Sul"], index)}`),
    places: Array.from({ length: 50 }, (_, index) => `Hospital ${pick(FAMILY, index)} ${pick(GIVEN, index * 3)}`),
  };
}

export function makePatient(index: number): KnownPatient {
  const number = String(100_000_000 + index * 7919);
  return {
    names: [
      `${pick(GIVEN, index)} ${pick(GIVEN, index * 5 + 1)} da ${pick(FAMILY, index * 3)} ${pick(FAMILY, index + 6)}`,
    ],
    birthDate: `${1930 + (index % 90)}-0${1 + (index % 9)}-1${index % 10}`,
    identifiers: [
      { kind: "fiscal-number", value: `${number}00` },
      { kind: "healthcard", value: `7${number}12345` },
      { kind: "phone", value: `(71) 9${number.slice(0, 4)}-${number.slice(4, 8)}` },
      { kind: "address", value: `Rua das Palmeiras, ${index}, Barris` },
    ],
    recordNumbers: [number.slice(1, 8)],
  };
}

/** About 700 bytes, with a name or a number in most. */
export function makeNote(known: KnownPatient, number: number): string {
  const [name = ""] = known.names;
  const lines = Array.from({ length: 5 }, (_, index) => pick(LINES, index * 3 + number * 5 + name.length));
  const [given = ""] = name.split(" ");
  lines.push(
    pick(
      [
        `${given} refere melhora. Evolução de ${name}, 3º DIH.`,
        `Prontuário ${known.recordNumbers[0]!}; contato ${known.identifiers[2]!.value}. TC de 12/03/2024 sem alterações.`,
        `Discutido com Dr. ${pick(GIVEN, number)} ${pick(FAMILY, number)} - CRM 12${number}45`,
      ],
      number,
    ),
  );
  return lines.join(pick(["\n", " "], number));
}

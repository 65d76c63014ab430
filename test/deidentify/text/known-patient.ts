import { createScrubber, type KnownPatient, type PatientScrubber } from "../../../src/main/deidentify/text/scrubber.ts";

/** A house whose people and wards bear names that are words too. */
export const HOUSE = {
  staff: ["Dra. Helena Castro Wilson", "Marcos Vinícius Rocha", "Rosa Dias", "Beatriz Fontes Nobre", "José Murphy"],
  wards: ["UTI Adulto", "Enfermaria 3B", "Ala Santa Luzia", "Pediatria"],
  places: ["Hospital Geral Roberto Santos", "Feira de Santana", "Posto de Saúde do Uruguai", "Natal"],
};

export const PATIENT: KnownPatient = {
  names: ["João Pedro da Silva Conceição"],
  birthDate: "1980-03-12",
  identifiers: [
    { kind: "fiscal-number", value: "123.456.789-09" },
    { kind: "national-id", value: "12.345.678-9" },
    { kind: "healthcard", value: "700501234567890" },
    { kind: "phone", value: "(71) 98877-6655" },
    { kind: "email", value: "jpconceicao80@example.org" },
    { kind: "address", value: "Rua das Palmeiras, 45, apto 302, Barris" },
    { kind: "city", value: "Feira de Santana" },
    { kind: "zip-code", value: "40070-110" },
    { kind: "relative", value: "Quitéria Conceição" },
  ],
  recordNumbers: ["0098765", "BA-4471-X"],
};

export function scrubberFor(known: Partial<KnownPatient> = {}): PatientScrubber {
  return createScrubber(HOUSE, { dates: "replace", ages: "safe-harbor" }).forPatient({ ...PATIENT, ...known });
}

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { lines } from "../../jobs/dataset-workshop.ts";

export const PATIENTS = 12;
export const GLUCOSE_VALUES = 36;
/** What every patient is called: it may stand nowhere in what leaves under a pseudonym. */
export const SURNAME = "Vasconcelos";

function patient(index: number): object {
  return {
    resourceType: "Patient",
    id: `p${index}`,
    identifier: [{ system: "https://clinic.example/mrn", value: `MRN-${1_000 + index}` }],
    name: [{ family: SURNAME, given: ["Ana"] }],
    telecom: [{ system: "phone", value: `+55 71 9998${index}-7700` }],
    gender: index % 2 === 0 ? "female" : "male",
    // One is not born yet: what was measured of them is impossible, too.
    birthDate: index === 3 ? "2091-01-01" : `19${50 + index}-03-04`,
  };
}

function glucose(index: number): object {
  const day = String(1 + (index % 28)).padStart(2, "0");
  const point = {
    header: { uuid: `0000-${index}`, modality: "sensed", source_creation_date_time: `2024-03-${day}T11:00:01Z` },
    body: {
      blood_glucose: { value: 84 + (index % 30), unit: "mg/dL" },
      effective_time_frame: { date_time: `2024-03-${day}T08:00:00-03:00` },
      temporal_relationship_to_meal: "fasting",
    },
  };
  return {
    resourceType: "Observation",
    id: `g${index}`,
    status: "final",
    subject: { reference: `Patient/p${index % PATIENTS}` },
    code: { coding: [{ system: "https://w3id.org/openmhealth", code: "omh:blood-glucose:4.0" }] },
    effectiveDateTime: `2024-03-${day}T08:00:00-03:00`,
    valueAttachment: {
      contentType: "application/json",
      data: Buffer.from(JSON.stringify(point)).toString("base64"),
    },
  };
}

function heartRate(index: number): object {
  return {
    resourceType: "Observation",
    id: `h${index}`,
    status: "final",
    subject: { reference: `Patient/p${index % PATIENTS}` },
    code: { coding: [{ system: "http://loinc.org", code: "8867-4" }] },
    effectiveDateTime: `2024-02-${String(1 + (index % 28)).padStart(2, "0")}T08:30:00Z`,
    valueQuantity: {
      value: index === 5 ? 4_000 : 60 + (index % 9),
      unit: "beats/minute",
      system: "http://unitsofmeasure.org",
      code: "/min",
    },
  };
}

/** A small clinic as NDJSON files: patients, Open mHealth data points, heart rates with one that cannot be. */
export function writeClinic(folder: string): void {
  const all = (count: number, make: (index: number) => object): string =>
    lines(Array.from({ length: count }, (_, index) => make(index)));
  writeFileSync(join(folder, "Patient.ndjson"), all(PATIENTS, patient));
  writeFileSync(join(folder, "Observation.ndjson"), all(GLUCOSE_VALUES, glucose) + all(60, heartRate));
}

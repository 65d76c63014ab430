/** Made-up Observations as hospitals' servers write them: vital signs, laboratory, panels with components, answers in codes, notes. */

interface Measure {
  loinc: string;
  display: string;
  unit: string;
  code: string;
  low: number;
  high: number;
}

const VITALS: readonly Measure[] = [
  { loinc: "8867-4", display: "Heart rate", unit: "/min", code: "/min", low: 50, high: 120 },
  { loinc: "8310-5", display: "Body temperature", unit: "Cel", code: "Cel", low: 36, high: 40 },
  { loinc: "29463-7", display: "Body Weight", unit: "kg", code: "kg", low: 40, high: 120 },
  { loinc: "2708-6", display: "Oxygen saturation in Arterial blood", unit: "%", code: "%", low: 88, high: 100 },
  { loinc: "9279-1", display: "Respiratory rate", unit: "breaths/minute", code: "/min", low: 10, high: 30 },
];
const LABS: readonly Measure[] = [
  { loinc: "718-7", display: "Hemoglobin [Mass/volume] in Blood", unit: "g/dL", code: "g/dL", low: 8, high: 17 },
  { loinc: "2339-0", display: "Glucose [Mass/volume] in Blood", unit: "mg/dL", code: "mg/dL", low: 60, high: 300 },
  {
    loinc: "2160-0",
    display: "Creatinine [Mass/volume] in Serum or Plasma",
    unit: "mg/dL",
    code: "mg/dL",
    low: 0.5,
    high: 5,
  },
  {
    loinc: "2823-3",
    display: "Potassium [Moles/volume] in Serum or Plasma",
    unit: "mmol/L",
    code: "mmol/L",
    low: 3,
    high: 6,
  },
  {
    loinc: "6690-2",
    display: "Leukocytes [#/volume] in Blood by Automated count",
    unit: "10*3/uL",
    code: "10*3/uL",
    low: 3,
    high: 20,
  },
  { loinc: "4548-4", display: "Hemoglobin A1c/Hemoglobin.total in Blood", unit: "%", code: "%", low: 4, high: 13 },
];
const OF_A_PATIENT = 60;
const LOINC = "http://loinc.org";
const UCUM = "http://unitsofmeasure.org";
const CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";

const pick = <Item>(items: readonly Item[], at: number): Item => items[at % items.length]!;
const uuid = (kind: number, index: number): string =>
  `${kind.toString(16).padStart(4, "0")}${(index >>> 16).toString(16).padStart(4, "0")}-${(index & 0xffff).toString(16).padStart(4, "0")}-4000-9000-${(index * 2654435761).toString(16).padStart(12, "0").slice(-12)}`;

export function patientOf(index: number): string {
  return uuid(1, Math.floor(index / OF_A_PATIENT));
}

function quantity({ unit, code, low, high }: Measure, index: number): object {
  const value = Math.round((low + (((index * 7919) % 1000) / 1000) * (high - low)) * 10) / 10;
  return { value, unit, system: UCUM, code };
}

function dayOf(index: number): string {
  const day = new Date(Date.UTC(2015 + (index % 10), index % 12, 1 + (index % 28)));
  return day.toISOString().slice(0, 10);
}

/** One line of NDJSON, about 900 bytes. The same for the same index. */
export function makeObservation(index: number): string {
  const kind = index % 10;
  const measure = kind < 5 ? pick(VITALS, index) : pick(LABS, index);
  const day = dayOf(index);
  const category = kind < 5 ? "vital-signs" : "laboratory";
  return JSON.stringify({
    resourceType: "Observation",
    id: uuid(2, index),
    meta: {
      versionId: "1",
      lastUpdated: `${day}T23:10:02.000+00:00`,
      source: "#Xb1Qp",
      profile: ["http://hl7.org/fhir/StructureDefinition/vitalsigns"],
    },
    ...(index % 4 === 0 && {
      text: {
        status: "generated",
        div: `<div xmlns="http://www.w3.org/1999/xhtml">${measure.display} of the patient</div>`,
      },
    }),
    ...(index % 3 === 0 && {
      identifier: [{ system: "https://hospital.example/observations", value: `OBS-${index}` }],
    }),
    status: "final",
    category: [{ coding: [{ system: CATEGORY, code: category, display: kind < 5 ? "Vital Signs" : "Laboratory" }] }],
    code: { coding: [{ system: LOINC, code: measure.loinc, display: measure.display }], text: measure.display },
    subject: { reference: `Patient/${patientOf(index)}`, display: "Maria Gonzales" },
    encounter: { reference: `Encounter/${uuid(3, Math.floor(index / 12))}` },
    effectiveDateTime: `${day}T${String(6 + (index % 14)).padStart(2, "0")}:${String(index % 60).padStart(2, "0")}:00+05:30`,
    issued: `${day}T22:${String(index % 60).padStart(2, "0")}:12.345+05:30`,
    performer: [{ reference: `Practitioner/${uuid(4, index % 40)}`, display: "Dr. Alice Hopper" }],
    ...value(kind, measure, index),
    ...(kind >= 5 && {
      interpretation: [
        {
          coding: [
            {
              system: "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
              code: "N",
              display: "Normal",
            },
          ],
        },
      ],
      referenceRange: [{ low: quantity(measure, 0), high: quantity(measure, 999), text: "normal" }],
    }),
    ...(index % 7 === 0 && { note: [{ text: "Repeated after breakfast, patient resting." }] }),
  });
}

function value(kind: number, measure: Measure, index: number): object {
  if (kind === 4)
    return {
      component: [0, 1].map((side) => ({
        code: {
          coding: [
            {
              system: LOINC,
              code: side === 0 ? "8480-6" : "8462-4",
              display: side === 0 ? "Systolic blood pressure" : "Diastolic blood pressure",
            },
          ],
        },
        valueQuantity: { value: 70 + side * 40 + (index % 30), unit: "mmHg", system: UCUM, code: "mm[Hg]" },
      })),
    };
  if (kind === 9)
    return {
      valueCodeableConcept: {
        coding: [{ system: "http://snomed.info/sct", code: "260385009", display: "Negative" }],
        text: "negative",
      },
    };
  return { valueQuantity: quantity(measure, index) };
}

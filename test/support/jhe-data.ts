import { seededRandom } from "./seeded-random.ts";

export interface JheOrganization {
  id: number;
  name: string;
}

export interface JheStudy {
  id: number;
  name: string;
  organization: number;
  /** "system|code" */
  scopes: string[];
  patients: number[];
}

export interface JhePatient {
  id: number;
  family: string;
  given: string;
  birthDate: string;
  identifier: string;
  organization: number;
}

export interface JheObservation {
  id: number;
  patient: number;
  /** "system|code" */
  code: string;
  /** ISO 8601; many share one, as rows of one upload do. */
  lastUpdated: string;
  omh: Record<string, unknown>;
}

export interface JheConsent {
  patient: number;
  study: number;
  scope: string;
  /** Null: asked, and not answered yet. */
  consented: boolean | null;
  at: string;
}

export interface JheData {
  organizations: JheOrganization[];
  studies: JheStudy[];
  patients: JhePatient[];
  observations: JheObservation[];
  consents: JheConsent[];
}

const OMH = "https://w3id.org/openmhealth";
export const GLUCOSE = `${OMH}|omh:blood-glucose:4.0`;
export const HEART_RATE = `${OMH}|omh:heart-rate:2.0`;

/**
 * An exchange with two organizations and two studies. Patients 10001 and on take part by turns; the last one is in no study.
 *
 * @param counts observations of each patient
 */
export function jheData(counts: readonly number[]): JheData {
  const random = seededRandom(23, counts.length);
  const patients = counts.map((_, index) => ({
    id: 10001 + index,
    family: `Family${index}`,
    given: `Given${index}`,
    birthDate: `19${50 + (index % 50)}-03-0${1 + (index % 9)}`,
    identifier: `MRN-${index}`,
    organization: 1 + (index % 2),
  }));
  const studied = patients.slice(0, Math.max(1, patients.length - 1));
  const studies = [0, 1].map((index) => ({
    id: 30001 + index,
    name: `Study ${index === 0 ? "of glucose" : "of hearts"}`,
    organization: 1 + index,
    scopes: index === 0 ? [GLUCOSE, HEART_RATE] : [HEART_RATE],
    patients: studied.filter((_, place) => place % 2 === index).map(({ id }) => id),
  }));
  const observations: JheObservation[] = [];
  for (const [index, patient] of patients.entries())
    for (let number = 0; number < (counts[index] ?? 0); number++)
      observations.push(observationOf(40001 + observations.length, patient.id, number, random.next()));
  const consents = studies.flatMap(({ id: study, scopes, patients: members }) =>
    members.flatMap((patient) =>
      scopes.map((scope, place) => ({
        patient,
        study,
        scope,
        consented: place === 0,
        at: "2025-02-03T04:05:06.789Z",
      })),
    ),
  );
  const organizations = [1, 2].map((id) => ({ id, name: `Clinic ${id}` }));
  return { organizations, studies, patients, observations, consents };
}

export function observationOf(id: number, patient: number, number: number, chance: number): JheObservation {
  const glucose = number % 3 !== 0;
  const at = new Date(Date.UTC(2025, 0, 1) + number * 3_600_000).toISOString();
  const name = glucose ? "blood-glucose" : "heart-rate";
  return {
    id,
    patient,
    code: glucose ? GLUCOSE : HEART_RATE,
    lastUpdated: new Date(Date.UTC(2025, 5, 1) + Math.floor(number / 40) * 60_000).toISOString(),
    omh: {
      header: {
        uuid: `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`,
        schema_id: { namespace: "omh", name, version: glucose ? "4.0" : "2.0" },
        source_creation_date_time: at,
        modality: "sensed",
      },
      body: {
        effective_time_frame: { date_time: at },
        ...(glucose
          ? { blood_glucose: { value: Math.round(70 + chance * 110), unit: "mg/dL" } }
          : { heart_rate: { value: Math.round(55 + chance * 60), unit: "beats/min" } }),
      },
    },
  };
}

/** An EQMD in which every field that names somebody holds a word that occurs nowhere else, in its column and in the text of a note. */
import type { EqmdTruth } from "../../support/eqmd-database.ts";
import { EQMD_ROLES } from "../../support/eqmd-patients.ts";
import type { PostgresServer } from "../../support/postgres.ts";

/** What a canary stands for: where the policy lets it stand depends on it. */
type CanaryKind = "person" | "patient id" | "note id" | "record number";

export interface Canary {
  kind: CanaryKind;
  field: string;
  value: string;
}

export const MARKED = {
  name: "Zorbélia Quaxinga Vrompton",
  fiscal: "918.273.645-90",
  national: "QX-77183920-44",
  healthcard: "898001160660761",
  phone: "(71) 98231-7745",
  address: "Rua Trulambeque, 4711, Xerafim",
  zip: "40199-873",
  city: "Quimbroxá",
  birthday: "1931-04-17",
  formerName: "Ulmerinda Quovaldez Trasmontti",
  formerFiscal: "827.364.519-08",
  formerNational: "ZW-66120938-17",
  formerHealthcard: "706302511894427",
  formerPhone: "(75) 98764-1203",
  formerAddress: "Travessa Glimbertona, 815, Jaxupira",
  formerZip: "44871-206",
  formerCity: "Vralinópolis",
  numberBefore: "RBEF-559013",
  numberThen: "RTHEN-661207",
  numberNow: "RNOW-778345",
  staffFirst: "Brunhilxa",
  staffLast: "Torquevado",
  username: "btorquevado77",
  ward: "Enfermaria Pluximar",
} as const;

const NOTE = `Paciente ${MARKED.name} (${MARKED.name.toUpperCase()}), CPF ${MARKED.fiscal}, RG ${MARKED.national}, CNS ${MARKED.healthcard}.
Tel.: ${MARKED.phone}. Reside na ${MARKED.address}, ${MARKED.city}, CEP ${MARKED.zip}. DN 17/04/1931 (17-04-31, 17 de abril de 1931, 1931-04-17).
Prontuário ${MARKED.numberNow}, antes ${MARKED.numberThen} e ${MARKED.numberBefore}. Na ${MARKED.ward} com ${MARKED.staffFirst} ${MARKED.staffLast}, login ${MARKED.username}.
Antes do casamento ${MARKED.formerName}; a Sra. Quovaldez, CPF ${MARKED.formerFiscal}, RG ${MARKED.formerNational}, CNS ${MARKED.formerHealthcard},
morava na ${MARKED.formerAddress}, ${MARKED.formerCity}, ${MARKED.formerZip}. Ligar 98764-1203 e falar de trasmontti ulmerinda.`;

/** Of the first patient who is there for no purpose of their own, and of one of their notes. */
export async function markEqmd(server: PostgresServer, truth: EqmdTruth): Promise<Canary[]> {
  const patients = [...truth.eachPatient()].slice(EQMD_ROLES.length);
  const note = [...truth.eachNote()].find(
    (one) => !one.draft && !one.deleted && !one.patient.deleted && patients.some(({ id }) => id === one.patient.id),
  );
  if (note === undefined) throw new Error("the invented database has no note to mark");
  const client = await server.connect(truth.database);
  const patient = note.patient.id;
  const run = (sql: string, ...values: unknown[]): Promise<unknown> => client.query(sql, values);
  for (const table of ["patients_patient", "patients_historicalpatient"])
    await run(
      `UPDATE ${table} SET name = $2, birthday = $3, healthcard_number = $4, id_number = $5, fiscal_number = $6, phone = $7,
         address = $8, city = $9, zip_code = $10, current_record_number = $11 WHERE id = $1`,
      patient,
      MARKED.name,
      MARKED.birthday,
      MARKED.healthcard,
      MARKED.national,
      MARKED.fiscal,
      MARKED.phone,
      MARKED.address,
      MARKED.city,
      MARKED.zip,
      MARKED.numberNow,
    );
  await run(
    `INSERT INTO patients_historicalpatient
     SELECT patient.*, gen_random_uuid(), patient.created_at - interval '1 day', NULL, '~', 1 FROM patients_patient patient WHERE id = $1`,
    patient,
  );
  await run(
    `UPDATE patients_historicalpatient SET name = $2, healthcard_number = $3, id_number = $4, fiscal_number = $5, phone = $6,
       address = $7, city = $8, zip_code = $9 WHERE id = $1 AND history_date < created_at`,
    patient,
    MARKED.formerName,
    MARKED.formerHealthcard,
    MARKED.formerNational,
    MARKED.formerFiscal,
    MARKED.formerPhone,
    MARKED.formerAddress,
    MARKED.formerCity,
    MARKED.formerZip,
  );
  await run("DELETE FROM patients_patientrecordnumber WHERE patient_id = $1", patient);
  const numbers = [
    [MARKED.numberThen, MARKED.numberBefore, "2000-01-01", false],
    [MARKED.numberNow, MARKED.numberThen, "2026-01-01", true],
  ] as const;
  for (const [number, before, from, current] of numbers)
    await run(
      `INSERT INTO patients_patientrecordnumber (id, patient_id, record_number, is_current, previous_record_number, change_reason,
         effective_date, created_at, created_by_id, updated_at, updated_by_id)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, '', $5::timestamptz, now(), 1, now(), 1)`,
      patient,
      number,
      current,
      before,
      from,
    );
  await run(
    "UPDATE accounts_eqmdcustomuser SET first_name = $1, last_name = $2, username = $3 WHERE id = (SELECT created_by_id FROM events_event WHERE id = $4)",
    MARKED.staffFirst,
    MARKED.staffLast,
    MARKED.username,
    note.id,
  );
  const text = `${NOTE}\nPaciente ${patient}, nota ${note.id}, também ${note.id.replaceAll("-", "")}.`;
  await run("UPDATE dailynotes_dailynote SET content = $1 WHERE event_ptr_id = $2", text, note.id);
  await run(
    "UPDATE patients_ward SET name = $1 WHERE id = (SELECT id FROM patients_ward ORDER BY name LIMIT 1)",
    MARKED.ward,
  );
  await client.end();
  const words = (text: string): string[] => text.split(/[ ,]+/).filter((word) => word.length > 4);
  const people = [
    ...words(MARKED.name),
    ...words(MARKED.formerName),
    "ulmerinda",
    "trasmontti",
    ...Object.values(MARKED).filter((value) => !value.includes(" ") && !/^R[A-Z]+-/.test(value)),
    "98231-7745",
    "98764-1203",
    "Glimbertona",
    "Jaxupira",
    "Trulambeque",
    "Xerafim",
    "17/04/1931",
    "17-04-31",
    "17 de abril",
    "Pluximar",
  ];
  return [
    ...people.map((value) => ({ kind: "person" as const, field: "of a person", value })),
    { kind: "patient id", field: "patient id", value: patient },
    { kind: "note id", field: "note id", value: note.id },
    { kind: "note id", field: "note id without hyphens", value: note.id.replaceAll("-", "") },
    ...[MARKED.numberBefore, MARKED.numberThen, MARKED.numberNow].map((value) => ({
      kind: "record number" as const,
      field: "record number",
      value,
    })),
  ];
}

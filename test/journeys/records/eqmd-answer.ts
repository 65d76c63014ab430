import type pg from "pg";
import Cursor from "pg-cursor";

/** Statuses by their codes, in English and in the system's own words. */
const STATUS = ["", "Outpatient", "Inpatient", "Emergency", "Discharged", "Transferred", "Deceased"] as const;
export const LABEL = ["", "Ambulatorial", "Internado", "Emergência", "Alta", "Transferido", "Óbito"] as const;

/** Moments as exports write them: the hospital's clock, six digits where there are any, the offset that held. */
const LOCAL = "(event.event_datetime AT TIME ZONE 'America/Bahia')";
const WRITTEN = `to_char(${LOCAL}, 'YYYY-MM-DD"T"HH24:MI:SS')
  || CASE WHEN date_part('microseconds', ${LOCAL})::int % 1000000 = 0 THEN '' ELSE to_char(${LOCAL}, '.US') END
  || CASE ${LOCAL} - (event.event_datetime AT TIME ZONE 'UTC') WHEN interval '-3 hours' THEN '-03:00' WHEN interval '-2 hours' THEN '-02:00' END`;

const past = (name: string, rows: string): string =>
  `LEFT JOIN LATERAL (SELECT * FROM ${rows} WHERE rows.patient = patient.id AND since <= event.event_datetime
    ORDER BY since DESC, tie DESC LIMIT 1) ${name} ON true
  LEFT JOIN LATERAL (SELECT * FROM ${rows} WHERE rows.patient = patient.id ORDER BY since, tie LIMIT 1) first_${name} ON true`;

/**
 * What an export of daily notes must hold, by the server's own SQL and none of the product's: a table `answer` of every daily note that is
 * neither draft nor deleted, with what was true of the patient when it was written.
 *
 * Status and ward: by the last row of the patient's history up to that moment; where there is none, by the last status change; where there
 * is none, by the last admission or discharge. Before all of them the status is that of the first row of the history, or what the first
 * change says was before it; who was never seen but in admissions was an outpatient before. Without any trace it is that of now.
 */
const ANSWER = [
  `CREATE UNLOGGED TABLE change AS
   SELECT event.patient_id AS patient, event.event_datetime AS since, event.created_at AS tie, change.new_status AS status,
     change.previous_status AS before, ward.name AS ward
   FROM events_statuschangeevent change JOIN events_event event ON event.id = change.event_ptr_id AND NOT event.is_deleted
   LEFT JOIN patients_ward ward ON ward.id = change.ward_id`,
  `CREATE UNLOGGED TABLE stay AS
   SELECT admission.patient_id AS patient, admission.admission_datetime AS since, 1 AS tie, 2 AS status, ward.name AS ward
   FROM patients_patientadmission admission LEFT JOIN patients_ward ward ON ward.id = admission.ward_id
   UNION ALL
   SELECT patient_id, discharge_datetime, 0, CASE discharge_type WHEN 'death' THEN 6 ELSE 1 END, NULL
   FROM patients_patientadmission WHERE discharge_datetime IS NOT NULL`,
  `CREATE UNLOGGED TABLE kept AS
   SELECT history.id AS patient, history_date AS since, history_id AS tie, history.status, ward.name AS ward
   FROM patients_historicalpatient history LEFT JOIN patients_ward ward ON ward.id = history.ward_id`,
  `CREATE UNLOGGED TABLE number AS
   SELECT patient_id AS patient, effective_date AS since, created_at AS tie, record_number FROM patients_patientrecordnumber`,
  ...["change", "stay", "kept", "number"].map((table) => `CREATE INDEX ON ${table} (patient, since, tie)`),
  "ANALYZE",
  `CREATE UNLOGGED TABLE answer AS
   SELECT patient.id::text AS patient_id,
     coalesce(number.record_number, first_number.record_number, patient.current_record_number) AS record_number,
     patient.gender::text AS gender,
     date_part('year', age(${LOCAL}::date, patient.birthday))::int AS age,
     coalesce(kept.status, change.status, stay.status, first_kept.status, first_change.before,
       CASE WHEN first_stay.status IS NULL THEN patient.status ELSE 1 END) AS status,
     CASE WHEN kept.status IS NOT NULL THEN kept.ward WHEN change.status IS NOT NULL THEN change.ward
       WHEN stay.status IS NOT NULL THEN stay.ward END AS ward,
     event.id::text AS note_id, event.event_datetime AS at, ${LOCAL}::date AS day, ${WRITTEN} AS written, note.content,
     patient.is_deleted AS patient_deleted, patient.current_record_number AS record_number_now, patient.status AS status_now,
     (date_part('year', event.event_datetime AT TIME ZONE 'UTC') - date_part('year', patient.birthday))::int
       - (to_char(event.event_datetime AT TIME ZONE 'UTC', 'MMDD') < to_char(patient.birthday, 'MMDD'))::int AS age_in_utc
   FROM dailynotes_dailynote note
   JOIN events_event event ON event.id = note.event_ptr_id AND NOT event.is_deleted AND NOT event.is_draft
   JOIN patients_patient patient ON patient.id = event.patient_id
   ${["kept", "change", "stay", "number"].map((table) => past(table, `${table} rows`)).join("\n")}`,
  "CREATE INDEX ON answer (patient_id, at, note_id)",
] as const;

/** Has the server work out the answer; again after a change. */
export async function answerOnServer(owner: pg.Client): Promise<void> {
  await owner.query("DROP TABLE IF EXISTS change, stay, kept, number, answer");
  for (const statement of ANSWER) await owner.query(statement);
}

export interface AnswerRow {
  patient_id: string;
  record_number: string;
  gender: string;
  age: number;
  status: number;
  note_id: string;
  written: string;
  content: string;
  record_number_now: string;
  status_now: number;
  age_in_utc: number;
}

/** The rows in the order of the export, some at a time. @param where over the columns of `answer` */
export async function* eachAnswer(owner: pg.Client, where = "NOT patient_deleted"): AsyncGenerator<AnswerRow> {
  const cursor = owner.query(
    new Cursor<AnswerRow>(
      `SELECT * FROM answer WHERE ${where} ORDER BY patient_id COLLATE "C", at, note_id COLLATE "C"`,
    ),
  );
  try {
    for (let rows = await cursor.read(500); rows.length > 0; rows = await cursor.read(500)) yield* rows;
  } finally {
    await cursor.close();
  }
}

/** The eight cells of the export with live ids and whole texts. */
export function cellsOf(row: AnswerRow): string[] {
  return [
    row.patient_id,
    row.record_number,
    row.gender,
    String(row.age),
    STATUS[row.status] ?? "",
    row.note_id,
    row.written,
    row.content,
  ];
}

/** The ids of the notes that the server finds. */
export async function noteIds(owner: pg.Client, where: string): Promise<string[]> {
  const { rows } = await owner.query<{ note_id: string }>(
    `SELECT note_id FROM answer WHERE NOT patient_deleted AND ${where} ORDER BY note_id COLLATE "C"`,
  );
  return rows.map(({ note_id }) => note_id);
}

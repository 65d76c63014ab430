import type { EqmdTruth } from "./eqmd-database.ts";
import { writeMoment, type EqmdPatient } from "./eqmd-patients.ts";
import { eventRow, EVENT_COLUMNS, HISTORY_COLUMNS, PATIENT_COLUMNS, patientRow } from "./eqmd-rows.ts";
import type { TableLoader } from "./postgres-table-loader.ts";
import { seededRandom } from "./seeded-random.ts";
import { WARDS } from "./eqmd-words.ts";

/** Staff and wards. */
export async function loadHouse(loader: TableLoader, truth: EqmdTruth): Promise<void> {
  const start = "2019-01-01T00:00:00+00:00";
  for (const person of truth.staff)
    await loader.add(
      "accounts_eqmdcustomuser",
      [
        "id",
        "password",
        "is_superuser",
        "username",
        "first_name",
        "last_name",
        "email",
        "is_staff",
        "is_active",
        "date_joined",
      ],
      [
        person.id,
        "!",
        false,
        person.username,
        person.firstName,
        person.lastName,
        `${person.username}@hospital.example`,
        false,
        true,
        start,
      ],
    );
  for (const [index, ward] of truth.wards.entries())
    await loader.add(
      "patients_ward",
      [
        "id",
        "name",
        "abbreviation",
        "description",
        "is_active",
        "floor",
        "capacity_estimate",
        "created_at",
        "created_by_id",
        "updated_at",
        "updated_by_id",
      ],
      [ward.id, ward.name, ward.abbreviation, "", true, WARDS[index]?.[2] ?? "", 20, start, 1, start, 1],
    );
}

/** A patient with the traces that the patient's history left. */
export async function loadPatient(
  loader: TableLoader,
  truth: EqmdTruth,
  seed: number,
  patient: EqmdPatient,
): Promise<void> {
  const random = seededRandom(seed, patient.index + 5_000_000);
  const wardOf = (ward: number | null): string | null => (ward === null ? null : (truth.wards[ward]?.id ?? null));
  const { former } = patient;
  const last = patient.statuses.at(-1);
  const changed = Math.max(last?.from ?? patient.createdAt, former?.until ?? 0);
  await loader.add("patients_patient", PATIENT_COLUMNS, patientRow(patient, last, wardOf, changed));
  if (former !== null) {
    const then = patient.statuses.findLast((entry) => entry.from <= former.until);
    await loader.add(
      "patients_historicalpatient",
      [...PATIENT_COLUMNS, ...HISTORY_COLUMNS],
      [...patientRow(patient, then, wardOf, former.until), random.uuid(), writeMoment(former.until), null, "~", 1],
    );
  }
  for (const [index, entry] of patient.recordNumbers.entries()) {
    const from = writeMoment(entry.from);
    const before = patient.recordNumbers[index - 1]?.recordNumber ?? "";
    await loader.add(
      "patients_patientrecordnumber",
      [
        "id",
        "patient_id",
        "record_number",
        "is_current",
        "previous_record_number",
        "change_reason",
        "effective_date",
        "created_at",
        "created_by_id",
        "updated_at",
        "updated_by_id",
      ],
      [
        random.uuid(),
        patient.id,
        entry.recordNumber,
        index === patient.recordNumbers.length - 1,
        before,
        "",
        from,
        from,
        1,
        from,
        1,
      ],
    );
  }
  for (const [index, entry] of patient.statuses.entries()) {
    const before = patient.statuses[index - 1];
    if (patient.evidence === "history")
      await loader.add(
        "patients_historicalpatient",
        [...PATIENT_COLUMNS, ...HISTORY_COLUMNS],
        [
          ...patientRow(patient, entry, wardOf),
          random.uuid(),
          writeMoment(entry.from),
          null,
          index === 0 ? "+" : "~",
          1,
        ],
      );
    if (before === undefined) continue;
    if (entry.status !== before.status && (patient.evidence === "history" || patient.evidence === "events")) {
      const id = random.uuid();
      // The signal runs after the save: a moment later than the history row.
      await loader.add(
        "events_event",
        EVENT_COLUMNS,
        eventRow({ id, type: 15, at: entry.from + 1500, patient: patient.id, author: 1, deleted: false, draft: false }),
      );
      await loader.add(
        "events_statuschangeevent",
        ["event_ptr_id", "previous_status", "new_status", "reason", "ward_id", "bed", "discharge_reason", "death_time"],
        [
          id,
          before.status,
          entry.status,
          "",
          wardOf(entry.ward),
          "",
          "",
          entry.status === 6 ? writeMoment(entry.from) : null,
        ],
      );
    }
    if (entry.status !== 2 || before.status === 2 || patient.evidence === "none") continue;
    const end = patient.statuses.slice(index).find((later) => later.status !== 2);
    const hours = end === undefined ? null : Math.floor((end.from - entry.from) / 3_600_000_000);
    await loader.add(
      "patients_patientadmission",
      [
        "id",
        "patient_id",
        "admission_datetime",
        "admission_type",
        "discharge_datetime",
        "discharge_type",
        "initial_bed",
        "final_bed",
        "ward_id",
        "admission_diagnosis",
        "discharge_diagnosis",
        "stay_duration_hours",
        "stay_duration_days",
        "is_active",
        "created_at",
        "created_by_id",
        "updated_at",
        "updated_by_id",
      ],
      [
        random.uuid(),
        patient.id,
        writeMoment(entry.from),
        "emergency",
        end === undefined ? null : writeMoment(end.from),
        end === undefined ? "" : end.status === 6 ? "death" : "medical",
        "",
        "",
        wardOf(entry.ward),
        "",
        "",
        hours,
        hours === null ? null : Math.floor(hours / 24),
        end === undefined,
        writeMoment(entry.from),
        1,
        writeMoment(end?.from ?? entry.from),
        1,
      ],
    );
  }
}

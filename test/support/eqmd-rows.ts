import { writeMoment, type EqmdPatient, type Moment } from "./eqmd-patients.ts";
import type { CopyValue } from "./postgres.ts";

export const PATIENT_COLUMNS = [
  "id",
  "name",
  "birthday",
  "gender",
  "healthcard_number",
  "id_number",
  "fiscal_number",
  "phone",
  "address",
  "city",
  "state",
  "zip_code",
  "bed",
  "status",
  "ward_id",
  "current_record_number",
  "created_at",
  "created_by_id",
  "updated_at",
  "updated_by_id",
  "is_deleted",
  "deleted_at",
  "deletion_reason",
] as const;

export const HISTORY_COLUMNS = [
  "history_id",
  "history_date",
  "history_change_reason",
  "history_type",
  "history_user_id",
] as const;

/**
 * The row of a patient while one of their statuses held; the last one is the row of now.
 *
 * @param at when the row was written: names and numbers are those of then
 */
export function patientRow(
  patient: EqmdPatient,
  status: EqmdPatient["statuses"][number] | undefined,
  wardOf: (ward: number | null) => string | null,
  at: Moment = status?.from ?? patient.createdAt,
): CopyValue[] {
  const last = patient.statuses.at(-1);
  const now = status === last;
  const { former } = patient;
  const known = former !== null && at < former.until ? former : patient;
  const number = now ? patient.recordNumbers.at(-1) : patient.recordNumbers.findLast((entry) => entry.from <= at);
  const deleted = patient.deleted && now;
  return [
    patient.id,
    known.name,
    patient.birthday,
    patient.gender,
    known.healthcardNumber,
    known.idNumber,
    known.fiscalNumber,
    known.phone,
    known.address,
    known.city,
    patient.state,
    known.zipCode,
    patient.bed,
    status?.status ?? 1,
    wardOf(status?.ward ?? null),
    number?.recordNumber ?? "",
    writeMoment(patient.createdAt),
    1,
    writeMoment(at),
    1,
    deleted,
    deleted ? writeMoment(at) : null,
    deleted ? "cadastro duplicado" : "",
  ];
}

export const EVENT_COLUMNS = [
  "id",
  "event_type",
  "event_datetime",
  "description",
  "patient_id",
  "created_by_id",
  "created_at",
  "updated_by_id",
  "updated_at",
  "is_deleted",
  "deleted_at",
  "is_draft",
] as const;

export interface EqmdEvent {
  id: string;
  type: number;
  at: Moment;
  patient: string;
  author: number;
  deleted: boolean;
  draft: boolean;
}

export function eventRow(event: EqmdEvent): CopyValue[] {
  const at = writeMoment(event.at);
  return [
    event.id,
    event.type,
    at,
    event.type === 1 ? "Evolução" : "",
    event.patient,
    event.author,
    at,
    event.author,
    at,
    event.deleted,
    event.deleted ? at : null,
    event.draft,
  ];
}

import type { Catalog } from "../../src/main/catalog/database.ts";
import { recordsTarget, type RecordsOutcome } from "../../src/main/catalog/records-sync.ts";
import { addSource } from "../../src/main/catalog/sources.ts";
import type { IndexedExam, IndexedNote, IndexedPatient, RecordsTarget } from "../../src/main/sources/records-source.ts";

/** A source of records in Bahia (UTC-3). @returns its id */
export function addRecordsSource(catalog: Catalog, name = "Hospital", config: Record<string, unknown> = {}): number {
  return addSource(catalog, {
    kind: "sqlite",
    name,
    config: { path: "there", timeZone: "America/Bahia", issuer: "EQMD", ...config },
  }).id;
}

/** One sync that does what is given. @param complete a pass over everything */
export function syncRecords(
  catalog: Catalog,
  source: number,
  action: (target: RecordsTarget) => void,
  complete = true,
): RecordsOutcome {
  const target = recordsTarget(catalog, source);
  action(target);
  return target.finish(complete);
}

/** Microseconds of an ISO moment. */
export function at(iso: string): number {
  return Date.parse(iso) * 1000;
}

export function aPatient(sourceId: string, change: Partial<IndexedPatient> = {}): IndexedPatient {
  return {
    sourceId,
    name: `Patient ${sourceId}`,
    birthDate: "1960-02-29",
    gender: "F",
    status: { status: "outpatient", label: "Ambulatorial" },
    recordNumber: `R-${sourceId}`,
    ward: "",
    deleted: false,
    identifiers: [],
    recordNumbers: [],
    statuses: [],
    ...change,
  };
}

export function aNote(sourceId: string, patientId: string, change: Partial<IndexedNote> = {}): IndexedNote {
  return {
    sourceId,
    patientId,
    kind: "daily-note",
    eventAt: at("2024-03-01T12:00:00Z"),
    content: `Text of ${sourceId}`,
    ...change,
  };
}

export function anExam(examId: string, change: Partial<IndexedExam> = {}): IndexedExam {
  return {
    exam_id: examId,
    medical_record_no: `M-${examId}`,
    application_order_no: null,
    patient_name: `Patient ${examId}`,
    patient_gender: "F",
    patient_birth_date: "1960-02-29",
    patient_age: 64,
    exam_status: "completed",
    exam_source: "CT",
    exam_item: null,
    exam_description: null,
    exam_room: null,
    exam_equipment: null,
    equipment_type: null,
    order_datetime: at("2024-03-01T12:00:00Z"),
    check_in_datetime: at("2024-03-01T13:00:00Z"),
    report_certification_datetime: null,
    certified_physician: null,
    ...change,
  };
}

import type { MappingDocument } from "../mapping.ts";

/**
 * The studies platform (data-platform-backend): one flat table. `data_load_time` is when its loader wrote the row; rows that the loader
 * changed without it are found by the whole pass that comes every few syncs.
 */
export const studiesPlatformMapping: MappingDocument = {
  version: 1,
  name: "studies platform",
  timeZone: "Asia/Shanghai",
  naiveTimes: "UTC",
  exams: {
    from: "medical_examinations_fact",
    columns: {
      exam_id: "exam_id",
      medical_record_no: "medical_record_no",
      application_order_no: "application_order_no",
      patient_name: "patient_name",
      patient_gender: "patient_gender",
      patient_birth_date: "patient_birth_date",
      patient_age: "patient_age",
      exam_status: "exam_status",
      exam_source: "exam_source",
      exam_item: "exam_item",
      exam_description: "exam_description",
      exam_room: "exam_room",
      exam_equipment: "exam_equipment",
      equipment_type: "equipment_type",
      order_datetime: "order_datetime",
      check_in_datetime: "check_in_datetime",
      report_certification_datetime: "report_certification_datetime",
      certified_physician: "certified_physician",
    },
    changed: "data_load_time",
  },
  words: [{ kind: "staff", from: "medical_examinations_fact", texts: ["certified_physician"] }],
};

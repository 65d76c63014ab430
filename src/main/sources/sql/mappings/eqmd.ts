import type { MappingDocument } from "../mapping.ts";

const event = { as: "event", table: "events_event", column: "id", equals: "event_ptr_id", inner: true } as const;
const ofEvent = (column: string) => ({ of: "event", column });

/** Notes are events: the text is in a table of its kind, the rest in events_event. Deleted notes and drafts stay out. */
const note = {
  joins: [event],
  where: [
    { column: ofEvent("is_deleted"), in: [false] },
    { column: ofEvent("is_draft"), in: [false] },
  ],
  id: "event_ptr_id",
  patient: ofEvent("patient_id"),
  at: ofEvent("event_datetime"),
  changed: ofEvent("updated_at"),
};

/** The history of a patient has the columns of the patient. */
const identifiers: NonNullable<MappingDocument["patients"]>["identifiers"] = [
  { kind: "healthcard", column: "healthcard_number" },
  { kind: "national-id", column: "id_number" },
  { kind: "fiscal-number", column: "fiscal_number" },
  { kind: "phone", column: "phone" },
  { kind: "address", column: "address" },
  { kind: "city", column: "city" },
  { kind: "state", column: "state" },
  { kind: "zip-code", column: "zip_code" },
];

/**
 * EQMD (carlosapgomes/eqmd), as its models have it: Django, PostgreSQL, moments with time zone.
 *
 * Status at a moment: (a) the last row of the patient's history, which the system writes with every save; where that does not reach back
 * far enough, (b) the chain of status changes; before that, (c) admissions: an inpatient from admission to discharge. A discharge makes an
 * outpatient (status 1), not "Alta" (4), since that is what EQMD's own `discharge_patient()` sets; a discharge by death sets 6. Before the
 * first admission a patient of whom nothing else is known was an outpatient: as such EQMD creates patients.
 */
export const eqmdMapping: MappingDocument = {
  version: 1,
  name: "EQMD",
  timeZone: "America/Bahia",
  naiveTimes: "UTC",
  genders: { M: "M", F: "F", O: "O", N: "N" },
  statuses: {
    "1": { status: "outpatient", label: "Ambulatorial" },
    "2": { status: "inpatient", label: "Internado" },
    "3": { status: "emergency", label: "Emergência" },
    "4": { status: "discharged", label: "Alta" },
    "5": { status: "transferred", label: "Transferido" },
    "6": { status: "deceased", label: "Óbito" },
  },
  patients: {
    from: "patients_patient",
    joins: [{ as: "ward", table: "patients_ward", column: "id", equals: "ward_id" }],
    id: "id",
    name: "name",
    birthDate: "birthday",
    gender: "gender",
    status: "status",
    recordNumber: "current_record_number",
    ward: { of: "ward", column: "name" },
    created: "created_at",
    changed: "updated_at",
    deleted: [{ column: "is_deleted", in: [true] }],
    identifiers,
    former: [
      {
        from: "patients_historicalpatient",
        patient: "id",
        name: "name",
        identifiers,
        changed: "history_date",
        optional: true,
      },
    ],
    statusHistory: [
      [
        {
          from: "patients_historicalpatient",
          joins: [{ as: "ward", table: "patients_ward", column: "id", equals: "ward_id" }],
          patient: "id",
          since: "history_date",
          tie: "history_id",
          status: "status",
          ward: { of: "ward", column: "name" },
          changed: "history_date",
          optional: true,
        },
      ],
      [
        {
          from: "events_statuschangeevent",
          joins: [event, { as: "ward", table: "patients_ward", column: "id", equals: "ward_id" }],
          where: [{ column: ofEvent("is_deleted"), in: [false] }],
          patient: ofEvent("patient_id"),
          since: ofEvent("event_datetime"),
          tie: ofEvent("created_at"),
          status: "new_status",
          before: "previous_status",
          ward: { of: "ward", column: "name" },
          changed: ofEvent("updated_at"),
          optional: true,
        },
      ],
      [
        {
          from: "patients_patientadmission",
          joins: [{ as: "ward", table: "patients_ward", column: "id", equals: "ward_id" }],
          patient: "patient_id",
          since: "admission_datetime",
          status: { code: "2" },
          before: { code: "1" },
          ward: { of: "ward", column: "name" },
          changed: "updated_at",
          optional: true,
        },
        {
          from: "patients_patientadmission",
          where: [{ column: "discharge_datetime", empty: false }],
          patient: "patient_id",
          since: "discharge_datetime",
          status: { column: "discharge_type", codes: { death: "6" }, otherwise: "1" },
          ward: { none: true },
          changed: "updated_at",
          optional: true,
        },
      ],
    ],
    recordNumberHistory: [
      [
        {
          from: "patients_patientrecordnumber",
          patient: "patient_id",
          since: "effective_date",
          tie: "created_at",
          recordNumber: "record_number",
          before: "previous_record_number",
          changed: "updated_at",
          optional: true,
        },
      ],
      [
        {
          from: "patients_historicalpatient",
          patient: "id",
          since: "history_date",
          tie: "history_id",
          recordNumber: "current_record_number",
          changed: "history_date",
          optional: true,
        },
      ],
    ],
  },
  notes: [
    { ...note, kind: "daily-note", from: "dailynotes_dailynote", content: "content" },
    { ...note, kind: "simple-note", from: "simplenotes_simplenote", content: "content", optional: true },
    {
      ...note,
      kind: "history-and-physical",
      from: "historyandphysicals_historyandphysical",
      content: "content",
      optional: true,
    },
    {
      ...note,
      kind: "discharge-report",
      from: "dischargereports_dischargereport",
      content: { every: "text column" },
      optional: true,
    },
    { ...note, kind: "report", from: "reports_report", content: { every: "text column" }, optional: true },
  ],
  words: [
    {
      kind: "staff",
      behind: { table: "events_event", column: "created_by_id" },
      texts: [["first_name", "last_name"], "full_name", "name", "username"],
    },
    { kind: "ward", from: "patients_ward", texts: ["name"] },
    { kind: "ward", from: "patients_ward", texts: ["abbreviation"], standsFor: "name" },
    { kind: "place", from: "patients_patient", texts: ["city"] },
  ],
};

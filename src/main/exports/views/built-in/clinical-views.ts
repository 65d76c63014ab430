import type { ViewDefinition } from "../view-definition.ts";
import { codingColumns, columns, encounterKey, KEY, patientKey, view } from "./view-parts.ts";

/** Patients as the policy leaves them: no names, no numbers. */
const patient = view("patient", "Patients", "Patient", {
  column: columns(
    ["patient_id", "getResourceKey()", "id", "Id of the patient in this data set"],
    ["gender", "gender", "code"],
    ["birth_date", "birthDate", "date", "Year, or band of age, as the policy leaves it"],
    ["age_band", "extension('urn:satchel:age-band').value.ofType(string).first()", "string"],
    ["deceased", "deceased.ofType(boolean)", "boolean"],
    ["deceased_date", "deceased.ofType(dateTime)", "dateTime"],
    ["state", "address.state.first()", "string"],
    ["district", "address.district.first()", "string"],
    ["country", "address.country.first()", "string"],
    ["active", "active", "boolean"],
  ),
});

const VALUE = columns(
  ["value_quantity", "value.ofType(Quantity).value", "decimal"],
  [
    "value_unit",
    "iif(value.ofType(Quantity).unit.exists(), value.ofType(Quantity).unit, value.ofType(Quantity).code)",
    "string",
  ],
  ["value_unit_code", "value.ofType(Quantity).code", "code", "UCUM where the system of the unit is that"],
  ["value_comparator", "value.ofType(Quantity).comparator", "code"],
  ["value_code", "value.ofType(CodeableConcept).coding.code.first()", "code"],
  ["value_display", "value.ofType(CodeableConcept).coding.display.first()", "string"],
  ["value_text", "value.ofType(string)", "string"],
  ["value_integer", "value.ofType(integer)", "integer"],
  ["value_boolean", "value.ofType(boolean)", "boolean"],
  ["value_time", "value.ofType(dateTime)", "dateTime"],
  ["absent_reason", "dataAbsentReason.coding.code.first()", "code"],
);

/** A row an observation, and one for each of its components where it has them (systolic and diastolic pressure). */
const observation = view(
  "observation",
  "Observations",
  "Observation",
  {
    column: [
      ...columns(KEY, patientKey("subject"), encounterKey("encounter")),
      ...columns(["status", "status", "code"], ["category", "category.coding.code.first()", "code"]),
      ...columns(
        [
          "effective_start",
          "iif(effective.ofType(dateTime).exists(), effective.ofType(dateTime), iif(effective.ofType(Period).start.exists(), effective.ofType(Period).start, effective.ofType(instant)))",
          "dateTime",
        ],
        ["effective_end", "effective.ofType(Period).end", "dateTime"],
        ["issued", "issued", "instant"],
      ),
    ],
  },
  {
    unionAll: [
      {
        column: [
          ...columns(["component", "-1", "integer", "-1: the observation itself; from 0: its components"]),
          ...codingColumns("code", "code"),
          ...VALUE,
        ],
      },
      {
        forEach: "component",
        column: [...columns(["component", "%rowIndex", "integer"]), ...codingColumns("code", "code"), ...VALUE],
      },
    ],
  },
);

const condition = view("condition", "Conditions", "Condition", {
  column: [
    ...columns(KEY, patientKey("subject"), encounterKey("encounter")),
    ...columns(
      ["clinical_status", "clinicalStatus.coding.code.first()", "code"],
      ["verification_status", "verificationStatus.coding.code.first()", "code"],
      ["category", "category.coding.code.first()", "code"],
      ["severity", "severity.coding.code.first()", "code"],
    ),
    ...codingColumns("code", "code"),
    ...columns(
      ["onset", "onset.ofType(dateTime)", "dateTime"],
      ["abatement", "abatement.ofType(dateTime)", "dateTime"],
      ["recorded", "recordedDate", "dateTime"],
    ),
  ],
});

const encounter = view("encounter", "Encounters", "Encounter", {
  column: [
    ...columns(
      KEY,
      patientKey("subject"),
      ["status", "status", "code"],
      // A Coding in R4, a list of CodeableConcept in R5.
      ["class", "iif(class.code.exists(), class.code.first(), class.coding.code.first())", "code"],
      ["type_code", "type.coding.code.first()", "code"],
      ["type_display", "type.coding.display.first()", "string"],
      ["start", "iif(period.exists(), period.start, actualPeriod.start)", "dateTime"],
      ["end", "iif(period.exists(), period.end, actualPeriod.end)", "dateTime"],
      ["reason_code", "reasonCode.coding.code.first()", "code"],
      ["reason_display", "reasonCode.coding.display.first()", "string"],
      ["organization_id", "serviceProvider.getReferenceKey(Organization)", "id"],
    ),
  ],
});

const medicationRequest = view("medication_request", "Medication requests", "MedicationRequest", {
  column: [
    ...columns(KEY, patientKey("subject"), encounterKey("encounter")),
    ...columns(["status", "status", "code"], ["intent", "intent", "code"]),
    ...codingColumns("medication", "medication.ofType(CodeableConcept)"),
    ...columns(
      ["medication_id", "medication.ofType(Reference).getReferenceKey(Medication)", "id"],
      ["authored", "authoredOn", "dateTime"],
      ["dose", "dosageInstruction.first().doseAndRate.first().dose.ofType(Quantity).value", "decimal"],
      ["dose_unit", "dosageInstruction.first().doseAndRate.first().dose.ofType(Quantity).unit", "string"],
      ["frequency", "dosageInstruction.first().timing.repeat.frequency", "integer"],
      ["period", "dosageInstruction.first().timing.repeat.period", "decimal"],
      ["period_unit", "dosageInstruction.first().timing.repeat.periodUnit", "code"],
    ),
  ],
});

const diagnosticReport = view("diagnostic_report", "Diagnostic reports", "DiagnosticReport", {
  column: [
    ...columns(KEY, patientKey("subject"), encounterKey("encounter")),
    ...columns(["status", "status", "code"], ["category", "category.coding.code.first()", "code"]),
    ...codingColumns("code", "code"),
    ...columns(
      [
        "effective_start",
        "iif(effective.ofType(dateTime).exists(), effective.ofType(dateTime), effective.ofType(Period).start)",
        "dateTime",
      ],
      ["issued", "issued", "instant"],
      ["results", "result.count()", "integer", "How many observations it refers to"],
      ["conclusion_code", "conclusionCode.coding.code.first()", "code"],
    ),
  ],
});

const documentReference = view("document_reference", "Documents", "DocumentReference", {
  column: [
    ...columns(KEY, patientKey("subject"), ["status", "status", "code"], ["doc_status", "docStatus", "code"]),
    ...codingColumns("type", "type"),
    ...columns(
      ["date", "date", "instant"],
      ["content_type", "content.attachment.contentType.first()", "code"],
      ["size", "content.attachment.size.first()", "unsignedInt"],
    ),
  ],
});

const task = view("task", "Tasks", "Task", {
  column: [
    ...columns(KEY, ["patient_id", "for.getReferenceKey(Patient)", "id", "Id of the patient in this data set"]),
    ...columns(["status", "status", "code"], ["intent", "intent", "code"], ["priority", "priority", "code"]),
    ...codingColumns("code", "code"),
    ...columns(
      ["business_status", "businessStatus.coding.code.first()", "code"],
      ["authored", "authoredOn", "dateTime"],
      ["modified", "lastModified", "dateTime"],
      ["start", "executionPeriod.start", "dateTime"],
      ["end", "executionPeriod.end", "dateTime"],
      ["output_code", "output.value.ofType(CodeableConcept).coding.code.first()", "code"],
    ),
  ],
});

export const CLINICAL_VIEWS: readonly ViewDefinition[] = [
  patient,
  observation,
  condition,
  encounter,
  medicationRequest,
  diagnosticReport,
  documentReference,
  task,
];

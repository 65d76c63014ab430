import type { ExamColumn } from "../../../contract/records.ts";
import type { StudiesRecipe } from "../../../contract/table-recipe.ts";
import type { ColumnType, TableColumn } from "../table/table.ts";

interface Described {
  type: ColumnType;
  title: string;
  description: string;
  /** What the policy does to it, where names are not to leave. */
  pseudonymised: Treatment;
  enum?: readonly string[];
  unit?: string;
}

interface Treatment {
  treatment: string;
  description?: string;
  missing?: string;
}
const KEPT: Treatment = { treatment: "kept" };
const DROPPED: Treatment = { treatment: "dropped", missing: "left out by the policy" };
const SCRUBBED: Treatment = {
  treatment: "scrubbed",
  description:
    "Names, numbers and dates in it are replaced by words in brackets, such as [PATIENT]; some may have been overlooked.",
};

const DESCRIBED: Record<ExamColumn, Described> = {
  exam_id: {
    type: "string",
    title: "Exam",
    description: "What tells the exam from every other at its source; for DICOM studies the Study Instance UID.",
    pseudonymised: {
      treatment: "pseudonymised",
      description:
        "A code derived from the exam's id under the project key; for DICOM studies the UID that de-identified images bear as Study Instance UID.",
    },
  },
  medical_record_no: {
    type: "string",
    title: "Record number of the patient",
    description: "The number of the patient's record; for DICOM studies the Patient ID.",
    pseudonymised: {
      treatment: "pseudonymised",
      description:
        "A code derived from the record number under the project key: the same that de-identified images of this patient bear as Patient ID, and notes as record number, where number and issuer are the same.",
    },
  },
  application_order_no: {
    type: "string",
    title: "Order number",
    description: "The number under which the exam was ordered; for DICOM studies the Accession Number.",
    pseudonymised: {
      treatment: "pseudonymised",
      description:
        "A code derived from the order number under the project key: the same that de-identified images bear as Accession Number.",
    },
  },
  patient_name: {
    type: "string",
    title: "Name of the patient",
    description: "As the source has it.",
    pseudonymised: DROPPED,
  },
  patient_gender: {
    type: "string",
    title: "Gender of the patient",
    description: "As the source has it: M male, F female, U or O unknown or other.",
    pseudonymised: KEPT,
  },
  patient_birth_date: {
    type: "date",
    title: "Birth date of the patient",
    description: "ISO 8601; where the source has no such date, its own text.",
    pseudonymised: DROPPED,
  },
  patient_age: {
    type: "integer",
    title: "Age of the patient at the exam",
    description: "Whole years.",
    unit: "years",
    pseudonymised: { treatment: "kept; over 89 as 90", description: "Ages over 89 stand as 90." },
  },
  exam_status: {
    type: "string",
    title: "Status of the exam",
    description: "As the source has it: pending, completed, cancelled or its own words.",
    pseudonymised: KEPT,
  },
  exam_source: {
    type: "string",
    title: "Modality",
    description: "What the exam was made with: CT, MRI, X-ray, … As the source has it.",
    pseudonymised: KEPT,
  },
  exam_item: {
    type: "string",
    title: "Item",
    description: "What was ordered.",
    pseudonymised: SCRUBBED,
  },
  exam_description: {
    type: "string",
    title: "Description",
    description: "What was examined, in words.",
    pseudonymised: SCRUBBED,
  },
  exam_room: { type: "string", title: "Room", description: "Where the exam was made.", pseudonymised: KEPT },
  exam_equipment: {
    type: "string",
    title: "Equipment",
    description: "The device; for DICOM studies the station's name.",
    pseudonymised: KEPT,
  },
  equipment_type: {
    type: "string",
    title: "Type of equipment",
    description: "As the source has it.",
    pseudonymised: KEPT,
  },
  order_datetime: {
    type: "datetime",
    title: "Ordered at",
    description: "When the exam was ordered.",
    pseudonymised: KEPT,
  },
  check_in_datetime: {
    type: "datetime",
    title: "Checked in at",
    description: "When the patient came; for DICOM studies the date and time of the study.",
    pseudonymised: KEPT,
  },
  report_certification_datetime: {
    type: "datetime",
    title: "Report signed at",
    description: "When the report was certified.",
    pseudonymised: KEPT,
  },
  certified_physician: {
    type: "string",
    title: "Physician who signed",
    description: "As the source has it.",
    pseudonymised: DROPPED,
  },
};

/**
 * The columns asked for, in that order. A column that a policy empties is still there: what reads the table counts on it.
 *
 * @param timeZones of the sources whose exams may be in the table
 * @param oneSource whether all exams are of one source: only then is an exam's id unique
 */
export function examColumns(
  { columns, policy }: Pick<StudiesRecipe, "columns" | "policy">,
  timeZones: readonly string[],
  oneSource: boolean,
): TableColumn[] {
  const zones = timeZones.length === 0 ? "the hospital's time zone" : timeZones.join(", ");
  return columns.map((name) => {
    const { pseudonymised, description, ...described } = DESCRIBED[name];
    const zone = described.type === "datetime" ? ` ISO 8601, in the time of ${zones}.` : "";
    const treated = policy.kind === "pseudonymised" ? pseudonymised : KEPT;
    const replaces = treated.treatment === "pseudonymised" && treated.description !== undefined;
    const more = treated.description === undefined ? "" : ` ${treated.description}`;
    return {
      name,
      ...described,
      description: replaces ? treated.description! : `${description}${more}${zone}`,
      ...(treated.missing === undefined ? {} : { missing: treated.missing }),
      required: name === "exam_id",
      ...(name === "exam_id" && oneSource ? { unique: true } : {}),
      treatment: treated.treatment,
    };
  });
}

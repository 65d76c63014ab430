import { NOTE_COLUMNS, type NoteColumn } from "../../../contract/records.ts";
import type { NotesPolicy } from "../../../contract/table-recipe.ts";
import { STATUS_NAMES } from "../../deidentify/table/status-names.ts";
import type { TableColumn } from "../table/table.ts";

type Described = Omit<TableColumn, "name" | "title"> & { title: string };

/**
 * The eight columns, as a policy leaves them.
 *
 * @param timeZones of the sources whose notes may be in the table, IANA names
 * @param oneSource whether all notes are of one source: only then is a note's id unique
 */
export function noteColumns(policy: NotesPolicy, timeZones: readonly string[], oneSource: boolean): TableColumn[] {
  const zones = timeZones.length === 0 ? "the hospital's time zone" : timeZones.join(", ");
  const described: Record<NoteColumn, Described> = {
    patient_id: patientId(policy),
    patient_record_number: recordNumber(policy),
    patient_gender: {
      type: "string",
      title: "Gender of the patient",
      description: "As it is now: the source keeps no earlier ones.",
      enum: ["M", "F", "O", "N"],
      meanings: { M: "male", F: "female", O: "other", N: "not informed" },
      required: true,
      treatment: "kept",
    },
    patient_age_at_note: age(policy, zones),
    patient_status: status(policy),
    note_id: noteId(policy, oneSource),
    note_event_datetime: {
      type: "datetime",
      title: "When the note was written",
      description: `ISO 8601 with the offset from UTC that held in ${zones}; with six decimals where the source has them.`,
      required: true,
      treatment: "kept",
    },
    note_content: content(policy),
  };
  return NOTE_COLUMNS.map((name) => ({ name, ...described[name] }));
}

function patientId({ ids }: NotesPolicy): Described {
  const live = ids === "source";
  return {
    type: "string",
    title: "Patient",
    description: live
      ? "The id that the source itself gives the patient."
      : "A UUID derived from the patient's id under the project key: the same patient has the same one in every export under that key.",
    required: true,
    treatment: live ? "kept: live id" : "pseudonymised",
  };
}

function noteId({ ids }: NotesPolicy, oneSource: boolean): Described {
  const live = ids === "source";
  return {
    type: "string",
    title: "Note",
    description: live
      ? "The id that the source itself gives the note."
      : "A UUID derived from the note's id under the project key.",
    required: true,
    ...(oneSource ? { unique: true } : {}),
    treatment: live ? "kept: live id" : "pseudonymised",
  };
}

function recordNumber({ recordNumber, asOf }: NotesPolicy): Described {
  const when = asOf === "note" ? "when the note was written" : "now";
  const common = { type: "string", title: "Record number of the patient", required: false } as const;
  if (recordNumber === "drop")
    return {
      ...common,
      description: "Empty: record numbers were left out.",
      missing: "left out by the policy",
      treatment: "dropped",
    };
  if (recordNumber === "keep")
    return {
      ...common,
      description: `The number of the patient's record at the hospital, as it was ${when}. Whoever has access to the hospital's system can find the patient by it.`,
      missing: "the patient has no record number",
      treatment: "kept",
    };
  return {
    ...common,
    description: `A code derived from the record number (as it was ${when}) under the project key. The same number of one issuer gives the same code in study lists and, where it is the Patient ID of images, in those.`,
    missing: "the patient has no record number",
    treatment: "pseudonymised",
  };
}

function age({ ages }: NotesPolicy, zones: string): Described {
  const joined = ages === "safe-harbor";
  return {
    type: "integer",
    title: "Age of the patient at the note",
    description:
      `Whole years on the day of the note in ${zones}. Who was born on 29 February becomes older on 1 March in years without that day.` +
      (joined ? " Ages over 89 stand as 90." : ""),
    unit: "years",
    missing: "the birth date is not known, or is later than the note",
    required: false,
    treatment: joined ? "computed; over 89 as 90" : "computed",
  };
}

function status({ statusLabels, asOf }: NotesPolicy): Described {
  const english = statusLabels === "english";
  const when =
    asOf === "note"
      ? "when the note was written, rebuilt from the history that the source keeps"
      : "when the source was last read, not when the note was written";
  return {
    type: "string",
    title: "Status of the patient",
    description: `What the patient's status was ${when}${english ? ", in English" : ", in the words of the source"}.`,
    ...(english ? { enum: Object.values(STATUS_NAMES) } : {}),
    missing: "the source tells none, or one that has no English name here",
    required: false,
    treatment: english ? "translated" : "kept",
  };
}

function content({ text }: NotesPolicy): Described {
  const common = { type: "string", title: "Text of the note" } as const;
  if (text === "drop")
    return {
      ...common,
      description: "Empty: the text of notes was left out.",
      missing: "left out by the policy",
      required: false,
      treatment: "dropped",
    };
  if (text === "keep")
    return {
      ...common,
      description: "The whole text as it was written: names, numbers and addresses may stand in it.",
      missing: "the note has no text",
      required: false,
      treatment: "kept",
    };
  return {
    ...common,
    description:
      "The text with names, numbers, addresses and dates replaced by words in brackets, such as [PATIENT], [STAFF], [PHONE] or [DATE]. That lowers the risk that somebody is recognised; it makes nobody anonymous, and some may have been overlooked.",
    missing: "the note has no text",
    required: false,
    treatment: "scrubbed",
  };
}

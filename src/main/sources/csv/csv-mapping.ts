import { EXAM_COLUMNS, gender, noteKind, patientStatus } from "../../../contract/records.ts";
import { z } from "../../../contract/schema.ts";
import { isTimeZone } from "../../time-zone.ts";

/** A column's name in the file's header. */
const header = z.string().min(1);
const zone = z.string().refine(isTimeZone, "is not the name of a time zone, such as America/Bahia");

const common = {
  version: z.literal(1),
  /** For screens and findings. */
  name: z.string().min(1),
  /** The hospital's. */
  timeZone: zone,
  /** How moments without an offset are meant. Left out: the hospital's time zone. */
  naiveTimes: zone.optional(),
  /** Of dates that are not ISO 8601: 31/12/2024 or 12/31/2024. */
  dates: z.enum(["iso", "day-first", "month-first"]).default("iso"),
};

export const notesMapping = z
  .object({
    ...common,
    holds: z.literal("notes"),
    columns: z
      .object({
        patientId: header,
        noteId: header,
        at: header,
        content: header,
        patientName: header.optional(),
        birthDate: header.optional(),
        gender: header.optional(),
        /** Whole years on the day of the note. */
        age: header.optional(),
        /** What the file tells is taken for what holds now. */
        status: header.optional(),
        recordNumber: header.optional(),
        ward: header.optional(),
      })
      .strict(),
    kind: noteKind.default("daily-note"),
    /** The system's codes. What is not named becomes N. */
    genders: z.record(z.string(), gender).default({ M: "M", F: "F", O: "O", N: "N" }),
    /** What is not named becomes "unknown", labelled as the file has it. */
    statuses: z.record(z.string(), patientStatus).default({}),
  })
  .strict();
export type NotesMapping = z.infer<typeof notesMapping>;

export const examsMapping = z
  .object({ ...common, holds: z.literal("exams"), columns: z.partialRecord(z.enum(EXAM_COLUMNS), header) })
  .strict()
  .refine((mapping) => mapping.columns.exam_id !== undefined, {
    message: "exam_id is needed",
    path: ["columns", "exam_id"],
  });
export type ExamsMapping = z.infer<typeof examsMapping>;

/** Says which column of a CSV file holds what: one JSON document. Those that come with Satchel have the same shape. */
export const csvMapping = z.union([notesMapping, examsMapping]);
export type CsvMapping = z.infer<typeof csvMapping>;

/** The file of EQMD's `export_patient_data`: status and record number are those of the day of that export. */
const eqmd = notesMapping.parse({
  version: 1,
  name: "EQMD's notes export",
  holds: "notes",
  timeZone: "America/Bahia",
  naiveTimes: "UTC",
  columns: {
    patientId: "patient_id",
    recordNumber: "patient_record_number",
    gender: "patient_gender",
    age: "patient_age_at_note",
    status: "patient_status",
    noteId: "note_id",
    at: "note_event_datetime",
    content: "note_content",
  },
  statuses: {
    Ambulatorial: "outpatient",
    Internado: "inpatient",
    Emergência: "emergency",
    Alta: "discharged",
    Transferido: "transferred",
    Óbito: "deceased",
  },
});

/** The platform keeps moments in UTC; some versions of its export write them without saying so. */
const studiesPlatform = examsMapping.parse({
  version: 1,
  name: "the studies platform's export",
  holds: "exams",
  timeZone: "Asia/Shanghai",
  naiveTimes: "UTC",
  columns: Object.fromEntries(EXAM_COLUMNS.map((column) => [column, column])),
});

export const CSV_MAPPINGS = { eqmd, "studies-platform": studiesPlatform } as const;
export const CSV_MAPPING_NAMES = ["eqmd", "studies-platform"] as const;

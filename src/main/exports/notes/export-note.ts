import type { NotesPolicy } from "../../../contract/table-recipe.ts";
import type { NoteRecord } from "../../catalog/notes.ts";
import type { PatientRecord } from "../../catalog/record-patients.ts";
import { createPseudonyms, type PatientIdentity, type ProjectKey } from "../../deidentify/pseudonym.ts";
import { ageOn, joinHighAges } from "../../deidentify/table/age.ts";
import { STATUS_NAMES } from "../../deidentify/table/status-names.ts";
import { createScrubber, type HouseWords, type ScrubbedText } from "../../deidentify/text/scrubber.ts";
import { knownPatientOf } from "../table/known-patient.ts";
import type { Cell, Row } from "../table/table.ts";

/** The ids under which patients and notes leave. */
export interface ExportedIds {
  patient(identity: PatientIdentity): string;
  note(identity: PatientIdentity): string;
  /** "" stays "". */
  recordNumber(identity: PatientIdentity): string | null;
}

/** @param key needed where anything becomes a pseudonym */
export function exportedIds(
  policy: Pick<NotesPolicy, "ids" | "recordNumber">,
  key: ProjectKey | undefined,
): ExportedIds {
  const pseudonyms = key === undefined ? undefined : createPseudonyms(key);
  const needed = (): NonNullable<typeof pseudonyms> => {
    if (pseudonyms === undefined) throw new Error("pseudonyms without a project key");
    return pseudonyms;
  };
  const live = policy.ids === "source";
  return {
    patient: live ? ({ id }) => id : (identity) => needed().patient(identity).uuid,
    note: live ? ({ id }) => id : (identity) => needed().note(identity),
    recordNumber({ issuer, id }) {
      if (policy.recordNumber === "drop" || id === "") return null;
      // The form that images have in place of Patient ID: where that is the record number, the two are linked.
      return policy.recordNumber === "keep" ? id : needed().patient({ issuer, id }).display;
    },
  };
}

export interface ExportedNote {
  row: Row;
  /** Null unless the policy scrubs. */
  scrubbed: ScrubbedText | null;
}

/** Takes notes through a policy. What it knows of the house is compiled once. */
export class NoteExporter {
  readonly ids: ExportedIds;
  readonly #policy: NotesPolicy;
  readonly #scrubber: ReturnType<typeof createScrubber> | undefined;

  constructor(policy: NotesPolicy, key: ProjectKey | undefined, house: () => HouseWords) {
    this.#policy = policy;
    this.ids = exportedIds(policy, key);
    if (policy.text === "scrub") this.#scrubber = createScrubber(house(), { dates: "replace", ages: policy.ages });
  }

  /**
   * @param patients the rows of the catalog that leave as one patient: what is known of one is looked for in the notes of all
   * @returns a function of a note and of the row it belongs to
   */
  forPatient(patients: readonly PatientRecord[]): (note: NoteRecord, patient: PatientRecord) => ExportedNote {
    const { text } = this.#policy;
    const scrubber = this.#scrubber?.forPatient(knownPatientOf(patients));
    const cells = this.#cells<string | null>(patients);
    return (note, patient) => {
      const scrubbed = scrubber?.scrub(note.content) ?? null;
      return { row: cells(note, patient, text === "drop" ? null : (scrubbed?.text ?? note.content)), scrubbed };
    };
  }

  /** Rows of a policy that keeps the texts, whatever they are. @param patients see `forPatient` */
  keeping<Text>(
    patients: readonly PatientRecord[],
  ): (note: NoteRecord<Text>, patient: PatientRecord) => (Cell | Text)[] {
    const cells = this.#cells<Text>(patients);
    return (note, patient) => cells(note, patient, note.content);
  }

  /** Rows with whatever takes the place of the text. */
  #cells<Text>(
    patients: readonly PatientRecord[],
  ): (note: NoteRecord<unknown>, patient: PatientRecord, text: Text) => (Cell | Text)[] {
    const { asOf, ages, statusLabels } = this.#policy;
    const [first] = patients;
    const patientId = first === undefined ? "" : this.ids.patient({ issuer: first.issuer, id: first.sourceId });
    return (note, patient, text) => {
      const { issuer } = patient;
      const then = asOf === "now" ? patient : note;
      const age = ageAt(note, patient);
      return [
        patientId,
        this.ids.recordNumber({ issuer, id: then.recordNumber }),
        patient.gender,
        ages === "safe-harbor" ? joinHighAges(age) : age,
        statusLabels === "source" ? then.statusLabel : then.status === "unknown" ? null : STATUS_NAMES[then.status],
        this.ids.note({ issuer, id: note.sourceId }),
        note.eventTime,
        text,
      ];
    };
  }
}

/** The same cells as the catalog holds them, for a review. */
export function noteAsItIs(note: NoteRecord, patient: PatientRecord, asOf: NotesPolicy["asOf"]): Row {
  const then = asOf === "now" ? patient : note;
  return [
    patient.sourceId,
    then.recordNumber,
    patient.gender,
    ageAt(note, patient),
    then.statusLabel,
    note.sourceId,
    note.eventTime,
    note.content,
  ];
}

/** A source that hands over ages in place of birth dates is taken at its word. */
function ageAt(note: NoteRecord<unknown>, { birthDate }: PatientRecord): number | null {
  return birthDate === "" ? note.ageAtNote : ageOn(birthDate, note.localDate);
}

import type { ExamColumn, Gender, IdentifierKind, NoteKind, PatientStatus } from "../../contract/records.ts";
import type { CheckReport, SourceProblem, SyncProgress, SyncReport } from "./source.ts";

/** A moment in microseconds since 1970, UTC: what PostgreSQL keeps. Exact until the year 2255. */
export type Microseconds = number;

/** A status as the source has it. */
export interface IndexedStatus {
  status: PatientStatus;
  /** The system's own word for it. */
  label: string;
}

/** A patient with everything needed to say what was true of them at a past moment. A put replaces the whole. */
export interface IndexedPatient {
  sourceId: string;
  name: string;
  /** ISO date; "" where unknown. */
  birthDate: string;
  gender: Gender;
  /** Now. */
  status: IndexedStatus;
  recordNumber: string;
  ward: string;
  /** Deleted at the source: their notes stay out unless asked for. */
  deleted: boolean;
  /** Of any time: for the scrubber, which looks for them in notes. */
  identifiers: { kind: IdentifierKind; value: string }[];
  /** Each with the moment since which it held. Any order. */
  recordNumbers: { recordNumber: string; from: Microseconds }[];
  /** The same; `ward` where the source tells it. */
  statuses: (IndexedStatus & { from: Microseconds; ward?: string })[];
}

export interface IndexedNote {
  sourceId: string;
  patientId: string;
  kind: NoteKind;
  eventAt: Microseconds;
  content: string;
  /** Whole years on the day of the note, where the source tells that alone and no birth date. */
  ageAtNote?: number;
}

/** An exam of a study list. Text is as the source has it; moments are microseconds; null where empty. */
export type IndexedExam = {
  [Column in ExamColumn]: Column extends `${string}_datetime`
    ? Microseconds | null
    : Column extends "patient_age"
      ? number | null
      : Column extends "exam_id"
        ? string
        : string | null;
};

/** A name of the house that may stand in a note: people who work there, wards, places. */
export interface IndexedWord {
  kind: "staff" | "ward" | "place";
  text: string;
  /** Of a ward's abbreviation: the ward's name as patients have it, so that a filter finds the ward by either. */
  standsFor?: string;
}

export type RecordsCollection = "patient" | "note" | "exam";

/**
 * The catalog as a sync of records sees it; implemented by catalog/. All calls are synchronous; writes are gathered into whole
 * transactions of some milliseconds. A note of a patient not yet put waits for that patient, within this sync and beyond it: until then it
 * stays out of lists and exports, and is told as a problem at the end of a sync.
 *
 * Notes come best patient by patient: their text then lies together on the disk, in the order in which it is exported.
 */
export interface RecordsTarget {
  putPatient(patient: IndexedPatient): void;
  putNote(note: IndexedNote): void;
  putExam(exam: IndexedExam): void;
  /** All words of the source, replacing those before. */
  putWords(words: Iterable<IndexedWord>): void;
  /** Marks as still there without change: a pass over ids alone. */
  keep(collection: RecordsCollection, sourceId: string): void;
  remove(collection: RecordsCollection, sourceId: string): void;
  /**
   * What was neither put nor kept in this sync goes, with the notes of patients who go: after a pass over the whole collection. It is
   * removed when the sync ends, in turns; what is put or kept until then stays. @returns how many are unmet now
   */
  removeUnmet(collection: RecordsCollection): number;
  count(collection: RecordsCollection): number;
  /** Its `ref` is the record's source id where it is a record's: it goes when that record is put. All go after a pass over everything. */
  problem(problem: SourceProblem): void;
  /** What a whole sync left for the next: where changes begin. Kept only with what was put, and what was removed, before it. */
  readState(): Record<string, unknown>;
  writeState(state: Record<string, unknown>): void;
}

/** One kind of source of records. A new kind is one new folder and one line in sources/registry.ts. */
export interface RecordsSourceKind<Config> {
  readonly kind: string;
  check(config: Config, secret: string | undefined, signal: AbortSignal): Promise<CheckReport>;
  sync(
    config: Config,
    secret: string | undefined,
    target: RecordsTarget,
    onProgress: (progress: SyncProgress) => void,
    signal: AbortSignal,
  ): Promise<SyncReport>;
}

/** What every configuration of a source of records has, whatever its kind. */
export interface RecordsConfig {
  /** IANA name: days, ages and offsets are told in it. */
  timeZone: string;
  /**
   * Names who gave out the patient ids, as the DICOM attribute does: patients of one issuer with one id get one pseudonym, whatever source
   * they come from. Set to that of the images (often empty), notes and images of a patient are linked. Left out: nobody has said, and a
   * source that is added gets one of its own.
   */
  issuer?: string | undefined;
}

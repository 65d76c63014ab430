import type {
  IndexedExam,
  IndexedNote,
  IndexedPatient,
  IndexedWord,
  RecordsCollection,
  RecordsTarget,
} from "../../src/main/sources/records-source.ts";
import type { SourceProblem } from "../../src/main/sources/source.ts";

/** A catalog of records in memory that also remembers how often it was written since the last `forget`. */
export interface RecordingRecords extends RecordsTarget {
  patients: Map<string, IndexedPatient>;
  notes: Map<string, IndexedNote>;
  exams: Map<string, IndexedExam>;
  words: IndexedWord[];
  problems: Map<string, SourceProblem>;
  puts: number;
  /** Begins another sync: what was met and told is forgotten, what is held stays. */
  forget(): void;
}

export function recordingRecords(): RecordingRecords {
  const held = {
    patient: new Map<string, IndexedPatient>(),
    note: new Map<string, IndexedNote>(),
    exam: new Map<string, IndexedExam>(),
  };
  const met: Record<RecordsCollection, Set<string>> = { patient: new Set(), note: new Set(), exam: new Set() };
  let state: Record<string, unknown> = {};
  const target: RecordingRecords = {
    patients: held.patient,
    notes: held.note,
    exams: held.exam,
    words: [],
    problems: new Map(),
    puts: 0,
    forget() {
      target.puts = 0;
      target.problems.clear();
      for (const ids of Object.values(met)) ids.clear();
    },
    putPatient(patient) {
      target.puts++;
      held.patient.set(patient.sourceId, patient);
      met.patient.add(patient.sourceId);
    },
    putNote(note) {
      target.puts++;
      held.note.set(note.sourceId, note);
      met.note.add(note.sourceId);
    },
    putExam(exam) {
      target.puts++;
      held.exam.set(exam.exam_id, exam);
      met.exam.add(exam.exam_id);
    },
    putWords(words) {
      target.words = [...words];
    },
    keep: (collection, sourceId) => void met[collection].add(sourceId),
    remove: (collection, sourceId) => void held[collection].delete(sourceId),
    removeUnmet(collection) {
      const unmet = [...held[collection].keys()].filter((id) => !met[collection].has(id));
      for (const id of unmet) held[collection].delete(id);
      return unmet.length;
    },
    count: (collection) => held[collection].size,
    problem: (problem) => void target.problems.set(problem.ref, problem),
    readState: () => structuredClone(state),
    writeState(next) {
      state = structuredClone(next);
    },
  };
  return target;
}

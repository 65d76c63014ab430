import type {
  IndexedExam,
  IndexedNote,
  IndexedPatient,
  IndexedWord,
  RecordsCollection,
  RecordsTarget,
} from "../sources/records-source.ts";
import type { SourceProblem } from "../sources/source.ts";
import type { Catalog } from "./database.ts";
import { putExam } from "./exams-writer.ts";
import { createIdSet, type IdSet } from "./id-set.ts";
import { noteNoteChange } from "./notes-columns.ts";
import { createNotesWriter, mergeSearch, refreshNotes } from "./notes-writer.ts";
import { problemRefs, putProblem, removeProblems } from "./problems.ts";
import { putRecordPatient } from "./record-patients.ts";
import { putRecordWords } from "./record-words.ts";
import { countRecords, findRecord, removeRecord, removingUnmet, tellOrphans } from "./records-rows.ts";
import { raiseRecordsGeneration } from "./records-generation.ts";
import { getSource } from "./sources.ts";

/** Writes wait here until there are this many, or so many characters of text: a transaction then takes some 10 ms. */
const BATCH = 200;
const BATCH_CHARACTERS = 512 * 1024;

/** What became of the records of a sync, counted by the catalog, which alone can tell. */
export interface RecordsOutcome {
  added: number;
  changed: number;
  /** Of all that the catalog holds of the source, what is neither: also what an incremental sync did not have to look at. */
  unchanged: number;
  removed: number;
  /** Patients whom only notes name: their notes stay out. */
  orphans: number;
}

/** A sync of records in progress. `finish` or `finishing` must be called, whatever happened. */
interface RecordsSync extends RecordsTarget {
  /** Writes what waits, removes what `removeUnmet` was asked to, and tells notes anew whose patients changed, in steps of some milliseconds. */
  finishing(complete: boolean): Generator<void, RecordsOutcome>;
  /** The same at once. */
  finish(complete: boolean): RecordsOutcome;
}

/** In the order in which what was not met is removed: a patient's notes, one by one, before the patient. */
const COLLECTIONS: readonly RecordsCollection[] = ["note", "exam", "patient"];

type Write =
  | { kind: "patient"; patient: IndexedPatient }
  | { kind: "note"; note: IndexedNote }
  | { kind: "exam"; exam: IndexedExam }
  | { kind: "words"; words: IndexedWord[] }
  | { kind: "problem"; problem: SourceProblem }
  | { kind: "remove"; collection: RecordsCollection; sourceId: string }
  | { kind: "state"; state: Record<string, unknown> };

/**
 * The catalog as a sync of one source of records sees it. Writes are gathered and go in whole transactions, state and all, so that a
 * crash leaves a state that tells of nothing that is not there.
 *
 * `removeUnmet` counts at once and removes in `finishing`, since removing a million notes would hold the thread; state written after it
 * waits for that.
 *
 * @throws NOT_FOUND where the source is not there
 */
export function recordsTarget(catalog: Catalog, sourceId: number): RecordsSync {
  getSource(catalog, sourceId);
  catalog.run("INSERT OR IGNORE INTO record_count (source) VALUES (?)", sourceId);
  const notes = createNotesWriter(catalog, sourceId);
  let waiting: Write[] = [];
  let characters = 0;
  let state: Record<string, unknown> | undefined;
  /** Written behind a removal that is still to come. */
  let lastState: Record<string, unknown> | undefined;
  const met = idSets();
  /** Counted as added or changed: once, however often they are put. */
  const counted = idSets();
  const unmet = new Set<RecordsCollection>();
  const outcome: RecordsOutcome = { added: 0, changed: 0, unchanged: 0, removed: 0, orphans: 0 };
  const withProblem = new Set(problemRefs(catalog, sourceId));
  const told = new Set<string>();
  const onlyKept = new Set<string>();

  function flush(): void {
    if (waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    characters = 0;
    const before = { ...outcome };
    try {
      catalog.writeRepeatable(() => {
        for (const write of batch) apply(write);
        if (batch.some(({ kind }) => kind === "note" || kind === "remove")) mergeSearch(catalog);
        if (outcome.added + outcome.changed + outcome.removed > before.added + before.changed + before.removed)
          raiseRecordsGeneration(catalog);
      });
    } catch (error) {
      // Rows that were rolled back may be remembered.
      notes.forget();
      throw error;
    }
  }

  function apply(write: Write): void {
    switch (write.kind) {
      case "patient": {
        const { row, outcome: became } = putRecordPatient(catalog, sourceId, write.patient);
        if (became !== "unchanged") notes.forgetPatient(row);
        meet("patient", row, write.patient.sourceId, became);
        break;
      }
      case "note": {
        const { id, outcome: became } = notes.put(write.note);
        meet("note", id, write.note.sourceId, became);
        break;
      }
      case "exam": {
        const { id, outcome: became } = putExam(catalog, sourceId, write.exam);
        meet("exam", id, write.exam.exam_id, became);
        break;
      }
      case "words":
        if (putRecordWords(catalog, sourceId, write.words)) raiseRecordsGeneration(catalog);
        break;
      case "problem":
        putProblem(catalog, sourceId, write.problem);
        break;
      case "remove": {
        const id = findRecord(catalog, sourceId, write.collection, write.sourceId);
        clearProblem(write.sourceId);
        if (id === undefined) break;
        met[write.collection].remove(id);
        for (const note of removeRecord(catalog, write.collection, id)) met.note.remove(note);
        notes.forget();
        outcome.removed += 1;
        break;
      }
      case "state":
        writeState(write.state);
        break;
    }
  }

  function writeState(next: Record<string, unknown>): void {
    catalog.run("UPDATE source SET state = ? WHERE id = ?", JSON.stringify(next), sourceId);
  }

  function meet(
    collection: RecordsCollection,
    id: number,
    ref: string,
    became: "added" | "changed" | "unchanged",
  ): void {
    if (became !== "unchanged" && !counted[collection].has(id)) {
      counted[collection].add(id);
      outcome[became] += 1;
    }
    met[collection].add(id);
    if (collection === "note" && became !== "unchanged") noteNoteChange(catalog, id);
    clearProblem(ref);
  }

  function clearProblem(ref: string): void {
    if (!told.has(ref) && withProblem.delete(ref)) removeProblems(catalog, sourceId, ref);
  }

  function add(write: Write, size = 0): void {
    waiting.push(write);
    characters += size;
    if (waiting.length >= BATCH || characters >= BATCH_CHARACTERS) flush();
  }

  function passedOverAll(): boolean {
    return unmet.size > 0 && COLLECTIONS.every((one) => unmet.has(one) || countRecords(catalog, sourceId, one) === 0);
  }

  function* finishing(complete: boolean): Generator<void, RecordsOutcome> {
    flush();
    yield;
    for (const collection of COLLECTIONS.filter((one) => unmet.has(one)))
      outcome.removed += yield* removingUnmet(catalog, sourceId, collection, met[collection]);
    yield* refreshNotes(catalog, sourceId);
    catalog.writeRepeatable(() => {
      // After a pass over everything, what was wrong before and is not now is right. Of what was only kept, nothing is known.
      if (complete && passedOverAll())
        for (const ref of withProblem) if (!told.has(ref) && !onlyKept.has(ref)) removeProblems(catalog, sourceId, ref);
      if (complete) outcome.orphans = tellOrphans(catalog, sourceId);
      if (lastState !== undefined) writeState(lastState);
    });
    const held = COLLECTIONS.reduce((sum, collection) => sum + countRecords(catalog, sourceId, collection), 0);
    outcome.unchanged = Math.max(0, held - outcome.added - outcome.changed);
    return outcome;
  }

  return {
    putPatient: (patient) => add({ kind: "patient", patient }),
    putNote: (note) => add({ kind: "note", note }, note.content.length),
    putExam: (exam) => add({ kind: "exam", exam }),
    putWords: (words) => add({ kind: "words", words: [...words] }),
    keep(collection, ref) {
      const id = findRecord(catalog, sourceId, collection, ref);
      if (withProblem.has(ref)) onlyKept.add(ref);
      // Put a moment ago, maybe.
      if (id === undefined) flush();
      const found = id ?? findRecord(catalog, sourceId, collection, ref);
      if (found === undefined || met[collection].has(found)) return;
      met[collection].add(found);
    },
    remove: (collection, ref) => add({ kind: "remove", collection, sourceId: ref }),
    removeUnmet(collection) {
      flush();
      unmet.add(collection);
      return countRecords(catalog, sourceId, collection) - met[collection].size;
    },
    count(collection) {
      flush();
      return countRecords(catalog, sourceId, collection);
    },
    problem(problem) {
      told.add(problem.ref);
      withProblem.add(problem.ref);
      add({ kind: "problem", problem });
    },
    readState() {
      if (state !== undefined) return state;
      const row = catalog.get<{ state: string }>("SELECT state FROM source WHERE id = ?", sourceId);
      return row === undefined ? {} : (JSON.parse(row.state) as Record<string, unknown>);
    },
    writeState(next) {
      state = structuredClone(next);
      if (unmet.size > 0) lastState = state;
      else add({ kind: "state", state });
    },
    finishing,
    finish(complete) {
      const steps = finishing(complete);
      for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
    },
  };
}

function idSets(): Record<RecordsCollection, IdSet> {
  return { patient: createIdSet(), note: createIdSet(), exam: createIdSet() };
}

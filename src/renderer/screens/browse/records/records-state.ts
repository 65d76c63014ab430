/** Where the user is in the lists of records. It lives as long as the window, in memory alone, as Browse's own state does. */
import { useSyncExternalStore } from "react";
import type { ExamRow } from "../../../../contract/calls/records.ts";
import type { ExamsFilter, NotesFilter } from "../../../../contract/records.ts";

export type RecordsKind = "notes" | "exams";

interface RecordsState {
  notes: NotesFilter;
  exams: ExamsFilter;
  /** The catalog's number of the note in the side panel. */
  note: number | undefined;
  /** The exam in the side panel. */
  exam: ExamRow | undefined;
  /** How far each list was scrolled, in CSS pixels. */
  offsets: Record<RecordsKind, number>;
}

let current: RecordsState = {
  notes: {},
  exams: {},
  note: undefined,
  exam: undefined,
  offsets: { notes: 0, exams: 0 },
};
const watchers = new Set<() => void>();

export function getRecordsState(): RecordsState {
  return current;
}

export function changeRecords(change: Partial<RecordsState>): void {
  current = { ...current, ...change };
  for (const watcher of watchers) watcher();
}

/** Nothing on the screen depends on it, so nobody is told. */
export function rememberRecordsOffset(kind: RecordsKind, offset: number): void {
  current.offsets[kind] = offset;
}

/** Sets parts of the filter of notes; an empty part is left out. */
export function changeNotesFilter(change: PartsOf<NotesFilter>): void {
  changeRecords({ notes: withParts(current.notes, change), offsets: { ...current.offsets, notes: 0 } });
}

/** Sets parts of the filter of the study list; an empty part is left out. */
export function changeExamsFilter(change: PartsOf<ExamsFilter>): void {
  changeRecords({ exams: withParts(current.exams, change), offsets: { ...current.offsets, exams: 0 } });
}

export function clearRecordsFilter(kind: RecordsKind): void {
  changeRecords({ [kind]: {}, offsets: { ...current.offsets, [kind]: 0 } });
}

/** Names a patient in the filter of notes, beside those that are named already. */
export function addPatientToFilter(patientId: string): void {
  changeNotesFilter({ patients: [...new Set([...(current.notes.patients ?? []), patientId])] });
}

export function useRecordsState(): RecordsState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => current,
  );
}

type PartsOf<Filter> = { [Part in keyof Filter]?: Filter[Part] | undefined };

/** The contract has no empty parts: a list of nothing would find nothing. */
function withParts<Filter extends object>(filter: Filter, change: PartsOf<Filter>): Filter {
  const parts = Object.entries({ ...filter, ...change }).filter(
    ([, value]) =>
      value !== undefined && value !== "" && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(parts) as Filter;
}

/** How many chips are set: text is no chip, and two days are one. */
export function countChips(filter: NotesFilter | ExamsFilter): number {
  const parts = new Set(Object.keys(filter).map((part) => CHIP_OF[part] ?? part));
  return [...parts].filter((part) => part !== "text" && part !== "q").length;
}

const CHIP_OF: Record<string, string> = {
  to: "from",
  ageTo: "ageFrom",
  applicationOrderNo: "examItem",
  examDescription: "examItem",
  examIds: "examItem",
};

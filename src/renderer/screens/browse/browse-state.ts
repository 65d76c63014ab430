/** Where the user is in Browse. It lives as long as the window, so that another screen and back finds everything as it was; in memory alone. */
import { useSyncExternalStore } from "react";
import type { StudyRow } from "../../../contract/calls/find.ts";
import type { SearchFilter } from "../../../contract/search.ts";
import type { Selection, SelectionKind } from "../../selection.ts";

/** The same Study Instance UID may stand under two patients. */
export type StudyKey = Pick<StudyRow, "studyInstanceUid" | "patientId" | "issuer">;
export type PatientKey = Pick<StudyRow, "patientId" | "issuer">;

/** What the side panel shows. `from`: the patient whose panel led to the study. */
export type Opened =
  | { kind: "patient"; patient: PatientKey }
  | { kind: "study"; study: StudyKey; from?: PatientKey | undefined };

export interface BrowseState {
  filter: SearchFilter;
  opened: Opened | undefined;
  /** A picking that would give up what is picked now: it waits for a word. */
  pending: Selection | undefined;
  /** How far each list was scrolled, in CSS pixels. */
  offsets: Record<SelectionKind, number>;
}

let current: BrowseState = { filter: {}, opened: undefined, pending: undefined, offsets: { patients: 0, studies: 0 } };
const watchers = new Set<() => void>();

export function getBrowseState(): BrowseState {
  return current;
}

export function changeBrowse(change: Partial<BrowseState>): void {
  current = { ...current, ...change };
  for (const watcher of watchers) watcher();
}

/** Remembers how far a list is scrolled. Nothing on the screen depends on it, so nobody is told. */
export function rememberOffset(kind: SelectionKind, offset: number): void {
  current.offsets[kind] = offset;
}

/** Sets parts of the filter; an empty part is left out, so that a filter that asks for nothing is empty. */
export function changeFilter(change: SearchFilter): void {
  const parts = Object.entries({ ...current.filter, ...change }).filter(
    ([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
  changeBrowse({ filter: Object.fromEntries(parts), offsets: { patients: 0, studies: 0 }, pending: undefined });
}

export function clearFilter(): void {
  changeBrowse({ filter: {}, offsets: { patients: 0, studies: 0 }, pending: undefined });
}

export function useBrowse(): BrowseState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => current,
  );
}

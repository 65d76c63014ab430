/**
 * What the user has picked, for as long as the window is open. It outlives filters and screens: Browse makes it, Export starts from it.
 * It is kept in memory alone. Session storage would put patient ids on the disk, outside the encrypted workspace.
 */
import { useSyncExternalStore } from "react";
import type { PatientRow, StudyRow } from "../contract/calls/find.ts";
import type { ResourcesFilter } from "../contract/fhir.ts";
import type { ImagingSelection, Recipe } from "../contract/recipe.ts";
import type { ExamsFilter, ExamSort, NotesFilter } from "../contract/records.ts";
import type { SearchFilter } from "../contract/search.ts";

export type SelectionKind = "patients" | "studies";

/** What is remembered of a picked row: enough to name it in a recipe and to count it without asking again. */
export type PickedPatient = Pick<PatientRow, "patientId" | "issuer" | "studies" | "instances">;
export type PickedStudy = Pick<StudyRow, "studyInstanceUid" | "patientId" | "issuer" | "instances" | "bytes">;

export type Selection =
  | { scope: "none" }
  | { scope: "patients"; rows: ReadonlyMap<string, PickedPatient> }
  | { scope: "studies"; rows: ReadonlyMap<string, PickedStudy> }
  /** All that the filter finds when the export is planned, less what was taken out by hand. */
  | { scope: "matching"; of: "patients"; filter: SearchFilter; except: ReadonlyMap<string, PickedPatient> }
  | { scope: "matching"; of: "studies"; filter: SearchFilter; except: ReadonlyMap<string, PickedStudy> };

export const NOTHING: Selection = { scope: "none" };

/** Two hospitals may share a Patient ID: the issuer belongs to the key. */
export function keyOfPatient(patient: { patientId: string; issuer: string }): string {
  return JSON.stringify([patient.patientId, patient.issuer]);
}

/**
 * A recipe names studies by their UID alone, so a study that stands under two patients is picked under both: the window shows it so.
 */
function keyOfStudy(study: { studyInstanceUid: string }): string {
  return study.studyInstanceUid;
}

/** Which kind of row is picked; undefined where nothing is. */
export function kindOf(selection: Selection): SelectionKind | undefined {
  if (selection.scope === "none") return undefined;
  return selection.scope === "matching" ? selection.of : selection.scope;
}

type AnyFilter = SearchFilter | NotesFilter | ExamsFilter | ResourcesFilter;

/** Whether two filters ask for the same, whatever the order of their parts. What is empty asks for nothing. */
export function isSameFilter(one: AnyFilter, other: AnyFilter): boolean {
  return canonical(one) === canonical(other);
}

function canonical(filter: AnyFilter): string {
  const parts = Object.entries(filter)
    .map(
      ([name, value]: [string, unknown]) =>
        [name, Array.isArray(value) ? value.map(String).toSorted() : value] as const,
    )
    .filter(([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(parts);
}

/** Whether a patient in a list that was found by `filter` is picked. Undefined: it cannot be told here, the selection has another filter. */
export function isPatientPicked(
  selection: Selection,
  patient: PickedPatient,
  filter: SearchFilter,
): boolean | undefined {
  if (selection.scope === "patients") return selection.rows.has(keyOfPatient(patient));
  if (selection.scope !== "matching" || selection.of !== "patients") return false;
  return isSameFilter(selection.filter, filter) ? !selection.except.has(keyOfPatient(patient)) : undefined;
}

/** As isPatientPicked. A study of a picked patient is picked with it. */
export function isStudyPicked(
  selection: Selection,
  study: Pick<StudyRow, "studyInstanceUid" | "patientId" | "issuer">,
  filter: SearchFilter,
): boolean | undefined {
  if (selection.scope === "none") return false;
  if (selection.scope === "studies") return selection.rows.has(keyOfStudy(study));
  if (selection.scope === "patients") return selection.rows.has(keyOfPatient(study));
  if (!isSameFilter(selection.filter, filter)) return undefined;
  return !(selection.of === "studies"
    ? selection.except.has(keyOfStudy(study))
    : selection.except.has(keyOfPatient(study)));
}

/** Picks or unpicks patients. What is picked of another kind is given up: ask before (`kindOf`). */
export function withPatients(selection: Selection, patients: readonly PickedPatient[], picked: boolean): Selection {
  const named = patients.map((patient) => [keyOfPatient(patient), patient] as const);
  if (selection.scope === "matching" && selection.of === "patients")
    return { ...selection, except: changed(selection.except, named, !picked) };
  const rows = selection.scope === "patients" ? selection.rows : new Map<string, PickedPatient>();
  const next = changed(rows, named, picked);
  return next.size === 0 ? NOTHING : { scope: "patients", rows: next };
}

/** As withPatients, of studies. */
export function withStudies(selection: Selection, studies: readonly PickedStudy[], picked: boolean): Selection {
  const named = studies.map((study) => [keyOfStudy(study), study] as const);
  if (selection.scope === "matching" && selection.of === "studies")
    return { ...selection, except: changed(selection.except, named, !picked) };
  const rows = selection.scope === "studies" ? selection.rows : new Map<string, PickedStudy>();
  const next = changed(rows, named, picked);
  return next.size === 0 ? NOTHING : { scope: "studies", rows: next };
}

function changed<Row>(
  rows: ReadonlyMap<string, Row>,
  named: readonly (readonly [string, Row])[],
  present: boolean,
): ReadonlyMap<string, Row> {
  const next = new Map(rows);
  for (const [key, row] of named) {
    if (present) next.set(key, row);
    else next.delete(key);
  }
  return next;
}

export function allMatching(of: SelectionKind, filter: SearchFilter): Selection {
  return of === "patients"
    ? { scope: "matching", of, filter, except: new Map() }
    : { scope: "matching", of, filter, except: new Map() };
}

/** The selection as a recipe says it; undefined where nothing is picked. */
export function toImagingSelection(selection: Selection): ImagingSelection | undefined {
  if (selection.scope === "none") return undefined;
  if (selection.scope === "patients")
    return { scope: "patients", patients: [...selection.rows.values()].map(toPatientReference) };
  if (selection.scope === "studies") return { scope: "studies", studies: [...selection.rows.keys()] };
  return {
    scope: "matching",
    of: selection.of,
    filter: selection.filter,
    exceptPatients: selection.of === "patients" ? [...selection.except.values()].map(toPatientReference) : [],
    exceptStudies: selection.of === "studies" ? [...selection.except.keys()] : [],
  };
}

function toPatientReference({ patientId, issuer }: PickedPatient): { id: string; issuer: string } {
  return { id: patientId, issuer };
}

/** What the Records tab hands to Export: all that the filter finds when the export is planned; of the study list in this order. */
export type PickedRecords =
  | { kind: "notes"; filter: NotesFilter }
  | { kind: "studies"; filter: ExamsFilter; sort?: ExamSort };

/** What a new export is of. Each kind keeps what was picked for it. */
export type ExportKind = Recipe["kind"];

/** Of FHIR, and what is made of it: they share what was picked. */
function isOfResources(kind: ExportKind): boolean {
  return kind !== "imaging" && kind !== "notes" && kind !== "studies";
}

interface Picked {
  images: Selection;
  notes: Extract<PickedRecords, { kind: "notes" }> | undefined;
  studies: Extract<PickedRecords, { kind: "studies" }> | undefined;
  resources: ResourcesFilter | undefined;
  kind: ExportKind;
}

let current: Picked = {
  images: NOTHING,
  notes: undefined,
  studies: undefined,
  resources: undefined,
  kind: "imaging",
};
const watchers = new Set<() => void>();

function change(changes: Partial<Picked>): void {
  current = { ...current, ...changes };
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function getSelection(): Selection {
  return current.images;
}

export function setSelection(next: Selection): void {
  change({ images: next });
}

export function clearSelection(): void {
  setSelection(NOTHING);
}

/** What is picked now; the part is shown anew when it changes. */
export function useSelection(): Selection {
  return useSyncExternalStore(watch, () => current.images);
}

/** Hands records to Export: the next new export is of their kind. Then `goTo("exports", "new")`. */
export function pickRecords(records: PickedRecords): void {
  change({ [records.kind]: records, kind: records.kind });
}

export function getPickedRecords<K extends PickedRecords["kind"]>(kind: K): Picked[K] {
  return current[kind];
}

/** What was picked last of one kind of records; undefined where nothing was. */
export function usePickedRecords<K extends PickedRecords["kind"]>(kind: K): Picked[K] {
  return useSyncExternalStore(watch, () => current[kind]);
}

/** What the Resources tab hands to Export: all that the filter finds when the export is planned. The next new export is of resources. */
export function pickResources(resources: ResourcesFilter): void {
  change({ resources, kind: isOfResources(current.kind) ? current.kind : "fhir" });
}

export function getPickedResources(): ResourcesFilter | undefined {
  return current.resources;
}

/** The resources that were picked last; undefined where none were. */
export function usePickedResources(): ResourcesFilter | undefined {
  return useSyncExternalStore(watch, () => current.resources);
}

/** What the next new export is of: for a button that leads there. */
export function chooseExportKind(kind: ExportKind): void {
  change({ kind });
}

export function useExportKind(): ExportKind {
  return useSyncExternalStore(watch, () => current.kind);
}

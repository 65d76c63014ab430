import type { ResourcesFilter } from "../../../contract/fhir.ts";
import type { ExamsFilter, NotesFilter } from "../../../contract/records.ts";
import type { SearchFilter } from "../../../contract/search.ts";
import type { Viewer } from "./viewer.ts";
import { refuse } from "./viewer.ts";

/**
 * Filters cut down to what an account may see. With analysts they must not ask for persons either: who may ask how many notes hold a name,
 * or export one record number under a pseudonym, knows who is behind it.
 */
type Within = NonNullable<SearchFilter["within"]>;

/** Sources and patients of the account, of those asked for. */
export function withinOf(viewer: Viewer, asked: Within | undefined): Within {
  const names = viewer.sources.map(({ name }) => name);
  const sources = asked === undefined ? names : names.filter((name) => includesName(asked.sources, name));
  const own = viewer.patients?.map((id) => ({ id }));
  const patients =
    asked?.patients === undefined
      ? own
      : asked.patients.filter(({ id }) => viewer.patients === undefined || viewer.patients.includes(id));
  return patients === undefined ? { sources } : { sources, patients };
}

export function narrowSearch<F extends SearchFilter>(filter: F, viewer: Viewer): F {
  assertNobodyNamed(viewer, [filter.text, filter.patientId, filter.issuer, filter.description]);
  return { ...filter, within: withinOf(viewer, filter.within) };
}

export function narrowNotes<F extends NotesFilter>(filter: F, viewer: Viewer): F {
  assertNobodyNamed(viewer, [filter.text, ...(filter.patients ?? [])]);
  return { ...filter, ...sourcesAndPatients(filter, viewer) };
}

export function narrowResources<F extends ResourcesFilter>(filter: F, viewer: Viewer): F {
  assertNobodyNamed(viewer, filter.patients ?? []);
  return { ...filter, ...sourcesAndPatients(filter, viewer) };
}

export function narrowExams<F extends ExamsFilter>(filter: F, viewer: Viewer): F {
  assertNobodyNamed(viewer, [filter.q, filter.applicationOrderNo, ...(filter.examIds ?? [])]);
  return { ...filter, within: withinOf(viewer, filter.within) };
}

/** Names of those asked for that the account sees. */
export function narrowSources(asked: readonly string[] | undefined, viewer: Viewer): string[] {
  const names = viewer.sources.map(({ name }) => name);
  return asked === undefined ? names : names.filter((name) => includesName(asked, name));
}

function sourcesAndPatients(
  { sources, patients }: { sources?: string[] | undefined; patients?: string[] | undefined },
  viewer: Viewer,
): { sources: string[]; patients?: string[] } {
  const narrowed = { sources: narrowSources(sources, viewer) };
  if (viewer.patients === undefined) return patients === undefined ? narrowed : { ...narrowed, patients };
  const own = viewer.patients;
  return { ...narrowed, patients: own.filter((id) => patients?.includes(id) ?? true) };
}

/** @throws SatchelError NOT_ALLOWED */
export function assertNobodyNamed({ account }: Viewer, words: readonly (string | undefined)[]): void {
  if (account.role !== "analyst" || words.every((word) => word === undefined || word.trim() === "")) return;
  refuse(
    "A data analyst chooses by kind, place and time, not by words, names or ids: those lead to a person.",
    "Leave them out of the filter.",
  );
}

function includesName(names: readonly string[], name: string): boolean {
  return names.some((one) => one.toLowerCase() === name.toLowerCase());
}

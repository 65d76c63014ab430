import { SatchelError } from "../../contract/errors.ts";
import type { SearchFilter } from "../../contract/search.ts";
import type { Catalog } from "./database.ts";
import { isIndexedTerm, normaliseForSearch, searchTerms, toFtsString } from "./search-text.ts";
import type { StudyColumns } from "./study-columns.ts";

/** What must hold of a study, apart for each facet of the filter: 1 where it does, at the place of the row id or of the value. */
export interface StudyTests {
  /** By row id; undefined where nothing is asked. Text, patient and description, which are no facets. */
  base: Uint8Array | undefined;
  modalities: Uint8Array;
  sources: Uint8Array;
  dates: Uint8Array;
  /** Only studies with (1) or without (0) analysis results; -1: both. */
  analyses: -1 | 0 | 1;
}

/** @throws SatchelError USAGE where a date of the filter cannot be read. */
export function toStudyTests(catalog: Catalog, columns: StudyColumns, filter: SearchFilter): StudyTests {
  return {
    base: baseTest(catalog, columns, filter),
    modalities: modalitiesTest(columns, filter),
    sources: sourcesTest(catalog, columns, filter),
    dates: datesTest(columns, filter),
    analyses: filter.withAnalyses === undefined ? -1 : filter.withAnalyses ? 1 : 0,
  };
}

function modalitiesTest({ modalitySets }: StudyColumns, { modality, modalities = [] }: SearchFilter): Uint8Array {
  const member = (one: string): string => `\\${one.toUpperCase()}\\`;
  return Uint8Array.from(modalitySets, (set) =>
    Number(
      (modality === undefined || set.includes(member(modality))) &&
        (modalities.length === 0 || modalities.some((one) => set.includes(member(one)))),
    ),
  );
}

function sourcesTest(catalog: Catalog, { sourceSets }: StudyColumns, { sources = [] }: SearchFilter): Uint8Array {
  if (sources.length === 0) return new Uint8Array(sourceSets.length).fill(1);
  const ids = sources.flatMap((name) => catalog.column<number>("SELECT id FROM source WHERE name = ?", name));
  return Uint8Array.from(sourceSets, (set) => Number(ids.some((id) => set.includes(`\\${id}\\`))));
}

function datesTest({ dates }: StudyColumns, filter: SearchFilter): Uint8Array {
  const from = filter.from === undefined ? "" : toDateBound(filter.from, "from");
  // "2024" is below every date of 2024, "2024~" above; no date at all is below everything.
  const to = filter.to === undefined ? "~" : `${toDateBound(filter.to, "to")}~`;
  const bounded = filter.from !== undefined || filter.to !== undefined;
  return Uint8Array.from(dates, (date) => Number(!bounded || (date !== "" && date >= from && date <= to)));
}

function toDateBound(text: string, option: string): string {
  const match = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?$/.exec(text.trim());
  if (match === null) {
    throw new SatchelError(
      "USAGE",
      `The date given as --${option} cannot be read.`,
      "Write it as 2024, 2024-03 or 2024-03-31.",
    );
  }
  return match.slice(1).join("");
}

function baseTest(catalog: Catalog, columns: StudyColumns, filter: SearchFilter): Uint8Array | undefined {
  const lists: number[][] = [];
  if (filter.within !== undefined) lists.push(studiesWithin(catalog, columns, filter.within));
  const terms = searchTerms(filter.text ?? "");
  if (terms.length > 0) lists.push(studiesWithText(catalog, terms));
  // A date in a description stands as it was written: its words are not searchTerms'.
  const words = normaliseForSearch(filter.description ?? "")
    .split(" ")
    .filter((word) => word !== "");
  if (words.length > 0) lists.push(studiesDescribed(catalog, words));
  if (filter.patientId !== undefined) lists.push(studiesOfPatient(catalog, filter.patientId, filter.issuer));
  else if (filter.issuer !== undefined) lists.push(studiesOfIssuer(catalog, filter.issuer));
  if (lists.length === 0) return undefined;
  const met = new Uint8Array(columns.size);
  for (const list of lists) for (const id of list) if (id < met.length) met[id] = (met[id] ?? 0) + 1;
  for (let id = 0; id < met.length; id++) met[id] = Number(met[id] === lists.length);
  return met;
}

/** The trigram index gives candidates for the longer terms; texts are compared for those too short for it. */
function studiesWithText(catalog: Catalog, terms: readonly string[]): number[] {
  const indexed = terms.filter(isIndexedTerm);
  const short = terms.filter((term) => !isIndexedTerm(term));
  const contains = short.map(() => "instr(study_text.text, ?) > 0").join(" AND ");
  const match = indexed.map(toFtsString).join(" AND ");
  if (indexed.length === 0) return catalog.column<number>(`SELECT id FROM study_text WHERE ${contains}`, ...short);
  if (short.length === 0)
    return catalog.column<number>("SELECT rowid FROM study_search WHERE study_search MATCH ?", match);
  return catalog.column<number>(
    // CROSS JOIN fixes the order in which SQLite nests the loops.
    `SELECT study_text.id FROM study_search CROSS JOIN study_text ON study_text.id = study_search.rowid
     WHERE study_search MATCH ? AND ${contains}`,
    match,
    ...short,
  );
}

function studiesDescribed(catalog: Catalog, words: readonly string[]): number[] {
  const where = words.map(() => "instr(description, ?) > 0").join(" AND ");
  return catalog.column<number>(`SELECT id FROM study_listing WHERE ${where}`, ...words);
}

function studiesOfPatient(catalog: Catalog, patientId: string, issuer: string | undefined): number[] {
  return catalog.column<number>(
    `SELECT study.id FROM study JOIN patient ON patient.id = study.patient
     WHERE patient_id = ? ${issuer === undefined ? "" : "AND issuer = ?"}`,
    patientId,
    ...(issuer === undefined ? [] : [issuer]),
  );
}

/** Row ids of the studies that no other source holds, and that are of these patients. */
export function studiesWithin(
  catalog: Catalog,
  { present, patient, sources, sourceSets, size }: StudyColumns,
  within: NonNullable<SearchFilter["within"]>,
): number[] {
  const ids = new Set(
    within.sources.flatMap((name) => catalog.column<number>("SELECT id FROM source WHERE name = ?", name)).map(String),
  );
  const held = sourceSets.map((set) => {
    const members = set.split("\\").filter((id) => id !== "");
    return members.length > 0 && members.every((id) => ids.has(id));
  });
  const of =
    within.patients === undefined
      ? undefined
      : new Set(
          within.patients.flatMap(({ id, issuer }) =>
            catalog.column<number>(
              `SELECT id FROM patient WHERE patient_id = ? ${issuer === undefined ? "" : "AND issuer = ?"}`,
              id,
              ...(issuer === undefined ? [] : [issuer]),
            ),
          ),
        );
  const found: number[] = [];
  for (let id = 0; id < size; id++)
    if (present[id] === 1 && held[sources[id] ?? 0] === true && (of?.has(patient[id] ?? 0) ?? true)) found.push(id);
  return found;
}

function studiesOfIssuer(catalog: Catalog, issuer: string): number[] {
  return catalog.column<number>(
    "SELECT study.id FROM study JOIN patient ON patient.id = study.patient WHERE issuer = ?",
    issuer,
  );
}

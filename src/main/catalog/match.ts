import type { SearchFilter } from "../../contract/search.ts";
import type { Catalog } from "./database.ts";
import { toStudyTests, type StudyTests } from "./find-query.ts";
import { studyColumns, type StudyColumns } from "./study-columns.ts";

/** What a filter finds, in the catalog as it stands. */
export interface Match {
  columns: StudyColumns;
  tests: StudyTests;
  /** 1 at the row ids of studies that match. */
  studies: Uint8Array;
  studyCount: number;
  /** 1 at the row ids of patients of whom a study matches. */
  patients: Uint8Array;
  patientCount: number;
}

/** Filters a screen goes back and forth between; each takes a byte a study. */
const MOST_KEPT = 8;

interface Kept {
  version: number;
  matches: Map<string, Match>;
}
const kept = new WeakMap<Catalog, Kept>();

/** @throws SatchelError USAGE where a date of the filter cannot be read. */
export function matchStudies(catalog: Catalog, filter: SearchFilter): Match {
  const columns = studyColumns(catalog);
  let own = kept.get(catalog);
  if (own?.version !== columns.version) {
    own = { version: columns.version, matches: new Map() };
    kept.set(catalog, own);
  }
  const { text, patientId, issuer, modality, modalities, sources, description, withAnalyses, from, to, within } =
    filter;
  const key = JSON.stringify([
    [text, patientId, issuer, modality, description, withAnalyses, from, to],
    modalities,
    sources,
    within,
  ]);
  const known = own.matches.get(key);
  if (known !== undefined) return known;
  const match = computeMatch(catalog, columns, filter);
  const [oldest] = own.matches.keys();
  if (own.matches.size >= MOST_KEPT && oldest !== undefined) own.matches.delete(oldest);
  own.matches.set(key, match);
  return match;
}

function computeMatch(catalog: Catalog, columns: StudyColumns, filter: SearchFilter): Match {
  const tests = toStudyTests(catalog, columns, filter);
  const { present, patient, date, modalities, sources, analyses, size } = columns;
  const studies = new Uint8Array(size);
  let mostPatient = 0;
  let studyCount = 0;
  for (let id = 0; id < size; id++) {
    if (present[id] === 0) continue;
    if (tests.base !== undefined && tests.base[id] === 0) continue;
    if (tests.modalities[modalities[id] ?? 0] === 0 || tests.sources[sources[id] ?? 0] === 0) continue;
    if (tests.dates[date[id] ?? 0] === 0) continue;
    if (tests.analyses !== -1 && tests.analyses !== Number((analyses[id] ?? 0) > 0)) continue;
    studies[id] = 1;
    studyCount += 1;
    mostPatient = Math.max(mostPatient, patient[id] ?? 0);
  }
  const patients = new Uint8Array(mostPatient + 1);
  let patientCount = 0;
  for (let id = 0; id < size; id++) {
    if (studies[id] === 0) continue;
    const one = patient[id] ?? 0;
    if (patients[one] === 1) continue;
    patients[one] = 1;
    patientCount += 1;
  }
  return { columns, tests, studies, studyCount, patients, patientCount };
}

import type { NotesFilter } from "../../contract/records.ts";
import { timeZone, type Interval } from "../time-zone.ts";
import type { Catalog, SqlValue } from "./database.ts";
import { listNoteSettings } from "./note-settings.ts";
import { recordsConfigOf } from "./record-patients.ts";
import { wardAbbreviations } from "./record-words.ts";

/** A filter with its names looked up: what SQL asks (here) and what lists ask of columns in memory (notes-columns.ts) are both made of it. */
export interface ResolvedFilter {
  /** How many settings there are. */
  settings: number;
  /** Of settings, by the part of the filter; undefined where nothing is asked. */
  kinds: ReadonlySet<number>;
  wards: ReadonlySet<number> | undefined;
  statuses: ReadonlySet<number> | undefined;
  /** By source; undefined where no day is given. */
  days: ReadonlyMap<number, readonly Interval[]> | undefined;
  /** Row ids of sources. */
  sources: ReadonlySet<number> | undefined;
  genders: ReadonlySet<string> | undefined;
  patients: readonly string[] | undefined;
  deletedToo: boolean;
  /** For MATCH; undefined where no word is given. */
  match: string | undefined;
}

export function resolveNotesFilter(catalog: Catalog, filter: NotesFilter): ResolvedFilter {
  const settings = listNoteSettings(catalog);
  const kinds = new Set<string>(filter.kinds ?? ["daily-note"]);
  const statuses = filter.statuses === undefined ? undefined : new Set<string>(filter.statuses);
  const wards = filter.wards === undefined ? undefined : namesOfWards(catalog, filter.wards);
  const ids = (test: (setting: (typeof settings)[number]) => boolean): Set<number> =>
    new Set(settings.filter(test).map(({ id }) => id));
  const sources = catalog.all<{ id: number; name: string; config: string }>("SELECT id, name, config FROM source");
  const named = filter.sources?.map((name) => name.toLowerCase());
  return {
    settings: settings.length,
    kinds: ids(({ kind }) => kinds.has(kind)),
    statuses: statuses === undefined ? undefined : ids(({ status }) => statuses.has(status)),
    wards: wards === undefined ? undefined : ids(({ ward }) => wards.has(foldWord(ward))),
    days:
      filter.from === undefined && filter.to === undefined
        ? undefined
        : new Map(
            sources.map(({ id, config }) => [
              id,
              timeZone(recordsConfigOf(config).timeZone).daysToIntervals(filter.from, filter.to),
            ]),
          ),
    sources:
      named === undefined
        ? undefined
        : new Set(sources.filter(({ name }) => named.includes(name.toLowerCase())).map(({ id }) => id)),
    genders: filter.genders === undefined ? undefined : new Set(filter.genders),
    patients: filter.patients,
    deletedToo: filter.includeDeletedPatients === true,
    match: toMatch(filter.text),
  };
}

/** With the names of which those given are abbreviations. */
function namesOfWards(catalog: Catalog, given: readonly string[]): Set<string> {
  const names = new Set(given.map(foldWord));
  for (const { text, ward } of wardAbbreviations(catalog)) if (names.has(foldWord(text))) names.add(foldWord(ward));
  return names;
}

function foldWord(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}

/**
 * Each run of letters and digits is a word that must occur, whatever its case and accents; one that ends in "*" stands for all that begin
 * with it. No other character means anything.
 *
 * @returns undefined where there is no word
 */
export function toMatch(text: string | undefined): string | undefined {
  const words = (text ?? "").normalize("NFC").match(/[\p{L}\p{N}\p{M}\p{Co}]+\*?/gu) ?? [];
  if (words.length === 0) return undefined;
  return words
    .slice(0, 32)
    .map((word) => (word.endsWith("*") ? `"${word.slice(0, -1)}" *` : `"${word}"`))
    .join(" AND ");
}

interface Condition {
  where: string;
  values: SqlValue[];
}

/** The conditions on rows of `record_patient` and of `note` (under those names), with their values. */
export function toNotesConditions(filter: ResolvedFilter): { patients: Condition; notes: Condition } {
  return { patients: conditionOfPatients(filter), notes: conditionOfNotes(filter) };
}

function conditionOfPatients({ deletedToo, genders, sources, patients }: ResolvedFilter): Condition {
  return {
    where: `known = 1 AND (? OR deleted = 0)
      AND (? IS NULL OR gender IN (SELECT value FROM json_each(?)))
      AND (? IS NULL OR source IN (SELECT value FROM json_each(?)))
      AND (? IS NULL OR source_id IN (SELECT value FROM json_each(?))
        OR id IN (SELECT patient FROM record_number WHERE record_number IN (SELECT value FROM json_each(?))))`,
    values: [Number(deletedToo), ...twice(genders, 2), ...twice(sources, 2), ...twice(patients, 3)],
  };
}

function conditionOfNotes(filter: ResolvedFilter): Condition {
  const parts: string[] = ["1"];
  const values: SqlValue[] = [];
  const add = (part: string, ...own: SqlValue[]): void => {
    parts.push(part);
    values.push(...own);
  };
  for (const ids of [filter.kinds, filter.statuses, filter.wards])
    // Where all may be, a million rows need not be asked.
    if (ids !== undefined && ids.size < filter.settings)
      add("setting IN (SELECT value FROM json_each(?))", JSON.stringify([...ids]));
  if (filter.days !== undefined) {
    const days = [...filter.days].flatMap(([source, intervals]) => intervals.map((one) => ({ source, ...one })));
    const each = days.map(() => "(source = ? AND event_at >= ? AND event_at < ?)").join(" OR ");
    add(
      days.length === 0 ? "0" : `(${each})`,
      ...days.flatMap(({ source, from, until }) => [source, toSql(from), toSql(until)]),
    );
  }
  if (filter.match !== undefined)
    add("note.id IN (SELECT rowid FROM note_search WHERE note_search MATCH ?)", filter.match);
  return { where: parts.join(" AND "), values };
}

function twice(members: Iterable<string | number> | undefined, times: number): SqlValue[] {
  const value = members === undefined ? null : JSON.stringify([...members]);
  return Array.from({ length: times }, () => value);
}

/** Moments beyond which none is exact stand for no bound at all. */
function toSql(moment: number): number {
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, moment));
}

import { SatchelError } from "../../contract/errors.ts";
import type { Catalog, SqlValue } from "./database.ts";
import { isIndexedTerm, searchTerms, toFtsString, toLikePattern } from "./search-text.ts";

export interface FindFilter {
  /** Each word must occur somewhere in the study or its patient: names, ids, dates, modality, descriptions, UIDs. */
  text?: string | undefined;
  /** Exact Patient ID. */
  patientId?: string | undefined;
  /** Exact modality, one of the study's. */
  modality?: string | undefined;
  /** Study dates, both included, as YYYY, YYYYMM, YYYYMMDD or with hyphens. Studies without a date match neither. */
  from?: string | undefined;
  to?: string | undefined;
  /** Default 100. */
  limit?: number | undefined;
  offset?: number | undefined;
}

/** What a filter asks of `study_entry`, before it is known which way to it is quickest. */
export interface EntryQuery {
  /** Words for the trigram index, and all words as LIKE patterns. */
  indexed: readonly string[];
  short: readonly string[];
  terms: readonly string[];
  conditions: readonly string[];
  values: readonly SqlValue[];
  isEmpty: boolean;
}

/** @throws SatchelError USAGE where a date cannot be read. */
export function toEntryQuery(filter: FindFilter): EntryQuery {
  const terms = searchTerms(filter.text ?? "");
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (filter.patientId !== undefined) {
    conditions.push("entry.patient IN (SELECT id FROM patient WHERE patient_id = ?)");
    values.push(filter.patientId);
  }
  if (filter.modality !== undefined) {
    conditions.push("instr(entry.modalities, ?) > 0");
    values.push(`\\${filter.modality.toUpperCase()}\\`);
  }
  if (filter.from !== undefined) {
    conditions.push("entry.study_date >= ?");
    values.push(toDateBound(filter.from, "from"));
  }
  if (filter.to !== undefined) {
    // "2024" is below every date of 2024, "2024~" above; no date at all is below everything.
    conditions.push("entry.study_date <= ?", "entry.study_date > ''");
    values.push(`${toDateBound(filter.to, "to")}~`);
  }
  return {
    indexed: terms.filter(isIndexedTerm),
    short: terms.filter((term) => !isIndexedTerm(term)),
    terms,
    conditions,
    values,
    isEmpty: terms.length + conditions.length === 0,
  };
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

/**
 * Runs `select` over the entries that match.
 *
 * @param from `index`: from the trigram index to the entries, comparing only what is too short for it; `entries`: through the entries
 * themselves, comparing each text.
 */
export function queryEntries<Row>(
  catalog: Catalog,
  query: EntryQuery,
  request: { select: string; from: "index" | "entries"; rest?: string; restValues?: SqlValue[] },
): Row[] {
  const useIndex = request.from === "index";
  const compared = useIndex ? query.short : query.terms;
  const where = [...compared.map(() => String.raw`entry.text LIKE ? ESCAPE '\'`), ...query.conditions];
  const values: SqlValue[] = [...compared.map(toLikePattern), ...query.values];
  let from = "study_entry AS entry";
  if (useIndex) {
    where.unshift("study_search MATCH ?");
    values.unshift(query.indexed.map(toFtsString).join(" AND "));
    // CROSS JOIN fixes the order in which SQLite nests the loops. Counting alone needs no entry.
    const needsEntry = request.select.includes("entry.") || where.length > 1;
    from = needsEntry
      ? "study_search CROSS JOIN study_entry AS entry ON entry.id = study_search.rowid"
      : "study_search";
  }
  const condition = where.length > 0 ? ` WHERE ${where.join(" AND ")}` : "";
  return catalog.all<Row>(
    `SELECT ${request.select} FROM ${from}${condition} ${request.rest ?? ""}`,
    ...values,
    ...(request.restValues ?? []),
  );
}

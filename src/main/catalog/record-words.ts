import type { IndexedWord } from "../sources/records-source.ts";
import type { Catalog } from "./database.ts";

/** Names of the house that may stand in notes, of all sources, each once. */
interface WordsOfHouse {
  staff: string[];
  wards: string[];
  places: string[];
}

interface StoredWord {
  kind: IndexedWord["kind"];
  text: string;
  standsFor: string;
}

/** A source that calls people otherwise at each sync must not make the catalog grow for ever. */
const MOST_FORMER_STAFF = 20_000;

/**
 * Replaces the words of a source, but for people who worked there: old notes bear their names. Within the caller's transaction.
 *
 * @returns whether they are other than before
 */
export function putRecordWords(catalog: Catalog, source: number, words: readonly IndexedWord[]): boolean {
  const key = ({ kind, text, standsFor }: StoredWord): string => JSON.stringify([kind, text, standsFor]);
  const wanted = new Map(
    words
      .filter(({ text }) => text.trim() !== "")
      .map(({ kind, text, standsFor = "" }) => ({ kind, text: text.toWellFormed(), standsFor }))
      .map((word) => [key(word), word]),
  );
  const had = catalog.all<StoredWord>(
    "SELECT kind, text, stands_for AS standsFor FROM record_word WHERE source = ?",
    source,
  );
  const left = had.filter((word) => word.kind === "staff" && !wanted.has(key(word)));
  for (const word of left.slice(0, MOST_FORMER_STAFF)) wanted.set(key(word), word);
  if (had.length === wanted.size && had.every((word) => wanted.has(key(word)))) return false;
  catalog.run("DELETE FROM record_word WHERE source = ?", source);
  for (const { kind, text, standsFor } of wanted.values())
    catalog.run(
      "INSERT INTO record_word (source, kind, text, stands_for) VALUES (?, ?, ?, ?)",
      source,
      kind,
      text,
      standsFor,
    );
  return true;
}

/** Names of wards as their sources abbreviate them. */
export function wardAbbreviations(catalog: Catalog): { text: string; ward: string }[] {
  return catalog.all<{ text: string; ward: string }>(
    "SELECT DISTINCT text, stands_for AS ward FROM record_word WHERE kind = 'ward' AND stands_for <> ''",
  );
}

/**
 * What the sources list, people whom they listed before, the physicians who certified exams, and the wards that patients and notes were in. Names of people in images
 * (referring, performing) are not among them: the catalog does not hold those.
 */
export function wordsOfHouse(catalog: Catalog): WordsOfHouse {
  const words = (kind: IndexedWord["kind"], beside: string): string[] =>
    catalog.column<string>(`SELECT text FROM record_word WHERE kind = ? UNION ${beside} ORDER BY 1`, kind);
  return {
    staff: words(
      "staff",
      "SELECT certified_physician FROM exam WHERE certified_physician IS NOT NULL AND trim(certified_physician) <> ''",
    ),
    wards: words(
      "ward",
      "SELECT ward FROM note_setting WHERE ward <> '' UNION SELECT ward FROM record_patient WHERE ward <> ''",
    ),
    places: words("place", "SELECT '' WHERE 0"),
  };
}

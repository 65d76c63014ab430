/**
 * How text is made comparable for search, the same way when it is indexed and when it is asked for: case, accents and width do not
 * matter (é = e, Ｙ = y), kana keep their voice marks and Hangul its syllables.
 */

/** Letters that Unicode does not decompose and people type without their stroke. */
const LETTERS: Record<string, string> = { ß: "ss", ø: "o", ł: "l", đ: "d", ħ: "h", ı: "i", æ: "ae", œ: "oe", þ: "th" };

/** Lower case, without accents, in one width; "^", "=" and "\" of person names and multiple values become spaces. */
export function normaliseForSearch(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[ßøłđħıæœþ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFC")
    .replace(/[\^=\\\s]+/g, " ")
    .trim();
}

/**
 * Splits what a person typed into terms, each of which must occur. A date in one of the usual forms becomes DICOM's own, a comma
 * parts names ("Doe, John"). At most 16 terms: more would only make the search slow.
 */
export function searchTerms(text: string): string[] {
  const terms = normaliseForSearch(text)
    .split(/[\s,]+/)
    .filter((term) => term !== "")
    .map((term) =>
      term.replace(/^(\d{4})[-/.](\d{2})[-/.](\d{2})$/, "$1$2$3").replace(/^(\d{2})[/.](\d{2})[/.](\d{4})$/, "$3$2$1"),
    );
  return [...new Set(terms)].slice(0, 16);
}

/** A term as an FTS5 string, for the trigram index: exact substring of three characters or more. */
export function toFtsString(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}

/** A term as a LIKE pattern with `\` as escape. */
export function toLikePattern(term: string): string {
  return `%${term.replace(/[\\%_]/g, "\\$&")}%`;
}

/** The trigram index holds nothing shorter: such a term is looked for by LIKE. */
export function fitsTrigramIndex(term: string): boolean {
  return [...term].length >= 3;
}

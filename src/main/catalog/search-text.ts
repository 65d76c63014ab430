/**
 * How text is made comparable for search, the same way when it is indexed and when it is asked for: case, accents and width do not
 * matter (é = e, Ｙ = y), kana keep their voice marks and Hangul its syllables.
 */

/** Letters that Unicode does not decompose and people type without their stroke. */
const LETTERS: Record<string, string> = { ß: "ss", ø: "o", ł: "l", đ: "d", ħ: "h", ı: "i", æ: "ae", œ: "oe", þ: "th" };

/** Stands in no normalised text. */
const MARK = "\u0001";

/** Lower case, without accents, in one width; "^", "=" and "\" of person names and multiple values become spaces. */
export function normaliseForSearch(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[ßøłđħıæœþ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFC")
    .replace(/[\^=\\\s\p{Cc}]+/gu, " ")
    .trim();
}

/** Case does not matter, all else does: for the study list, whose search is that of the platform it comes from. */
export function foldCase(text: string): string {
  return text.normalize("NFC").toLowerCase();
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

/**
 * What the trigram index is given for a text. It holds nothing shorter than three characters, but a family name may be one or two: 林,
 * 山田. So every character outside ASCII stands a second time behind two marks, together with its successor: "林" is found as the trigram
 * mark mark 林, "山田" as mark 山 田. (ASCII is left out: it would make the index four times larger for terms that find half of all.)
 */
export function toIndexedText(text: string): string {
  const marked = (text.match(/[^\p{ASCII}]+/gu) ?? []).map((run) => {
    const characters = Array.from(run);
    return characters.map((character, at) => `${MARK}${MARK}${character}${characters[at + 1] ?? ""}`).join("");
  });
  return [text, ...new Set(marked)].join("\n");
}

/** Whether the trigram index can answer for a term. */
export function isIndexedTerm(term: string): boolean {
  return Array.from(term).length >= 3 || /^[^\p{ASCII}]+$/u.test(term);
}

/** A term as an FTS5 string: an exact substring of what toIndexedText made. */
export function toFtsString(term: string): string {
  const missing = Math.max(0, 3 - Array.from(term).length);
  return `"${MARK.repeat(missing)}${term.replaceAll('"', '""')}"`;
}

import resource from "../../../resources/descriptor-words.json" with { type: "json" };

/** Words of anatomy and technique that say nothing of a person, folded. */
const ALLOWED_WORDS: ReadonlySet<string> = readWords();
/** Words that say nothing by themselves. */
const CONNECTING_WORDS: ReadonlySet<string> = new Set(resource.connecting.split(" "));
/** A number with a unit of technique, a vertebra or weighting (L5, T2), a count of dimensions (3D), a b-value, one digit. */
const TECHNICAL_TOKEN =
  /^(?:\d|\d{1,4}(?:[.,]\d{1,2})?(?:mm|cm|ms|sec|kv|kvp|kev|ma|mas|hz|khz|mhz|ml|cc|deg)|[0-3](?:[.,]\d)?t|c[1-8]|t(?:[1-9]|1[0-2])|l[1-6]|s[1-5]|[234]d|b\d{1,4})$/;
const TOKEN = /\bw\/o\b|\d+(?:[.,]\d+)?\p{L}*|\p{L}[\p{L}\p{M}\p{N}]*/giu;
/** Digits that go together, a date or a number spelled out, of which no part may stay. */
const SPELLED_NUMBER = /(?<![\p{L}\d])\d+(?:[ /.,:\-_]{1,3}\d+(?![\p{L}\d])){2,}/gu;
/** Behind a title stand names, even those that are words. */
const TITLE = /^(?:dr|prof|mr|mrs|ms|miss|herr|frau|sr|sra|dra|drs)$/;
const NAMES_BEHIND_TITLE = 2;
const KEPT_SEPARATOR = /^[ /+\-_&,.*()]{1,3}$/;

/**
 * Clean Descriptors by extraction (PS3.15 E.3.5): keeps the words of an allow-list and drops everything else.
 * "CT chest abdomen pelvis - 55F Dr. Smith" becomes "CT chest abdomen pelvis".
 *
 * @param forbidden says of a folded word that it is dropped even if allowed: a patient may be called Head.
 * @returns the text itself where nothing had to go, otherwise ASCII; "" where nothing is left.
 */
export function cleanDescriptor(text: string, forbidden: (word: string) => boolean = () => false): string {
  let cleaned = "";
  let previousEnd = -1;
  let dropped = false;
  let tells = false;
  let names = 0;
  const spelled = [...text.matchAll(SPELLED_NUMBER)].map(
    ({ index, 0: { length } }) => [index, index + length] as const,
  );
  for (const match of text.matchAll(TOKEN)) {
    const word = foldText(match[0]);
    // Mr. Smith and Dr Smith, not MR or DR: those are modalities.
    const isTitle =
      TITLE.test(word) && (text.charAt(match.index + word.length) === "." || /^\p{Lu}\p{Ll}+$/u.test(match[0]));
    if (isTitle) names = NAMES_BEHIND_TITLE + 1;
    const isName = names-- > 0;
    const isSpelled = spelled.some(([start, end]) => match.index >= start && match.index < end);
    if (isName || isSpelled || !isAllowed(match[0], word) || forbidden(word)) {
      dropped = true;
      previousEnd = -1;
      continue;
    }
    tells ||= !CONNECTING_WORDS.has(word);
    const separator = previousEnd < 0 ? " " : text.slice(previousEnd, match.index);
    if (cleaned !== "") cleaned += KEPT_SEPARATOR.test(separator) ? separator : separator === "" ? "" : " ";
    cleaned += foldText(match[0], false);
    previousEnd = match.index + match[0].length;
  }
  if (!dropped && /^[\p{L}\p{M}\p{N} /+\-_&,.*()]*$/u.test(text)) return text;
  return tells ? cleaned.trim() : "";
}

/** True of one word, folded or not, that the allow-list holds. */
export function isAllowedWord(word: string): boolean {
  return isAllowed(word, foldText(word));
}

/** Letters without their marks, in lower case unless told otherwise: "Schädel" and "SCHADEL" become "schadel". Other scripts stay. */
export function foldText(text: string, lowerCase = true): string {
  const plain = isAscii(text)
    ? text
    : text.normalize("NFKD").replaceAll(/\p{M}/gu, "").replaceAll("ß", "ss").replaceAll("ø", "o").replaceAll("ł", "l");
  return lowerCase ? plain.toLowerCase() : plain;
}

export function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

function isAllowed(written: string, word: string): boolean {
  if (!isAscii(word)) return false;
  if (ALLOWED_WORDS.has(word) || TECHNICAL_TOKEN.test(word)) return true;
  const parts = written.split(/(?<=[a-z])(?=[A-Z])/);
  return parts.length > 1 && parts.every((part) => part.length > 1 && ALLOWED_WORDS.has(foldText(part)));
}

function readWords(): Set<string> {
  const { source: _, ...lists } = resource;
  return new Set(Object.values(lists).flatMap((list) => list.split(" ")));
}

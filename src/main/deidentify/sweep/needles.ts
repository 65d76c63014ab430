import { cleanDescriptor, foldText, isAllowedWord, isAscii } from "../clean-descriptor.ts";
import type { IdentifyingValues } from "../identifying-values.ts";

/** Where a needle may stand to count. */
export type Boundary =
  /** Anywhere. */
  | "none"
  /** No letter on either side: "LEE" is not in "SLEEP". */
  | "letters"
  /** No digit, and no dot with a digit behind it, on either side: 1234 is not in 51234.5. */
  | "digits"
  /** No letter or digit on either side. */
  | "alphanumeric"
  /** No digit or dot before; what follows may be a time. */
  | "date";

export type NeedleKind = "name" | "identifier" | "organisation" | "date" | "uid";

/** One thing the sweep looks for, folded (lower case, no marks). */
export interface Needle {
  readonly text: string;
  readonly kind: NeedleKind;
  readonly boundary: Boundary;
  /** Too short to mean anything outside prose. */
  readonly proseOnly: boolean;
  /** The spellings whose bytes are looked for: as written, folded, in upper and lower case. */
  readonly spellings: Iterable<string>;
}

/** Words that stand in names, addresses and departments everywhere and identify nobody. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    "test patient anon anonymous anonymized anonymised unknown none null phantom name first last demo dummy sample example removed deidentified " +
    "doctor prof professor mrs miss herr frau dona senhor md phd med jr sr van von der den del della dos das " +
    "hospital clinic clinica klinik klinikum clinique centre center zentrum centro universitaetsklinikum universitatsklinikum university universitario " +
    "universidade universidad universitaet universitat medical medicine medicina health healthcare saude salud santa saint sankt department " +
    "departamento abteilung radiology radiologia radiologie radiological institute instituto institut imaging diagnostic diagnostics street strasse " +
    "avenue avenida road regional national general central county city state north south east west system systems services service unit ward " +
    "station scanner console workstation room host server node"
  ).split(" "),
);
/** Dates that are placeholders, Satchel's own dummy among them. */
const PLACEHOLDER_DATES: ReadonlySet<string> = new Set(["19000101", "19700101", "00010101", "18581117"]);

/** Everything that is looked for on behalf of these values. */
export function needlesOf(values: IdentifyingValues): Needle[] {
  const needles = new Map<string, Needle & { spellings: Set<string> }>();
  const add: Add = (written, kind, boundary, proseOnly = false) => {
    const text = foldText(written);
    const key = `${kind} ${text}`;
    const needle = needles.get(key) ?? { text, kind, boundary, proseOnly, spellings: new Set([text]) };
    needles.set(key, needle);
    if (isAscii(written)) return;
    const lower = written.toLowerCase();
    for (const spelling of [written, lower, written.toUpperCase(), lower.charAt(0).toUpperCase() + lower.slice(1)])
      needle.spellings.add(spelling);
  };
  for (const name of values.names) addName(name, add);
  for (const value of values.identifiers) for (const part of value.split("\\")) addIdentifier(part, add);
  for (const value of values.organisations) addOrganisation(value, add);
  for (const value of values.dates) for (const part of value.split("\\")) addDate(part, add);
  for (const uid of values.uids) if (uid.length >= 8) add(uid, "uid", "digits");
  return [...needles.values()];
}

/**
 * Words that free text loses although the allow-list has them: a patient may be called Head. Words of identifiers and institutions are not
 * among them: those that the list has ("CT-1", "Heart Centre") are no secret.
 */
export function forbiddenWords(values: IdentifyingValues): ReadonlySet<string> {
  return new Set(values.names.flatMap(wordsOf).filter((word) => word.length > 1));
}

type Add = (written: string, kind: NeedleKind, boundary: Boundary, proseOnly?: boolean) => void;

/** Every part of every component group (PS3.5 6.2.1), and family and given name written together, either way round. */
function addName(value: string, add: Add): void {
  for (const name of value.split("\\")) {
    for (const group of name.split("=")) {
      const words = writtenWordsOf(group).filter((word) => isSearchable(foldText(word)));
      for (const word of words) add(word, "name", word.length < 6 ? "letters" : "none");
      // "TestPatient" names nobody.
      if (words.length === 0) continue;
      const [family = "", given = ""] = group.split("^").map((part) => writtenWordsOf(part).join(""));
      if (family.length > 1 && given.length > 1 && family.length + given.length >= 6) {
        for (const joined of [family + given, given + family]) if (!isAllowedWord(joined)) add(joined, "name", "none");
      }
    }
  }
}

/** Three letters at least, two in scripts where a sign is a syllable or a word. */
function isSearchable(word: string): boolean {
  if (/[^\p{ASCII}\p{Script=Latin}\p{M}]/u.test(word)) return word.length >= 2;
  return word.length >= 3 && !COMMON_WORDS.has(word) && !isAllowedWord(word) && !/^\d+$/.test(word);
}

function addIdentifier(value: string, add: Add): void {
  const written = value.trim();
  const text = foldText(written);
  if (text.length < 3 || COMMON_WORDS.has(text) || cleanDescriptor(text) === text) return;
  const digits = /\d/.test(text);
  if (text.length < (digits ? 4 : 5)) {
    if (digits) add(written, "identifier", "alphanumeric", true);
    return;
  }
  add(
    written,
    "identifier",
    /^[\d.]+$/.test(text) ? "digits" : text.length < 8 ? "alphanumeric" : "none",
    text.length < 5,
  );
}

function addOrganisation(value: string, add: Add): void {
  for (const part of value.split("\\")) {
    const text = foldText(part.trim());
    if (text.length >= 4 && !COMMON_WORDS.has(text) && cleanDescriptor(text) !== text)
      add(part.trim(), "organisation", text.length < 8 ? "alphanumeric" : "none");
    for (const word of writtenWordsOf(part)) {
      if (
        word.length >= 5 &&
        /^[\p{L}\p{M}]+$/u.test(word) &&
        !COMMON_WORDS.has(foldText(word)) &&
        !isAllowedWord(word)
      )
        add(word, "organisation", "letters");
    }
  }
}

/** The forms in which people and systems write a day. */
function addDate(value: string, add: Add): void {
  for (const [, year = "", month = "", day = ""] of value.matchAll(
    /(?<!\d)(\d{4})\.?(\d{2})\.?(\d{2})(?=\d{2}|\D|$)/g,
  )) {
    if (PLACEHOLDER_DATES.has(year + month + day) || Number(month) > 12 || Number(month) < 1) continue;
    add(year + month + day, "date", "date");
    for (const mark of ["-", ".", "/"]) {
      add(`${year}${mark}${month}${mark}${day}`, "date", "date");
      add(`${day}${mark}${month}${mark}${year}`, "date", "date");
      add(`${month}${mark}${day}${mark}${year}`, "date", "date");
    }
  }
}

function wordsOf(text: string): string[] {
  return writtenWordsOf(foldText(text));
}

function writtenWordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Whether a needle stands at [start, end) of a folded text as its boundary asks. */
export function isBounded(text: string, start: number, end: number, boundary: Boundary): boolean {
  if (boundary === "none") return true;
  const before = text.charAt(start - 1);
  const after = text.charAt(end);
  switch (boundary) {
    case "letters":
      return !/\p{L}/u.test(before) && !/\p{L}/u.test(after);
    case "digits":
      return !/[\d.]/.test(before) && !/\d/.test(after) && !(after === "." && /\d/.test(text.charAt(end + 1)));
    case "alphanumeric":
      return !/[\p{L}\p{N}]/u.test(before) && !/[\p{L}\p{N}]/u.test(after);
    case "date":
      return !/[\d.]/.test(before);
    default:
      throw new Error(`no such boundary: ${String(boundary satisfies never)}`);
  }
}

/** The needles that stand in a text. */
export function findInText(needles: readonly Needle[], text: string): Needle[] {
  const folded = foldText(text);
  return needles.filter((needle) => {
    for (let at = folded.indexOf(needle.text); at >= 0; at = folded.indexOf(needle.text, at + 1))
      if (isBounded(folded, at, at + needle.text.length, needle.boundary)) return true;
    return false;
  });
}

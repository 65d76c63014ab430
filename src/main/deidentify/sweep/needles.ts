import { cleanDescriptor, foldText, isAllowedWord, isAscii } from "../clean-descriptor.ts";
import type { IdentifyingValues } from "../identifying-values.ts";
import { dateForms } from "./date-forms.ts";
import { nameForms, numbersInName } from "./name-forms.ts";
import { COMMON_WORDS, writtenWordsOf } from "./words.ts";

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
    for (const spelling of [
      written,
      lower,
      written.toUpperCase(),
      lower.charAt(0).toUpperCase() + lower.slice(1),
      written.normalize("NFD"),
    ])
      needle.spellings.add(spelling);
  };
  for (const name of values.names) addName(name, add);
  for (const value of values.identifiers) for (const part of value.split("\\")) addIdentifier(part, add);
  for (const value of values.organisations) addOrganisation(value, add);
  for (const value of values.dates) for (const form of dateForms(value)) add(form, "date", "date");
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

function addName(value: string, add: Add): void {
  for (const { text, boundary } of nameForms(value)) add(text, "name", boundary);
  for (const digits of numbersInName(value)) addIdentifier(digits, add);
}

function addIdentifier(value: string, add: Add): void {
  const written = value.trim();
  const text = foldText(written);
  if (text.length < 3 || COMMON_WORDS.has(text) || cleanDescriptor(text) === text) return;
  const digits = /\d/.test(text);
  addNumberWithin(text, add);
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

/** "MRN-445566" is also known as 445566, "+49 30 1234567" as 49301234567. Of a date in a number the policy has its own opinion. */
function addNumberWithin(text: string, add: Add): void {
  const runs = text.match(/\d+/g) ?? [];
  const digits = runs.join("");
  if (digits === text || digits.length < 6 || (digits.length === 8 && dateForms(digits).length > 0)) return;
  if (runs.length === 1 || /^[\d +()/.-]+$/.test(text)) add(digits, "identifier", "digits");
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

function wordsOf(text: string): string[] {
  return writtenWordsOf(foldText(text));
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

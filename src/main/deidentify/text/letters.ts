import { foldText } from "../clean-descriptor.ts";

/** What a UTF-16 unit is to the tokenizer. */
export const OTHER = 0;
export const LETTER = 1;
export const DIGIT = 2;
/** Stands within words without being seen: soft hyphen, zero-width signs. */
export const INVISIBLE = 3;

const UNITS = classifyUnits();

function classifyUnits(): Uint8Array {
  const classes = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    const sign = String.fromCharCode(unit);
    if (/[\p{L}\p{M}]/u.test(sign)) classes[unit] = LETTER;
    else if (/\p{Nd}/u.test(sign)) classes[unit] = DIGIT;
  }
  for (const unit of [0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff]) classes[unit] = INVISIBLE;
  return classes;
}

/** The class of a unit; OTHER before and behind the text. */
export function classAt(text: string, index: number): number {
  return index >= 0 && index < text.length ? UNITS[text.charCodeAt(index)]! : OTHER;
}

/** A word in lower case, without marks and invisible signs: "João", "JOA\u0303O" and "jo\u00adão" become "joao". */
export function foldWord(word: string): string {
  return foldText(word).replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "");
}

/** Letters and digits alone, folded: what is left of a number when the ways of grouping it are taken away. */
export function compact(text: string): string {
  if (/^[0-9a-z]*$/.test(text)) return text;
  return foldWord(text).replaceAll(/[^\p{L}\p{Nd}]/gu, "");
}

/** The folded words of a name or phrase. */
export function wordsOf(text: string): string[] {
  return foldWord(text).match(/\p{L}+/gu) ?? [];
}

import { foldText, isAllowedWord } from "../clean-descriptor.ts";
import { COMMON_WORDS, writtenWordsOf } from "./words.ts";
import type { Boundary } from "./needles.ts";

/** A way in which somebody may write a name, and where it has to stand to be one. */
export interface NameForm {
  readonly text: string;
  readonly boundary: Boundary;
}

/** Scripts that are written without spaces: a name stands amid other signs. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const DIGRAPHS: Readonly<Record<string, string>> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  ø: "oe",
  å: "aa",
  æ: "ae",
  œ: "oe",
  ae: "ä",
  oe: "ö",
  ue: "ü",
};

/**
 * The forms of a PN value (PS3.5 6.2.1) that are looked for: each part of each component group, with umlauts as letters or written out,
 * without hyphens and apostrophes, and family and given name together, either way round. Of names that are made of words everybody uses
 * ("Li Wu", "Axial Brain") only the whole is.
 */
export function nameForms(value: string): NameForm[] {
  return value.split(/[\\=]/).flatMap((group) => {
    const words = writtenWordsOf(group).filter(isSearchable);
    return [...words.flatMap(formsOfWord), ...wholeForms(group, words.length > 0)];
  });
}

/** Digits in a name are somebody's number. */
export function numbersInName(value: string): string[] {
  return writtenWordsOf(value).filter((word) => /^\d{4,}$/.test(word));
}

/** Three letters at least; two in other alphabets, and where a sign is a syllable or a word. */
function isSearchable(word: string): boolean {
  const letters = Array.from(word.normalize("NFC")).length;
  if (/[^\p{ASCII}\p{Script=Latin}\p{M}]/u.test(word)) return letters >= 2;
  const folded = foldText(word);
  return letters >= 3 && !COMMON_WORDS.has(folded) && !isAllowedWord(folded) && !/^\d+$/.test(word);
}

function formsOfWord(word: string): NameForm[] {
  if (UNSPACED.test(word)) return [{ text: word, boundary: "none" }];
  const boundary = word.length < 6 ? "letters" : "none";
  const lower = word.normalize("NFC").toLowerCase();
  const writtenOut = lower.replace(/[äöüøåæœ]/g, (letter) => DIGRAPHS[letter] ?? letter);
  const contracted = lower.length < 5 ? lower : lower.replace(/(?<![aeoq])[aou]e/g, (pair) => DIGRAPHS[pair] ?? pair);
  const forms: NameForm[] = [{ text: word, boundary }];
  for (const form of [writtenOut, contracted]) if (form !== lower) forms.push({ text: form, boundary: "letters" });
  return forms;
}

function wholeForms(group: string, isTelling: boolean): NameForm[] {
  const [family = "", given = ""] = group.split("^").map((part) => part.trim());
  const forms: NameForm[] = [];
  for (const part of [family, given]) {
    const squeezed = writtenWordsOf(part).join("");
    if (/['’`-]/.test(part) && squeezed.length >= 5) forms.push({ text: squeezed, boundary: "letters" });
  }
  const words = writtenWordsOf(`${family} ${given}`);
  if (family === "" || given === "") return forms;
  // "HEAD^PHANTOM" names nobody.
  if (!isTelling && words.some((word) => COMMON_WORDS.has(foldText(word)))) return forms;
  const plainFamily = writtenWordsOf(family).join("");
  const plainGiven = writtenWordsOf(given).join("");
  if (UNSPACED.test(plainFamily + plainGiven)) {
    forms.push({ text: plainFamily + plainGiven, boundary: "none" });
  } else if (
    isTelling &&
    plainFamily.length > 1 &&
    plainGiven.length > 1 &&
    plainFamily.length + plainGiven.length >= 6
  ) {
    for (const text of [plainFamily + plainGiven, plainGiven + plainFamily])
      if (!isAllowedWord(text)) forms.push({ text, boundary: "none" });
  }
  if (plainFamily.length + plainGiven.length < 3) return forms;
  for (const text of [`${family}^${given}`, `${family} ${given}`, `${given} ${family}`, `${family}, ${given}`])
    forms.push({ text, boundary: "letters" });
  return forms;
}

import codes from "../../../../resources/fhir-codes.json" with { type: "json" };
import { foldText, isAllowedWord } from "../clean-descriptor.ts";
import { FLAGS, flagsOf, looksLikeTerm } from "../text/vocabulary.ts";

const WORDS: ReadonlySet<string> = new Set(codes.words.split(" "));
const NAME = FLAGS.given | FLAGS.surname;
/** Words of systems that Satchel knows, and of linkIds and codes that questionnaires have. */
const OWN_WORDS: ReadonlySet<string> = new Set(
  "abha areca mucosal leukoplakia keratosis erythroplakia cigarette bidi gutkha khaini paan beedi phq gad audit moca mmse hba1c bmi spo2 ecg egfr covid omh ieee mgdl qr id".split(
    " ",
  ),
);

/** True of a word that displays of terminologies are made of, and that is no name unless it is a common word as well. */
export function isPlainWord(word: string): boolean {
  const folded = foldText(word);
  if (WORDS.has(folded) || OWN_WORDS.has(folded) || isAllowedWord(folded)) return true;
  const flags = flagsOf(folded);
  if ((flags & NAME) !== 0) return (flags & FLAGS.common) !== 0;
  return (flags & (FLAGS.common | FLAGS.abbreviation | FLAGS.unit | FLAGS.measure)) !== 0 || looksLikeTerm(folded);
}

/** Three signs at most say nobody's name by themselves; numbers of up to four digits are amounts, doses and years. */
function isHarmless(part: string): boolean {
  if (/^\d+$/.test(part)) return part.length <= 4;
  if (part.length <= 3) return true;
  return isPlainWord(part);
}

const PARTS = /\p{L}[\p{L}\p{M}]*|\d+/gu;

/** The words and numbers of a text, words in camel case taken apart. */
export function partsOfText(text: string): string[] {
  return text.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, " ").match(PARTS) ?? [];
}

/**
 * True of a text that is made of nothing but known words, letters and small numbers: "Hemoglobin A1c/Hemoglobin.total in Blood". A date
 * or a number spelled out in groups is none.
 */
export function isPlainText(text: string): boolean {
  if (text.length > 300 || /\d\D?\d{2}\D?\d{2}|\d[ ./-]\d+[ ./-]\d+|@|:\/\//.test(text.replaceAll(/\d+\.\d+/g, "1")))
    return false;
  return partsOfText(text).every(isHarmless);
}

/** True of one word or several joined as codes are ("white_patches", "high-risk", "beforeMeal"), none of them a name. */
export function isPlainToken(text: string): boolean {
  if (text.length > 80 || !/^[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)*$/.test(text)) return false;
  const parts = partsOfText(text);
  if (!parts.some((part) => part.length > 2)) return false;
  return parts.every(
    (part) => (/^\d+$/.test(part) ? part.length <= 2 : part.length <= 2 || isPlainWord(part)) && !isName(part),
  );
}

function isName(word: string): boolean {
  const flags = flagsOf(foldText(word));
  return (flags & NAME) !== 0 && !WORDS.has(foldText(word));
}

import codes from "../../../../resources/fhir-codes.json" with { type: "json" };
import { foldText, isAllowedWord } from "../clean-descriptor.ts";
import { FLAGS, flagsOf } from "../text/vocabulary.ts";

const WORDS: ReadonlySet<string> = new Set(codes.words.split(" "));
const NAME = FLAGS.given | FLAGS.surname;
/** Words of systems that Satchel knows, and of linkIds and codes that questionnaires have. */
const OWN_WORDS: ReadonlySet<string> = new Set(
  "white black brown green grey gray rose nhis epoetin isophane mchc prediabetes ester mould whiplash resp budesonide tacrolimus wheal perennial codfish ragweed dyspnea unhealthy equivalency alendronic relax forget trouble obese produce indices circulat angioedema valent fexofenadine meperidine fundal blighted ovum itchy allergenic reconciliation intractable itching running replicating posttraumatic trapezoidal metabolizer eczema abha areca mucosal leukoplakia keratosis erythroplakia cigarette bidi gutkha khaini paan beedi phq gad audit moca mmse hba1c bmi spo2 ecg egfr covid omh ieee mgdl qr id".split(
    " ",
  ),
);

/** True of a word that displays of terminologies are made of, and that is no name unless it is a common word as well. */
export function isPlainWord(word: string): boolean {
  const folded = foldText(word);
  if (isTerm(folded)) return true;
  const flags = flagsOf(folded);
  if ((flags & NAME) !== 0) return (flags & FLAGS.common) !== 0;
  // Not what is only built like a term: so are Manning and Fernando.
  return (flags & (FLAGS.common | FLAGS.abbreviation | FLAGS.unit | FLAGS.measure)) !== 0;
}

/** Endings that no name has: "sinusitis", "microalbuminuria". */
const MEDICAL_ENDING =
  /^[a-z]{3,}(?:itis|aemia|emia|uria|osis|otomy|ostomy|ectomy|opathy|oscopy|ography|plegia|mycin|cillin|prazole|statin)$/;

/** Of terminologies, in singular or plural. */
function isTerm(folded: string): boolean {
  const isOne = (word: string): boolean => WORDS.has(word) || OWN_WORDS.has(word) || isAllowedWord(word);
  if (isOne(folded) || MEDICAL_ENDING.test(folded)) return true;
  return folded.length > 4 && folded.endsWith("s") && (isOne(folded.slice(0, -1)) || isOne(folded.replace(/es$/, "")));
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

/**
 * True of one word or several joined as codes are ("white_patches", "high-risk", "beforeMeal"). One of them at least is no name: "white" alone
 * may be somebody.
 */
export function isPlainToken(text: string): boolean {
  if (text.length > LONGEST_TOKEN || !TOKEN.test(text)) return false;
  const before = tokens.get(text);
  if (before !== undefined) return before;
  const isPlain = isMadeOfWords(text);
  if (tokens.size >= KEPT_TOKENS) tokens.clear();
  tokens.set(text, isPlain);
  return isPlain;
}

const TOKEN = /^[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)*$/;
const LONGEST_TOKEN = 80;
/** "normal", "negative": what stands in words beside a code is much the same everywhere. */
const KEPT_TOKENS = 5_000;
const tokens = new Map<string, boolean>();

function isMadeOfWords(text: string): boolean {
  const parts = partsOfText(text);
  if (!parts.some((part) => part.length > 2 && !/^\d/.test(part) && !isName(part))) return false;
  return parts.every((part) => part.length <= 2 || (!/^\d/.test(part) && isPlainWord(part)));
}

function isName(word: string): boolean {
  const folded = foldText(word);
  return (flagsOf(folded) & NAME) !== 0 && !WORDS.has(folded);
}

import common from "../../../../resources/text/common-words.json" with { type: "json" };
import eponyms from "../../../../resources/text/eponyms.json" with { type: "json" };
import names from "../../../../resources/text/names.json" with { type: "json" };
import { CONTEXT_WORDS } from "./context-words.ts";

/** What a word may be, as bits: many are several things ("Rosa", "mar", "Graves"). */
export const FLAGS = {
  common: 1,
  abbreviation: 1 << 1,
  eponym: 1 << 2,
  given: 1 << 3,
  surname: 1 << 4,
  honorific: 1 << 5,
  introduction: 1 << 6,
  role: 1 << 7,
  deed: 1 << 8,
  agent: 1 << 9,
  particle: 1 << 10,
  eponymHead: 1 << 11,
  street: 1 << 12,
  neighbourhood: 1 << 13,
  phoneLabel: 1 << 14,
  recordLabel: 1 << 15,
  identifierLabel: 1 << 16,
  labelLink: 1 << 17,
  birth: 1 << 18,
  measure: 1 << 19,
  unit: 1 << 20,
  age: 1 << 21,
  ageLabel: 1 << 22,
  month: 1 << 23,
  webHead: 1 << 24,
  webEnd: 1 << 25,
  origin: 1 << 26,
  institution: 1 << 27,
  institutionEnd: 1 << 28,
  digitWord: 1 << 29,
} as const;

/** Endings that make words of the trade, and hardly a name. */
const WORD_ENDING =
  /(?:mente|cao|coes|sao|soes|dade|dades|ando|endo|indo|ado|ada|ados|adas|ido|ida|idos|idas|avel|ivel|aveis|iveis|ico|ica|icos|icas|oso|osa|osos|osas|ismo|ite|ites|ose|oses|oma|omas|emia|uria|algia|ectomia|scopia|grafia|grama|terapia|patia|logia|logica|logico|plegia|paresia|megalia|stomia|tomia|ario|aria|orio|oria|ador|adora|adores|edor|edora|ente|entes|aram|eram|iram|ava|avam|cion|ciones|idad|tion|tions|sion|sions|ness|ment|ments|ally|ing|ings|itis|osis|pathy|graphy|gram|therapy|ectomy|scopy|ology|emic|uria|plegia|able|ible|ous|ive|amina|micina|xacina|ol|mab|nib|cilina|mycin|micina|azol|prazol|statina|sartana|pril|olol|azepam|pam|cillin|statin)$/;
const SHORTEST_WITH_ENDING = 7;

const VOCABULARY: ReadonlyMap<string, number> = readVocabulary();

function readVocabulary(): Map<string, number> {
  const words = new Map<string, number>();
  const add = (list: string, flag: number): void => {
    for (const word of list.split(" ")) words.set(word, (words.get(word) ?? 0) | flag);
  };
  for (const list of [common.portuguese, common.spanish, common.english, common.latin]) add(list, FLAGS.common);
  add(common.abbreviations, FLAGS.abbreviation);
  add(eponyms.eponyms, FLAGS.eponym);
  add(names.given, FLAGS.given);
  add(names.surnames, FLAGS.surname);
  for (const [name, list] of Object.entries(CONTEXT_WORDS)) add(list, FLAGS[name as keyof typeof CONTEXT_WORDS]);
  return words;
}

/** The flags of a folded word. A plural of a common word is common, unless it is a name. */
export function flagsOf(word: string): number {
  const known = VOCABULARY.get(word);
  if (known !== undefined) return known;
  if (!word.endsWith("s") || word.length < 4) return 0;
  const single =
    VOCABULARY.get(word.slice(0, -1)) ?? VOCABULARY.get(word.replace(/(?:oes|aes)$/, "ao").replace(/es$/, "")) ?? 0;
  return single & FLAGS.common;
}

/** True of an unknown folded word that is built like a word of the trade. */
export function looksLikeTerm(word: string): boolean {
  return word.length >= SHORTEST_WITH_ENDING && WORD_ENDING.test(word);
}

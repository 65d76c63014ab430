import { foldWord } from "./letters.ts";
import type { Reading } from "./reading.ts";
import { FLAGS, flagsOf } from "./vocabulary.ts";

/** "Hospital das Acácias", "School: Oak Hollow", "PSF de Água Fria": the name of a house behind its kind. */
const BEHIND =
  /\.?(?::\s|\s)(?:(?:d[aeo]s?|del?|la|las|los|el)\s){0,2}(\p{Lu}[\p{L}\p{M}'’-]{1,30}(?:\s(?:(?:d[aeo]s?|del?|la|of|&)\s){0,2}\p{Lu}[\p{L}\p{M}'’-]{1,30}){0,3})/uy;
/** "Oak Hollow Elementary", "St. Elmo's Urgent Care": up to four words with capitals before the kind. */
const BEFORE = /(?:(?:St\.|\p{Lu}\.|\p{Lu}[\p{L}\p{M}'’-]{0,30}|&)\s){1,4}$/u;
const LONGEST_BEFORE = 80;
const LONGEST_SHORTENED = 4;
const COMPANIES = new Set("ltda ltd llc inc plc eireli".split(" "));
/** Kinds and adjectives that tell no house from another. */
const GENERAL = new Set(
  "medica medico cirurgica cirurgico geral dia central escola infantil privado publico publica particular municipal estadual federal universitario regional especializada especializado popular familia primary care medical surgical general outpatient inpatient eye heart pain foot wound stroke diabetes community mental health emergency urgent local home senhora nossa anterior atual anestesia ortopedia pediatria".split(
    " ",
  ),
);

/** Finds the name of an institution behind the word at this place that tells its kind. @returns whether there was one */
export function findInstitutionBehind(reading: Reading, at: number): boolean {
  const word = reading.word(at)!;
  BEHIND.lastIndex = reading.end(at);
  const match = BEHIND.exec(reading.text);
  if (match === null) return false;
  // "Hosp. Agamenon", but not "da prefeitura. Depressão".
  if (match[0].startsWith(".") && (word.text.length > LONGEST_SHORTENED || word.shape === "capitals")) return false;
  const name = match[1]!;
  const words = name.match(/\p{Lu}[\p{L}\p{M}]*/gu) ?? [];
  // In a line of capitals a capital says nothing.
  if (word.shape === "capitals" && word.text.length > 4 && name === name.toUpperCase()) return false;
  if (!isOfItsOwn(words)) return false;
  const isWithKind = word.shape === "title" && !match[0].startsWith(":");
  reading.add(
    { start: isWithKind ? reading.start(at) : BEHIND.lastIndex - name.length, end: BEHIND.lastIndex, kind: "place" },
    at,
  );
  return true;
}

const SAINT = /São\s\p{Lu}[\p{Ll}\p{M}]{2,30}(?:\s(?:(?:d[aeo]s?)\s){0,2}\p{Lu}[\p{Ll}\p{M}]{2,30}){0,3}/uy;

/** Finds "São Paulo", "São José dos Campos": with capitals the word is no verb. @returns whether there was one */
export function findSaint(reading: Reading, at: number): boolean {
  SAINT.lastIndex = reading.start(at);
  if (!SAINT.test(reading.text)) return false;
  const next = reading.word(at + 1)!;
  if ((next.flags & FLAGS.common) !== 0 && (next.flags & (FLAGS.given | FLAGS.surname)) === 0) return false;
  reading.add({ start: reading.start(at), end: SAINT.lastIndex, kind: "place" }, at);
  return true;
}

/** Finds the name of an institution before the word at this place. @returns whether there was one */
export function findInstitutionBefore(reading: Reading, at: number): boolean {
  const start = reading.start(at);
  const { shape, text } = reading.word(at)!;
  if (shape !== "title" && !(shape === "capitals" && COMPANIES.has(text))) return false;
  const before = BEFORE.exec(reading.text.slice(Math.max(0, start - LONGEST_BEFORE), start));
  if (before === null) return false;
  const words = before[0].match(/\p{Lu}[\p{L}\p{M}]*/gu) ?? [];
  if (!isOfItsOwn(words)) return false;
  let first = at;
  while (first > 0 && reading.end(first - 1) > start - before[0].length) first--;
  reading.add({ start: start - before[0].length, end: reading.end(at), kind: "place" }, first);
  return true;
}

/** One word that nobody uses for anything else, or two that are not of the trade. */
function isOfItsOwn(words: readonly string[]): boolean {
  const own = words.map(foldWord).filter((word) => !GENERAL.has(word) && word.length > 1);
  const telling = own.filter(
    (word) => (flagsOf(word) & ~(FLAGS.given | FLAGS.surname | FLAGS.eponym)) === 0 && word.length > 3,
  );
  return telling.length > 0 || own.length > 1;
}

import { endOfAbbreviated, type AbbreviatedPhrase } from "./abbreviated-phrases.ts";
import { isParticle, type Phrase, type PhraseIndex } from "./phrases.ts";
import { isKindOfAddress } from "./known-address.ts";
import { foldWord } from "./letters.ts";
import { GAP, type Reading } from "./reading.ts";
import { FLAGS, flagsOf } from "./vocabulary.ts";

const MOST_PARTICLES = 2;
/** Behind them a word that is a ward's name and everybody's means the ward. */
const WARD_HEADS = new Set("ala setor unidade enfermaria ward unit sala servico".split(" "));
/** Stand before a place, and go with it. */
const PLACE_HEADS = new Set(
  "hospital clinica lar casa asilo ubs psf esf caps upa posto hosp creche escola colegio residencial policlinica instituto maternidade".split(
    " ",
  ),
);
/** Before the number of a ward. */
const TO_WARD = new Set("on to from in at na no da do para pra pro en al a desde".split(" "));
const MOST_IN_CODE = 3;
const STREET_TYPE =
  /(?:^|[^\p{L}])(?:(?:r|av|tv|trav|al|pc|pça|rod|est|c|b|avda|pza|plza|ctra)\s?[./]|p\.?º)\s*(?:\p{L}{1,3}\s+){0,2}$/iu;
const HOUSE_NUMBER =
  /\s{0,2},?\s{0,2}(?:n[.º°o]{0,2}\s?|número\s|numero\s)?\d{1,5}[A-Za-z]?(?![\p{L}\d]|\s(?:anos|años|years|yrs|yo|y\/o)(?!\p{L}))/uy;
const WITHIN_HOUSE =
  /\s{0,2}[,–-]?\s{0,2}(?:apartamento|apto|apt|ap|setor|bloco|bl|casa|quadra|qd|lote|lt|edifício|edificio|ed|piso|andar)\.?\s?\d{0,5}[A-Za-z]?(?![\p{L}\d])/iuy;
/** "2.º B", "1º izda.", "#6B", "Flat 2": floor and door. */
const DOOR =
  /\s{0,2}[,–-]?\s{0,2}(?:\d{1,2}\s?\.?\s?[ºª°]\.?(?:\s{0,2}(?:andar|piso|planta|puerta|izquierda|izq|izda|derecha|dcha|dta|esq|dir|[A-Z])(?![\p{L}])\.?)?|km\s?\d{1,4}(?![\p{L}\d])|#\s?\d{1,5}[A-Z]?(?![\p{L}\d])|(?:Apt|Apartment|Unit|Suite|Ste|Flat)\.?\s(?:\d{1,5}[A-Z]?|[A-Z]\d{0,4})(?![\p{L}\d]))/uy;
/** "14 Quarry" of 14 Quarry Close: the kind of street goes with it, however it is shortened. */
const KIND_BEHIND =
  /\s(?:Street|Str?|Avenue|Ave?|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Close|Cl|Place|Pl|Terrace|Terr?|Boulevard|Blvd|Crescent|Cres|Way|Row|Square|Sq)(?!\p{L})\.?/uy;
const MOST_WITHIN_HOUSE = 4;
const TOWN =
  /\s?[,–-]\s?(\p{Lu}[\p{Ll}\p{M}]{2,30})(?:\s(?:(?:d[aeo]s?|de)\s){0,2}\p{Lu}[\p{Ll}\p{M}]{2,30}){0,3}(?:\s?[-/]\s?[A-Z]{2}(?![\p{L}]))?/uy;
const MOST_BEHIND_HOUSE = 3;

/** Finds the phrase that begins at this token: wards and places of the house, the patient's address, city, spelled birth date. */
export function findPhrase(reading: Reading, at: number, phrases: readonly Phrase[]): boolean {
  for (const phrase of phrases) {
    const last = matchParts(reading, at, phrase.parts);
    if (last < 0 || !isMeant(reading, at, last, phrase)) continue;
    if (phrase.kind === "address") putAddress(reading, at, last);
    else {
      const isWithHead = (phrase.kind === "ward" || phrase.kind === "place") && isHeaded(reading, at, phrase.kind);
      const first = isWithHead ? at - 1 : at;
      reading.add({ start: reading.start(first), end: reading.end(last), kind: phrase.kind }, first);
    }
    return true;
  }
  return false;
}

/** Finds the ward, place or address that begins here with words cut short. @returns whether there was one */
export function findAbbreviated(reading: Reading, at: number, phrases: readonly AbbreviatedPhrase[]): boolean {
  let best = -1;
  let kind: AbbreviatedPhrase["kind"] = "place";
  for (const phrase of phrases) {
    const last = endOfAbbreviated(reading, at, phrase);
    if (last > best) [best, kind] = [last, phrase.kind];
  }
  if (best < 0) return false;
  if (kind === "address") putAddress(reading, at, best);
  else reading.add({ start: reading.start(at), end: reading.end(best), kind }, at);
  return true;
}

/** Phrases begin with words, or with numbers ("3º andar"). */
export function findPhraseAtNumber(reading: Reading, at: number, index: PhraseIndex): boolean {
  const phrases = index.get(reading.text.slice(reading.start(at), reading.end(at)));
  return phrases !== undefined && findPhrase(reading, at, phrases);
}

/** @returns the last token of the phrase; -1 where it is not there */
function matchParts(reading: Reading, at: number, parts: readonly string[]): number {
  let token = endOfPart(reading, at, parts[0]!);
  for (let part = 1; part < parts.length && token >= 0; part++) {
    let skipped = 0;
    token++;
    while (skipped < MOST_PARTICLES && isSkipped(reading, token, parts[part]!)) {
      token++;
      skipped++;
    }
    if (token >= reading.count || reading.gap(token - 1) === GAP.far) return -1;
    token = endOfPart(reading, token, parts[part]!);
  }
  return token;
}

/** The token with which a part that begins at this one ends: the same, or the next where a line ends within the word; -1 otherwise. */
function endOfPart(reading: Reading, token: number, part: string): number {
  const written = partAt(reading, token);
  if (written === part) return token;
  return reading.gap(token) === GAP.brokenWord &&
    part.startsWith(written) &&
    written + partAt(reading, token + 1) === part
    ? token + 1
    : -1;
}

function isSkipped(reading: Reading, token: number, wanted: string): boolean {
  const part = reading.word(token)?.text;
  return part !== undefined && part !== wanted && isParticle(part);
}

function partAt(reading: Reading, token: number): string {
  return reading.word(token)?.text ?? foldWord(reading.text.slice(reading.start(token), reading.end(token)));
}

/** A phrase of everyday words is a name where it is written like one. */
function isMeant(reading: Reading, at: number, last: number, phrase: Phrase): boolean {
  if (phrase.isCode === true) return isCodeMeant(reading, at, last);
  const word = reading.word(at);
  if (word === undefined || phrase.kind === "birth-date") return true;
  if (!phrase.capitalOnly && (phrase.parts.length > 1 || word.shape !== "lower")) return true;
  if (/\p{L}[-\u2010]$/u.test(reading.text.slice(Math.max(0, reading.start(at) - 2), reading.start(at)))) return false;
  if (!phrase.capitalOnly) return true;
  // Acronyms in capitals alone: the ward UTI, not "uti".
  if (phrase.parts.length === 1 && word.text.length < 4) return word.shape === "capitals";
  if (phrase.parts.length > 1)
    return word.shape !== "lower" || (last > at && (reading.word(last)?.shape ?? "lower") !== "lower");
  // "ala esperança", "na Pediatria"; not "seguimento na pediatria".
  return word.shape !== "lower" || isHeaded(reading, at) || (phrase.kind === "ward" && isHeading(reading, at));
}

/** "transferred to 7B", "na 7B"; not "stage 3B". */
function isCodeMeant(reading: Reading, at: number, last: number): boolean {
  const [start, end] = [reading.start(at), reading.end(last)];
  if (end - start > MOST_IN_CODE || !/^(?:\d+\p{Lu}|\p{Lu}\d+)$/u.test(reading.text.slice(start, end))) return false;
  return reading.gap(at - 1) === GAP.space && TO_WARD.has(reading.word(at - 1)?.text ?? "");
}

/** "– maternidade, 4º DPO", "endoscopy rm 2", "endoscopia: ": a word of everybody that says where the note was written. */
function isHeading(reading: Reading, at: number): boolean {
  const behind = reading.text.slice(reading.end(at), reading.end(at) + 8);
  if (/^,? (?:rm|room|bed|leito|sala|box|cama)(?![\p{L}])/iu.test(behind)) return true;
  const before = reading.text.slice(Math.max(0, reading.start(at) - 3), reading.start(at));
  return (behind.startsWith(":") && !/[,(]\s*$/.test(before)) || (/[–—-] $/.test(before) && /^[,.\n]/.test(behind));
}

function isHeaded(reading: Reading, at: number, kind = "ward"): boolean {
  const before = reading.word(at - 1);
  if (before === undefined || reading.gap(at - 1) !== GAP.space) return false;
  return (kind === "ward" ? WARD_HEADS : PLACE_HEADS).has(before.text);
}

/** With the kind of street before it and the number of the house behind. */
function putAddress(reading: Reading, at: number, last: number): void {
  let start = reading.start(at);
  let first = at;
  while (
    first > 0 &&
    first > at - 3 &&
    reading.gap(first - 1) <= GAP.stop &&
    isParticle(reading.word(first - 1)?.text ?? "")
  )
    first--;
  const street = reading.word(first - 1);
  if (street !== undefined && isKindOfAddress(street.text) && reading.gap(first - 1) <= GAP.stop) {
    first--;
    start = reading.start(first);
  } else {
    const before = reading.text.slice(Math.max(0, start - 14), start);
    const type = STREET_TYPE.exec(before);
    if (type !== null) start -= before.length - type.index - (/^\p{L}/u.test(type[0]) ? 0 : 1);
  }
  KIND_BEHIND.lastIndex = reading.end(last);
  const end = KIND_BEHIND.test(reading.text) ? KIND_BEHIND.lastIndex : reading.end(last);
  reading.add({ start, end: endOfAddress(reading.text, end), kind: "address" }, Math.max(0, first - 4));
}

/** Takes in number, flat and block, and the neighbourhood and town behind them. */
export function endOfAddress(text: string, end: number): number {
  let reached = end;
  HOUSE_NUMBER.lastIndex = reached;
  if (HOUSE_NUMBER.test(text)) reached = HOUSE_NUMBER.lastIndex;
  for (let part = 0; part < MOST_WITHIN_HOUSE; part++) {
    const form = [WITHIN_HOUSE, DOOR].find((each) => {
      each.lastIndex = reached;
      return each.test(text);
    });
    if (form === undefined) break;
    reached = form.lastIndex;
  }
  if (reached === end) return end;
  for (let part = 0; part < MOST_BEHIND_HOUSE; part++) {
    TOWN.lastIndex = reached;
    const town = TOWN.exec(text);
    if (town === null || (flagsOf(foldWord(town[1]!)) & ~(FLAGS.given | FLAGS.surname)) !== 0) break;
    reached = TOWN.lastIndex;
  }
  return reached;
}

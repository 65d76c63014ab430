import type { PolicyOption } from "../../contract/policy.ts";
import { cleanDescriptor } from "./clean-descriptor.ts";
import { shiftDate } from "./dates.ts";
import { valuesOfDescription, type DescribedIdentity } from "./described-values.ts";
import { isPlainKey, isTechnicalWord, kindOfKey, wordsOfKey, type KeyKind } from "./json-words.ts";
import { isWellKnownUid, type PatientIdentity, type Pseudonyms } from "./pseudonym.ts";
import { forbiddenWords } from "./sweep/needles.ts";
import { createTextSweep } from "./sweep/sweep-text.ts";

export interface DocumentContext {
  pseudonyms: Pseudonyms;
  options: readonly PolicyOption[];
  identity: PatientIdentity;
  /** Whatever the catalog knows of the patient and study. */
  description: Partial<DescribedIdentity>;
}

export interface PseudonymisedDocument {
  document: unknown;
  /** Keys and values that were left out. */
  dropped: number;
  /** What the analysis may be called: its own name where that is made of known words, else "analysis". */
  name: (name: string) => string;
}

interface Walk extends DocumentContext {
  dropped: number;
  readonly forbidden: ReadonlySet<string>;
  readonly leaks: (text: string) => boolean;
}

const DROPPED: unique symbol = Symbol("dropped");
const UID = /^[0-2](?:\.(?:0|[1-9]\d*)){3,}$/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})((?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)$/;
const DICOM_DATE = /^(\d{8})((?:\d{6}(?:\.\d+)?)?)$/;
const DEEPEST = 64;

/**
 * Pseudonymises an AI analysis result, whose schema nobody knows. Only what is known to be harmless passes: numbers and truth values,
 * but not where the key says who or when; words of the allow-list; UIDs, replaced as in the images; dates as the policy has it; keys made
 * of known words. Everything else is left out and counted. Arrays keep their length: what is left out of them becomes null.
 */
export function pseudonymiseDocument(document: unknown, context: DocumentContext): PseudonymisedDocument {
  const values = valuesOfDescription(context.description, context.options);
  const sweep = createTextSweep(values);
  const walk: Walk = {
    ...context,
    dropped: 0,
    forbidden: forbiddenWords(values),
    leaks: (text) => sweep(text, "").length > 0,
  };
  const cleaned = pseudonymiseValue(walk, document, "plain", "", 0);
  return {
    document: cleaned === DROPPED ? null : cleaned,
    dropped: walk.dropped,
    name: (name) => nameOf(walk, name),
  };
}

function pseudonymiseValue(walk: Walk, value: unknown, kind: KeyKind, key: string, depth: number): unknown {
  if (value === null) return null;
  if (depth > DEEPEST) return drop(walk);
  if (Array.isArray(value)) {
    if (isDay(walk, value)) return drop(walk);
    return value.map((item: unknown) => {
      const cleaned = pseudonymiseValue(walk, item, kind, key, depth + 1);
      return cleaned === DROPPED ? null : cleaned;
    });
  }
  if (typeof value === "object") return pseudonymiseObject(walk, value as Record<string, unknown>, depth);
  if (typeof value === "string") return pseudonymiseString(walk, value, kind, key);
  if (typeof value === "boolean") return kind === "plain" || keepsCharacteristic(walk, kind) ? value : drop(walk);
  return typeof value === "number" ? pseudonymiseNumber(walk, value, kind, key) : drop(walk);
}

function pseudonymiseObject(walk: Walk, object: Record<string, unknown>, depth: number): Record<string, unknown> {
  const cleaned: [string, unknown][] = [];
  for (const [key, value] of Object.entries(object)) {
    const newKey = UID.test(key) ? mapUid(walk, key) : isPlainKey(key) && !walk.leaks(key) ? key : undefined;
    const newValue = newKey === undefined ? drop(walk) : pseudonymiseValue(walk, value, kindOfKey(key), key, depth + 1);
    if (newKey !== undefined && newValue !== DROPPED) cleaned.push([newKey, newValue]);
  }
  return Object.fromEntries(cleaned);
}

function pseudonymiseNumber(walk: Walk, value: number, kind: KeyKind, key: string): unknown {
  if (kind === "characteristic" && keepsCharacteristic(walk, kind))
    return wordsOfKey(key).includes("age") ? Math.min(value, 90) : value;
  if (kind !== "plain" || !Number.isFinite(value)) return drop(walk);
  // Integers of nine digits are numbers of people and telephones: no measure is so fine.
  if (Number.isInteger(value) && Math.abs(value) >= 1e8) return drop(walk);
  return looksLikeTime(value) || walk.leaks(String(value)) ? drop(walk) : value;
}

/** [1931, 2, 3]: one of the patient's days in three numbers, in whatever order. */
function isDay(walk: Walk, value: readonly unknown[]): boolean {
  if (value.length < 3 || value.length > 7 || !value.slice(0, 3).every(Number.isInteger)) return false;
  const parts = value.slice(0, 3).map((part) => String(part).padStart(2, "0"));
  return walk.leaks(parts.join("-")) || walk.leaks(parts.join("."));
}

/** YYYYMMDD, or seconds or milliseconds since 1970, of this age. */
function looksLikeTime(value: number): boolean {
  if (!Number.isInteger(value)) return value > 9e8 && value < 2.2e9;
  if (value >= 19_000_101 && value <= 21_001_231) return shiftDate(String(value), 0) !== undefined;
  return (value > 9e8 && value < 2.2e9) || (value > 9e11 && value < 2.2e12);
}

function pseudonymiseString(walk: Walk, text: string, kind: KeyKind, key: string): unknown {
  const trimmed = text.trim();
  if (trimmed === "") return text;
  if (UID.test(trimmed)) return mapUid(walk, trimmed);
  if (/^patient_?id$/i.test(key)) return walk.pseudonyms.patient(walk.identity).display;
  if (kind === "characteristic")
    return keepsCharacteristic(walk, kind) && /^\w{1,6}$/.test(trimmed) ? text : drop(walk);
  if (ISO_DATE.test(trimmed) || DICOM_DATE.test(trimmed)) return pseudonymiseDate(walk, trimmed);
  const cleaned = cleanWords(walk, trimmed);
  return cleaned === "" || walk.leaks(cleaned) ? drop(walk) : cleaned;
}

/** Words joined as identifiers are ("lung_nodule-v2") count as words; a string of which a part goes is counted as well. */
function cleanWords(walk: Walk, text: string): string {
  const isForbidden = (word: string): boolean => walk.forbidden.has(word);
  const words = wordsOfKey(text);
  const spelled = /\d(?:[_.-]+\d){3}/.test(text);
  if (!spelled && /^[\w\-.]{1,64}$/.test(text) && words.every((word) => isTechnicalWord(word) && !isForbidden(word)))
    return text;
  const cleaned = cleanDescriptor(text, isForbidden);
  if (cleaned !== "" && cleaned !== text) walk.dropped++;
  return cleaned;
}

function pseudonymiseDate(walk: Walk, text: string): unknown {
  if (walk.options.includes("full-dates")) return walk.leaks(text) ? drop(walk) : text;
  if (!walk.options.includes("modified-dates")) return drop(walk);
  if (walk.leaks(text)) return drop(walk);
  const days = walk.pseudonyms.dateShift(walk.identity);
  const iso = ISO_DATE.exec(text);
  if (iso !== null) {
    const shifted = shiftDate(`${iso[1]}${iso[2]}${iso[3]}`, days);
    if (shifted === undefined) return drop(walk);
    return `${shifted.slice(0, 4)}-${shifted.slice(4, 6)}-${shifted.slice(6)}${iso[4] ?? ""}`;
  }
  const plain = DICOM_DATE.exec(text);
  const shifted = plain === null ? undefined : shiftDate(plain[1] ?? "", days);
  return shifted === undefined ? drop(walk) : shifted + (plain?.[2] ?? "");
}

function mapUid(walk: Walk, uid: string): string {
  return isWellKnownUid(uid) || walk.options.includes("retain-uids") ? uid : walk.pseudonyms.uid(uid);
}

function keepsCharacteristic(walk: Walk, kind: KeyKind): boolean {
  return kind === "characteristic" && walk.options.includes("retain-patient-characteristics");
}

function nameOf(walk: Walk, name: string): string {
  const words = wordsOfKey(name);
  const known = words.length > 0 && words.every((word) => isTechnicalWord(word) && !walk.forbidden.has(word));
  return known && /^[\w\-. ]{1,64}$/.test(name) && !walk.leaks(name) ? name : "analysis";
}

function drop(walk: Walk): typeof DROPPED {
  walk.dropped++;
  return DROPPED;
}

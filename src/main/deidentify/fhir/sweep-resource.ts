import { isJsonObject, type Json } from "../../fhir/json.ts";
import { isClosedText } from "./closed-texts.ts";
import type { Treatment } from "./treatment.ts";

const DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?$/;
const TREATED_BEGIN: ReadonlySet<number> = new Set(["t", "q", "2"].map((sign) => sign.charCodeAt(0)));
const TREATED = /^(?:tel-[0-9a-f]{24}|q-[0-9a-f]{16}|2\.25\.\d+)$/;

/**
 * Looks through what the rules let pass for anything of the patient, as if there had been no rules: in all strings but codes of closed lists,
 * dates (which were moved, so that one of them may fall on a day of birth) and pseudonyms.
 *
 * @returns whether something was found
 */
export function sweepResource(resource: Json, treatment: Treatment): boolean {
  if (tells(resource, treatment)) return true;
  return treatment.documents.some((document) => tells(document, treatment));
}

function tells(value: Json, treatment: Treatment): boolean {
  if (typeof value === "string") return textTells(value, treatment);
  if (typeof value === "number") return !treatment.person.isSilentNumber(value);
  if (Array.isArray(value)) {
    for (const item of value) if (tells(item, treatment)) return true;
    return false;
  }
  if (isJsonObject(value)) for (const name in value) if (name !== "data" && tells(value[name]!, treatment)) return true;
  return false;
}

/** What is never in a list comes first: its hash would have to be taken for nothing. */
function textTells(text: string, { person, places }: Treatment): boolean {
  const first = text.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39 && DATE.test(text)) return false;
  if (isPseudonym(text) || isClosedText(text)) return false;
  if (TREATED_BEGIN.has(first) && TREATED.test(text)) return false;
  // The words of a profile of HL7 are looked at, not its server.
  return !person.isSilent(text.startsWith(HL7) ? text.slice(HL7.length) : text, places.has(text));
}

const HL7 = "http://hl7.org/fhir/";
const UUID_LENGTH = 36;

/** "Patient/…", "urn:uuid:…" or the UUID alone, of version 8: what the project key makes. Those of servers are of other versions. */
function isPseudonym(text: string): boolean {
  const start = text.length - UUID_LENGTH;
  if (start < 0 || text.charCodeAt(start + 14) !== 0x38) return false;
  for (let at = 0; at < UUID_LENGTH; at++) {
    const code = text.charCodeAt(start + at);
    const isDash = at === 8 || at === 13 || at === 18 || at === 23;
    if (isDash ? code !== 0x2d : !((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return false;
  }
  return (
    start === 0 ||
    (start === 9 && text.startsWith("urn:uuid:")) ||
    (text.charCodeAt(start - 1) === 0x2f && isClosedText(text.slice(0, start - 1)))
  );
}

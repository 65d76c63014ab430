import { isJsonObject, type Json } from "../../fhir/json.ts";
import { isClosedText } from "./closed-texts.ts";
import type { Treatment } from "./treatment.ts";

const DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d.*)?)?)?$/;
/** Of version 8: what the project key makes. Those of servers are of other versions. */
const PSEUDONYM =
  /^(?:[A-Z][A-Za-z]+\/|urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
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

function textTells(text: string, { person, places }: Treatment): boolean {
  if (isClosedText(text)) return false;
  const first = text.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39 && DATE.test(text)) return false;
  // The shortest is a bare UUID.
  if (text.length >= 36 && PSEUDONYM.test(text)) return false;
  if (TREATED.test(text)) return false;
  return !person.isSilent(text, places.has(text));
}

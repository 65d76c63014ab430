import { isJsonObject, type Json } from "../../fhir/json.ts";
import { isClosedText } from "../fhir/closed-texts.ts";
import type { Person } from "../fhir/person.ts";

const DATE = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d.*)?)?)?$/;
/** Digests and pseudonyms: what looks like a number of the patient in them is chance. */
const MADE = /[0-9a-f]{32,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * Counts the texts of a treated resource that still say something of the patient: names, identifiers, telephone numbers, addresses, the day of birth.
 * Whoever wrote the rules may keep them on purpose, so they are counted for the receipt and stay.
 */
export function countIdentifying(value: Json, person: Person): number {
  if (typeof value === "string") return tells(value, person) ? 1 : 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += countIdentifying(item, person);
  else if (isJsonObject(value)) for (const name in value) count += countIdentifying(value[name] ?? null, person);
  return count;
}

function tells(text: string, person: Person): boolean {
  if (isClosedText(text)) return false;
  if (DATE.test(text)) return person.birthDate !== "" && text.startsWith(person.birthDate);
  return !person.isSilent(text.replaceAll(MADE, ""));
}

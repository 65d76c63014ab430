import { isJsonObject, type Json } from "./json.ts";
import { textOf } from "./values-at.ts";

/** Relative or absolute, with or without a version (R4 2.3.0.1). */
const TO_PATIENT = /^(?:[a-z][a-z0-9+.-]*:\/\/\S*?\/)?Patient\/([^/?#|\s]{1,255})(?:\/_history\/[^/\s]+)?$/i;
/** "Patient?identifier=http://system|value": who it is, is known; under which id, is not. */
const CONDITIONAL = /^(?:[a-z][a-z0-9+.-]*:\/\/\S*?\/)?Patient\?(?:.*&)?identifier=([^&\s]+)/i;

/**
 * The logical id of the Patient that a Reference names; "" where it names none. Of a contained one nothing is said: it is nobody whom the
 * source knows. Who is named by an identifier alone is somebody all the same: "?system|value".
 */
export function patientIdOf(reference: Json | undefined): string {
  if (!isJsonObject(reference)) return "";
  const text = textOf(reference["reference"]);
  if (text !== "") {
    const id = TO_PATIENT.exec(text)?.[1];
    if (id !== undefined) return id;
    const identifier = CONDITIONAL.exec(text)?.[1];
    return identifier === undefined ? "" : `?${decode(identifier)}`;
  }
  const identifier = reference["identifier"];
  if (textOf(reference["type"]) !== "Patient" || !isJsonObject(identifier)) return "";
  const value = textOf(identifier["value"]);
  return value === "" ? "" : `?${textOf(identifier["system"])}|${value}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

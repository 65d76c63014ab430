import { AGE_BAND_URL } from "./age-band.ts";
import { KNOWN_SYSTEMS } from "./code-systems.ts";
import { allCodes, allTypes } from "./element-tables.ts";
import { KNOWN_EXTENSIONS } from "./extensions.ts";

/** Codes that the standard lists, types, and the URLs of systems and extensions that are known: who the patient is makes no difference. */
const CLOSED: ReadonlySet<string> = new Set([
  ...allCodes(),
  ...allTypes(),
  ...KNOWN_SYSTEMS,
  ...KNOWN_EXTENSIONS,
  "urn:dicom:uid",
  AGE_BAND_URL,
]);

export function isClosedText(text: string): boolean {
  return CLOSED.has(text);
}

import type { JsonObject } from "../../fhir/json.ts";

/**
 * The extension of Patient that says the band of age: "40-44", "90+". The age is that of the day of the export, or of the day of death.
 * FHIR has no element for it; a birthDate in the middle of a band would be a day that nobody was born on.
 */
export const AGE_BAND_URL = "urn:satchel:age-band";

export function addAgeBand(patient: JsonObject, band: string): void {
  const extensions = Array.isArray(patient["extension"]) ? patient["extension"] : [];
  patient["extension"] = [...extensions, { url: AGE_BAND_URL, valueString: band }];
}

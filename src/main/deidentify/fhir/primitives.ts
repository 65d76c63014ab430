import { isMediaType } from "./media-types.ts";
import type { Rule } from "./treatment.ts";
import { isUcum } from "./units.ts";

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** A code that the standard lists. */
export function listedCode(codes: ReadonlySet<string>): Rule {
  return (value, treatment) => (typeof value === "string" && codes.has(value) ? value : treatment.drop(value));
}

function codeThat(isCode: (code: string) => boolean): Rule {
  return (value, treatment) => (typeof value === "string" && isCode(value) ? value : treatment.drop(value));
}

/** BCP 47: a language, a script and a region, as far as records have them. */
export function isLanguage(text: string): boolean {
  return /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/.test(text);
}

/** Codes of lists that are too long to be written out, by their form. */
export const KNOWN_TYPE_RULE = {
  language: codeThat(isLanguage),
  currency: codeThat((code) => CURRENCIES.has(code)),
  mediaType: codeThat(isMediaType),
  unit: codeThat(isUcum),
} as const;

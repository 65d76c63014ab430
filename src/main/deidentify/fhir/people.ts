import { isJsonObject, type JsonObject } from "../../fhir/json.ts";
import { ageOn } from "../table/age.ts";
import { dayNumber } from "./days.ts";
import { elementsOf } from "./element-tables.ts";
import type { Person } from "./person.ts";
import type { Rule, Treatment } from "./treatment.ts";

/** Elements of Address (FHIR R4 2.24.0.5) that stay: no place smaller than a district. */
const PLACES: ReadonlySet<string> = new Set(["district", "state", "country"]);
/** A name of a place: letters. A number in it is somebody's house or code. */
const PLACE = /^[\p{L}\p{M}][\p{L}\p{M} .'’()&-]{0,59}$/u;

export const addressRule: Rule = (value, treatment) => {
  if (!isJsonObject(value)) return treatment.drop(value);
  const result: JsonObject = {};
  for (const name in value) {
    const item = value[name]!;
    const kept = PLACES.has(name) ? placeText(item, treatment) : undefined;
    if (kept === undefined) treatment.drop(item);
    else result[name] = kept;
  }
  if (Object.keys(result).length === 0) return undefined;
  treatment.count("generalised");
  return result;
};

/** True of what may be the name of a place, and has no name or number of the patient in it. */
export function isPlaceName(text: string, person: Person): boolean {
  return PLACE.test(text) && person.isSilent(text, true);
}

/** A district, a state or a country; undefined where it is none, or has a name or a number of the patient. */
export function placeText(value: unknown, treatment: Treatment): string | undefined {
  if (typeof value !== "string" || !isPlaceName(value, treatment.person)) return undefined;
  treatment.places.add(value);
  return value;
}

const USES = elementsOf("ContactPoint").get("use")!.codes!;
const NUMBERS: ReadonlySet<string> = new Set(["phone", "sms", "fax"]);
const FEWEST_DIGITS = 6;

/** Telephone numbers as keyed hashes where the policy says so; all else goes. */
export const contactPointRule: Rule = (value, treatment) => {
  if (treatment.policy.phones !== "hash" || !isJsonObject(value)) return treatment.drop(value);
  const { system, value: number, use, ...rest } = value;
  const hashed = typeof system === "string" && NUMBERS.has(system) ? hashPhone(number, treatment) : undefined;
  if (hashed === undefined) return treatment.drop(value);
  treatment.drop(rest);
  const kept = typeof use === "string" && USES.has(use) ? use : undefined;
  return { system: system!, value: hashed, ...(kept !== undefined && { use: kept }) };
};

/** "tel-" and 24 hexadecimal digits; undefined where the text is no telephone number. */
export function hashPhone(number: unknown, treatment: Treatment): string | undefined {
  if (typeof number !== "string" || number.replaceAll(/\D/g, "").length < FEWEST_DIGITS) return undefined;
  treatment.count("hashed");
  return `tel-${treatment.pseudonyms.phone(number)}`;
}

/** 45 CFR 164.514(b)(2)(i)(C) */
const LAST_AGE = 89;
const BIRTH = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** The year of birth, or nothing, with the band of age that the patient gets as an extension (age-band.ts). */
export const birthDateRule: Rule = (value, treatment) => {
  const match = typeof value === "string" ? BIRTH.exec(value) : null;
  if (match === null) return treatment.drop(value);
  const [, year = "", month = "01", day = "01"] = match;
  if (dayNumber(`${year}-${month}-${day}`) === undefined) return treatment.drop(value);
  const age = ageOn(`${year}-${month}-${day}`, treatment.diedOn === "" ? treatment.today : treatment.diedOn);
  if (age === null) return treatment.drop(value);
  treatment.count("generalised");
  if (age > LAST_AGE) {
    treatment.ageBand = `${LAST_AGE + 1}+`;
    return undefined;
  }
  if (treatment.policy.birth === "year") return year;
  const width = treatment.policy.birth === "band5" ? 5 : 10;
  const low = age - (age % width);
  treatment.ageBand = `${low}-${Math.min(low + width - 1, LAST_AGE)}`;
  return undefined;
};

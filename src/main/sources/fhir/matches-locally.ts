import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";

/**
 * Parameters that Satchel can look at itself where a server did not: those of the guides. Anything that is not surely decided here is not in
 * the list, so that it is refused rather than guessed.
 */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  subject: ["subject"],
  patient: ["subject", "patient"],
  questionnaire: ["questionnaire"],
  category: ["category"],
  code: ["code"],
  identifier: ["identifier"],
  status: ["status"],
};

/** `date` and `authored`, by type: dates, or periods. */
const DATES: Readonly<Record<string, readonly string[]>> = {
  Observation: ["effectiveDateTime", "effectiveInstant", "effectivePeriod"],
  QuestionnaireResponse: ["authored"],
};

/** Whether a parameter of a search for a type can be looked at here. */
export function canMatch(type: string, name: string, value: string): boolean {
  if (isDate(name)) return Object.hasOwn(DATES, type) && /^(eq|ge|le|gt|lt)?\d{4}-\d{2}-\d{2}$/.test(value);
  return Object.hasOwn(PATHS, name);
}

/** One parameter, with one of its values with commas. Only for what `canMatch` says yes to. */
export function matchesLocally(type: string, resource: JsonObject, name: string, value: string): boolean {
  const paths = (isDate(name) ? DATES[type] : PATHS[name]) ?? [];
  const found = paths.flatMap((path) => listOf(resource[path]));
  if (isDate(name)) return found.some((one) => matchesDay(one, value));
  return value.split(",").some((wanted) => found.some((one) => matchesOne(one, name, wanted)));
}

function isDate(name: string): boolean {
  return name === "date" || name === "authored";
}

function matchesOne(found: Json, name: string, wanted: string): boolean {
  if (name === "subject" || name === "patient") return isJsonObject(found) && refersTo(found["reference"], wanted);
  if (name === "questionnaire") return typeof found === "string" && refersTo(found.split("|", 1)[0] ?? "", wanted);
  if (typeof found === "string") return found === wanted;
  if (!isJsonObject(found)) return false;
  const [first = "", second] = wanted.split("|");
  const codings = found["coding"] === undefined ? [found] : listOf(found["coding"]);
  return codings.some((coding) => {
    if (!isJsonObject(coding)) return false;
    const code = coding["code"] ?? coding["value"];
    if (second === undefined) return code === first;
    return (coding["system"] ?? "") === first && (second === "" || code === second);
  });
}

/** "Patient/1" and "1" and an absolute address of it are the same. */
function refersTo(reference: Json | undefined, wanted: string): boolean {
  if (typeof reference !== "string") return false;
  return reference === wanted || reference.endsWith(`/${wanted}`) || wanted.endsWith(`/${reference}`);
}

/** By the day as it is written: a server that looks at dates would do no better where the time zone is not said. */
function matchesDay(found: Json, wanted: string): boolean {
  const prefix = /^[a-z]{2}/.exec(wanted)?.[0] ?? "eq";
  const day = wanted.replace(/^[a-z]{2}/, "");
  const period = isJsonObject(found) ? found : { start: found, end: found };
  const start = written(period["start"], "0000");
  const end = written(period["end"], "9999");
  const compare = (one: string): number => {
    const length = Math.min(one.length, day.length);
    const left = one.slice(0, length);
    const right = day.slice(0, length);
    return left < right ? -1 : left > right ? 1 : 0;
  };
  if (prefix === "ge") return compare(end) >= 0;
  if (prefix === "le") return compare(start) <= 0;
  if (prefix === "gt") return compare(end) > 0;
  return prefix === "lt" ? compare(start) < 0 : compare(start) <= 0 && compare(end) >= 0;
}

function written(value: Json | undefined, open: string): string {
  return typeof value === "string" ? value.slice(0, 10) : open;
}

function listOf(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

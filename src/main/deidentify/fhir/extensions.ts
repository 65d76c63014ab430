import { isJsonObject, type JsonObject } from "../../fhir/json.ts";
import { codingRule } from "./codings.ts";
import { judgeCode } from "./code-systems.ts";
import type { Rule } from "./treatment.ts";

const US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/";
const CORE = "http://hl7.org/fhir/StructureDefinition/";
const SEXES: ReadonlySet<string> = new Set([
  "F",
  "M",
  "UNK",
  "OTH",
  "ASKU",
  "248152002",
  "248153007",
  "female",
  "male",
  "unknown",
  "asked-declined",
]);

/** Race and ethnicity by the categories of the census; details of it and its wording go. */
const category: Rule = (value, treatment) => {
  if (!isJsonObject(value) || !Array.isArray(value["extension"])) return treatment.drop(value);
  const kept: JsonObject[] = [];
  for (const item of value["extension"]) {
    const coding =
      isJsonObject(item) && item["url"] === "ombCategory" && item["valueCoding"] !== undefined
        ? codingRule(item["valueCoding"], treatment)
        : treatment.drop(item);
    if (coding !== undefined) kept.push({ url: "ombCategory", valueCoding: coding });
  }
  return kept.length === 0 ? undefined : { url: value["url"]!, extension: kept };
};

function codeOf(isCode: (code: string) => boolean): Rule {
  return (value, treatment) => {
    const code = isJsonObject(value) ? value["valueCode"] : undefined;
    return typeof code === "string" && isCode(code)
      ? { url: (value as JsonObject)["url"]!, valueCode: code }
      : treatment.drop(value);
  };
}

const weight: Rule = (value, treatment) => {
  const number = isJsonObject(value) ? value["valueDecimal"] : undefined;
  return typeof number === "number"
    ? { url: (value as JsonObject)["url"]!, valueDecimal: number }
    : treatment.drop(value);
};

const KNOWN: Readonly<Record<string, Rule>> = {
  [`${US_CORE}us-core-race`]: category,
  [`${US_CORE}us-core-ethnicity`]: category,
  [`${US_CORE}us-core-birthsex`]: codeOf((code) => SEXES.has(code)),
  [`${US_CORE}us-core-sex`]: codeOf((code) => SEXES.has(code)),
  [`${CORE}data-absent-reason`]: codeOf(
    (code) => judgeCode("http://terminology.hl7.org/CodeSystem/data-absent-reason", code) !== undefined,
  ),
  // Scores of answers.
  [`${CORE}ordinalValue`]: weight,
  [`${CORE}itemWeight`]: weight,
};

/** Extensions that Satchel knows; all others go. */
export const KNOWN_EXTENSIONS: readonly string[] = Object.keys(KNOWN);

export const EXTENSION_RULES: Rule = (value, treatment) => {
  const url = isJsonObject(value) ? value["url"] : undefined;
  if (typeof url !== "string" || !Object.hasOwn(KNOWN, url)) return treatment.drop(value);
  return KNOWN[url]!(value, treatment);
};

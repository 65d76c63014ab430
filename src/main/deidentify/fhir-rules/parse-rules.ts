import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { checkPath } from "./check-path.ts";
import { compileRulePath } from "./compile-rule-path.ts";
import { compileValuePath } from "./generalize.ts";
import { readDocument } from "./read-document.ts";
import { Settings } from "./read-settings.ts";
import { nameRule, refuseRules } from "./refusals.ts";
import type { Dialect, Rule, RuleMethod, RuleParameters, Rules } from "./rules.ts";

const METHODS = [
  "keep",
  "redact",
  "dateShift",
  "perturb",
  "cryptoHash",
  "encrypt",
  "substitute",
  "generalize",
  "pseudonymize",
  "remove",
] as const;
/** What MIRACUM added. */
const OF_MIRACUM: ReadonlySet<string> = new Set(["pseudonymize", "remove"]);
/** DateTime of .NET ends at 9999; nobody shifts that far. */
const FARTHEST = 3_000_000;

/**
 * Reads rules that were written for Microsoft's anonymizer (JSON) or MIRACUM's pseudonymizer (YAML).
 *
 * @param name the file's, for errors
 * @throws USAGE where anything in it is unknown, so that nothing is passed over; the sentence names the rule, and never a key
 */
export function parseRules(name: string, text: string): Rules {
  const { dialect, document } = readDocument(name, text);
  const settings = new Settings(name, "the document", document);
  const version = settings.text("fhirVersion");
  if (version !== "" && version.toUpperCase() !== "R4")
    throw refuseRules(name, `they are written for FHIR ${version}.`, "Use rules for R4.");
  const processingErrors = settings.choice("processingErrors", ["raise", "skip"]);
  const rules = settings.value("fhirPathRules");
  if (!Array.isArray(rules)) throw refuseRules(name, "fhirPathRules is missing or no list.", "Give the rules.");
  const parameters = settings.value("parameters") ?? {};
  settings.end();
  if (!isJsonObject(parameters)) throw refuseRules(name, "parameters is no object.", "Correct it.");
  return {
    dialect,
    processingErrors,
    rules: rules.map((rule, index) => readRule(name, dialect, rule, index + 1)),
    parameters: readParameters(new Settings(name, "parameters", parameters), dialect),
  };
}

function readRule(name: string, dialect: Dialect, value: Json, number: number): Rule {
  if (!isJsonObject(value)) throw refuseRules(name, `rule ${number} is no object.`, "Correct it.");
  const path = typeof value["path"] === "string" ? value["path"] : "";
  const settings = new Settings(name, nameRule({ number, path: path === "" ? "no path" : path }), value);
  if (settings.text("path") === "") throw settings.refuse("the path is missing", "Give it.");
  const method = settings.text("method");
  const known = METHODS.find((one) => one.toLowerCase() === method.toLowerCase());
  if (known === undefined) throw settings.refuse(`the method ${method} is unknown`, "Use a method that is known.");
  if (OF_MIRACUM.has(known) && dialect === "microsoft")
    throw settings.refuse(
      `the method ${known} is unknown to Microsoft's tool`,
      "Write the rules as YAML, as MIRACUM does.",
    );
  const rule: Rule = { number, path, ...readMethod(known, settings, dialect) };
  settings.end();
  try {
    checkPath(path);
    compileRulePath(path);
  } catch (error) {
    throw settings.refuse(`the path cannot be followed: ${sentenceOf(error)}`, "Correct the path.", error);
  }
  return rule;
}

function readMethod(method: (typeof METHODS)[number], settings: Settings, dialect: Dialect): RuleMethod {
  switch (method) {
    case "dateShift":
      return { method, fixedOffsetInDays: dialect === "miracum" ? readOffset(settings) : undefined };
    case "cryptoHash":
      return { method, length: dialect === "miracum" ? settings.whole("truncateToMaxLength", 1, 64) : undefined };
    case "pseudonymize": {
      const prefix = settings.text("domain-prefix") || settings.text("namespace-prefix");
      return { method, domain: prefix + (settings.text("domain") || settings.text("namespace")) };
    }
    case "perturb":
      return readPerturb(settings);
    case "substitute":
      if (!settings.has("replaceWith")) throw settings.refuse("replaceWith is missing", "Give it.");
      return { method, replaceWith: asText(settings.value("replaceWith") ?? null) };
    case "generalize":
      return readGeneralize(settings);
    default:
      return { method };
  }
}

function readPerturb(settings: Settings): RuleMethod {
  const span = settings.number("span");
  if (span === undefined || span < 0) throw settings.refuse("span is missing or below 0", "Give it.");
  const rangeType = settings.choice("rangeType", ["fixed", "proportional"]);
  return { method: "perturb", span, rangeType, roundTo: settings.whole("roundTo", 0, 28) ?? 2 };
}

function readGeneralize(settings: Settings): RuleMethod {
  const cases = readCases(settings).map(([condition, value]) => [condition, asText(value) ?? ""] as const);
  for (const expression of cases.flat())
    try {
      compileValuePath(expression);
    } catch (error) {
      throw settings.refuse(`a case cannot be followed: ${sentenceOf(error)}`, "Correct the case.", error);
    }
  return { method: "generalize", cases, otherValues: settings.choice("otherValues", ["redact", "keep"]) };
}

/** Names that are numbers would change their places in an object of JavaScript; no condition is a number. */
function readCases(settings: Settings): [string, Json][] {
  return Object.entries(settings.object("cases"));
}

function readParameters(settings: Settings, dialect: Dialect): RuleParameters {
  const read: RuleParameters = {
    dateShiftKey: settings.text("dateShiftKey"),
    cryptoHashKey: settings.text("cryptoHashKey"),
    encryptKey: settings.text("encryptKey"),
    dateShiftScope: settings.choice("dateShiftScope", ["resource", "file", "folder"]),
    dateShiftFixedOffsetInDays: readOffset(settings),
    keyDerivationContext: dialect === "miracum" ? settings.text("keyDerivationContext") : "",
    enablePartialAgesForRedact: settings.flag("enablePartialAgesForRedact"),
    enablePartialDatesForRedact: settings.flag("enablePartialDatesForRedact"),
    enablePartialZipCodesForRedact: settings.flag("enablePartialZipCodesForRedact"),
    restrictedZipCodeTabulationAreas: settings.texts("restrictedZipCodeTabulationAreas"),
  };
  // BLAKE3 is in no library that Satchel has.
  if (dialect === "miracum") settings.choice("cryptoHashAlgorithm", ["hmacSha256"]);
  settings.end();
  const bytes = Buffer.byteLength(read.encryptKey);
  if (bytes > 0 && read.keyDerivationContext === "" && ![16, 24, 32].includes(bytes))
    throw settings.refuse(`encryptKey has ${bytes * 8} bits`, "Give one of 128, 192 or 256 bits.");
  return read;
}

function readOffset(settings: Settings): number | undefined {
  return settings.whole("dateShiftFixedOffsetInDays", -FARTHEST, FARTHEST);
}

/** A scalar or a fragment of JSON, as the other tool hands it on; undefined of null. */
function asText(value: Json | JsonObject): string | undefined {
  if (value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, "") : "it cannot be read";
}

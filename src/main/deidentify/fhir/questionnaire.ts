import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { attachmentRule } from "./attachments.ts";
import { codingRule } from "./codings.ts";
import { dateRule } from "./datatypes.ts";
import { freeText } from "./free-text.ts";
import { KNOWN_QUESTIONNAIRES } from "./ids.ts";
import { birthDateRule, hashPhone, placeText } from "./people.ts";
import { judgeQuestion, treatLinkId, type QuestionKind } from "./questions.ts";
import { quantityRule } from "./quantities.ts";
import { referenceRule } from "./references.ts";
import { saysSomething, type Rule, type Treatment } from "./treatment.ts";
import { isPlainToken } from "./vocabulary.ts";

/** Nested deeper than any questionnaire is. */
const DEEPEST = 40;
const LAST_AGE = 89;
/** "suspicious|0.87": what a model made of a picture, and how sure it was. */
const RESULT_WITH_CONFIDENCE = /^([A-Za-z_-]{1,40})\|(?:0|1|\d{1,3})(?:\.\d{1,20})?%?$/;

/** `QuestionnaireResponse.item`: each answer is judged by its question, before its value is looked at. */
export const responseItemRule: Rule = (value, treatment) => treatItem(value, treatment, 0);

function treatItem(value: Json, treatment: Treatment, depth: number): JsonObject | undefined {
  if (!isJsonObject(value) || depth > DEEPEST) return treatment.drop(value);
  const { linkId, text, answer, item, definition, modifierExtension, ...rest } = value;
  if (typeof linkId !== "string") return treatment.drop(value);
  const result: JsonObject = { linkId: treatLinkId(linkId, treatment) };
  const kind = judgeQuestion(linkId, typeof text === "string" ? text : "");
  if (modifierExtension !== undefined && saysSomething(modifierExtension)) treatment.withhold("unknown-modifier");
  // The URL of the question's definition is the site's own.
  if (definition !== undefined) treatment.drop(definition);
  const question = text === undefined ? undefined : freeText(text, treatment);
  if (question !== undefined) result["text"] = question;
  if (Object.keys(rest).length > 0) treatment.drop(rest);
  const answers = each(answer, (one) => treatAnswer(one, kind, treatment, depth));
  if (answers.length > 0) result["answer"] = answers;
  const items = each(item, (one) => treatItem(one, treatment, depth + 1));
  if (items.length > 0) result["item"] = items;
  return result;
}

function treatAnswer(answer: Json, kind: QuestionKind, treatment: Treatment, depth: number): JsonObject | undefined {
  if (!isJsonObject(answer)) return treatment.drop(answer);
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(answer)) {
    if (name === "item") {
      const items = each(value, (one) => treatItem(one, treatment, depth + 1));
      if (items.length > 0) result["item"] = items;
    } else {
      if (name === "modifierExtension" && saysSomething(value)) treatment.withhold("unknown-modifier");
      const treated = treatAnswerValue(name, value, kind, treatment);
      if (treated !== undefined) result[name] = treated;
    }
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

function each(value: Json | undefined, treat: (one: Json) => JsonObject | undefined): JsonObject[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(treat).filter((one) => one !== undefined);
}

const DATE = dateRule("date");
const DATE_TIME = dateRule("dateTime");

function treatAnswerValue(name: string, value: Json, kind: QuestionKind, treatment: Treatment): Json | undefined {
  switch (kind) {
    case "identifying":
      return treatment.drop(value);
    case "telling":
      // A box that is ticked and an answer out of an international list are nobody's name, whatever was asked.
      return name === "valueBoolean"
        ? plainAnswer(name, value, treatment)
        : name === "valueCoding"
          ? codingRule(value, treatment)
          : treatment.drop(value);
    case "phone":
      return (
        (treatment.policy.phones === "hash" && name === "valueString" ? hashPhone(value, treatment) : undefined) ??
        treatment.drop(value)
      );
    case "birth":
      return name === "valueDate" ? birthDateRule(value, treatment) : treatment.drop(value);
    case "age":
      return name === "valueInteger" || name === "valueDecimal"
        ? ageAnswer(value, treatment)
        : name === "valueQuantity"
          ? quantityRule(value, treatment)
          : name === "valueCoding"
            ? codingRule(value, treatment)
            : treatment.drop(value);
    case "place":
      return placeAnswer(name, value, treatment);
    default:
      return plainAnswer(name, value, treatment);
  }
}

function plainAnswer(name: string, value: Json, treatment: Treatment): Json | undefined {
  switch (name) {
    case "valueBoolean":
      return typeof value === "boolean" ? value : treatment.drop(value);
    case "valueInteger":
      // Six digits and more are postal codes, telephones and numbers of somebody.
      return typeof value === "number" && Math.abs(value) < 1e5 ? value : treatment.drop(value);
    case "valueDecimal":
      return typeof value === "number" && Math.abs(value) < 1e8 && treatment.person.isSilentNumber(value)
        ? value
        : treatment.drop(value);
    case "valueDate":
      return DATE(value, treatment);
    case "valueDateTime":
      return DATE_TIME(value, treatment);
    case "valueTime":
      return typeof value === "string" && /^\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?$/.test(value)
        ? value
        : treatment.drop(value);
    case "valueString":
      return stringAnswer(value, treatment);
    case "valueCoding":
      return codingRule(value, treatment);
    case "valueQuantity":
      return quantityRule(value, treatment);
    case "valueReference":
      return referenceRule(value, treatment);
    case "valueAttachment":
      return attachmentRule(value, treatment);
    default:
      return treatment.drop(value);
  }
}

function stringAnswer(value: Json, treatment: Treatment): Json | undefined {
  const result = typeof value === "string" ? RESULT_WITH_CONFIDENCE.exec(value)?.[1] : undefined;
  return result !== undefined && isPlainToken(result) ? value : freeText(value, treatment);
}

function ageAnswer(value: Json, treatment: Treatment): Json | undefined {
  if (typeof value !== "number" || value < 0 || value > 150) return treatment.drop(value);
  // With bands of age an exact one would undo them.
  if (treatment.policy.birth !== "year") return treatment.drop(value);
  if (value <= LAST_AGE) return value;
  treatment.count("generalised");
  return LAST_AGE + 1;
}

/** District and state, in words or as a choice of the questionnaire's own list. */
function placeAnswer(name: string, value: Json, treatment: Treatment): Json | undefined {
  if (name === "valueString") return placeText(value, treatment) ?? treatment.drop(value);
  if (name !== "valueCoding" || !isJsonObject(value)) return treatment.drop(value);
  const { code, display, ...rest } = value;
  const kept = { code: placeText(code, treatment), display: placeText(display, treatment) };
  if (Object.keys(rest).length > 0) treatment.drop(rest);
  const place = Object.fromEntries(Object.entries(kept).filter(([, text]) => text !== undefined)) as JsonObject;
  return Object.keys(place).length === 0 ? treatment.drop(value) : place;
}

/** Names of questionnaires that Satchel knows stay; of others equal ones stay equal. Panels of LOINC are known everywhere. */
export const questionnaireRule: Rule = (value, treatment) => {
  if (typeof value !== "string") return treatment.drop(value);
  const name = /^(?:Questionnaire\/|https:\/\/midas\.iisc\.ac\.in\/fhir\/Questionnaire\/)([A-Za-z]+)$/.exec(value)?.[1];
  if (name !== undefined && KNOWN_QUESTIONNAIRES.has(name)) return value;
  if (/^http:\/\/loinc\.org\/(?:q\/|vs\/)?\d{1,5}-\d$/.test(value)) return value;
  treatment.count("pseudonymised");
  const isRelative = /^Questionnaire\/[A-Za-z0-9\-.]{1,64}(?:\|.*)?$/.test(value);
  const reference = isRelative ? treatment.ids.reference(value.split("|")[0]!, undefined) : undefined;
  return reference ?? treatment.ids.canonical(value);
};

import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { treatData } from "./attachments.ts";
import { codingRule } from "./codings.ts";
import type { ElementRule } from "./compile-elements.ts";
import { dateRule } from "./datatypes.ts";
import { isResourceType } from "./element-tables.ts";
import { birthDateRule } from "./people.ts";
import { KNOWN_TYPE_RULE } from "./primitives.ts";
import { questionnaireRule, responseItemRule } from "./questionnaire.ts";
import { treatLinkId } from "./questions.ts";
import type { Rule, Treatment } from "./treatment.ts";
import { isPlainToken } from "./vocabulary.ts";

const INSTANT = dateRule("instant");

const linkIdRule: Rule = (value, treatment) =>
  typeof value === "string" ? treatLinkId(value, treatment) : treatment.drop(value);

/** UIDs of series and instances are those that an export of the images has under the same key. */
function uidRule(value: Json, treatment: Treatment): string | undefined {
  const uid = typeof value === "string" ? value.replace(/^urn:oid:/, "") : "";
  if (!/^\d+(?:\.\d+)+$/.test(uid)) return treatment.drop(value);
  treatment.count("pseudonymised");
  return treatment.pseudonyms.uid(uid);
}

const resourceTypeRule: Rule = (value, treatment) =>
  typeof value === "string" && isResourceType(value) ? value : treatment.drop(value);

const canonicalUrlRule: Rule = (value, treatment) => {
  if (typeof value !== "string") return treatment.drop(value);
  treatment.count("pseudonymised");
  return treatment.ids.canonical(value);
};

/** "1", "2 of 3": numbers of doses are strings in R5. */
const doseNumberRule: Rule = (value, treatment) =>
  typeof value === "string" && /^\d{1,2}$/.test(value) ? value : treatment.drop(value);

/** Base64 of a Binary; other elements of it are in the list of its type. */
const binaryDataRule: Rule = (value, treatment) => treatData(value, treatment.mediaType, treatment);

/** Elements whose datatype does not say what becomes of them, by their path. */
export const ELEMENT_RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["Patient.birthDate", birthDateRule],
  // Who died stays dead where the day may not be told (resource-treatment.ts).
  ["Patient.deceasedDateTime", dateRule("dateTime")],
  ["QuestionnaireResponse.item", responseItemRule],
  ["QuestionnaireResponse.questionnaire", questionnaireRule],
  ["Questionnaire.url", canonicalUrlRule],
  ["Questionnaire.item.linkId", linkIdRule],
  ["Questionnaire.item.enableWhen.question", linkIdRule],
  ["Questionnaire.subjectType", resourceTypeRule],
  ["ImagingStudy.series.uid", uidRule],
  ["ImagingStudy.series.instance.uid", uidRule],
  ["Immunization.protocolApplied.doseNumber", doseNumberRule],
  ["Binary.contentType", KNOWN_TYPE_RULE.mediaType],
  ["Binary.data", binaryDataRule],
]);

/** Some servers write numbers. */
function idText(value: Json): string {
  return typeof value === "number" ? String(value) : typeof value === "string" ? value : "";
}

/** Whose it is, the type says. */
const idRule: Rule = (value, treatment) => {
  treatment.count("pseudonymised");
  return treatment.ids.exportedId(treatment.type, idText(value), treatment.context);
};

const PROFILE =
  /^http:\/\/hl7\.org\/fhir\/(?:us\/core\/|uv\/ips\/|uv\/sdc\/)?StructureDefinition\/([A-Za-z0-9-]{1,60})(?:\|\d{1,2}(?:\.\d{1,2}){0,2})?$/;
const LABELS: ReadonlySet<string> = new Set(["security", "tag"]);

/**
 * Meta: profiles and labels of HL7 itself. Source and tags say which site, team and device something is from. `lastUpdated` passes only where
 * dates are kept: what a server took in on one day would tell the offset of every patient to whoever knows of that day.
 */
const metaRule: Rule = (value, treatment) => {
  if (!isJsonObject(value)) return treatment.drop(value);
  const result: JsonObject = {};
  let filled = false;
  for (const name in value) {
    const treated = treatMeta(name, value[name]!, treatment);
    if (treated === undefined) continue;
    result[name] = treated;
    filled = true;
  }
  return filled ? result : undefined;
};

function treatMeta(name: string, item: Json, treatment: Treatment): Json | undefined {
  if (name === "lastUpdated" && treatment.policy.dates === "keep") return INSTANT(item, treatment);
  if (name === "profile" && Array.isArray(item)) {
    const kept = item.filter((profile) => isKnownProfile(profile) || treatment.drop(profile) !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (LABELS.has(name) && Array.isArray(item)) {
    const kept = item.map((label) => codingRule(label, treatment)).filter((label) => label !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  return treatment.drop(item);
}

/** A server has few, and each of its resources bears one. */
const KEPT_PROFILES = 1_000;
const profiles = new Map<string, boolean>();

function isKnownProfile(profile: Json): boolean {
  if (typeof profile !== "string") return false;
  const before = profiles.get(profile);
  if (before !== undefined) return before;
  const name = PROFILE.exec(profile)?.[1];
  const isKnown = name !== undefined && (isResourceType(name) || isPlainToken(name));
  if (isKnown && profiles.size < KEPT_PROFILES) profiles.set(profile, isKnown);
  return isKnown;
}

/** The UIDs of an imaging study; all other identifiers of it are numbers of the house. */
export function studyUids({ identifier }: JsonObject, treatment: Treatment): JsonObject[] {
  if (!Array.isArray(identifier)) return [];
  return identifier.flatMap((one) => {
    if (!isJsonObject(one) || one["system"] !== "urn:dicom:uid" || typeof one["value"] !== "string") return [];
    const uid = uidRule(one["value"], treatment);
    return uid === undefined ? [] : [{ system: "urn:dicom:uid", value: `urn:oid:${uid}` }];
  });
}

/** Elements of every resource that no list holds. */
export const COMMON_RULES: ReadonlyMap<string, ElementRule> = new Map(
  (
    [
      ["resourceType", (value) => value],
      ["id", idRule],
      ["language", KNOWN_TYPE_RULE.language],
      ["meta", metaRule],
    ] as [string, Rule][]
  ).map(([name, rule]) => [name, { rule, isModifier: false }]),
);

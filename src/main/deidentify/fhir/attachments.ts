import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { treatDataPoint } from "./data-points.ts";
import { isMediaType, mediaTypeOf } from "./media-types.ts";
import { stripPicture } from "./strip-picture.ts";
import { isLanguage } from "./primitives.ts";
import type { Rule, Treatment } from "./treatment.ts";

/**
 * Of what is attached the kind of file stays, so that a receiver knows what there was. Documents, URLs, titles, sizes and checksums go: each
 * finds the document at its source. Open mHealth data points are treated; pictures stay where the policy says so, without what cameras write
 * into them.
 */
export const attachmentRule: Rule = (value, treatment) => {
  if (!isJsonObject(value)) return treatment.drop(value);
  const { contentType, language, data, ...rest } = value;
  const type = mediaTypeOf(contentType);
  const result: JsonObject = {};
  if (isMediaType(type)) result["contentType"] = type;
  else if (contentType !== undefined) treatment.drop(contentType);
  if (typeof language === "string" && isLanguage(language)) result["language"] = language;
  if (Object.keys(rest).length > 0) treatment.drop(rest);
  const treated = data === undefined ? undefined : treatData(data, type, treatment);
  if (treated !== undefined) result["data"] = treated;
  return Object.keys(result).length === 0 ? undefined : result;
};

/** @param type a media type @returns base64, or undefined where nothing may leave */
export function treatData(data: Json, type: string, treatment: Treatment): string | undefined {
  if (typeof data !== "string") return treatment.drop(data);
  if (type === "application/json") return treatJson(data, treatment);
  if (treatment.policy.images === "include" && type.startsWith("image/")) {
    const stripped = stripPicture(Buffer.from(data, "base64"));
    if (stripped !== undefined) {
      treatment.count("replaced");
      return stripped.toString("base64");
    }
  }
  treatment.count("dropped");
  return undefined;
}

function treatJson(data: string, treatment: Treatment): string | undefined {
  let document: Json;
  try {
    document = JSON.parse(Buffer.from(data, "base64").toString("utf8")) as Json;
  } catch {
    // No JSON after all: nobody knows what it is.
    return treatment.drop(data);
  }
  const treated = treatDataPoint(document, treatment);
  if (treated === undefined) return undefined;
  treatment.documents.push(treated);
  treatment.count("replaced");
  return Buffer.from(JSON.stringify(treated)).toString("base64");
}

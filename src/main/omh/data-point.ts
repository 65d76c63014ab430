import { isJsonObject, type Json, type JsonObject, type Resource } from "../fhir/json.ts";

/** An Open mHealth data point (IEEE 1752.1 7.2): what was measured, and about it. */
export interface DataPoint {
  /** "omh:blood-glucose:4.0": namespace, name and version of the schema. */
  type: string;
  /** Empty where an API gave the body alone. */
  header: JsonObject;
  body: JsonObject;
}

/** Systems of codes whose codes are names of schemas. */
const SCHEMA_SYSTEMS = new Set(["https://w3id.org/openmhealth", "https://w3id.org/ieee1752"]);
const TYPE = /^[a-z0-9-]+:[a-z0-9-]+:\d+\.[\dx]+$/;

/** The name of the schema that an Observation says it keeps to; undefined where it is no Open mHealth one. */
export function schemaOfObservation(observation: Resource): string | undefined {
  const code = observation["code"];
  const codings = isJsonObject(code) && Array.isArray(code["coding"]) ? code["coding"] : [];
  for (const coding of codings) {
    if (!isJsonObject(coding) || typeof coding["code"] !== "string" || !TYPE.test(coding["code"])) continue;
    if (typeof coding["system"] !== "string" || SCHEMA_SYSTEMS.has(coding["system"])) return coding["code"];
  }
  return undefined;
}

/**
 * The data point of an Observation as JupyterHealth Exchange has it: JSON in base64 (with line ends in old versions) in
 * `valueAttachment.data`.
 *
 * @returns undefined where it has none; "unreadable" where what stands there is no data point
 */
export function dataPointOf(observation: Resource): DataPoint | "unreadable" | undefined {
  const attachment = observation["valueAttachment"];
  if (!isJsonObject(attachment) || typeof attachment["data"] !== "string") return undefined;
  const type = schemaOfObservation(observation);
  if (type === undefined && attachment["contentType"] !== "application/json") return undefined;
  let document: Json;
  try {
    document = JSON.parse(Buffer.from(attachment["data"], "base64").toString("utf8")) as Json;
  } catch {
    return "unreadable";
  }
  return toDataPoint(document, type) ?? "unreadable";
}

/**
 * A document as a data point: with its header, or the body alone where the type is known otherwise.
 *
 * @param type where something beside the document tells it; it goes before the header's, which devices get wrong
 */
function toDataPoint(document: Json, type?: string): DataPoint | undefined {
  if (!isJsonObject(document)) return undefined;
  const { header, body } = document;
  if (isJsonObject(body)) {
    const head = isJsonObject(header) ? header : {};
    const named = type ?? schemaOfHeader(head);
    return named === undefined ? undefined : { type: named, header: head, body };
  }
  return type === undefined ? undefined : { type, header: {}, body: document };
}

function schemaOfHeader({ schema_id: schema }: JsonObject): string | undefined {
  if (!isJsonObject(schema)) return undefined;
  const parts = [schema["namespace"], schema["name"], schema["version"]];
  const type = parts.map((part) => (typeof part === "string" || typeof part === "number" ? part : "")).join(":");
  return TYPE.test(type) ? type : undefined;
}

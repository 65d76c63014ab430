import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { textOf } from "../../fhir/values-at.ts";

/** Whence the patient of a data point is known. */
export type PatientFrom = "header" | "place";

const SYSTEMS: Readonly<Record<string, string>> = {
  omh: "https://w3id.org/openmhealth",
  ieee: "https://w3id.org/ieee1752",
};

/** Whether JSON of a document without a resourceType is an Open mHealth data point: a header that names its schema, and a body. */
export function isDataPoint(document: Json): document is JsonObject {
  return (
    isJsonObject(document) &&
    isJsonObject(document["header"]) &&
    isJsonObject(document["header"]["schema_id"]) &&
    document["body"] !== undefined
  );
}

/**
 * An Open mHealth data point as the Observation that JupyterHealth Exchange makes of one: the document as it came in `valueAttachment`, its
 * schema as the code, its time frame as the effective time.
 *
 * @param json the document's own text
 * @param place names the patient where the header does not: the folder that it lies in
 */
export function observationOf(
  point: JsonObject,
  json: Buffer,
  place: string,
): { observation: JsonObject; patientFrom: PatientFrom } | undefined {
  const header = point["header"] as JsonObject;
  const id = textOf(header["uuid"]) || textOf(header["id"]);
  if (id === "") return undefined;
  const { namespace, name, version } = header["schema_id"] as JsonObject;
  const space = textOf(namespace);
  const named = textOf(header["user_id"]) || textOf(header["patient_id"]);
  const body = isJsonObject(point["body"]) ? point["body"] : {};
  const created = textOf(header["source_creation_date_time"]) || textOf(header["creation_date_time"]);
  return {
    patientFrom: named === "" ? "place" : "header",
    observation: {
      resourceType: "Observation",
      id,
      ...(created === "" ? {} : { meta: { lastUpdated: created } }),
      status: "final",
      code: { coding: [{ system: SYSTEMS[space] ?? space, code: `${space}:${textOf(name)}:${textOf(version)}` }] },
      subject: { reference: `Patient/${named || place}` },
      ...effective(body["effective_time_frame"]),
      valueAttachment: { contentType: "application/json", data: json.toString("base64") },
    },
  };
}

function effective(frame: Json | undefined): JsonObject {
  if (!isJsonObject(frame)) return {};
  const moment = textOf(frame["date_time"]);
  if (moment !== "") return { effectiveDateTime: moment };
  if (!isJsonObject(frame["time_interval"])) return {};
  const { start_date_time: start, end_date_time: end, date } = frame["time_interval"];
  if (textOf(date) !== "") return { effectiveDateTime: textOf(date) };
  if (textOf(start) === "" && textOf(end) === "") return {};
  return {
    effectivePeriod: {
      ...(textOf(start) === "" ? {} : { start: textOf(start) }),
      ...(textOf(end) === "" ? {} : { end: textOf(end) }),
    },
  };
}

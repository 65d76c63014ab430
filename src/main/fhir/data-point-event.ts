import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import { parseMoment, type FhirMoment } from "./moment.ts";
import { textOf } from "./values-at.ts";

/**
 * When an Open mHealth data point was measured, of an Observation that has it in `valueAttachment` and says no time itself, as those of
 * JupyterHealth Exchange: without it no choice of days would find them. (`effective_time_frame`, omh:time-frame:1.0)
 */
export function dataPointEvent(observation: JsonObject): FhirMoment | undefined {
  const attachment = observation["valueAttachment"];
  if (!isJsonObject(attachment) || typeof attachment["data"] !== "string") return undefined;
  const document = parse(attachment["data"]);
  if (!isJsonObject(document)) return undefined;
  const body = isJsonObject(document["body"]) ? document["body"] : document;
  const frame = body["effective_time_frame"];
  if (!isJsonObject(frame)) return undefined;
  const interval = isJsonObject(frame["time_interval"]) ? frame["time_interval"] : {};
  const times = [frame["date_time"], interval["start_date_time"], interval["end_date_time"], interval["date"]];
  const said = times.map(textOf).find((text) => text !== "");
  return said === undefined ? undefined : parseMoment(said);
}

function parse(data: string): Json | undefined {
  try {
    return JSON.parse(Buffer.from(data, "base64").toString("utf8")) as Json;
  } catch {
    return undefined;
  }
}

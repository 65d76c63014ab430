import { isJsonObject, type Json, type JsonObject, type Resource } from "../../fhir/json.ts";
import { dataPointOf, schemaOfObservation, type DataPoint } from "../../omh/data-point.ts";
import { clocksOf, timesOf, type Times } from "../../omh/time-frame.ts";
import { convert, type Dimension } from "../../omh/units.ts";
import { validateBody } from "../../omh/validate-body.ts";
import type { Cell } from "../table/table.ts";

/** What a source tells of an Observation beside the resource (sources/resources-source.ts: extra), as far as the policy lets it pass. */
export interface ObservationExtra {
  dataSource?: string;
  created?: string;
}

/** An Observation read once for whatever table it goes into. */
export interface ReadObservation {
  id: string;
  patient: string | null;
  /** "omh:blood-glucose:4.0"; undefined of an Observation that is no Open mHealth one. */
  type: string | undefined;
  point: DataPoint | undefined;
  times: Times;
  local: string | null;
  utc: string | null;
  dataSource: string | null;
  created: string | null;
  modality: string | null;
  /** Null where there is no schema to judge by. */
  valid: boolean | null;
  faults: string[];
}

/** @param zone whose clocks are meant where a time stands in UTC */
export function readObservation(resource: Resource, zone: string, extra: ObservationExtra = {}): ReadObservation {
  const found = dataPointOf(resource);
  const point = found === "unreadable" ? undefined : found;
  const type = point?.type ?? schemaOfObservation(resource);
  const times = timesOfObservation(resource, point);
  const judgement = point === undefined ? undefined : validateBody(point.type, point.body);
  const header = point?.header ?? {};
  const provenance = isJsonObject(header["acquisition_provenance"]) ? header["acquisition_provenance"] : {};
  return {
    id: textOf(resource["id"]) ?? "",
    patient: patientOf(resource),
    type,
    point,
    times,
    ...clocksOf(times.start, zone),
    dataSource: extra.dataSource ?? textOf(provenance["source_name"]),
    created: extra.created ?? textOf(header["source_creation_date_time"]) ?? textOf(header["creation_date_time"]),
    modality: textOf(header["modality"]) ?? textOf(provenance["modality"]),
    valid: found === "unreadable" ? false : judgement?.known === true ? judgement.valid : null,
    faults: found === "unreadable" ? ["document: unreadable"] : (judgement?.faults ?? []),
  };
}

/** A value with its unit, as it was written and in the unit of its measure. */
export interface ReadMeasure {
  value: number | null;
  written: number | null;
  unit: string | null;
  fault?: string;
}

const NOTHING: ReadMeasure = { value: null, written: null, unit: null };

/** @param name for faults: never what the document says */
export function readMeasure(value: Json | undefined, name: string, dimension: Dimension): ReadMeasure {
  if (!isJsonObject(value)) return NOTHING;
  const written = typeof value["value"] === "number" ? value["value"] : null;
  const unit = textOf(value["unit"]);
  if (written === null) return { ...NOTHING, unit };
  const { value: converted, respelled } =
    unit === null ? { value: null, respelled: false } : convert(written, unit, dimension);
  const fault =
    converted === null ? `${name}: unit not known` : respelled ? `${name}: unit spelled otherwise` : undefined;
  return { value: converted, written, unit, ...(fault === undefined ? {} : { fault }) };
}

export function textOf(value: Json | undefined): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

export function toCell(value: Json | undefined): Cell {
  return typeof value === "number" ? value : textOf(value);
}

/** The document's own time; of an Observation without one, the resource's. */
function timesOfObservation(resource: Resource, point: DataPoint | undefined): Times {
  const own = timesOf(point?.body["effective_time_frame"]);
  if (own.start !== null || own.end !== null) return own;
  const moment = textOf(resource["effectiveDateTime"]) ?? textOf(resource["effectiveInstant"]);
  if (moment !== null) return { start: moment, end: moment, partOfDay: null };
  const period: JsonObject = isJsonObject(resource["effectivePeriod"]) ? resource["effectivePeriod"] : {};
  return { start: textOf(period["start"]), end: textOf(period["end"]), partOfDay: null };
}

function patientOf({ subject }: Resource): string | null {
  const reference = isJsonObject(subject) ? subject["reference"] : undefined;
  return typeof reference === "string" ? (/(?:^|\/)Patient\/([^/]+)/.exec(reference)?.[1] ?? null) : null;
}

import { isJsonObject, type Json, type JsonObject, type Resource } from "../../fhir/json.ts";
import { measuredType } from "../../omh/measures.ts";
import type { Cell, Row } from "../table/table.ts";
import { readMeasure, readObservation, textOf, type ReadObservation } from "./read-observation.ts";
import { CHECKED, checkedCells, column, type ObservationTable } from "./type-table.ts";

/** Name of the table. */
export const TIDY = "observations";
/** What stands in a body beside what is measured. */
const NOT_MEASURED = new Set(["effective_time_frame", "schema_id"]);

/**
 * One table for everything: a row for each thing that was measured, whatever its type. Observations of FHIR without an Open mHealth document
 * have a row for their value and each of their components.
 *
 * @param zone IANA name: whose clocks are meant where a time stands in UTC
 */
export function tidyTable(zone: string): ObservationTable {
  return {
    name: TIDY,
    title: "Observations",
    columns: [
      column("Observation ID", "string", "Id of the observation in this data set"),
      column("Patient", "string", "Id of the patient in this data set"),
      column("Type", "string", "Type of the document, or code of the observation"),
      column("Measure", "string", "What was measured: its name in the document, or the code of the component"),
      {
        ...column("Value", "number", "In the unit beside it"),
        missing: "Not a number, or in a unit that is not known",
      },
      column("Unit", "string", "One for each measure"),
      column("Text", "string", "What is no number"),
      column("Value as Written", "number", "In the unit of the source"),
      column("Unit as Written", "string", "Unit of the source"),
      column("Start", "datetime", "Start of the interval; of a moment, the moment"),
      column("End", "datetime", "End of the interval; of a moment, the moment"),
      column("Part of Day", "string", "Where the document tells only that"),
      column("Local Time", "string", `Start as clocks showed it, without an offset; of times in UTC, in ${zone}`),
      column("UTC Time", "datetime", "Start in UTC"),
      column("Data Source", "string", "What the data came from, where the source tells it"),
      column("Created", "datetime", "When the document was made"),
      column("Modality", "string", "Sensed, or reported by the patient"),
      ...CHECKED,
    ],
    rows(resource, extra) {
      if (resource.resourceType !== "Observation") return [];
      const read = readObservation(resource, zone, extra);
      const measured = read.point === undefined ? measuresOfResource(resource) : measuresOfBody(read);
      return measured.map((one) => toRow(read, one, textOf(codeOf(resource["code"]))));
    },
  };
}

interface Measured {
  name: string | null;
  value: number | null;
  unit: string | null;
  text: string | null;
  written: number | null;
  writtenUnit: string | null;
  fault?: string;
}

function toRow(read: ReadObservation, measured: Measured, code: string | null): Row {
  const { times } = read;
  const faults = measured.fault === undefined ? read.faults : [...read.faults, measured.fault];
  const row: Cell[] = [
    read.id,
    read.patient,
    read.type ?? code,
    measured.name ?? code,
    measured.value,
    measured.unit,
    measured.text,
    measured.written,
    measured.writtenUnit,
    times.start,
    times.end,
    times.partOfDay,
    read.local,
    read.utc,
    read.dataSource,
    read.created,
    read.modality,
    ...checkedCells(read.type, read.valid, faults),
  ];
  return row;
}

/** What a known type measures; of others all that has a value. A document in which nothing is found keeps a row. */
function measuresOfBody({ point, type }: ReadObservation): Measured[] {
  const body = point?.body ?? {};
  const known = type === undefined ? undefined : measuredType(type);
  const inner = known?.within === undefined ? body : body[known.within];
  const values: JsonObject = isJsonObject(inner) ? inner : {};
  const rows: Measured[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (NOT_MEASURED.has(name)) continue;
    const measure = known?.measures.find((one) => one.name === name);
    if (measure !== undefined) {
      const { value: converted, written, unit, fault } = readMeasure(value, name, measure.dimension);
      const own = converted === null ? null : measure.dimension.unit;
      rows.push({
        name,
        value: converted,
        unit: own,
        text: null,
        written,
        writtenUnit: unit,
        ...(fault === undefined ? {} : { fault }),
      });
    } else rows.push(...anything(name, value));
  }
  return rows.length === 0 ? [EMPTY] : rows;
}

const EMPTY: Measured = { name: null, value: null, unit: null, text: null, written: null, writtenUnit: null };

/** A value of which no more is known than what stands there. */
function anything(name: string, value: Json): Measured[] {
  if (isJsonObject(value)) {
    if (typeof value["value"] === "number") {
      const unit = textOf(value["unit"]) ?? textOf(value["code"]);
      return [{ ...EMPTY, name, value: value["value"], unit, written: value["value"], writtenUnit: unit }];
    }
    return Object.entries(value).flatMap(([inner, one]) => anything(`${name}.${inner}`, one));
  }
  if (typeof value === "number") return [{ ...EMPTY, name, value, written: value }];
  const text = textOf(value);
  return text === null ? [] : [{ ...EMPTY, name, text }];
}

function measuresOfResource(resource: Resource): Measured[] {
  const components = Array.isArray(resource["component"]) ? resource["component"].filter(isJsonObject) : [];
  const own = measuresOfValue(resource, null);
  const inner = components.flatMap((component) => measuresOfValue(component, textOf(codeOf(component["code"]))));
  const rows = [...own, ...inner];
  return rows.length === 0 ? [EMPTY] : rows;
}

/** `value[x]` of an Observation or a component. */
function measuresOfValue(holder: JsonObject, name: string | null): Measured[] {
  const key = Object.keys(holder).find((one) => /^value[A-Z]/.test(one));
  const value = key === undefined ? undefined : holder[key];
  if (value === undefined || key === "valueAttachment") return [];
  if (key === "valueQuantity" && isJsonObject(value)) {
    const number = typeof value["value"] === "number" ? value["value"] : null;
    const unit = textOf(value["code"]) ?? textOf(value["unit"]);
    return [{ ...EMPTY, name, value: number, unit, written: number, writtenUnit: textOf(value["unit"]) ?? unit }];
  }
  if (typeof value === "number") return [{ ...EMPTY, name, value, written: value }];
  const text = isJsonObject(value) ? (textOf(codeOf(value)) ?? JSON.stringify(value)) : textOf(value);
  return [{ ...EMPTY, name, text }];
}

function codeOf(concept: Json | undefined): Json | undefined {
  if (!isJsonObject(concept) || !Array.isArray(concept["coding"])) return undefined;
  const coding = concept["coding"].find(isJsonObject);
  return coding?.["code"];
}

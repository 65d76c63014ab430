import { isJsonObject, type JsonObject, type Resource } from "../../fhir/json.ts";
import type { MeasuredType, Measure } from "../../omh/measures.ts";
import type { Cell, Row, TableColumn } from "../table/table.ts";
import { readMeasure, readObservation, toCell, type ObservationExtra } from "./read-observation.ts";

/** A table of Open mHealth observations. */
export interface ObservationTable {
  /** Of the file. */
  name: string;
  title: string;
  columns: readonly TableColumn[];
  /** Of an Observation that the policy has treated; none where it is not of the table's type. */
  rows(resource: Resource, extra?: ObservationExtra): Row[];
}

/**
 * The table of one type: first the columns that the guide of JupyterHealth Exchange has, in its words and order, then what was written, when,
 * and whether the document keeps to its schema.
 *
 * @param zone IANA name: whose clocks are meant where a time stands in UTC
 */
export function typeTable(type: MeasuredType, zone: string): ObservationTable {
  const { measures, attributes, name, title, within } = type;
  return {
    name,
    title,
    columns: [
      { ...column("Observation ID", "string", "Id of the observation in this data set"), required: true, unique: true },
      column("Patient", "string", "Id of the patient in this data set"),
      column("Date/Time", "datetime", "When it was measured, or began to be"),
      ...measures.map((measure) => ({
        ...column(measureTitle(measure), "number", `${measure.title} in ${unitOf(measure)}`),
        unit: unitOf(measure),
        missing: "Not measured, or in a unit that is not known",
      })),
      ...attributes.map((attribute) =>
        column(attribute.title, attribute.type, `\`${attribute.name}\` of the document`),
      ),
      column("Data Source", "string", "What the data came from, where the source tells it"),
      column("Created", "datetime", "When the document was made"),
      column("Start", "datetime", "Start of the interval; of a moment, the moment"),
      column("End", "datetime", "End of the interval, as written or by its duration; of a moment, the moment"),
      column("Part of Day", "string", "Where the document tells only that"),
      column("Local Time", "string", `Date/Time as clocks showed it, without an offset; of times in UTC, in ${zone}`),
      column("UTC Time", "datetime", "Date/Time in UTC"),
      column("Modality", "string", "Sensed, or reported by the patient"),
      ...measures.flatMap((measure) => [
        column(`${measure.title} as Written`, "number", `${measure.title} in the unit of the document`),
        column(`${measure.title} Unit as Written`, "string", "Unit in the document"),
      ]),
      ...CHECKED,
    ],
    rows(resource, extra) {
      const read = readObservation(resource, zone, extra);
      if (read.type === undefined || !read.type.startsWith(`${type.type}:`)) return [];
      const body = read.point?.body ?? {};
      const measured: JsonObject = within === undefined ? body : inner(body, within);
      const values = measures.map((measure) => readMeasure(measured[measure.name], measure.name, measure.dimension));
      const faults = [...read.faults, ...values.flatMap(({ fault }) => (fault === undefined ? [] : [fault]))];
      const row: Cell[] = [
        read.id,
        read.patient,
        read.times.start,
        ...values.map(({ value }) => value),
        ...attributes.map((attribute) => toCell(measured[attribute.name] ?? body[attribute.name])),
        read.dataSource,
        read.created,
        read.times.start,
        read.times.end,
        read.times.partOfDay,
        read.local,
        read.utc,
        read.modality,
        ...values.flatMap(({ written, unit }): Cell[] => [written, unit]),
        ...checkedCells(read.type, read.valid, faults),
      ];
      return [row];
    },
  };
}

export function column(name: string, type: TableColumn["type"], description: string): TableColumn {
  return { name, type, title: name, description, required: false, treatment: "as the policy left it" };
}

/** What every table of observations ends with. */
export const CHECKED: readonly TableColumn[] = [
  column("Schema", "string", "Schema that the document says it keeps to"),
  { ...column("Valid", "boolean", "Whether it keeps to it"), missing: "No schema is known" },
  column("Faults", "string", "Where it breaks which rule; joined by semicolons"),
];

export function checkedCells(type: string | undefined, valid: boolean | null, faults: readonly string[]): Cell[] {
  return [type ?? null, valid === null ? null : String(valid), faults.length === 0 ? null : faults.join("; ")];
}

function measureTitle(measure: Measure): string {
  return `${measure.title} (${unitOf(measure)})`;
}

function unitOf({ dimension }: Measure): string {
  return dimension.unit === "C" ? "°C" : dimension.unit;
}

function inner(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  return isJsonObject(value) ? value : {};
}

import { dataPointOf, schemaOfObservation } from "../../omh/data-point.ts";
import { MEASURED_TYPES, measuredType } from "../../omh/measures.ts";
import { TIDY, tidyTable } from "./tidy-table.ts";
import { typeTable, type ObservationTable } from "./type-table.ts";

/**
 * The tables that observations go into: one a type of Open mHealth (whatever its version), in a fixed order; those of no type that is known go
 * into the tidy table, which comes last where there are any, so that none is lost.
 *
 * @param types of the documents that were selected: "omh:blood-glucose:4.0"
 * @param others whether there are Observations of no type that has a table
 */
export function observationTables(
  types: readonly string[],
  others: boolean,
  tidy: boolean,
  zone: string,
): ObservationTable[] {
  if (tidy) return [tidyTable(zone)];
  const wanted = new Set(types.map((type) => measuredType(type)?.type));
  const tables = MEASURED_TYPES.filter(({ type }) => wanted.has(type)).map((type) => typeTable(type, zone));
  return others || wanted.has(undefined) ? [...tables, othersTable(zone)] : tables;
}

/** One of the tables, by its name. */
export function observationTable(name: string, zone: string): ObservationTable {
  if (name === TIDY) return tidyTable(zone);
  const type = MEASURED_TYPES.find((known) => known.name === name);
  return type === undefined ? othersTable(zone) : typeTable(type, zone);
}

/** The tidy table of what no other table takes. */
function othersTable(zone: string): ObservationTable {
  const tidy = tidyTable(zone);
  return {
    ...tidy,
    name: "other-observations",
    title: "Other observations",
    rows(resource, extra) {
      const point = dataPointOf(resource);
      const type = point === undefined || point === "unreadable" ? schemaOfObservation(resource) : point.type;
      return type !== undefined && measuredType(type) !== undefined ? [] : tidy.rows(resource, extra);
    },
  };
}

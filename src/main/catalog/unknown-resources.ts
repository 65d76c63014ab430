import type { ResourcesFilter } from "../../contract/fhir.ts";
import type { Catalog } from "./database.ts";
import { listResourceTypes } from "./resource-types.ts";
import { kindsOfCodes } from "./resources-filter.ts";
import { unknown, unknownSources, type UnknownValues } from "./unknown-values.ts";

/** What a filter of resources names and the catalog does not know. */
export function unknownInResources(catalog: Catalog, filter: ResourcesFilter): UnknownValues[] {
  const types = new Set(listResourceTypes(catalog).map(({ type }) => type));
  const has = (sql: string, value: string): boolean =>
    catalog.column<number>(`SELECT 1 WHERE EXISTS (${sql})`, value).length > 0;
  return [
    ...unknownSources(catalog, filter.sources),
    ...unknown(
      "types",
      filter.types,
      (type) => types.has(type),
      () => [...types].sort(),
    ),
    ...unknown(
      "patients",
      filter.patients,
      (id) => has("SELECT 1 FROM resource_patient WHERE patient_id = ?", id),
      () => [],
    ),
    ...unknown(
      "studies",
      filter.studies,
      (id) => has("SELECT 1 FROM study_group WHERE group_id = ?", id),
      () => catalog.column<string>("SELECT DISTINCT group_id FROM study_group ORDER BY 1"),
    ),
    ...unknown(
      "codes",
      filter.codes,
      (code) => kindsOfCodes(catalog, [code]).length > 0,
      () => [],
    ),
  ];
}

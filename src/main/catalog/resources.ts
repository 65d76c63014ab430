import { SatchelError } from "../../contract/errors.ts";
import type { ResourcesFilter } from "../../contract/fhir.ts";
import { timeZone } from "../time-zone.ts";
import type { Catalog } from "./database.ts";
import { recordsConfigOf } from "./record-patients.ts";
import { listResourceKinds } from "./resource-types.ts";
import { resourcesConditions } from "./resources-filter.ts";

/** A resource as the plan of an export needs it. */
export interface PlannedResource {
  /** The catalog's number. */
  row: number;
  type: string;
  /** Logical id at its source. */
  id: string;
  /** The catalog's number of type and codes; see listResourceKinds. */
  kind: number;
  /** Bytes of its JSON. */
  bytes: number;
}

/** Resources of one patient, or some of nobody. */
export interface PlannedSubject {
  /** The catalog's number of the source. */
  source: number;
  patient: ResourcePatient | undefined;
  resources: PlannedResource[];
}

/** Whom resources are about. */
export interface ResourcePatient {
  /** The catalog's number. */
  row: number;
  /** Logical id at the source. */
  id: string;
}

/** A resource with its JSON. */
export interface ResourceRecord {
  row: number;
  source: number;
  type: string;
  id: string;
  patient: ResourcePatient | undefined;
  kind: number;
  /** As the source gave it, UTF-8; there may be line ends within. */
  json: Buffer;
  /** See IndexedResource. */
  extra: Record<string, string>;
  /** The local day of what it is about in the hospital's time zone, or the year or month where no more is said; "" where nothing is. */
  day: string;
}

/** Patients of one look into the catalog, and resources of nobody. */
const WINDOW = 100;
const NOBODY_WINDOW = 1_000;

/**
 * What a filter leaves, patient by patient, then what is about nobody, in no order that means anything. Nothing is kept open between two
 * of them, so that others may have their turn.
 */
export function* planResources(catalog: Catalog, filter: ResourcesFilter): Generator<PlannedSubject> {
  const { patients, resources, ofNobody } = resourcesConditions(catalog, filter);
  const types = new Map([...listResourceKinds(catalog)].map(([kind, { type }]) => [kind, type]));
  for (let last = 0; ;) {
    const owners = catalog.all<ResourcePatient>(
      `SELECT id AS row, patient_id AS id FROM resource_patient WHERE id > ? AND ${patients.where} ORDER BY resource_patient.id LIMIT ?`,
      last,
      ...patients.values,
      WINDOW,
    );
    for (const patient of owners) {
      const found = catalog.all<FoundResource>(
        `${FOUND} WHERE patient = ? AND ${resources.where}`,
        patient.row,
        ...resources.values,
      );
      const source = found[0]?.source;
      if (source !== undefined) yield { source, patient, resources: found.map((one) => toPlanned(one, types)) };
    }
    const end = owners.at(-1);
    if (end === undefined) break;
    last = end.row;
  }
  if (ofNobody) yield* planOfNobody(catalog, resources, types);
}

type FoundResource = Omit<PlannedResource, "type"> & { source: number };

// By its own index: SQLite would rather take the source's, and go through all its resources.
const FOUND =
  "SELECT id AS row, resource_id AS id, kind, length AS bytes, source FROM resource INDEXED BY resource_by_patient";

function toPlanned(
  { source: _source, ...resource }: FoundResource,
  types: ReadonlyMap<number, string>,
): PlannedResource {
  return { ...resource, type: types.get(resource.kind) ?? "" };
}

function* planOfNobody(
  catalog: Catalog,
  { where, values }: ReturnType<typeof resourcesConditions>["resources"],
  types: ReadonlyMap<number, string>,
): Generator<PlannedSubject> {
  for (let last = { kind: 0, row: 0 }; ;) {
    const found = catalog.all<FoundResource>(
      `${FOUND} WHERE patient IS NULL AND (kind, resource.id) > (?, ?) AND ${where} ORDER BY kind, resource.id LIMIT ?`,
      last.kind,
      last.row,
      ...values,
      NOBODY_WINDOW,
    );
    const bySource = Map.groupBy(found, ({ source }) => source);
    for (const [source, some] of bySource)
      yield { source, patient: undefined, resources: some.map((one) => toPlanned(one, types)) };
    const end = found.at(-1);
    if (end === undefined || found.length < NOBODY_WINDOW) return;
    last = end;
  }
}

/** How many of the resources that the filter would leave have no day to compare with its days, by type. They stay out. */
export function countUndated(catalog: Catalog, filter: ResourcesFilter): Record<string, number> {
  const { patients, undated, ofNobody } = resourcesConditions(catalog, filter);
  if (undated === undefined) return {};
  const counts = catalog.all<{ type: string; count: number }>(
    `SELECT type, count(*) AS count FROM resource
     WHERE ${undated.where} AND (${ofNobody ? "patient IS NULL OR " : ""} patient IN (SELECT id FROM resource_patient WHERE ${patients.where}))
     GROUP BY type ORDER BY type`,
    ...undated.values,
    ...patients.values,
  );
  return Object.fromEntries(counts.map(({ type, count }) => [type, count]));
}

interface Stored {
  row: number;
  source: number;
  type: string;
  id: string;
  kind: number;
  json: Buffer;
  extra: string;
  patient: number | null;
  patientId: string | null;
  day: string;
  eventAt: number | null;
}

/**
 * Resources in the order asked for; a few at a time, since each may be megabytes.
 *
 * @throws SOURCE_ANSWER where the catalog no longer holds one of them
 */
export function readResources(catalog: Catalog, rows: readonly number[]): ResourceRecord[] {
  const zones = new Map<number, string>();
  return rows.map((row) => {
    const found = catalog.get<Stored>(READ, row);
    if (found === undefined)
      throw new SatchelError(
        "SOURCE_ANSWER",
        "The catalog has changed since the export was planned.",
        "Run the export again.",
      );
    const { patient, patientId, day, eventAt, extra, ...resource } = found;
    return {
      ...resource,
      patient: patient === null ? undefined : { row: patient, id: patientId ?? "" },
      extra: JSON.parse(extra) as Record<string, string>,
      day: eventAt === null ? day : timeZone(zoneOf(catalog, zones, found.source)).toLocalDate(eventAt),
    };
  });
}

const READ = `SELECT resource.id AS row, resource.source, type, resource_id AS id, kind, json, extra, patient,
  patient_id AS patientId, day, event_at AS eventAt
  FROM resource JOIN resource_json ON resource_json.id = resource.id
  LEFT JOIN resource_patient ON resource_patient.id = patient WHERE resource.id = ?`;

function zoneOf(catalog: Catalog, zones: Map<number, string>, source: number): string {
  const known = zones.get(source);
  if (known !== undefined) return known;
  const [config = "{}"] = catalog.column<string>("SELECT config FROM source WHERE id = ?", source);
  const { timeZone: zone } = recordsConfigOf(config);
  zones.set(source, zone);
  return zone;
}

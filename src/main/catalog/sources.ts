import { SatchelError, type ErrorRecord } from "../../contract/errors.ts";
import type { SyncReport } from "../sources/source.ts";
import type { Catalog } from "./database.ts";
import { removeLocation } from "./instances.ts";
import { raiseRecordsGeneration } from "./records-generation.ts";
import { removingRecords } from "./records-rows.ts";
import { removingResources } from "./resource-rows.ts";
import { refreshStaleStudies } from "./refresh.ts";

/** A configured source. `config` is what its kind's schema gave; the secret is read apart, so that it is not shown by accident. */
export interface SourceRow {
  id: number;
  kind: string;
  name: string;
  config: unknown;
  /** ISO 8601, UTC. */
  createdAt: string;
  lastSyncAt: string | null;
  lastSync: SyncReport | null;
  /** Why the last sync failed, or was cancelled; null once one ended well. */
  lastError: ErrorRecord | null;
  /** Of a sync that has not ended: it runs, or its process died. */
  syncBeganAt: string | null;
  hasSecret: boolean;
  instances: number;
  notes: number;
  /** Of a study list. */
  exams: number;
  /** Patients of records, or of resources. */
  recordPatients: number;
  /** FHIR resources. */
  resources: number;
  problems: number;
}

interface StoredSource {
  id: number;
  kind: string;
  name: string;
  config: string;
  createdAt: string;
  lastSyncAt: string | null;
  lastSync: string | null;
  lastError: string | null;
  syncBeganAt: string | null;
  hasSecret: number;
  instances: number;
  notes: number;
  exams: number;
  recordPatients: number;
  resources: number;
  problems: number;
}

const SELECT = `
  SELECT id, kind, name, config, created_at AS createdAt, last_sync_at AS lastSyncAt, last_sync AS lastSync,
    last_error AS lastError, sync_began_at AS syncBeganAt, secret IS NOT NULL AS hasSecret,
    (SELECT coalesce(sum(instances), 0) FROM study_source WHERE source = source.id) AS instances,
    coalesce((SELECT notes FROM record_count AS counted WHERE counted.source = source.id), 0) AS notes,
    coalesce((SELECT exams FROM record_count AS counted WHERE counted.source = source.id), 0) AS exams,
    coalesce((SELECT patients FROM record_count AS counted WHERE counted.source = source.id), 0) +
      (SELECT coalesce(sum(resources), 0) FROM resource_count JOIN resource_kind ON resource_kind.id = kind
       WHERE resource_count.source = source.id AND type = 'Patient') AS recordPatients,
    (SELECT coalesce(sum(resources), 0) FROM resource_count WHERE resource_count.source = source.id) AS resources,
    (SELECT count(*) FROM source_problem WHERE source = source.id) AS problems
  FROM source`;

function toSource(row: StoredSource): SourceRow {
  return {
    ...row,
    config: JSON.parse(row.config) as unknown,
    lastSync: row.lastSync === null ? null : (JSON.parse(row.lastSync) as SyncReport),
    lastError: row.lastError === null ? null : (JSON.parse(row.lastError) as ErrorRecord),
    hasSecret: row.hasSecret === 1,
  };
}

/** @throws SatchelError USAGE */
function assertName(name: string): void {
  if (/^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,62}[\p{L}\p{N}])?$/u.test(name)) return;
  throw new SatchelError(
    "USAGE",
    "The name of a source must be 1 to 64 letters, digits, spaces, dots, hyphens or underscores.",
    "Choose another name.",
  );
}

/** @throws SatchelError ALREADY_EXISTS where the name (whatever its case) is taken */
function assertFree(catalog: Catalog, name: string): void {
  if (findSource(catalog, name) === undefined) return;
  throw new SatchelError(
    "ALREADY_EXISTS",
    `There is a source named ${name} already.`,
    "Choose another name, or remove that source first.",
  );
}

/** @throws SatchelError ALREADY_EXISTS where the name (whatever its case) is taken, USAGE where it is no name. */
export function addSource(
  catalog: Catalog,
  source: { kind: string; name: string; config: unknown; secret?: string | undefined },
): SourceRow {
  assertName(source.name);
  return catalog.write(() => {
    assertFree(catalog, source.name);
    catalog.run(
      "INSERT INTO source (kind, name, config, secret, created_at) VALUES (?, ?, ?, ?, ?)",
      source.kind,
      source.name,
      JSON.stringify(source.config),
      source.secret ?? null,
      new Date().toISOString(),
    );
    return getSource(catalog, source.name);
  });
}

/** All sources in the order they were added. */
export function listSources(catalog: Catalog): SourceRow[] {
  return catalog.all<StoredSource>(`${SELECT} ORDER BY id`).map(toSource);
}

/** By name, whatever its case, or by id. */
function findSource(catalog: Catalog, nameOrId: string | number): SourceRow | undefined {
  const row =
    typeof nameOrId === "number"
      ? catalog.get<StoredSource>(`${SELECT} WHERE id = ?`, nameOrId)
      : catalog.get<StoredSource>(`${SELECT} WHERE name = ?`, nameOrId);
  return row === undefined ? undefined : toSource(row);
}

/** @throws SatchelError NOT_FOUND */
export function getSource(catalog: Catalog, nameOrId: string | number): SourceRow {
  const source = findSource(catalog, nameOrId);
  if (source !== undefined) return source;
  const name = typeof nameOrId === "string" ? `named ${nameOrId}` : `with number ${nameOrId}`;
  throw new SatchelError("NOT_FOUND", `There is no source ${name}.`, "Look at the list of sources.");
}

/** Password or token of a source. */
export function sourceSecret(catalog: Catalog, id: number): string | undefined {
  return catalog.get<{ secret: string | null }>("SELECT secret FROM source WHERE id = ?", id)?.secret ?? undefined;
}

/**
 * Changes what is given and leaves the rest; a secret of null is forgotten.
 *
 * @param elsewhere the configuration names another place: what was remembered of the last sync of the old one is forgotten, so that the
 * next reads everything.
 * @throws SatchelError ALREADY_EXISTS, USAGE as addSource
 */
export function editSource(
  catalog: Catalog,
  id: number,
  change: { name?: string | undefined; config?: unknown; secret?: string | null | undefined },
  elsewhere: boolean,
): SourceRow {
  return catalog.write(() => {
    const before = getSource(catalog, id);
    const name = change.name ?? before.name;
    if (name !== before.name) assertName(name);
    if (name.toLowerCase() !== before.name.toLowerCase()) assertFree(catalog, name);
    catalog.run(
      "UPDATE source SET name = ?, config = ?, secret = ? WHERE id = ?",
      name,
      JSON.stringify(change.config ?? before.config),
      change.secret === undefined ? (sourceSecret(catalog, id) ?? null) : change.secret,
      id,
    );
    // Its name, time zone and issuer are told with its records.
    raiseRecordsGeneration(catalog);
    if (elsewhere) forgetSync(catalog, id);
    return getSource(catalog, id);
  });
}

function forgetSync(catalog: Catalog, id: number): void {
  catalog.run(
    "UPDATE source SET state = '{}', last_sync_at = NULL, last_sync = NULL, last_error = NULL WHERE id = ?",
    id,
  );
}

/** Until recordSync or recordSyncError: a process that dies in between leaves the mark. */
export function beginSync(catalog: Catalog, id: number): void {
  catalog.run("UPDATE source SET sync_began_at = ? WHERE id = ?", new Date().toISOString(), id);
}

/** What the last sync reported, for the list of sources. */
export function recordSync(catalog: Catalog, id: number, report: SyncReport): void {
  catalog.run(
    "UPDATE source SET last_sync_at = ?, last_sync = ?, last_error = NULL, sync_began_at = NULL WHERE id = ?",
    new Date().toISOString(),
    JSON.stringify(report),
    id,
  );
}

/** Why a sync did not come to its end. What the one before reported stays. */
export function recordSyncError(catalog: Catalog, id: number, error: ErrorRecord): void {
  catalog.run("UPDATE source SET last_error = ?, sync_began_at = NULL WHERE id = ?", JSON.stringify(error), id);
}

/**
 * Removes a source and what only it held. What another source holds too stays. Nothing happens at the source itself.
 *
 * In steps of some milliseconds, each whole: a process that dies in between leaves a source that has never been synced and holds less.
 */
export function* removingSource(catalog: Catalog, id: number): Generator<void, void> {
  catalog.write(() => {
    getSource(catalog, id);
    forgetSync(catalog, id);
    catalog.run(
      "UPDATE study SET stale = 1 WHERE study_instance_uid IN (SELECT study_instance_uid FROM analysis WHERE source = ?)",
      id,
    );
    catalog.run("DELETE FROM analysis WHERE source = ?", id);
  });
  for (let left = true; left;) {
    left = catalog.write(() => {
      const locations = catalog.column<number>("SELECT id FROM instance_location WHERE source = ? LIMIT 200", id);
      for (const location of locations) removeLocation(catalog, location);
      return locations.length > 0;
    });
    yield;
  }
  while (!refreshStaleStudies(catalog, STEP_MS)) yield;
  yield* removingRecords(catalog, id);
  yield* removingResources(catalog, id);
  catalog.run("DELETE FROM source WHERE id = ?", id);
}

/** Milliseconds that a step may hold the thread. */
const STEP_MS = 15;

/** The same at once. */
export function removeSource(catalog: Catalog, id: number): void {
  const steps = removingSource(catalog, id);
  while (steps.next().done !== true);
}

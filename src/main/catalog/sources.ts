import { SatchelError } from "../../contract/errors.ts";
import type { SyncReport } from "../sources/source.ts";
import type { Catalog } from "./database.ts";
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
  instances: number;
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
  instances: number;
  problems: number;
}

const SELECT = `
  SELECT id, kind, name, config, created_at AS createdAt, last_sync_at AS lastSyncAt, last_sync AS lastSync,
    (SELECT count(*) FROM instance_location WHERE source = source.id) AS instances,
    (SELECT count(*) FROM source_problem WHERE source = source.id) AS problems
  FROM source`;

function toSource(row: StoredSource): SourceRow {
  return {
    ...row,
    config: JSON.parse(row.config) as unknown,
    lastSync: row.lastSync === null ? null : (JSON.parse(row.lastSync) as SyncReport),
  };
}

/** @throws SatchelError ALREADY_EXISTS where the name (whatever its case) is taken, USAGE where it is no name. */
export function addSource(
  catalog: Catalog,
  source: { kind: string; name: string; config: unknown; secret?: string | undefined },
): SourceRow {
  if (!/^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,62}[\p{L}\p{N}])?$/u.test(source.name)) {
    throw new SatchelError(
      "USAGE",
      "The name of a source must be 1 to 64 letters, digits, spaces, dots, hyphens or underscores.",
      "Choose another --name.",
    );
  }
  return catalog.write(() => {
    if (findSource(catalog, source.name) !== undefined) {
      throw new SatchelError(
        "ALREADY_EXISTS",
        `There is a source named ${source.name} already.`,
        "Choose another --name, or remove that source first.",
      );
    }
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
  throw new SatchelError("NOT_FOUND", `There is no source ${name}.`, "List the sources with `satchel source list`.");
}

/** Patients and studies of which a source holds something. */
export function sourceCounts(catalog: Catalog, id: number): { patients: number; studies: number } {
  const counts = catalog.get<{ patients: number; studies: number }>(
    `SELECT count(DISTINCT patient) AS patients, count(*) AS studies FROM study WHERE EXISTS (
       SELECT 1 FROM series JOIN instance ON instance.series = series.id
       JOIN instance_location AS location ON location.instance = instance.id AND location.source = ?
       WHERE series.study = study.id)`,
    id,
  );
  return counts ?? { patients: 0, studies: 0 };
}

/** Password or token of a source. */
export function sourceSecret(catalog: Catalog, id: number): string | undefined {
  return catalog.get<{ secret: string | null }>("SELECT secret FROM source WHERE id = ?", id)?.secret ?? undefined;
}

/** What the last sync reported, for the list of sources. */
export function recordSync(catalog: Catalog, id: number, report: SyncReport): void {
  catalog.run(
    "UPDATE source SET last_sync_at = ?, last_sync = ? WHERE id = ?",
    new Date().toISOString(),
    JSON.stringify(report),
    id,
  );
}

/** Removes a source and what only it held. What another source holds too stays. Nothing happens at the source itself. */
export function removeSource(catalog: Catalog, id: number): void {
  catalog.write(() => {
    getSource(catalog, id);
    catalog.run(
      `UPDATE study SET stale = 1 WHERE id IN (
         SELECT series.study FROM instance_location AS location
         JOIN instance ON instance.id = location.instance JOIN series ON series.id = instance.series
         WHERE location.source = ?)`,
      id,
    );
    catalog.run(
      `DELETE FROM instance WHERE id IN (SELECT instance FROM instance_location WHERE source = ?)
         AND NOT EXISTS (SELECT 1 FROM instance_location WHERE instance = instance.id AND source <> ?)`,
      id,
      id,
    );
    catalog.run("DELETE FROM instance_location WHERE source = ?", id);
    catalog.run("DELETE FROM source WHERE id = ?", id);
    refreshStaleStudies(catalog);
  });
}

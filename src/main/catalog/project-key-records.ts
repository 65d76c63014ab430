import type { Catalog } from "./database.ts";

/** A project key as it stands in the (encrypted) catalog. access/project-keys.ts is the way to it. */
export interface ProjectKeyRecord {
  name: string;
  /** 32 bytes. */
  secret: Buffer;
  /** ISO 8601, UTC. */
  createdAt: string;
  origin: "new" | "imported";
}

const SELECT = "SELECT name, secret, created_at AS createdAt, origin FROM project_key";

export function projectKeyRecords(catalog: Catalog): ProjectKeyRecord[] {
  return catalog.all<ProjectKeyRecord>(`${SELECT} ORDER BY name`);
}

/** By name, whatever its case. */
export function projectKeyRecord(catalog: Catalog, name: string): ProjectKeyRecord | undefined {
  return catalog.get<ProjectKeyRecord>(`${SELECT} WHERE name = ?`, name);
}

export function insertProjectKeyRecord(catalog: Catalog, key: ProjectKeyRecord): void {
  catalog.run(
    "INSERT INTO project_key (name, secret, created_at, origin) VALUES (?, ?, ?, ?)",
    key.name,
    key.secret,
    key.createdAt,
    key.origin,
  );
}

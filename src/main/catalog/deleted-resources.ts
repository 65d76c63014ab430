import type { Catalog } from "./database.ts";

/** A resource that a source no longer has. */
export interface DeletedResource {
  /** The catalog's number of the source. */
  source: number;
  type: string;
  id: string;
  /** Logical id of the patient whom it was about; "" where nobody, or unknown. */
  patientId: string;
  /** ISO 8601, UTC: when the catalog was told. */
  deletedAt: string;
}

/** In the order in which they were noticed. @param since ISO 8601, UTC: those that were noticed later */
export function deletedResources(catalog: Catalog, since = "", limit = 100_000): DeletedResource[] {
  return catalog.all<DeletedResource>(
    `SELECT source, type, resource_id AS id, patient_id AS patientId, deleted_at AS deletedAt FROM resource_deleted
     WHERE deleted_at > ? ORDER BY deleted_at, source, type, resource_id LIMIT ?`,
    since,
    limit,
  );
}

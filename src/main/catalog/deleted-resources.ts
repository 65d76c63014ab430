import type { ResourcesFilter } from "../../contract/fhir.ts";
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

/** Deletions of one look into the catalog. */
const WINDOW = 1_000;

/**
 * What an earlier package of a recipe may hold and its sources have deleted since: of patients who left by it with resources of the type, and
 * of nobody. In the order of the catalog, some at a time.
 *
 * @param recipe as `noteExportedPatients` has it
 * @param filter of the recipe, with `changedSince`; codes and days of what is gone are not known
 */
export function* deletedSinceExport(
  catalog: Catalog,
  recipe: string,
  filter: ResourcesFilter,
): Generator<Omit<DeletedResource, "deletedAt">> {
  if (filter.changedSince === undefined) return;
  const list = (values: readonly string[] | undefined): string | null =>
    values === undefined ? null : JSON.stringify(values);
  const sources = list(filter.sources?.map((name) => name.toLowerCase()));
  const [types, patients] = [list(filter.types), list(filter.patients)];
  const ofNobody = filter.patients === undefined && filter.studies === undefined;
  for (let last = { source: 0, type: "", id: "" }; ;) {
    const found = catalog.all<Omit<DeletedResource, "deletedAt">>(
      `SELECT gone.source, gone.type, resource_id AS id, gone.patient_id AS patientId FROM resource_deleted AS gone
       WHERE (gone.source, gone.type, resource_id) > (?, ?, ?) AND changed_in > ?
         AND (? IS NULL OR gone.source IN (SELECT id FROM source WHERE lower(name) IN (SELECT value FROM json_each(?))))
         AND (? IS NULL OR gone.type IN (SELECT value FROM json_each(?)))
         AND (? IS NULL OR gone.patient_id IN (SELECT value FROM json_each(?)))
         AND ((gone.patient_id = '' AND ?) OR EXISTS (SELECT 1 FROM exported_patient AS sent
           WHERE sent.recipe = ? AND sent.source = gone.source AND sent.patient_id = gone.patient_id AND sent.type = gone.type))
       ORDER BY gone.source, gone.type, resource_id LIMIT ?`,
      last.source,
      last.type,
      last.id,
      filter.changedSince,
      sources,
      sources,
      types,
      types,
      patients,
      patients,
      Number(ofNobody),
      recipe,
      WINDOW,
    );
    yield* found;
    const end = found.at(-1);
    if (end === undefined || found.length < WINDOW) return;
    last = end;
  }
}

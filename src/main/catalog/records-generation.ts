import type { Catalog } from "./database.ts";

/**
 * Grows with every change of records and of what is told with them (a source's name, time zone or issuer). What was planned at one
 * generation is what is read, as long as it stands.
 */
export function recordsGeneration(catalog: Catalog): number {
  return catalog.get<{ generation: number }>("SELECT generation FROM record_state WHERE id = 1")?.generation ?? 0;
}

/** In SQL, within the transaction that changes something and raises it: the generation that the change makes. */
export const NEXT_GENERATION = "(SELECT generation + 1 FROM record_state WHERE id = 1)";

/** Within the transaction that changes something. */
export function raiseRecordsGeneration(catalog: Catalog): void {
  catalog.run("UPDATE record_state SET generation = generation + 1 WHERE id = 1");
}

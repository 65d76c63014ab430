import type { Catalog } from "./database.ts";
import { NEXT_GENERATION, raiseRecordsGeneration } from "./records-generation.ts";

/** Resources that one step moves. */
const STEP = 200;

/**
 * Gives what names its patient by an identifier alone ("?system|value", fhir/patient-reference.ts) to the one Patient of the source who
 * bears it, so that their consent and their pseudonym hold for it as well. Where nobody bears it, or several do, it stays apart. In steps.
 */
export function* resolvingNamedPatients(catalog: Catalog, source: number): Generator<void> {
  const named = catalog.all<{ row: number; name: string }>(
    "SELECT id AS row, patient_id AS name FROM resource_patient WHERE source = ? AND patient_id >= '?' AND patient_id < '@'",
    source,
  );
  for (const { row, name } of named) {
    const divide = name.lastIndexOf("|");
    const [system, value] = [name.slice(1, Math.max(1, divide)), name.slice(divide + 1)];
    const bearers = catalog.column<number>(
      `SELECT DISTINCT owner.id FROM resource_patient AS owner, json_each(owner.identifiers) AS identifier
       WHERE owner.source = ? AND known = 1 AND identifier.value ->> 'value' = ? AND (? = '' OR identifier.value ->> 'system' = ?)
       LIMIT 2`,
      source,
      value,
      system,
      system,
    );
    yield;
    const [bearer] = bearers;
    if (bearer === undefined || bearers.length > 1 || value === "") continue;
    for (let moved = STEP; moved === STEP;) {
      moved = catalog.writeRepeatable(() => {
        raiseRecordsGeneration(catalog);
        catalog.run("UPDATE OR IGNORE consent SET patient = ? WHERE patient = ?", bearer, row);
        catalog.run("UPDATE OR IGNORE study_member SET patient = ? WHERE patient = ?", bearer, row);
        return catalog.run(
          `UPDATE resource SET patient = ?, changed_in = ${NEXT_GENERATION}
           WHERE id IN (SELECT id FROM resource WHERE patient = ? LIMIT ?)`,
          bearer,
          row,
          STEP,
        ).changes;
      });
      yield;
    }
  }
}

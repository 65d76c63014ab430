import type { Catalog } from "./database.ts";
import { listConsents } from "./consents.ts";

/** Who left in a package, with data of one type. */
export interface ExportedPatient {
  /** The catalog's number of the source. */
  source: number;
  /** Logical id at the source. */
  patientId: string;
  type: string;
}

/** Somebody whose data left, and who has withdrawn consent to some of it since then. */
export interface WithdrawnPatient {
  source: number;
  /** The catalog's number of the patient. */
  patient: number;
  patientId: string;
  /** "system|code" of the kinds of data; "*" for all. */
  scopes: string[];
  /** ISO 8601: when the last of it was decided, or noticed where the source does not say. */
  withdrawnAt: string;
  /** When the data last left. */
  exportedAt: string;
}

/**
 * Notes who is in a package that was published, so that a later export of the same recipe can name those who have withdrawn since.
 * Within the caller's transaction, some thousands at a time.
 *
 * @param recipe what tells one recipe from another: the later export asks by the same
 */
export function noteExportedPatients(
  catalog: Catalog,
  recipe: string,
  patients: Iterable<ExportedPatient>,
  exportedAt: string,
): void {
  for (const { source, patientId, type } of patients)
    catalog.run(
      `INSERT INTO exported_patient (recipe, source, patient_id, type, exported_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (recipe, source, patient_id, type) DO UPDATE SET exported_at = excluded.exported_at`,
      recipe,
      source,
      patientId,
      type,
      exportedAt,
    );
}

/** Whose consent was withdrawn, or ended, after they last left by this recipe. In steps of some milliseconds. */
export function* withdrawnSinceExport(
  catalog: Catalog,
  recipe: string,
  now: Date,
): Generator<void, WithdrawnPatient[]> {
  const withdrawn: WithdrawnPatient[] = [];
  for (let last = { source: 0, patientId: "" }; ;) {
    const window = catalog.all<{ source: number; patientId: string; patient: number | null; exportedAt: string }>(
      `SELECT exported.source, exported.patient_id AS patientId, resource_patient.id AS patient, max(exported_at) AS exportedAt
       FROM exported_patient AS exported
       LEFT JOIN resource_patient ON resource_patient.source = exported.source AND resource_patient.patient_id = exported.patient_id
       WHERE recipe = ? AND (exported.source, exported.patient_id) > (?, ?)
       GROUP BY exported.source, exported.patient_id ORDER BY exported.source, exported.patient_id LIMIT 200`,
      recipe,
      last.source,
      last.patientId,
    );
    for (const { source, patientId, patient, exportedAt } of window) {
      if (patient === null) continue;
      const since = withdrawalsSince(catalog, patient, exportedAt, now);
      const [first] = since;
      if (first === undefined) continue;
      const withdrawnAt = since
        .map(({ at }) => at)
        .reduce((latest, at) => (Date.parse(at) > Date.parse(latest) ? at : latest));
      withdrawn.push({
        source,
        patient,
        patientId,
        scopes: [...new Set(since.map(({ scope }) => scope))],
        withdrawnAt,
        exportedAt,
      });
    }
    const end = window.at(-1);
    if (end === undefined || window.length < 200) return withdrawn;
    last = end;
    yield;
  }
}

/** Refusals that were decided or noticed after the export where a permission stood before, and permissions that have ended since. */
function withdrawalsSince(
  catalog: Catalog,
  patient: number,
  exportedAt: string,
  now: Date,
): { scope: string; at: string }[] {
  const all = listConsents(catalog, patient);
  const exported = Date.parse(exportedAt);
  const after = (told: string): boolean => Date.parse(told) > exported;
  return all
    .filter(({ current }) => current)
    .flatMap(({ scope, decision, decidedAt, noticedAt, until }) => {
      if (decision === "permit") return after(until) && Date.parse(until) < now.getTime() ? [{ scope, at: until }] : [];
      const before = all.some((one) => one.decision === "permit" && one.scope === scope);
      if (!before || !(after(decidedAt) || after(noticedAt))) return [];
      return [{ scope, at: Number.isNaN(Date.parse(decidedAt)) ? noticedAt : decidedAt }];
    });
}

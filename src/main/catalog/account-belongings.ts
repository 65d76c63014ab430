import type { Catalog } from "./database.ts";

/** Remembers who started a job. */
export function ownJob(catalog: Catalog, job: string, account: number): void {
  catalog.run("INSERT OR IGNORE INTO job_account (job, account) VALUES (?, ?)", Number(job), account);
}

export function ownsJob(catalog: Catalog, job: number, account: number): boolean {
  return catalog.get("SELECT 1 FROM job_account WHERE job = ? AND account = ?", job, account) !== undefined;
}

/** Jobs that an account started. */
export function jobsOfAccount(catalog: Catalog, account: number): ReadonlySet<string> {
  return new Set(catalog.column<number>("SELECT job FROM job_account WHERE account = ?", account).map(String));
}

/** Remembers who keeps a recipe under a name. */
export function ownRecipe(catalog: Catalog, name: string, account: number): void {
  catalog.run(
    "INSERT OR IGNORE INTO recipe_account (recipe, account) SELECT id, ? FROM recipe WHERE name = ?",
    account,
    name.trim(),
  );
}

/** Whose a recipe is: `nobody's` where no account keeps it; undefined where there is none of that name. */
export function recipeOwner(catalog: Catalog, name: string): number | "nobody" | undefined {
  const row = catalog.get<{ account: number | null }>(
    "SELECT account FROM recipe LEFT JOIN recipe_account ON recipe_account.recipe = recipe.id WHERE name = ?",
    name.trim(),
  );
  return row === undefined ? undefined : (row.account ?? "nobody");
}

/** Names of the recipes of an account. */
export function recipesOfAccount(catalog: Catalog, account: number): ReadonlySet<string> {
  return new Set(
    catalog.column<string>(
      "SELECT name FROM recipe JOIN recipe_account ON recipe_account.recipe = recipe.id WHERE account = ?",
      account,
    ),
  );
}

/** Row ids of the sources that hold something of the study of an instance, and whose it is. */
export function ownersOfInstance(
  catalog: Catalog,
  instance: number,
): { sources: number[]; patientId: string } | undefined {
  const found = catalog.get<{ study: number; patientId: string }>(
    `SELECT study.id AS study, patient_id AS patientId FROM instance JOIN series ON series.id = instance.series
       JOIN study ON study.id = series.study JOIN patient ON patient.id = study.patient WHERE instance.id = ?`,
    instance,
  );
  if (found === undefined) return undefined;
  return { sources: sourcesOf(catalog, found.study), patientId: found.patientId };
}

/** The same of all studies of a Study Instance UID; with `patient`, of that patient alone. */
export function ownersOfStudy(
  catalog: Catalog,
  studyInstanceUid: string,
  patient?: { patientId: string; issuer: string },
): { sources: number[]; patientId: string }[] {
  return catalog
    .all<{ study: number; patientId: string; issuer: string }>(
      `SELECT study.id AS study, patient_id AS patientId, issuer FROM study JOIN patient ON patient.id = study.patient
       WHERE study_instance_uid = ?`,
      studyInstanceUid,
    )
    .filter((one) => patient === undefined || (one.patientId === patient.patientId && one.issuer === patient.issuer))
    .map(({ study, patientId }) => ({ sources: sourcesOf(catalog, study), patientId }));
}

function sourcesOf(catalog: Catalog, study: number): number[] {
  return catalog.column<number>("SELECT source FROM study_source WHERE study = ?", study);
}

/** What the catalog holds of some sources at all: for tabs that say that they are empty. */
export function heldBySources(catalog: Catalog, sources: readonly number[]): { notes: number; exams: number } {
  return (
    catalog.get<{ notes: number; exams: number }>(
      `SELECT coalesce(sum(notes), 0) AS notes, coalesce(sum(exams), 0) AS exams FROM record_count
       WHERE source IN (SELECT value FROM json_each(?))`,
      JSON.stringify(sources),
    ) ?? { notes: 0, exams: 0 }
  );
}

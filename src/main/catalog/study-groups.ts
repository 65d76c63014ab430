import type { IndexedStudyGroup } from "../sources/resources-source.ts";
import type { Catalog } from "./database.ts";
import { noteChangedPatient } from "./resource-patients.ts";

/** A study as lists show it. */
export interface StudyGroup {
  /** Id at the source: what a selection names. */
  id: string;
  name: string;
  organization: string;
  /** Name of the source. */
  source: string;
  patients: number;
  /** "system|code" of the kinds of data that it asks for; empty where it does not say. */
  scopes: string[];
}

/** `told` by the source itself, or read from a Group resource. */
type Origin = "told" | "resource";

/** A study with its members as they are now. What the source itself tells goes before a Group of the same id. Within the caller's transaction. */
export function putStudyGroup(
  catalog: Catalog,
  source: number,
  group: IndexedStudyGroup & { origin: Origin },
  rowOf: (patientId: string) => number | null,
): number | undefined {
  const { id, name, organization, scopes, origin } = group;
  const known = catalog.get<{ row: number; origin: Origin }>(
    "SELECT id AS row, origin FROM study_group WHERE source = ? AND group_id = ?",
    source,
    id,
  );
  if (known?.origin === "told" && origin === "resource") return undefined;
  const values = [name, organization, JSON.stringify(scopes), origin];
  const row =
    known?.row ??
    catalog.run(
      "INSERT INTO study_group (name, organization, scopes, origin, source, group_id) VALUES (?, ?, ?, ?, ?, ?)",
      ...values,
      source,
      id,
    ).id;
  const members = new Set(catalog.column<number>("SELECT patient FROM study_member WHERE study = ?", row));
  if (known !== undefined) {
    catalog.run(
      "UPDATE study_group SET name = ?, organization = ?, scopes = ?, origin = ? WHERE id = ?",
      ...values,
      row,
    );
    catalog.run("DELETE FROM study_member WHERE study = ?", row);
  }
  for (const id of group.patients) {
    const patient = rowOf(id);
    catalog.run("INSERT OR IGNORE INTO study_member (study, patient) VALUES (?, ?)", row, patient);
    if (patient !== null && !members.has(patient)) noteChangedPatient(catalog, patient);
  }
  return row;
}

/** A Group that is gone; what the source tells by itself stays. */
export function removeStudyGroup(catalog: Catalog, source: number, id: string): void {
  catalog.run("DELETE FROM study_group WHERE source = ? AND group_id = ? AND origin = 'resource'", source, id);
}

/** Of those that the source told, what it did not tell in this sync. @returns whether there were any */
export function removeUntoldStudies(catalog: Catalog, source: number, told: ReadonlySet<number>): boolean {
  const gone = catalog
    .column<number>("SELECT id FROM study_group WHERE source = ? AND origin = 'told'", source)
    .filter((row) => !told.has(row));
  for (const row of gone) catalog.run("DELETE FROM study_group WHERE id = ?", row);
  return gone.length > 0;
}

/** All studies, by name. */
export function listStudyGroups(catalog: Catalog): StudyGroup[] {
  return catalog
    .all<Omit<StudyGroup, "scopes"> & { scopes: string }>(
      `SELECT group_id AS id, study_group.name, organization, source.name AS source, scopes,
         (SELECT count(*) FROM study_member WHERE study = study_group.id) AS patients
       FROM study_group JOIN source ON source.id = study_group.source ORDER BY study_group.name, group_id, source.name`,
    )
    .map((study) => ({ ...study, scopes: JSON.parse(study.scopes) as string[] }));
}

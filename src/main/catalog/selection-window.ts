import type { ImagingSelection } from "../../contract/recipe.ts";
import type { Catalog } from "./database.ts";
import { selectInWindows } from "./selection.ts";

/** The studies of a selection in the order of an export, and how many instances come before each. */
export interface CountedSelection {
  studies: readonly number[];
  /** One more than there are studies: the last is the number of instances in all. */
  starts: readonly number[];
}

const last = new WeakMap<Catalog, { key: string; counted: CountedSelection }>();

/**
 * Counts a selection without walking its instances, in steps between which others may have their turn. The last answer is kept until the
 * catalog changes, for whoever pages through it.
 *
 * @throws what selectStudies throws
 */
export function* countingSelection(catalog: Catalog, selection: ImagingSelection): Generator<void, CountedSelection> {
  const [changes] = catalog.all<{ own: number; other: number }>(
    "SELECT total_changes() AS own, data_version AS other FROM pragma_data_version",
  );
  const key = JSON.stringify([selection, changes]);
  const known = last.get(catalog);
  if (known?.key === key) return known.counted;
  const studies: number[] = [];
  const starts = [0];
  for (const window of selectInWindows(catalog, selection)) {
    for (const { id, instances } of window) {
      studies.push(id);
      starts.push((starts.at(-1) ?? 0) + instances);
    }
    yield;
  }
  const counted = { studies, starts };
  last.set(catalog, { key, counted });
  return counted;
}

/** What names a study, by row id, in the order asked for. */
export interface StudyKey {
  patientId: string;
  issuerOfPatientId: string;
  studyInstanceUid: string;
}

export function studyKeys(catalog: Catalog, studies: readonly number[]): StudyKey[] {
  return catalog.all<StudyKey>(
    `SELECT patient_id AS patientId, issuer AS issuerOfPatientId, study_instance_uid AS studyInstanceUid
     FROM json_each(?) AS wanted JOIN study ON study.id = wanted.value JOIN patient ON patient.id = study.patient
     ORDER BY wanted.key`,
    JSON.stringify(studies),
  );
}

/** Series of a study in the order of an export, with how many instances each has. */
function seriesCounts(catalog: Catalog, study: number): { id: number; instances: number }[] {
  return catalog.all<{ id: number; instances: number }>(
    `SELECT id, (SELECT count(*) FROM instance WHERE series = series.id) AS instances FROM series
     WHERE study = ? ORDER BY series_number IS NULL, series_number, series_instance_uid`,
    study,
  );
}

/** Row ids of instances of a study in the order of an export: `limit` of them from `offset` on. */
export function instancesAt(catalog: Catalog, study: number, offset: number, limit: number): number[] {
  const ids: number[] = [];
  let skip = offset;
  for (const series of seriesCounts(catalog, study)) {
    if (ids.length >= limit) break;
    if (skip >= series.instances) {
      skip -= series.instances;
      continue;
    }
    const rows = catalog.all<{ id: number }>(
      `SELECT id FROM instance WHERE series = ?
       ORDER BY instance_number IS NULL, instance_number, sop_instance_uid LIMIT ? OFFSET ?`,
      series.id,
      limit - ids.length,
      skip,
    );
    for (const { id } of rows) ids.push(id);
    skip = 0;
  }
  return ids;
}

/** For each series of a study that goes on behind the first `shown` instances: its first instance, and how many of it come behind. */
export function seriesBehind(catalog: Catalog, study: number, shown: number): { instance: number; times: number }[] {
  let before = 0;
  return seriesCounts(catalog, study).flatMap(({ instances }) => {
    const from = before;
    before += instances;
    const times = before - Math.max(from, shown);
    const [instance] = times > 0 ? instancesAt(catalog, study, from, 1) : [];
    return instance === undefined ? [] : [{ instance, times }];
  });
}

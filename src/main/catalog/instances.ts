import type { InstanceDescription } from "../dicom/description.ts";
import type { IndexedInstance } from "../sources/source.ts";
import type { Catalog } from "./database.ts";
import { putIdentity, putPatient } from "./patients.ts";
import { putSeries } from "./series.ts";
import { putStudy } from "./studies.ts";

/** Writes instances of one source, remembering the rows of the levels above, since instances come by series. */
export interface InstanceWriter {
  /** @returns the id of the location. Within the caller's transaction. */
  put(instance: IndexedInstance): number;
  /** Must be called at the start of each transaction: rows may have gone since. */
  forgetIds(): void;
}

export function createInstanceWriter(catalog: Catalog, sourceId: number): InstanceWriter {
  const ids = new Map<string, number>();
  const staleStudies = new Set<number>();

  function remembered(level: string, parts: readonly (string | number | null)[], put: () => number): number {
    const key = `${level}${JSON.stringify(parts)}`;
    let id = ids.get(key);
    if (id === undefined) {
      id = put();
      ids.set(key, id);
    }
    return id;
  }

  return {
    forgetIds() {
      ids.clear();
      staleStudies.clear();
    },
    put({ locator, description, orthancInstanceId }) {
      const d = withWholeNumbers(description);
      const patient = remembered("patient", [d.patientId, d.issuerOfPatientId], () => putPatient(catalog, d));
      const identity = remembered("identity", [patient, d.patientName, d.patientBirthDate, d.patientSex], () =>
        putIdentity(catalog, patient, d),
      );
      const studyValues = [d.studyDate, d.studyTime, d.studyDescription, d.studyId, d.accessionNumber];
      const study = remembered("study", [patient, d.studyInstanceUid, ...studyValues], () =>
        putStudy(catalog, patient, d),
      );
      const equipment = [d.institutionName, d.stationName, d.manufacturer, d.bodyPartExamined];
      const series = remembered(
        "series",
        [study, d.seriesInstanceUid, d.modality, d.seriesNumber, d.seriesDescription, ...equipment],
        () => putSeries(catalog, study, d),
      );
      if (!staleStudies.has(study)) {
        catalog.run("UPDATE study SET stale = 1 WHERE id = ? AND stale = 0", study);
        staleStudies.add(study);
      }
      const instance = putInstance(catalog, sourceId, locator.ref, { series, identity, description: d });
      return putLocation(catalog, sourceId, { instance, ...locator, orthancInstanceId: orthancInstanceId ?? null });
    },
  };
}

/** IS values such as "1.5" or "99999999999999999999" occur; what is no whole number counts as absent. */
function withWholeNumbers(d: InstanceDescription): InstanceDescription {
  const whole = (value: number | null) => (Number.isSafeInteger(value) ? value : null);
  return {
    ...d,
    seriesNumber: whole(d.seriesNumber),
    instanceNumber: whole(d.instanceNumber),
    numberOfFrames: whole(d.numberOfFrames) ?? 0,
    rows: whole(d.rows) ?? 0,
    columns: whole(d.columns) ?? 0,
  };
}

interface NewInstance {
  series: number;
  identity: number;
  description: InstanceDescription;
}

/** One row for an instance however many places it stands in. Its values are those of the place an export would read. */
function putInstance(catalog: Catalog, sourceId: number, ref: string, instance: NewInstance): number {
  const d = instance.description;
  const found = catalog.get<{ id: number }>(
    "SELECT id FROM instance WHERE series = ? AND sop_instance_uid = ?",
    instance.series,
    d.sopInstanceUid,
  );
  const values = [
    instance.identity,
    d.sopClassUid,
    d.transferSyntaxUid,
    d.instanceNumber,
    d.numberOfFrames,
    d.rows,
    d.columns,
    d.imageType,
    d.burnedInAnnotation,
  ];
  if (found === undefined) {
    return catalog.run(
      `INSERT INTO instance (series, sop_instance_uid, identity, sop_class_uid, transfer_syntax_uid, instance_number,
         frames, rows, columns, image_type, burned_in_annotation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      instance.series,
      d.sopInstanceUid,
      ...values,
    ).id;
  }
  const preferred = catalog.get<{ source: number; ref: string }>(
    "SELECT source, ref FROM instance_location WHERE instance = ? ORDER BY source, ref LIMIT 1",
    found.id,
  );
  const yields =
    preferred !== undefined &&
    (preferred.source < sourceId || (preferred.source === sourceId && isBefore(preferred.ref, ref)));
  if (!yields) {
    catalog.run(
      `UPDATE instance SET identity = ?, sop_class_uid = ?, transfer_syntax_uid = ?, instance_number = ?, frames = ?,
         rows = ?, columns = ?, image_type = ?, burned_in_annotation = ? WHERE id = ?`,
      ...values,
      found.id,
    );
  }
  return found.id;
}

/** In SQLite's order of text: by UTF-8 bytes. */
function isBefore(left: string, right: string): boolean {
  return Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0;
}

interface NewLocation {
  instance: number;
  ref: string;
  size: number;
  stamp: string;
  orthancInstanceId: string | null;
}

function putLocation(catalog: Catalog, sourceId: number, location: NewLocation): number {
  const found = catalog.get<{ id: number; instance: number }>(
    "SELECT id, instance FROM instance_location WHERE source = ? AND ref = ?",
    sourceId,
    location.ref,
  );
  const values = [location.instance, location.size, location.stamp, location.orthancInstanceId];
  if (found === undefined) {
    return catalog.run(
      "INSERT INTO instance_location (instance, size, stamp, orthanc_instance_id, source, ref) VALUES (?, ?, ?, ?, ?, ?)",
      ...values,
      sourceId,
      location.ref,
    ).id;
  }
  catalog.run(
    "UPDATE instance_location SET instance = ?, size = ?, stamp = ?, orthanc_instance_id = ? WHERE id = ?",
    ...values,
    found.id,
  );
  // What stood here before may stand nowhere now.
  if (found.instance !== location.instance) removeIfNowhere(catalog, found.instance);
  return found.id;
}

/** Removes what a place of a source holds; the instance itself only where it stands nowhere else. */
export function removeInstanceAt(catalog: Catalog, sourceId: number, ref: string): void {
  const found = catalog.get<{ id: number }>(
    "SELECT id FROM instance_location WHERE source = ? AND ref = ?",
    sourceId,
    ref,
  );
  if (found !== undefined) removeLocation(catalog, found.id);
}

export function removeLocation(catalog: Catalog, id: number): void {
  const found = catalog.get<{ instance: number }>("SELECT instance FROM instance_location WHERE id = ?", id);
  if (found === undefined) return;
  catalog.run("DELETE FROM instance_location WHERE id = ?", id);
  removeIfNowhere(catalog, found.instance);
}

function removeIfNowhere(catalog: Catalog, instance: number): void {
  catalog.run(
    `UPDATE study SET stale = 1 WHERE stale = 0 AND id =
       (SELECT study FROM series JOIN instance ON instance.series = series.id WHERE instance.id = ?)`,
    instance,
  );
  catalog.run(
    "DELETE FROM instance WHERE id = ? AND NOT EXISTS (SELECT 1 FROM instance_location WHERE instance = instance.id)",
    instance,
  );
}

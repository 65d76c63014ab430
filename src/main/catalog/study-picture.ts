import type { Catalog } from "./database.ts";

/** Secondary Capture and its kin; not 77, which are pictures by light. */
const CAPTURE_CLASS = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(?:\.|$)/;
const CAPTURE_TYPE = /SCREEN|CAPTURE|REPORT/;

interface Pictured {
  id: number;
  sopClassUid: string;
  imageType: string;
}

/**
 * The instance that stands for a study in a list: the middle one, by instance number, of its first series with pixels that is no captured
 * screen, or of its first with pixels at all. Reads a row or two of each series that it looks at: a window shows a hundred studies.
 *
 * @returns a row id; null where nothing of the study has pixels
 */
export function pictureOfStudy(catalog: Catalog, study: number): number | null {
  let first: number | undefined;
  const series = catalog.column<number>(
    "SELECT id FROM series WHERE study = ? ORDER BY series_number IS NULL, series_number, series_instance_uid",
    study,
  );
  for (const one of series) {
    const middle = middleOf(catalog, one);
    if (middle === undefined) continue;
    if (!CAPTURE_CLASS.test(middle.sopClassUid) && !CAPTURE_TYPE.test(middle.imageType)) return middle.id;
    first ??= middle.id;
  }
  return first ?? null;
}

function middleOf(catalog: Catalog, series: number): Pictured | undefined {
  const pictured = `FROM instance WHERE series = ? AND rows > 0 AND columns > 0`;
  const wanted = "SELECT id, sop_class_uid AS sopClassUid, image_type AS imageType";
  return (
    catalog.get<Pictured>(
      `${wanted} ${pictured} AND instance_number >=
         ((SELECT min(instance_number) ${pictured}) + (SELECT max(instance_number) ${pictured})) / 2
       ORDER BY instance_number LIMIT 1`,
      series,
      series,
      series,
    ) ?? catalog.get<Pictured>(`${wanted} ${pictured} LIMIT 1`, series)
  );
}

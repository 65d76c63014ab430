import { SatchelError } from "../../contract/errors.ts";
import type { ImagingSelection } from "../../contract/recipe.ts";
import type { Catalog } from "./database.ts";
import { studiesWithin } from "./find-query.ts";
import { matchStudies } from "./match.ts";
import { getSource } from "./sources.ts";

type Matching = Extract<ImagingSelection, { scope: "matching" }>;

/**
 * Row ids of the studies that a filter finds now, without what was taken out by hand. What was taken out and is no longer there is no
 * error; a Patient ID without issuer, or a Study Instance UID, takes out all that bear it: rather too little leaves than too much.
 *
 * @throws SatchelError NOT_FOUND where nothing is left, or the filter names a source that is not there: less than was meant would leave
 * without a word. USAGE where a date of the filter cannot be read.
 */
export function matchingStudies(catalog: Catalog, selection: Matching): number[] {
  for (const name of selection.filter.sources ?? []) getSource(catalog, name);
  const { columns, studies, patients } = matchStudies(catalog, selection.filter);
  const exceptPatients = new Set(
    selection.exceptPatients.flatMap(({ id, issuer }) =>
      catalog.column<number>(
        `SELECT id FROM patient WHERE patient_id = ? ${issuer === undefined ? "" : "AND issuer = ?"}`,
        id,
        ...(issuer === undefined ? [] : [issuer]),
      ),
    ),
  );
  const exceptStudies = new Set(
    selection.exceptStudies.flatMap((uid) =>
      catalog.column<number>("SELECT id FROM study WHERE study_instance_uid = ?", uid),
    ),
  );
  const { within } = selection.filter;
  // A patient of whom one study matches has others, which may be another hospital's.
  const seen = within === undefined ? undefined : new Set(studiesWithin(catalog, columns, within));
  const found: number[] = [];
  for (let id = 0; id < columns.size; id++) {
    const patient = columns.patient[id] ?? 0;
    const met = selection.of === "patients" ? columns.present[id] === 1 && patients[patient] === 1 : studies[id] === 1;
    if (met && (seen?.has(id) ?? true) && !exceptPatients.has(patient) && !exceptStudies.has(id)) found.push(id);
  }
  if (found.length === 0)
    throw new SatchelError(
      "NOT_FOUND",
      "Nothing in the catalog matches the selection.",
      "Change the filter, take fewer things out by hand, or sync the sources first.",
    );
  return found;
}

import type { NotesFilter } from "../../contract/records.ts";
import type { Catalog, SqlValue } from "./database.ts";
import { createIdSet, type IdSet } from "./id-set.ts";
import { listNoteSettings, type NoteSetting } from "./note-settings.ts";
import { resolveNotesFilter, type ResolvedFilter } from "./notes-filter.ts";
import type { PatientRecord } from "./record-patients.ts";
import { recordsGeneration } from "./records-generation.ts";

/** A filter made ready to be asked of one patient after the other. */
interface NoteTest {
  /** All there are, by their row id. */
  settings: ReadonlyMap<number, NoteSetting>;
  ofPatient(patient: PatientRecord): boolean;
  /** The condition on a patient's rows of `note`. */
  ofNotes(patient: number): { where: string; values: SqlValue[] };
}

const kept = new WeakMap<Catalog, { key: string; test: NoteTest }>();

/** The last one is kept until the records change: an export asks it of thousands of patients. */
export function noteTest(catalog: Catalog, filter: NotesFilter): NoteTest {
  const key = JSON.stringify([recordsGeneration(catalog), filter]);
  const known = kept.get(catalog);
  if (known?.key === key) return known.test;
  const test = createTest(catalog, resolveNotesFilter(catalog, filter));
  kept.set(catalog, { key, test });
  return test;
}

function createTest(catalog: Catalog, filter: ResolvedFilter): NoteTest {
  const { patients, genders, sources } = filter;
  const named = patients === undefined ? undefined : new Set(patients);
  const sourceNames =
    sources === undefined
      ? undefined
      : new Set([...sources].flatMap((id) => catalog.column<string>("SELECT name FROM source WHERE id = ?", id)));
  const found = filter.match === undefined ? undefined : notesWith(catalog, filter.match);
  const conditions = [filter.kinds, filter.statuses, filter.wards].flatMap((settings) =>
    // Where all may be, none is asked.
    settings === undefined || settings.size === filter.settings ? [] : [`setting IN (${[...settings].join(", ")})`],
  );
  if (filter.days !== undefined) {
    const each = [...filter.days].flatMap(([source, intervals]) =>
      intervals.map(({ from, until }) => {
        const bounds = [
          ...(from === -Infinity ? [] : [`event_at >= ${from}`]),
          ...(until === Infinity ? [] : [`event_at < ${until}`]),
        ];
        return `(source = ${[source, ...bounds].join(" AND ")})`;
      }),
    );
    conditions.push(each.length === 0 ? "0" : `(${each.join(" OR ")})`);
  }
  const where = ["1", ...conditions].join(" AND ");
  return {
    settings: new Map(listNoteSettings(catalog).map((setting) => [setting.id, setting])),
    ofPatient: (patient) =>
      (filter.deletedToo || !patient.deleted) &&
      (genders === undefined || genders.has(patient.gender)) &&
      (sourceNames === undefined || sourceNames.has(patient.source)) &&
      (named === undefined || named.has(patient.sourceId) || patient.recordNumbers.some((number) => named.has(number))),
    ofNotes(patient) {
      if (found === undefined) return { where, values: [] };
      const ids = catalog
        .column<number>("SELECT id FROM note WHERE patient = ?", patient)
        .filter((id) => found.has(id));
      return { where: `${where} AND note.id IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(ids)] };
    },
  };
}

/** The notes in which all words occur, a bit each. */
function notesWith(catalog: Catalog, match: string): IdSet {
  const found = createIdSet();
  for (const id of catalog.column<number>("SELECT rowid FROM note_search WHERE note_search MATCH ?", match))
    found.add(id);
  return found;
}

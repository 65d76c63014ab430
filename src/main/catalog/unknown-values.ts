import type { ExamColumn, ExamsFilter, NotesFilter } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";
import { ALL_ROWS } from "./exam-rows.ts";
import { listNoteSettings } from "./note-settings.ts";
import { resolveNotesFilter } from "./notes-filter.ts";

/** What a filter names and the catalog does not know, by the part of the filter: how many of how many, and what there is instead. */
export interface UnknownValues {
  part: string;
  /** Those that are not known, as they were given. */
  values: string[];
  asked: number;
  /** Some of those that are there, where they are names of the house and not of people. */
  there: string[];
}

/** As many as a person reads. */
const MOST_NAMED = 20;

/** Of names of wards and sources and ids of patients. */
export function unknownInNotes(catalog: Catalog, filter: NotesFilter): UnknownValues[] {
  return [
    ...unknownSources(catalog, filter.sources),
    ...unknown(
      "wards",
      filter.wards,
      (ward) => resolveNotesFilter(catalog, { wards: [ward] }).wards?.size !== 0,
      () => [...new Set(listNoteSettings(catalog).map(({ ward }) => ward))].filter((ward) => ward !== "").sort(),
    ),
    ...unknown(
      "patients",
      filter.patients,
      (patient) => isPatient(catalog, patient),
      () => [],
    ),
  ];
}

/** A patient may be known and yet have no note that the filter leaves. */
function isPatient(catalog: Catalog, id: string): boolean {
  return (
    catalog.column<number>(
      `SELECT 1 WHERE EXISTS (SELECT 1 FROM record_patient WHERE source_id = ?)
         OR EXISTS (SELECT 1 FROM record_number WHERE record_number = ?)`,
      id,
      id,
    ).length > 0
  );
}

/** Parts of the filter that compare a whole value, with their columns. */
const COMPARED = {
  examStatus: "exam_status",
  examSource: "exam_source",
  examEquipment: "exam_equipment",
  examItem: "exam_item",
  examRoom: "exam_room",
  examDescription: "exam_description",
  gender: "patient_gender",
  applicationOrderNo: "application_order_no",
  examIds: "exam_id",
} as const satisfies Partial<Record<keyof ExamsFilter, ExamColumn>>;

/** Those that hold something of a patient, or so many values that a list of some says nothing. */
const NOT_LISTED: ReadonlySet<string> = new Set(["examItem", "examDescription", "applicationOrderNo", "examIds"]);

/** Of all that is compared as a whole. */
export function unknownInExams(catalog: Catalog, filter: ExamsFilter): UnknownValues[] {
  const parts = Object.entries(COMPARED) as [keyof typeof COMPARED, ExamColumn][];
  return [
    ...unknownSources(catalog, filter.sources),
    ...parts.flatMap(([part, column]) => {
      const given = filter[part];
      const values = typeof given === "string" ? [given] : given;
      const known = values === undefined ? new Set<string>() : knownValues(catalog, column, values);
      return unknown(
        part,
        values,
        (value) => known.has(value),
        () => (NOT_LISTED.has(part) ? [] : someValues(catalog, column)),
      );
    }),
  ];
}

function knownValues(catalog: Catalog, column: ExamColumn, values: readonly string[]): Set<string> {
  return new Set(
    ALL_ROWS.flatMap(({ from, columns }) =>
      catalog.column<string>(
        `SELECT DISTINCT ${columns[column]} FROM ${from} WHERE ${columns[column]} IN (SELECT value FROM json_each(?))`,
        JSON.stringify(values),
      ),
    ),
  );
}

function someValues(catalog: Catalog, column: ExamColumn): string[] {
  const found = ALL_ROWS.flatMap(({ from, columns }) =>
    catalog.column<string>(
      `SELECT DISTINCT ${columns[column]} FROM ${from} WHERE ${columns[column]} <> '' ORDER BY 1 LIMIT ${MOST_NAMED}`,
    ),
  );
  return [...new Set(found)].sort().slice(0, MOST_NAMED);
}

export function unknownSources(catalog: Catalog, names: readonly string[] | undefined): UnknownValues[] {
  const sources = catalog.column<string>("SELECT name FROM source ORDER BY name");
  const known = new Set(sources.map((name) => name.toLowerCase()));
  return unknown(
    "sources",
    names,
    (name) => known.has(name.toLowerCase()),
    () => sources,
  );
}

export function unknown(
  part: string,
  asked: readonly string[] | undefined,
  isKnown: (value: string) => boolean,
  there: () => string[],
): UnknownValues[] {
  const values = (asked ?? []).filter((value) => !isKnown(value));
  return values.length === 0 ? [] : [{ part, values, asked: asked?.length ?? 0, there: there().slice(0, MOST_NAMED) }];
}

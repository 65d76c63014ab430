import { EXAM_COLUMNS, GUIDE_EXAM_COLUMNS } from "../../../contract/records.ts";
import { SatchelError } from "../../../contract/errors.ts";
import type { CsvConfig } from "./csv-config.ts";
import { CSV_MAPPINGS, type CsvMapping } from "./csv-mapping.ts";

/** What a file holds and where: the mapping, with the place of each of its columns in a row. */
export interface RecognisedColumns {
  mapping: CsvMapping;
  /** By the mapping's own names; those that the file lacks are absent. */
  places: ReadonlyMap<string, number>;
  /** Columns of the file in all. */
  width: number;
  /** Names of the mapping whose column the file lacks. */
  missing: string[];
  /** Columns of the file that the mapping does not name: they are not read. */
  unread: string[];
}

/** Without these a row says nothing. */
const NEEDED = { notes: ["patientId", "noteId", "at", "content"], exams: ["exam_id"] };

/** @throws SOURCE_ANSWER where the header is not that of the mapping, or of none that is known */
export function recogniseColumns(config: CsvConfig, columns: readonly string[]): RecognisedColumns {
  const twice = columns.find((column, index) => column !== "" && columns.indexOf(column) !== index);
  if (twice !== undefined)
    throw new SatchelError(
      "SOURCE_ANSWER",
      "The header of the CSV file names one column twice: which of them is meant cannot be told.",
      "Rename or remove one of the two columns.",
    );
  const mapping = typeof config.mapping === "object" ? config.mapping : chooseMapping(config.mapping, columns);
  const wanted = Object.entries(mapping.columns);
  const places = new Map(
    wanted.flatMap(([name, header]) => {
      const place = columns.indexOf(header);
      return place === -1 ? [] : [[name, place] as const];
    }),
  );
  const missing = wanted.filter(([name]) => !places.has(name));
  const lacking = missing.filter(([name]) => NEEDED[mapping.holds].includes(name)).map(([, header]) => header);
  if (lacking.length > 0)
    throw new SatchelError(
      "SOURCE_ANSWER",
      `The CSV file is not ${mapping.name}: it has no column ${lacking.join(", ")}.`,
      "Choose the mapping that fits the file, or give one of your own that names its columns.",
    );
  const read = new Set(Object.values(mapping.columns));
  return {
    mapping,
    places,
    width: columns.length,
    missing: missing.map(([, header]) => header),
    unread: columns.filter((column) => column !== "" && !read.has(column)),
  };
}

function chooseMapping(name: Exclude<CsvConfig["mapping"], object>, columns: readonly string[]): CsvMapping {
  if (name !== "auto") return CSV_MAPPINGS[name];
  const has = (column: string): boolean => columns.includes(column);
  if (Object.values(CSV_MAPPINGS.eqmd.columns).every(has)) return CSV_MAPPINGS.eqmd;
  const exams: readonly string[] = EXAM_COLUMNS;
  const platforms =
    GUIDE_EXAM_COLUMNS.every(has) || (has("exam_id") && columns.every((column) => exams.includes(column)));
  if (platforms) return CSV_MAPPINGS["studies-platform"];
  throw new SatchelError(
    "SOURCE_ANSWER",
    "The header of the CSV file is neither that of EQMD's notes export nor that of the studies platform's export.",
    "Give the source a mapping (JSON) that says which column holds what.",
  );
}

import type { RecordFacet } from "../../contract/calls/records.ts";
import type { ExamColumn, ExamsFilter } from "../../contract/records.ts";
import { timeZone } from "../time-zone.ts";
import type { Catalog } from "./database.ts";
import { ALL_ROWS, type ExamRows } from "./exam-rows.ts";
import { joinConditions, toExamConditions, type ExamCondition } from "./exams-filter.ts";
import { examsVersion } from "./exams-match.ts";
import { countPeriods } from "./record-periods.ts";
import { recordsConfigOf } from "./record-patients.ts";

interface ExamsFacets {
  exams: number;
  inCatalog: number;
  withoutCheckIn: number;
  sources: RecordFacet[];
  examStatus: RecordFacet[];
  examSource: RecordFacet[];
  examEquipment: RecordFacet[];
  examRoom: RecordFacet[];
  gender: RecordFacet[];
  dates: RecordFacet[];
}

/** Rows looked at in one step: each is grouped eight times. */
const WINDOW = 2_000;
/** Values of a facet that are told: the most frequent. */
const MOST_VALUES = 200;

/** Facets that count the values of a column, by the part of the filter that is theirs. */
const COLUMNS = {
  examStatus: "exam_status",
  examSource: "exam_source",
  examEquipment: "exam_equipment",
  examRoom: "exam_room",
  gender: "patient_gender",
} as const satisfies Partial<Record<keyof ExamsFilter, ExamColumn>>;
const FACETS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

interface Counts {
  exams: number;
  inCatalog: number;
  withoutCheckIn: number;
  values: Record<keyof typeof COLUMNS, Map<string, number>>;
  sources: Map<number, number>;
  /** Days since 1970. */
  days: Map<number, number>;
}

const kept = new WeakMap<Catalog, { key: string; facets: ExamsFacets }>();

/** What a filter leaves of the study list, each facet counted as if its own part were not set, in steps of some milliseconds. */
export function* countingExams(catalog: Catalog, filter: ExamsFilter): Generator<void, ExamsFacets> {
  const key = JSON.stringify([examsVersion(catalog), filter]);
  const known = kept.get(catalog);
  if (known?.key === key) return known.facets;
  const counts: Counts = {
    exams: 0,
    inCatalog: 0,
    withoutCheckIn: 0,
    values: {
      examStatus: new Map(),
      examSource: new Map(),
      examEquipment: new Map(),
      examRoom: new Map(),
      gender: new Map(),
    },
    sources: new Map(),
    days: new Map(),
  };
  for (const rows of ALL_ROWS) yield* countingRows(catalog, rows, filter, counts);
  const facets = {
    exams: counts.exams,
    inCatalog: counts.inCatalog,
    withoutCheckIn: counts.withoutCheckIn,
    sources: catalog
      .all<{ id: number; name: string }>("SELECT id, name FROM source ORDER BY id")
      .flatMap(({ id, name }) => (counts.sources.has(id) ? [{ value: name, count: counts.sources.get(id) ?? 0 }] : [])),
    examStatus: byCount(counts.values.examStatus),
    examSource: byCount(counts.values.examSource),
    examEquipment: byCount(counts.values.examEquipment),
    examRoom: byCount(counts.values.examRoom),
    gender: byCount(counts.values.gender),
    dates: periodsOf(counts.days),
  };
  kept.set(catalog, { key, facets });
  return facets;
}

function* countingRows(catalog: Catalog, rows: ExamRows, filter: ExamsFilter, counts: Counts): Generator<void> {
  const conditions = toExamConditions(catalog, rows, filter);
  const without = (part: ExamCondition["part"]): ReturnType<typeof joinConditions> =>
    joinConditions(conditions.filter((one) => one.part !== part));
  const table = rows.origin === "exam" ? "exam" : "study_listing";
  const zones = new Map(
    catalog
      .all<{ id: number; config: string }>("SELECT id, config FROM source")
      .map(({ id, config }) => [id, timeZone(recordsConfigOf(config).timeZone)]),
  );
  const checkIn = rows.columns.check_in_datetime;
  for (let last = 0; ;) {
    const [until] = catalog.column<number | null>(
      `SELECT max(id) FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`,
      last,
      WINDOW,
    );
    if (until === null || until === undefined) return;
    const within = `${rows.id} > ${last} AND ${rows.id} <= ${until}`;
    const count = (condition: ReturnType<typeof joinConditions>, beside = "1"): number =>
      catalog.column<number>(
        `SELECT count(*) FROM ${rows.from} WHERE ${within} AND ${condition.where} AND ${beside}`,
        ...condition.values,
      )[0] ?? 0;
    counts.inCatalog += count(joinConditions(conditions.filter(({ part }) => part === "within")));
    counts.exams += count(joinConditions(conditions));
    if (conditions.some(({ part }) => part === "days"))
      counts.withoutCheckIn += count(without("days"), `${checkIn} IS NULL`);
    for (const facet of FACETS) {
      const { where, values } = without(facet);
      const column = rows.columns[COLUMNS[facet]];
      add(
        counts.values[facet],
        catalog.all(
          `SELECT ${column} AS value, count(*) AS count FROM ${rows.from}
           WHERE ${within} AND ${where} AND ${column} <> '' GROUP BY 1`,
          ...values,
        ),
      );
    }
    const { where, values } = without("sources");
    add(
      counts.sources,
      rows.origin === "exam"
        ? catalog.all(
            `SELECT source AS value, count(*) AS count FROM exam WHERE ${within} AND ${where} GROUP BY 1`,
            ...values,
          )
        : catalog.all(
            `SELECT held.source AS value, count(*) AS count FROM ${rows.from} JOIN study_source AS held ON held.study = listing.id
             WHERE ${within} AND ${where} GROUP BY 1`,
            ...values,
          ),
    );
    const dated = without("days");
    for (const row of catalog.all<{ source: number; at: number | string }>(
      `SELECT ${rows.source} AS source, ${checkIn} AS at FROM ${rows.from} WHERE ${within} AND ${dated.where} AND ${checkIn} IS NOT NULL`,
      ...dated.values,
    )) {
      const day = typeof row.at === "string" ? dayOfDate(row.at) : (zones.get(row.source)?.toLocalDay(row.at) ?? 0);
      if (!Number.isNaN(day)) counts.days.set(day, (counts.days.get(day) ?? 0) + 1);
    }
    last = until;
    yield;
  }
}

function add<Value>(counts: Map<Value, number>, rows: readonly { value: Value; count: number }[]): void {
  for (const { value, count } of rows) counts.set(value, (counts.get(value) ?? 0) + count);
}

/** Of "20240301 …" */
function dayOfDate(text: string): number {
  return Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}T00:00:00Z`) / 86_400_000;
}

function byCount(counts: ReadonlyMap<string, number>): RecordFacet[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
    .slice(0, MOST_VALUES);
}

function periodsOf(counts: ReadonlyMap<number, number>): RecordFacet[] {
  const present = [...counts.keys()];
  if (present.length === 0) return [];
  const first = present.reduce((one, other) => Math.min(one, other));
  const last = present.reduce((one, other) => Math.max(one, other));
  const days = new Float64Array(last - first + 1);
  for (const [day, count] of counts) days[day - first] = count;
  return countPeriods(days, first);
}

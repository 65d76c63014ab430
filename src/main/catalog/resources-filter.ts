import type { ResourcesFilter } from "../../contract/fhir.ts";
import { timeZone } from "../time-zone.ts";
import type { Catalog, SqlValue } from "./database.ts";
import { recordsConfigOf } from "./record-patients.ts";

/** A condition in SQL with its values. */
interface Condition {
  where: string;
  values: SqlValue[];
}

/** A filter as the tables are asked for it. */
export interface ResourcesConditions {
  /** Of `resource_patient`, by the unqualified names of its columns. */
  patients: Condition;
  /** Of `resource`, but for its patient. */
  resources: Condition;
  /** The same of resources that would match if they had a day that can be compared. `undefined` without days in the filter. */
  undated: Condition | undefined;
  /** Resources of no patient are looked at as well. */
  ofNobody: boolean;
}

export function resourcesConditions(catalog: Catalog, filter: ResourcesFilter): ResourcesConditions {
  const sources = catalog
    .all<{ id: number; name: string; config: string }>("SELECT id, name, config FROM source")
    .filter(({ name }) => filter.sources?.some((one) => one.toLowerCase() === name.toLowerCase()) ?? true);
  const ofSources = `source IN (SELECT value FROM json_each(?))`;
  const sourceIds = JSON.stringify(sources.map(({ id }) => id));

  const patients: Condition = { where: ofSources, values: [sourceIds] };
  if (filter.patients !== undefined)
    and(patients, "patient_id IN (SELECT value FROM json_each(?))", JSON.stringify(filter.patients));
  if (filter.studies !== undefined)
    and(
      patients,
      `id IN (SELECT patient FROM study_member JOIN study_group ON study_group.id = study
         WHERE group_id IN (SELECT value FROM json_each(?)))`,
      JSON.stringify(filter.studies),
    );

  const resources: Condition = { where: ofSources, values: [sourceIds] };
  if (filter.changedSince !== undefined) {
    const since = [filter.changedSince, filter.changedSince];
    and(patients, "(changed_in > ? OR id IN (SELECT patient FROM resource WHERE resource.changed_in > ?))", ...since);
    and(
      resources,
      "(resource.changed_in > ? OR patient IN (SELECT id FROM resource_patient WHERE resource_patient.changed_in > ?))",
      ...since,
    );
  }
  if (filter.types !== undefined || filter.codes !== undefined)
    and(resources, "kind IN (SELECT value FROM json_each(?))", JSON.stringify(kindsOf(catalog, filter)));

  let undated: Condition | undefined;
  if (filter.from !== undefined || filter.to !== undefined) {
    undated = { where: resources.where, values: [...resources.values] };
    and(undated, `event_at IS NULL AND (day = '' OR (length(day) < 10 AND ${DAY_TOUCHES} AND NOT (${DAY_WITHIN})))`);
    const days = [filter.from ?? "0000", afterDay(filter.to)];
    undated.values.push(...days, ...days);
    const moments = sources.flatMap(({ id, config }) =>
      timeZone(recordsConfigOf(config).timeZone)
        .daysToIntervals(filter.from, filter.to)
        .map(({ from, until }) => ({ id, from, until })),
    );
    const withinMoments = moments.map(() => "(source = ? AND event_at >= ? AND event_at < ?)");
    and(
      resources,
      `((event_at IS NULL AND day <> '' AND ${DAY_WITHIN})${withinMoments.map((one) => ` OR ${one}`).join("")})`,
      ...days,
      ...moments.flatMap(({ id, from, until }) => [id, bounded(from), bounded(until)]),
    );
  }
  return {
    patients,
    resources,
    undated,
    ofNobody: filter.patients === undefined && filter.studies === undefined,
  };
}

/** Dates may be years or months: the first and the last day of them, whatever the month's length. */
const FIRST_DAY = "(day || substr('0000-01-01', length(day) + 1))";
const LAST_DAY = "(day || substr('0000-12-31', length(day) + 1))";
const DAY_WITHIN = `${FIRST_DAY} >= ? AND ${LAST_DAY} < ?`;
const DAY_TOUCHES = `${LAST_DAY} >= ? AND ${FIRST_DAY} < ?`;

/** The day after: what comes before it lies within, whichever day a month ends on. */
function afterDay(to: string | undefined): string {
  if (to === undefined) return "9999-99";
  return new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** SQLite has no infinity among its integers. */
function bounded(moment: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, moment));
}

function and(condition: Condition, where: string, ...values: SqlValue[]): void {
  condition.where += ` AND ${where}`;
  condition.values.push(...values);
}

/** Kinds of one of these types with one of these codes: "system|code", or a code of any system, in any of their codings. */
export function kindsOf(
  catalog: Catalog,
  { types, codes }: { types?: readonly string[] | undefined; codes?: readonly string[] | undefined },
): number[] {
  const wanted = new Set(codes);
  const matches = (coding: string): boolean =>
    wanted.has(coding) || wanted.has(coding.slice(coding.lastIndexOf("|") + 1));
  return catalog
    .all<{ id: number; type: string; codes: string }>("SELECT id, type, codes FROM resource_kind")
    .filter((kind) => types?.includes(kind.type) ?? true)
    .filter((kind) => codes === undefined || (JSON.parse(kind.codes) as string[]).some(matches))
    .map(({ id }) => id);
}

/** The same of codes alone. */
export function kindsOfCodes(catalog: Catalog, codes: readonly string[]): number[] {
  return kindsOf(catalog, { codes });
}

import type { ExamsFilter } from "../../contract/records.ts";
import { timeZone } from "../time-zone.ts";
import type { Catalog, SqlValue } from "./database.ts";
import type { ExamRows } from "./exam-rows.ts";
import { foldCase } from "./search-text.ts";
import { recordsConfigOf } from "./record-patients.ts";

/** A part of a condition; `part` names what of the filter it comes from, so that a facet can leave its own part out. */
export interface ExamCondition {
  part: keyof ExamsFilter | "days";
  where: string;
  values: SqlValue[];
}

/** What must hold of rows of a kind. Text is compared as it stands, `q` without regard to case; "%" and "_" are letters. */
export function toExamConditions(catalog: Catalog, rows: ExamRows, filter: ExamsFilter): ExamCondition[] {
  const { columns } = rows;
  const conditions: ExamCondition[] = [];
  const add = (part: ExamCondition["part"], where: string, ...values: SqlValue[]): void => {
    conditions.push({ part, where, values });
  };
  const equals = (part: keyof ExamsFilter, column: string, value: string | number | undefined): void => {
    if (value !== undefined) add(part, `${column} = ?`, value);
  };
  const oneOf = (part: keyof ExamsFilter, column: string, values: readonly string[] | undefined): void => {
    if (values !== undefined) add(part, `${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values));
  };
  const q = foldCase(filter.q ?? "").trim();
  if (q !== "") add("q", `instr(${rows.search}, ?) > 0`, q.replaceAll("\n", " "));
  equals("examStatus", columns.exam_status, filter.examStatus);
  equals("examSource", columns.exam_source, filter.examSource);
  oneOf("examEquipment", columns.exam_equipment, filter.examEquipment);
  equals("examItem", columns.exam_item, filter.examItem);
  equals("applicationOrderNo", columns.application_order_no, filter.applicationOrderNo);
  oneOf("gender", columns.patient_gender, filter.gender);
  oneOf("examDescription", columns.exam_description, filter.examDescription);
  oneOf("examRoom", columns.exam_room, filter.examRoom);
  if (filter.ageFrom !== undefined) add("ageFrom", `${columns.patient_age} >= ?`, filter.ageFrom);
  if (filter.ageTo !== undefined) add("ageTo", `${columns.patient_age} <= ?`, filter.ageTo);
  oneOf("examIds", columns.exam_id, filter.examIds);
  if (filter.sources !== undefined) {
    const ids = filter.sources.flatMap((name) => catalog.column<number>("SELECT id FROM source WHERE name = ?", name));
    add("sources", rows.ofSources, JSON.stringify(ids));
  }
  if (filter.within !== undefined) {
    const { sources, patients } = filter.within;
    const ids = sources.flatMap((name) => catalog.column<number>("SELECT id FROM source WHERE name = ?", name));
    add("within", rows.onlyOfSources, JSON.stringify(ids));
    if (patients !== undefined)
      add(
        "within",
        `${columns.medical_record_no} IN (SELECT value FROM json_each(?))`,
        JSON.stringify(patients.map(({ id }) => id)),
      );
  }
  if (filter.from !== undefined || filter.to !== undefined)
    conditions.push(rows.origin === "exam" ? examDays(catalog, rows, filter) : studyDays(filter));
  return conditions;
}

/** Both days included, each a day in the time zone of the exam's source. */
function examDays(catalog: Catalog, rows: ExamRows, { from, to }: ExamsFilter): ExamCondition {
  const each: string[] = [];
  const column = rows.columns.check_in_datetime;
  for (const { id, config } of catalog.all<{ id: number; config: string }>("SELECT id, config FROM source"))
    for (const interval of timeZone(recordsConfigOf(config).timeZone).daysToIntervals(from, to))
      each.push(
        [
          `(${rows.source} = ${id}`,
          ...(interval.from === -Infinity ? [] : [`${column} >= ${interval.from}`]),
          ...(interval.until === Infinity ? [] : [`${column} < ${interval.until}`]),
          `${column} IS NOT NULL)`,
        ].join(" AND "),
      );
  return { part: "days", where: each.length === 0 ? "0" : `(${each.join(" OR ")})`, values: [] };
}

/** A Study Date is a day where the study was made, whatever the zone. */
function studyDays({ from, to }: ExamsFilter): ExamCondition {
  const day = (iso: string | undefined, otherwise: string): string => iso?.replaceAll("-", "") ?? otherwise;
  return {
    part: "days",
    where: "length(study.study_date) = 8 AND study.study_date >= ? AND study.study_date <= ?",
    values: [day(from, "0"), day(to, "99999999")],
  };
}

/** All of them in one; "1" where there is none. */
export function joinConditions(conditions: readonly ExamCondition[]): { where: string; values: SqlValue[] } {
  return {
    where: conditions.length === 0 ? "1" : conditions.map(({ where }) => `(${where})`).join(" AND "),
    values: conditions.flatMap(({ values }) => values),
  };
}

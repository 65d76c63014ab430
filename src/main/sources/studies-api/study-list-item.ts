import { EXAM_COLUMNS, type ExamColumn } from "../../../contract/records.ts";
import { z } from "../../../contract/schema.ts";
import { parseMoment } from "../parse-moment.ts";
import type { IndexedExam } from "../records-source.ts";

/** What the platform's StudyListItem does not have; its own export does. */
export const ABSENT_COLUMNS = [
  "patient_birth_date",
  "exam_room",
  "exam_equipment",
  "equipment_type",
] as const satisfies readonly ExamColumn[];

const text = z.union([z.string(), z.number().transform(String)]).nullish();

/** One row of a search. What further fields there are is not looked at, but for those that the list lacks today. */
const studyListItem = z.looseObject({
  ...(Object.fromEntries(EXAM_COLUMNS.map((column) => [column, text])) as Record<ExamColumn, typeof text>),
  exam_id: z.union([z.string().min(1), z.number().transform(String)]),
  patient_age: z.int().min(0).nullish(),
});

/** Moments without an offset are UTC: what the platform keeps. */
const NAIVE = "UTC";

export interface ReadItem {
  examId: string | undefined;
  /** Or why the item is no exam. */
  exam: IndexedExam | string;
  naive: boolean;
}

/** Names no value of the item in what it says. */
export function readStudyListItem(value: unknown): ReadItem {
  const parsed = studyListItem.safeParse(value);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "";
    return {
      examId: idOf(value),
      exam: `${field === "" ? "the item" : field} is not what the platform promises`,
      naive: false,
    };
  }
  const item = parsed.data;
  const exam: Record<string, string | number | null> = {};
  let naive = false;
  for (const column of EXAM_COLUMNS) {
    const given = item[column];
    if (given === undefined || given === null || given === "")
      exam[column] = given === "" && !isMoment(column) ? "" : null;
    else if (isMoment(column)) {
      const at = parseMoment(String(given), "iso", NAIVE);
      if (at === undefined) return { examId: item.exam_id, exam: `${column} is no date with time`, naive };
      if (at.naive) naive = true;
      exam[column] = at.moment;
    } else exam[column] = given;
  }
  return { examId: item.exam_id, exam: exam as IndexedExam, naive };
}

function isMoment(column: ExamColumn): boolean {
  return column.endsWith("_datetime");
}

function idOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("exam_id" in value)) return undefined;
  return typeof value.exam_id === "string" && value.exam_id !== "" ? value.exam_id : undefined;
}

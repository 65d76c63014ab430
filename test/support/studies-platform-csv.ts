import { writeFileSync } from "node:fs";
import { EXAM_COLUMNS, type ExamColumn } from "../../src/contract/records.ts";
import { writeMoment } from "./eqmd-patients.ts";
import { pythonRow } from "./eqmd-csv.ts";
import type { PlatformExam } from "./studies-platform-exams.ts";

export interface PlatformCsvOptions {
  columns?: readonly ExamColumn[];
  delimiter?: string;
  /** Without +00:00, as the platform's own documents have it. */
  naive?: boolean;
}

/** The platform's export: a byte order mark, and moments as pandas writes them. */
export function writePlatformCsv(path: string, exams: Iterable<PlatformExam>, options: PlatformCsvOptions = {}): void {
  const { columns = EXAM_COLUMNS, delimiter = ",", naive = false } = options;
  let text = `\ufeff${pythonRow(columns, delimiter)}`;
  for (const exam of exams)
    text += pythonRow(
      columns.map((column) => cellOf(exam, column, naive)),
      delimiter,
    );
  writeFileSync(path, text);
}

function cellOf(exam: PlatformExam, column: ExamColumn, naive: boolean): string {
  const value = exam[column];
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (column === "patient_age") return `${value}.0`;
  const text = writeMoment(value).replace("T", " ").replace(".000000", "");
  return naive ? text.replace("+00:00", "") : text;
}

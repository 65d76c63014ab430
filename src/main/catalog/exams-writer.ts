import { EXAM_COLUMNS } from "../../contract/records.ts";
import type { IndexedExam } from "../sources/records-source.ts";
import type { Catalog } from "./database.ts";
import { keepFormerNames } from "./former-values.ts";
import { foldCase } from "./search-text.ts";

/** The columns in which `q` looks. */
const SEARCHED_COLUMNS = [
  "exam_id",
  "medical_record_no",
  "application_order_no",
  "patient_name",
  "exam_description",
  "exam_item",
  "exam_room",
  "exam_equipment",
  "certified_physician",
] as const;

const COLUMNS = EXAM_COLUMNS.join(", ");
const MARKS = EXAM_COLUMNS.map(() => "?").join(", ");
const ASSIGNMENTS = EXAM_COLUMNS.map((column) => `${column} = ?`).join(", ");

/** Puts an exam of a source. Within the caller's transaction. */
export function putExam(
  catalog: Catalog,
  source: number,
  exam: IndexedExam,
): { id: number; outcome: "added" | "changed" | "unchanged" } {
  const values = EXAM_COLUMNS.map((column) => {
    const value = exam[column];
    return typeof value === "string" ? value.toWellFormed() : value;
  });
  // A line for each column, so that nothing is found across two of them.
  const search = SEARCHED_COLUMNS.map((column) => foldCase(exam[column] ?? "").replaceAll("\n", " ")).join("\n");
  const before = catalog.get<{ id: number; same: number; name: string | null; former: string }>(
    `SELECT id, patient_name AS name, former_names AS former, (${EXAM_COLUMNS.map((column) => `${column} IS ?`).join(" AND ")}) AS same FROM exam
     WHERE source = ? AND exam_id = ?`,
    ...values,
    source,
    exam.exam_id,
  );
  if (before === undefined) {
    const { id } = catalog.run(
      `INSERT INTO exam (source, search, ${COLUMNS}) VALUES (?, ?, ${MARKS})`,
      source,
      search,
      ...values,
    );
    return { id, outcome: "added" };
  }
  if (before.same === 1) return { id: before.id, outcome: "unchanged" };
  catalog.run(
    `UPDATE exam SET former_names = ?, search = ?, ${ASSIGNMENTS} WHERE id = ?`,
    keepFormerNames(before.former, before.name, exam.patient_name),
    search,
    ...values,
    before.id,
  );
  return { id: before.id, outcome: "changed" };
}

import type { ExamColumn } from "../../../contract/records.ts";
import type { StudiesPolicy } from "../../../contract/table-recipe.ts";
import type { ExamRecord } from "../../catalog/exams.ts";
import type { ExamPerson } from "../../catalog/people-of-exams.ts";
import { createPseudonyms, identityOf, type ProjectKey, type Pseudonyms } from "../../deidentify/pseudonym.ts";
import { joinHighAges } from "../../deidentify/table/age.ts";
import { createScrubber, type HouseWords, type ScrubbedText } from "../../deidentify/text/scrubber.ts";
import { knownPatientOf } from "../table/known-patient.ts";
import type { Cell, Row } from "../table/table.ts";

/**
 * An exam's cells under a policy, in the order of the columns.
 *
 * @param personOf what the catalog knows beside: asked for where there is text to scrub
 */
export type ExportExam = (
  exam: ExamRecord,
  personOf?: (exam: ExamRecord) => ExamPerson,
) => { row: Row; scrubbed: ReadonlyMap<ExamColumn, ScrubbedText> };

const NOTHING_SCRUBBED: ReadonlyMap<ExamColumn, ScrubbedText> = new Map();
/** Free text in which a name may stand. Rooms and devices are lists of the house, and words of it would be taken out of them. */
const FREE_TEXT = ["exam_item", "exam_description"] as const satisfies readonly ExamColumn[];

/** @param key needed unless the policy is identified */
export function createExamExporter(
  policy: StudiesPolicy,
  columns: readonly ExamColumn[],
  key: ProjectKey | undefined,
  house: () => HouseWords,
): ExportExam {
  if (policy.kind === "identified")
    return (exam) => ({ row: columns.map((column) => examCell(exam, column)), scrubbed: NOTHING_SCRUBBED });
  if (key === undefined) throw new Error("pseudonyms without a project key");
  const pseudonyms = createPseudonyms(key);
  const scrubber = createScrubber(house(), { dates: "replace", ages: "safe-harbor" });
  const texts = FREE_TEXT.filter((column) => columns.includes(column));

  return (exam, personOf) => {
    const { issuer, origin } = exam;
    const text = (column: ExamColumn): string => String(exam.values[column] ?? "");
    const code = (column: ExamColumn, make: (value: string) => string): string | null =>
      text(column).trim() === "" ? null : make(text(column));
    const scrubbed = new Map<ExamColumn, ScrubbedText>();
    const filled = texts.filter((column) => text(column) !== "");
    if (filled.length > 0) {
      const some = (...columns: ExamColumn[]): string[] => columns.map(text).filter((value) => value !== "");
      const person = personOf?.(exam);
      const known = knownPatientOf(person?.records ?? []);
      const numbers = some("exam_id", "application_order_no");
      const forPatient = scrubber.forPatient({
        names: [...new Set([text("patient_name"), ...(person?.names ?? []), ...known.names])],
        birthDate: text("patient_birth_date") || known.birthDate,
        identifiers: [...numbers.map((value) => ({ kind: "other" as const, value })), ...known.identifiers],
        recordNumbers: [...some("medical_record_no"), ...known.recordNumbers],
      });
      for (const column of filled) scrubbed.set(column, forPatient.scrub(text(column)));
    }
    const cellOf = (column: ExamColumn): Cell => {
      switch (column) {
        case "exam_id":
          return exportedExamId(pseudonyms, { origin, issuer, examId: text("exam_id") });
        case "medical_record_no":
          return code(
            column,
            (id) =>
              pseudonyms.patient(identityOf({ patientId: id, issuerOfPatientId: issuer, studyInstanceUid: "" }))
                .display,
          );
        case "application_order_no":
          return code(column, (value) => pseudonyms.shortCode("accession", value));
        case "patient_age":
          return joinHighAges(ageOf(exam));
        case "patient_name":
        case "patient_birth_date":
        case "certified_physician":
          return null;
        case "exam_item":
        case "exam_description":
          return scrubbed.get(column)?.text ?? examCell(exam, column);
        default:
          return examCell(exam, column);
      }
    };
    return { row: columns.map(cellOf), scrubbed };
  };
}

/**
 * The id under which an exam leaves: within what gave out its own, since exam 1001 of one hospital is not that of another. That of a DICOM
 * study is the Study Instance UID that its de-identified images bear.
 */
export function exportedExamId(
  pseudonyms: Pick<Pseudonyms, "uid" | "shortCode">,
  { origin, issuer, examId }: { origin: ExamRecord["origin"]; issuer: string; examId: string },
): string {
  if (origin === "dicom") return pseudonyms.uid(examId);
  const id = examId.trim();
  return pseudonyms.shortCode("exam", issuer === "" ? id : JSON.stringify([issuer, id]));
}

/** An exam's cell as the catalog holds it. */
export function examCell(exam: ExamRecord, column: ExamColumn): Cell {
  return column === "patient_age" ? ageOf(exam) : (exam.values[column] ?? null);
}

function ageOf({ values }: ExamRecord): number | null {
  return typeof values.patient_age === "number" ? values.patient_age : null;
}

import { describe, expect, it } from "vitest";
import { EXAM_COLUMNS, type ExamColumn } from "../../../src/contract/records.ts";
import type { ExamRecord } from "../../../src/main/catalog/exams.ts";
import { createPseudonyms } from "../../../src/main/deidentify/pseudonym.ts";
import { createExamExporter } from "../../../src/main/exports/studies/export-exam.ts";

const KEY = { name: "k", secret: Buffer.alloc(32, 7) };
const pseudonyms = createPseudonyms(KEY);

function exam(origin: ExamRecord["origin"], change: Partial<ExamRecord["values"]>): ExamRecord {
  const values = Object.fromEntries(EXAM_COLUMNS.map((column) => [column, null])) as ExamRecord["values"];
  return { row: "exam-1", origin, source: "s", issuer: "HOSPITAL", values: { ...values, ...change } };
}

function pseudonymised(record: ExamRecord): Record<ExamColumn, unknown> {
  const house = () => ({ staff: [], wards: [], places: [] });
  const exporter = createExamExporter({ kind: "pseudonymised", key: "k" }, EXAM_COLUMNS, KEY, house);
  const { row } = exporter(record);
  return Object.fromEntries(EXAM_COLUMNS.map((column, index) => [column, row[index]])) as Record<ExamColumn, unknown>;
}

describe("a row of the study list under pseudonyms", () => {
  it("of a DICOM study bears the codes that its de-identified images bear", () => {
    const row = pseudonymised(
      exam("dicom", { exam_id: "1.2.3.4", medical_record_no: "4711", application_order_no: "ACC-1" }),
    );
    expect(row.exam_id).toBe(pseudonyms.uid("1.2.3.4"));
    expect(row.medical_record_no).toBe(pseudonyms.patient({ issuer: "HOSPITAL", id: "4711" }).display);
    expect(row.application_order_no).toBe(pseudonyms.shortCode("accession", "ACC-1"));
  });

  it("has no name, no birth date, no age over 90 and no name in its description, and nothing where nothing was", () => {
    const row = pseudonymised(
      exam("exam", {
        exam_id: "E1",
        patient_name: "Ana Prado Siqueira",
        patient_birth_date: "1930-01-02",
        patient_age: 96,
        certified_physician: "Dr Souza",
        exam_description: "Controle de Ana Prado, tórax",
      }),
    );
    expect(row).toMatchObject({
      patient_name: null,
      patient_birth_date: null,
      patient_age: 90,
      certified_physician: null,
      medical_record_no: null,
      application_order_no: null,
    });
    expect(row.exam_description).toMatch(/tórax/);
    expect(row.exam_description).not.toMatch(/Prado/);
    expect(row.exam_id).not.toBe("E1");
  });

  it("is as the catalog holds it where the policy is identified", () => {
    const record = exam("exam", { exam_id: "E1", patient_name: "Ana", patient_age: 96 });
    const exporter = createExamExporter(
      { kind: "identified" },
      ["patient_age", "patient_name", "exam_id"],
      undefined,
      () => {
        throw new Error("nothing is scrubbed");
      },
    );
    expect(exporter(record).row).toEqual([96, "Ana", "E1"]);
  });
});

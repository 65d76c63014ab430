import { expect, test } from "vitest";
import type { Catalog } from "../../../src/main/catalog/database.ts";
import { ExamRows } from "../../../src/main/exports/studies/exam-rows.ts";
import { planExamChunks } from "../../../src/main/exports/studies/plan-exams.ts";
import { anInstance } from "../../catalog/describe-instance.ts";
import { addSynced, newCatalog } from "../../catalog/new-catalog.ts";
import { addRecordsSource, anExam, aPatient, syncRecords } from "../../catalog/new-records.ts";

/** Descriptions of all exams, pseudonymised, by what they are about. */
function descriptions(catalog: Catalog): string[] {
  const rows = new ExamRows(catalog, {
    columns: ["exam_id", "exam_description"],
    policy: { kind: "pseudonymised", key: "k" },
    key: { name: "k", secret: new Uint8Array(32).fill(7) },
  });
  const texts: string[] = [];
  for (const chunk of planExamChunks(catalog, {}, "order_datetime_desc"))
    if (chunk !== undefined) for (const [, text] of rows.rows(chunk)) texts.push(String(text));
  return texts;
}

const OLD_NAME = "Zulmira Tavares Kowalczuk";
const THORAX = `tórax ${OLD_NAME.split(" ").at(-1)}, controle`;

test("a name that the patient bore before goes from descriptions of exams whose record number the records know", () => {
  const catalog = newCatalog();
  syncRecords(catalog, addRecordsSource(catalog, "EQMD"), (target) =>
    target.putPatient(
      aPatient("p1", {
        recordNumber: "900",
        recordNumbers: [{ recordNumber: "4711", from: 0 }],
        identifiers: [{ kind: "former-name", value: OLD_NAME }],
      }),
    ),
  );
  const exam = { patient_name: "Zulmira Prado", exam_description: THORAX };
  syncRecords(catalog, addRecordsSource(catalog, "Platform"), (target) =>
    target.putExam(anExam("E1", { ...exam, medical_record_no: "4711" })),
  );
  expect(descriptions(catalog)).toEqual([expect.not.stringContaining("Kowalczuk")]);
});

test("the same number of another hospital is another person, whose names are not looked for", () => {
  const catalog = newCatalog();
  syncRecords(catalog, addRecordsSource(catalog, "EQMD"), (target) =>
    target.putPatient(aPatient("p1", { name: "Torax Contraste", recordNumber: "4711" })),
  );
  syncRecords(catalog, addRecordsSource(catalog, "Platform", { issuer: "elsewhere" }), (target) =>
    target.putExam(anExam("E1", { medical_record_no: "4711", exam_description: "Torax com Contraste" })),
  );
  expect(descriptions(catalog)).toEqual(["Torax com Contraste"]);
});

test("a name on one exam goes from the descriptions of the patient's others, and so does one that stood there before the last sync", () => {
  const catalog = newCatalog();
  const source = addRecordsSource(catalog, "Platform");
  const exams = (oldName: string): void => {
    syncRecords(catalog, source, (target) => {
      target.putExam(anExam("E1", { medical_record_no: "4711", patient_name: oldName }));
      target.putExam(
        anExam("E2", { medical_record_no: "4711", patient_name: "Zulmira Prado", exam_description: THORAX }),
      );
    });
  };
  exams(OLD_NAME);
  expect(descriptions(catalog).join()).not.toContain("Kowalczuk");
  exams("Zulmira Prado");
  expect(descriptions(catalog).join()).not.toContain("Kowalczuk");
});

test("names under which images of the patient are filed go as well", () => {
  const catalog = newCatalog();
  addSynced(catalog, "PACS", [
    anInstance("1", { patientId: "4711", patientName: "Kowalczuk^Zulmira", studyDescription: "" }),
  ]);
  syncRecords(catalog, addRecordsSource(catalog, "Platform", { issuer: "" }), (target) =>
    target.putExam(
      anExam("E1", { medical_record_no: " 4711", patient_name: "Zulmira Prado", exam_description: THORAX }),
    ),
  );
  expect(descriptions(catalog).join()).not.toContain("Kowalczuk");
});

test("a number that stands for many people names nobody: descriptions keep their words", () => {
  const catalog = newCatalog();
  syncRecords(catalog, addRecordsSource(catalog, "Platform"), (target) => {
    for (let number = 0; number < 30; number++)
      target.putExam(
        anExam(`E${number}`, {
          medical_record_no: "0",
          patient_name: `Ana ${number === 7 ? "Contraste" : `Nome${number}`}`,
          exam_description: number === 0 ? "Torax com Contraste" : null,
        }),
      );
  });
  expect(descriptions(catalog)).toContain("Torax com Contraste");
});

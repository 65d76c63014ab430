import { expect, test } from "vitest";
import { EXAM_SORTS, type ExamSort } from "../../../src/contract/records.ts";
import type { StudiesPolicy } from "../../../src/contract/table-recipe.ts";
import type { Catalog } from "../../../src/main/catalog/database.ts";
import { readExams } from "../../../src/main/catalog/exams.ts";
import type { StudiesChunk } from "../../../src/main/exports/studies/plan-exams.ts";
import { ExamRows, type ExamRowsSettings } from "../../../src/main/exports/studies/exam-rows.ts";
import { studiesTable } from "../../../src/main/exports/studies/studies-table.ts";
import { anInstance } from "../../catalog/describe-instance.ts";
import { addSynced, newCatalog } from "../../catalog/new-catalog.ts";
import { addRecordsSource, anExam, syncRecords } from "../../catalog/new-records.ts";
import { studiesTo } from "../../jobs/records-workshop.ts";

const EXAMS = 60;
const pad = (number: number): string => String(number).padStart(3, "0");

/** Exams and images in the order of their own ids, all of one moment and one name. */
function catalogOfEquals(): Catalog {
  const catalog = newCatalog();
  syncRecords(catalog, addRecordsSource(catalog), (target) => {
    for (let number = 0; number < EXAMS; number++)
      target.putExam(anExam(`E${pad(number)}`, { patient_name: "Ana", order_datetime: null, check_in_datetime: null }));
  });
  const images = Array.from({ length: EXAMS }, (_, number) =>
    anInstance(String(number), {
      patientId: "P1",
      patientName: "Ana",
      studyDate: "",
      studyTime: "",
      studyInstanceUid: `2.25.1${pad(number)}`,
      seriesInstanceUid: `2.25.2${pad(number)}`,
    }),
  );
  addSynced(catalog, "PACS", images);
  return catalog;
}

/** The ids of a study list in its order: those that leave, and those that stand at the source. */
function idsOf(catalog: Catalog, policy: StudiesPolicy, sort: ExamSort): { left: string[]; live: string[] } {
  const recipe = studiesTo("/nowhere", { columns: ["exam_id"], policy, sort });
  const secret = Buffer.alloc(32, 7);
  const table = studiesTable.open(catalog, recipe, {
    startedAt: "2026-01-31T12:00:00Z",
    keyNamed: () => ({ name: "lung", secret }),
  });
  const rows = new ExamRows(catalog, table.rows.settings as ExamRowsSettings);
  const ids: { left: string[]; live: string[] } = { left: [], live: [] };
  for (const chunk of table.plan()) {
    if (chunk === undefined) continue;
    for (const [id] of rows.rows(chunk)) ids.left.push(String(id));
    for (const { values } of readExams(catalog, (chunk.data as StudiesChunk).rows)) ids.live.push(values.exam_id ?? "");
  }
  expect(ids.live).toHaveLength(2 * EXAMS);
  return ids;
}

test.each(EXAM_SORTS)(
  "exams at one moment stand in the order of the ids that leave (%s), and not of their own",
  (sort) => {
    const { left, live } = idsOf(catalogOfEquals(), { kind: "pseudonymised", key: "lung" }, sort);
    expect(left).toEqual(left.toSorted());
    expect(live).not.toEqual(live.toSorted());
  },
);

test("where ids leave as they are, exams at one moment stand in their order, also after a list under pseudonyms", () => {
  const catalog = catalogOfEquals();
  idsOf(catalog, { kind: "pseudonymised", key: "lung" }, "order_datetime_desc");
  const { left, live } = idsOf(catalog, { kind: "identified" }, "order_datetime_desc");
  expect(left).toEqual(live);
  expect(live).toEqual(live.toSorted());
});

import JSZip from "jszip";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addRecordsSource, anExam, syncRecords } from "../../catalog/new-records.ts";
import { changeCatalog, studiesTo } from "../../jobs/records-workshop.ts";
import { createWorkshop, resultOf } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

interface Described {
  notices: string[];
  columns: { name: string; type: string; min?: string; max?: string }[];
}

/** A study list as a workbook of exams whose patients were born then, in the order given. */
async function workbookOf(
  births: (string | null)[],
): Promise<{ cells: string[]; receipt: Described; schemaType: string | undefined }> {
  const root = temporaryFolders.pop()!;
  const workshop = await createWorkshop(root);
  await changeCatalog(workshop, (catalog) =>
    syncRecords(catalog, addRecordsSource(catalog), (target) => {
      for (const [index, patient_birth_date] of births.entries())
        target.putExam(anExam(`E${index}`, { patient_birth_date, order_datetime: index }));
    }),
  );
  const { app, client } = await workshop.open();
  try {
    const { jobId } = await client["exports.start"]({
      recipe: studiesTo(join(root, "out"), {
        columns: ["patient_birth_date", "exam_id"],
        policy: { kind: "identified" },
        sort: "order_datetime_asc",
        table: "xlsx",
        name: "list.xlsx",
      }),
    });
    expect(await resultOf(client, jobId)).toMatchObject({ state: "complete" });
  } finally {
    await app.close();
  }
  const read = (name: string): Buffer => readFileSync(join(root, "out", "list", name));
  const sheet = await (await JSZip.loadAsync(read("list.xlsx"))).file("xl/worksheets/sheet1.xml")?.async("string");
  const description = JSON.parse(read("datapackage.json").toString()) as {
    resources: [{ schema: { fields: { name: string; type: string }[] } }];
  };
  return {
    cells: births.map((_, index) => new RegExp(`<c r="A${index + 2}".*?</c>`).exec(sheet ?? "")?.[0] ?? ""),
    receipt: JSON.parse(read("receipt.json").toString()) as Described,
    schemaType: description.resources[0].schema.fields.find(({ name }) => name === "patient_birth_date")?.type,
  };
}
const temporaryFolders = [temporaryDirectory("birth-dates"), temporaryDirectory("birth-dates-odd")];

test("birth dates are dates in the workbook, in its description and in the receipt", async () => {
  const { cells, receipt, schemaType } = await workbookOf(["1990-02-28", null, "1931-04-17"]);
  expect(cells).toEqual(['<c r="A2" s="3"><v>32932</v></c>', "", '<c r="A4" s="3"><v>11430</v></c>']);
  expect(schemaType).toBe("date");
  expect(receipt.columns[0]).toMatchObject({ type: "date", min: "1931-04-17", max: "1990-02-28" });
  expect(receipt.notices.join()).not.toContain("patient_birth_date");
});

test("what is no date of the calendar stays as the source has it, is counted, and nothing promises dates", async () => {
  const { cells, receipt, schemaType } = await workbookOf(["28/02/1990", "1990-02-30", "", "1990-02-28", "0000-00-00"]);
  expect(cells[0]).toContain(">28/02/1990<");
  expect(cells[1]).toContain(">1990-02-30<");
  expect(cells[2]).toBe("");
  expect(cells[3]).toContain("<v>32932</v>");
  expect(schemaType).toBe("string");
  expect(receipt.notices.join("\n")).toContain("3 cells of patient_birth_date could not be read");
  expect(receipt.columns[0]).toMatchObject({ min: "1990-02-28", max: "1990-02-28" });
});

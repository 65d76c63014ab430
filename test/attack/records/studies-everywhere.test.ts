import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import { EXAM_COLUMNS, type ExamsFilter } from "../../../src/contract/records.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { StudiesRecipe } from "../../../src/contract/table-recipe.ts";
import type { App } from "../../../src/main/app.ts";
import { addRecordsSource, anExam, syncRecords } from "../../catalog/new-records.ts";
import { readTable } from "../../exports/table-file.ts";
import { changeCatalog, studiesTo } from "../../jobs/records-workshop.ts";
import { createWorkshop, resultOf, type Workshop } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { bytesThatLeave, findAll } from "./bytes-that-leave.ts";

const MARKED = {
  exam_id: "EXQ-90817263",
  medical_record_no: "MRQ-55443322",
  application_order_no: "AOQ-11229988",
  patient_name: "Zorbélia Quaxinga Vrompton",
  patient_birth_date: "1931-04-17",
  certified_physician: "Brunhilxa Torquevado",
} as const;
const ITEM = `Tórax de ${MARKED.patient_name}, ${MARKED.medical_record_no}`;
const DESCRIPTION = `Dra. ${MARKED.certified_physician}: ${MARKED.patient_name.toUpperCase()}, DN 17/04/1931, ${MARKED.application_order_no}`;
const WORDS = ["Zorbélia", "Quaxinga", "Vrompton", "Brunhilxa", "Torquevado", "17/04/1931", "1931-04-17"];
const NUMBERS = [MARKED.exam_id, MARKED.medical_record_no, MARKED.application_order_no];
const FORMS = (["csv", "xlsx"] as const).flatMap((table) =>
  (["file", "beside", "folder", "zip"] as const).map((format) => [table, format] as const),
);

/** Exams in which every field that names somebody is marked, in two hospitals that give out the same numbers. */
describe("what leaves of a study list", () => {
  const root = temporaryDirectory("studies-everywhere");
  let workshop: Workshop;
  let app: App;
  let client: Client<Calls>;

  beforeAll(async () => {
    workshop = await createWorkshop(root);
    await changeCatalog(workshop, (catalog) => {
      for (const issuer of ["NORTH", "SOUTH"])
        syncRecords(catalog, addRecordsSource(catalog, issuer, { issuer }), (target) => {
          target.putExam(anExam(MARKED.exam_id, { ...MARKED, exam_item: ITEM, exam_description: DESCRIPTION }));
          target.putExam(anExam("other"));
        });
    });
    ({ app, client } = await workshop.open());
  });
  afterAll(() => app.close());

  const recipeTo = (name: string, change: Partial<StudiesRecipe>): StudiesRecipe => {
    const recipe = studiesTo(join(root, name), { columns: [...EXAM_COLUMNS], ...change });
    return { ...recipe, name: `studies.${recipe.table}` };
  };
  /** Everything that is said while it runs. */
  const run = async (recipe: StudiesRecipe): Promise<Buffer> => {
    const said: unknown[] = [await client["exports.plan"](recipe)];
    const { jobId } = await client["exports.start"]({ recipe });
    for await (const event of client["jobs.watch"]({ id: jobId })) {
      said.push(event);
      if (event.type === "result") break;
    }
    said.push(await client["jobs.log"]({ id: jobId }), await client["jobs.show"]({ id: jobId }));
    expect(await resultOf(client, jobId)).toMatchObject({ state: "complete" });
    return Buffer.from(JSON.stringify(said));
  };

  it.each(FORMS)(
    "as %s, %s: no name and no number in any byte of it, whatever was asked for",
    async (table, format) => {
      const selections: ExamsFilter[] = [
        {},
        { q: "quaxinga" },
        { examIds: [MARKED.exam_id] },
        { applicationOrderNo: MARKED.application_order_no },
        { examDescription: [DESCRIPTION], examItem: ITEM },
      ];
      for (const [number, selection] of selections.entries()) {
        const name = `${table}-${format}-${number}`;
        const said = await run(recipeTo(name, { table, format, selection, compress: number % 2 === 0 ? 6 : 0 }));
        const places = bytesThatLeave(join(root, name)).set("plan, progress, log, job", said);
        expect(findAll(places, [...WORDS, ...NUMBERS]), JSON.stringify(selection)).toEqual([]);
      }
    },
  );

  it("finds the words where everything is kept: the search itself is not blind", async () => {
    await run(recipeTo("identified", { table: "xlsx", format: "zip", policy: { kind: "identified" } }));
    const places = bytesThatLeave(join(root, "identified"));
    for (const word of [...WORDS, ...NUMBERS]) expect(findAll(places, [word]), word).not.toEqual([]);
  });

  it("gives two hospitals' exams and patients of one number two codes", async () => {
    await run(recipeTo("hospitals", { format: "file", selection: { examIds: [MARKED.exam_id] } }));
    const rows = readTable(join(root, "hospitals", "studies.csv"));
    expect(rows).toHaveLength(2);
    for (const column of ["exam_id", "medical_record_no"])
      expect(new Set(rows.map((row) => row[column])).size, column).toBe(2);
  });

  it("tells of a filter that finds nothing what there is, but nothing in which somebody may be named", async () => {
    const filters = [
      ["--exam-item", "x"],
      ["--exam-description", "x"],
      ["--exam-id", "x"],
      ["--application-order-no", "x"],
    ];
    await app.close();
    for (const filter of filters) {
      const { exitCode, stdout, stderr } = await workshop.satchel(
        "export",
        "studies",
        join(root, "no.csv"),
        "--key",
        "lung",
        ...filter,
      );
      expect(exitCode).toBe(2);
      expect(findAll(new Map([["said", Buffer.from(stdout + stderr)]]), [...WORDS, ...NUMBERS]), filter[0]).toEqual([]);
    }
    expect(existsSync(join(root, "no.csv"))).toBe(false);
    ({ app, client } = await workshop.open());
  });

  it("is for nobody else on the computer to read, however lax its umask", async () => {
    const before = process.umask(0);
    try {
      for (const [table, format] of FORMS) {
        const name = `mode-${table}-${format}`;
        await run(recipeTo(name, { table, format }));
        for (const place of bytesThatLeave(join(root, name)).keys())
          if (!place.includes("!") && !place.startsWith("name of"))
            expect(statSync(join(root, name, place)).mode & 0o077, place).toBe(0);
      }
    } finally {
      process.umask(before);
    }
  });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { inWorkspace, openApp } from "./open-app.ts";
import { recordsTarget } from "../../src/main/catalog/records-sync.ts";
import { aNote, anExam, aPatient, at } from "../catalog/new-records.ts";
import { addSource } from "../../src/main/catalog/sources.ts";

const HEADER =
  "patient_id,patient_record_number,patient_gender,patient_age_at_note,patient_status,note_id,note_event_datetime,note_content";
const row = (patient: string, note: string, text: string): string =>
  `${patient},R-${patient},F,64,Internado,${note},2024-03-01T12:00:00+00:00,"${text}"`;

async function syncAll(client: Client<Calls>, name: string) {
  for await (const event of client["sources.sync"]({ name })) if (event.type === "result") return event;
  throw new Error("the sync ended without a result");
}

test("a CSV of notes is added, synced, listed, opened and removed; its source tells how many notes it holds", async () => {
  const root = makeTemporaryDirectory("records");
  const path = join(root, "export.csv");
  const long = `Long ${"palavra ".repeat(40_000)}`;
  writeFileSync(
    path,
    [HEADER, row("p1", "n1", "Febre alta\n=1+1"), row("p1", "n2", long), row("p2", "n3", "Estável")].join("\r\n"),
  );
  const { client } = await openApp(root);
  const config = { path, mapping: "eqmd", timeZone: "America/Bahia" };
  await client["sources.add"]({ kind: "csv", name: "Hospital", config });
  expect(await syncAll(client, "Hospital")).toMatchObject({ added: 5, changed: 0, complete: true });
  expect(await syncAll(client, "Hospital")).toMatchObject({ added: 0, changed: 0, unchanged: 5 });
  expect((await client["sources.list"]({}))[0]).toMatchObject({
    patients: 2,
    notes: 3,
    exams: 0,
    instances: 0,
    state: "ok",
  });

  const { total, rows } = await client["records.notes"]({ text: "FEBRE", limit: 10, offset: 0 });
  expect({ total, rows }).toMatchObject({
    total: 1,
    rows: [
      {
        recordNumber: "R-p1",
        gender: "F",
        age: 64,
        status: "inpatient",
        statusLabel: "Internado",
        eventTime: "2024-03-01T09:00:00-03:00",
        beginning: "Febre alta =1+1",
        source: "Hospital",
      },
    ],
  });
  const { content, truncated } = await client["records.note"]({ id: rows[0]!.id });
  expect({ content, truncated }).toEqual({ content: "Febre alta\n=1+1", truncated: false });
  const [longest] = (
    await client["records.notes"]({ limit: 1, offset: 0, sort: { column: "length", descending: true } })
  ).rows;
  expect(longest).toMatchObject({ length: long.length });
  const opened = await client["records.note"]({ id: longest!.id });
  expect([opened.truncated, opened.content.length < long.length]).toEqual([true, true]);
  expect(await client["records.noteFacets"]({ text: "febre" })).toMatchObject({ notes: 1, patients: 1, inCatalog: 3 });
  await expect(client["records.note"]({ id: 999 })).rejects.toMatchObject({ code: "NOT_FOUND" });

  await client["sources.remove"]({ name: "Hospital" });
  expect(await client["records.noteFacets"]({})).toMatchObject({ notes: 0, inCatalog: 0 });
});

test("a study list is found window by window, and refuses what it does not know", async () => {
  const root = makeTemporaryDirectory("records");
  const { app } = await openApp(root);
  await app.close();
  await inWorkspace(root, ({ catalog }) => {
    const { id } = addSource(catalog, {
      kind: "studies-api",
      name: "Platform",
      config: { timeZone: "Asia/Shanghai", issuer: "" },
    });
    const target = recordsTarget(catalog, id);
    for (let number = 0; number < 250; number++)
      target.putExam(
        anExam(`E${String(number).padStart(3, "0")}`, { order_datetime: at("2024-03-01T00:00:00Z") + number }),
      );
    target.putPatient(aPatient("p"));
    target.putNote(aNote("n", "p"));
    target.finish(true);
  });
  const { client } = await openApp(root);
  const page = await client["records.exams"]({ limit: 100, offset: 200 });
  expect(page.total).toBe(250);
  expect(page.rows.map(({ values }) => values.exam_id)).toEqual(
    Array.from({ length: 50 }, (_, step) => `E${String(49 - step).padStart(3, "0")}`),
  );
  expect(page.rows[0]).toMatchObject({ origin: "exam", source: "Platform", values: { patient_age: "64" } });
  expect(await client["records.examFacets"]({ q: "E00" })).toMatchObject({ exams: 10, inCatalog: 250 });
  await expect(client["records.exams"]({ from: "31/12/2024", limit: 1, offset: 0 })).rejects.toMatchObject({
    code: "USAGE",
  });
  await expect(client["records.exams"]({ examColour: "red", limit: 1, offset: 0 } as never)).rejects.toMatchObject({
    code: "USAGE",
  });
});

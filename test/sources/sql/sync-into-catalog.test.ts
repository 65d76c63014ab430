import { afterAll, beforeAll, expect, test } from "vitest";
import { NOTE_KINDS } from "../../../src/contract/records.ts";
import { createEqmd, type EqmdTruth } from "../../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { openApp, type OpenApp } from "../../calls/open-app.ts";

let server: PostgresServer;
let truth: EqmdTruth;
const root = temporaryDirectory("sql-catalog");
beforeAll(async () => {
  server = await startPostgres();
  truth = await createEqmd(server, { patients: 100, notes: 2_000 });
});
afterAll(() => server.stop());

async function sync({ client }: OpenApp) {
  for await (const event of client["sources.sync"]({ name: "EQMD" })) if (event.type === "result") return event;
  throw new Error("the sync told no result");
}

test("a database becomes records in the catalog, and the catalog follows it", async () => {
  const app = await openApp(root);
  await app.client["sources.add"]({
    kind: "postgres",
    name: "EQMD",
    config: { url: server.url(truth.database), mapping: "eqmd" },
    secret: server.password,
  });
  const first = await sync(app);
  const notes = truth.exportable + truth.ofDeletedPatients + truth.otherNotes;
  expect(first).toMatchObject({ complete: true, added: truth.patients + notes, changed: 0, removed: 0 });
  const shown = async () =>
    (await app.client["records.notes"]({ offset: 0, limit: 1, includeDeletedPatients: true, kinds: [...NOTE_KINDS] }))
      .total;
  expect(await shown()).toBe(notes);

  const second = await sync(app);
  expect(second).toMatchObject({ complete: true, added: 0, changed: 0, removed: 0 });

  const owner = await server.connect(truth.database);
  const gone = await owner.query<{ event_ptr_id: string }>(
    `DELETE FROM dailynotes_dailynote WHERE event_ptr_id IN
       (SELECT id FROM events_event WHERE NOT is_deleted AND NOT is_draft ORDER BY id LIMIT 7)
     RETURNING event_ptr_id`,
  );
  const third = await sync(app);
  expect(third).toMatchObject({ complete: true, added: 0, changed: 0, removed: gone.rowCount });
  expect(await shown()).toBe(notes - (gone.rowCount ?? 0));
  const [source] = await app.client["sources.list"]({});
  expect(JSON.stringify(source)).not.toContain(server.password);
});

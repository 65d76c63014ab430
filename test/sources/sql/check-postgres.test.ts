import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postgresConfig } from "../../../src/main/sources/sql/server-config.ts";
import { postgresSource } from "../../../src/main/sources/sql/sql-sources.ts";
import { createEqmd, type EqmdTruth } from "../../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { recordingRecords } from "../recording-records.ts";

let server: PostgresServer;
let truth: EqmdTruth;
let owner: pg.Client;
beforeAll(async () => {
  server = await startPostgres();
  truth = await createEqmd(server, { patients: 30, notes: 300 });
  await server.createReader(truth.database, "reader", "only reads");
  owner = await server.connect(truth.database);
});
afterAll(() => server.stop());

function settings(user: string) {
  return postgresConfig.parse({ url: server.url(truth.database, user), mapping: "eqmd" });
}

async function check(user = "reader", secret = "only reads") {
  return await postgresSource.check(settings(user), secret, new AbortController().signal);
}

const said = (level: string, text: RegExp) =>
  expect.objectContaining({ level, text: expect.stringMatching(text) as string }) as unknown;

describe("the check of EQMD's database", () => {
  test("says who answers, what can be read, and that a reader cannot write", async () => {
    const { ok, findings } = await check();
    expect(ok).toBe(true);
    expect(findings).toEqual(
      expect.arrayContaining([
        said("ok", /^PostgreSQL 1\d.* answers; its texts are UTF8\.$/),
        said("ok", /^Days and ages are told in America\/Bahia; .*\(the server's own zone: UTC\)/),
        said("ok", /^The user may read and not write\.$/),
        said("ok", /^Rows to read: patients 30, daily-note \d+, simple-note/),
      ]),
    );
    expect(findings.some((finding) => finding.level === "problem")).toBe(false);
  });

  test("warns of a user who may write, with the statements that make a safer one", async () => {
    const { ok, findings } = await check(server.user, server.password);
    expect(ok).toBe(true);
    const warning = findings.find((finding) => /may also write/.test(finding.text));
    expect(warning?.next).toContain("GRANT SELECT ON patients_patient");
    // The table of the accounts holds password hashes as well.
    expect(warning?.next).toContain("GRANT SELECT (first_name, last_name, username) ON public.accounts_eqmdcustomuser");
    expect(findings).toContainEqual(said("warning", /superuser/));
    // What it says to do works: the statements make a role that passes.
    const statements = (warning?.next ?? "").replace("PASSWORD '…'", "PASSWORD 'made'").split("\n");
    for (const statement of statements) await owner.query(statement);
    expect((await check("satchel_reader", "made")).findings).toContainEqual(said("ok", /may read and not write/));
  });

  test("names each table and column that may not be read, with the GRANT, and a sync says the same", async () => {
    await owner.query("CREATE ROLE blind LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA public TO blind");
    await owner.query(
      "GRANT SELECT ON ALL TABLES IN SCHEMA public TO blind; REVOKE SELECT ON dailynotes_dailynote FROM blind",
    );
    await owner.query(
      "REVOKE SELECT ON events_event FROM blind; GRANT SELECT (id, patient_id, updated_at, is_deleted, created_by_id) ON events_event TO blind",
    );
    const { ok, findings } = await check("blind", "x");
    expect(ok).toBe(false);
    expect(findings).toContainEqual(said("problem", /Table dailynotes_dailynote may not be read\./));
    expect(findings).toContainEqual(
      said("warning", /Column event_datetime of table events_event may not be read\..*simple-note/),
    );
    expect(findings.find((finding) => /What a user needs/.test(finding.text))?.next).toMatch(
      /GRANT SELECT ON .*dailynotes_dailynote/,
    );
    const target = recordingRecords();
    await expect(
      postgresSource.sync(settings("blind"), "x", target, () => undefined, new AbortController().signal),
    ).rejects.toMatchObject({
      code: "SOURCE_ANSWER",
      message: expect.stringContaining("dailynotes_dailynote") as string,
    });
    expect(target.notes.size).toBe(0);
  });

  test("leaves out what need not be there, and refuses what must", async () => {
    await owner.query(
      "ALTER TABLE simplenotes_simplenote RENAME TO gone; ALTER TABLE patients_patient RENAME COLUMN phone TO telephone",
    );
    await owner.query("ALTER TABLE accounts_eqmdcustomuser RENAME TO people; REVOKE SELECT ON people FROM reader");
    const first = await check();
    expect(first.ok).toBe(true);
    expect(first.findings).toEqual(
      expect.arrayContaining([
        said("warning", /Table simplenotes_simplenote is not there\. Without it, notes \(simple-note\)/),
        said("warning", /has no column phone\. The scrubber will not know that of the patients/),
        said("warning", /^Names of staff are not known: the user may not read them in public\.people/),
      ]),
    );
    const target = recordingRecords();
    const report = await postgresSource.sync(
      settings("reader"),
      "only reads",
      target,
      () => undefined,
      new AbortController().signal,
    );
    expect(report.notices.join(" ")).toMatch(/simplenotes_simplenote is not there/);
    expect([...target.notes.values()].some((note) => note.kind === "simple-note")).toBe(false);
    expect(target.notes.size).toBeGreaterThan(0);
    // Without this column drafts could not be told from notes: nothing is read rather than too much.
    await owner.query("ALTER TABLE events_event RENAME COLUMN is_draft TO draft");
    const second = await check();
    expect(second.ok).toBe(false);
    expect(second.findings).toContainEqual(
      said("problem", /Table events_event has no column is_draft\. It is needed for notes \(daily-note\)/),
    );
  });

  test("says where a table is that the user does not find", async () => {
    await owner.query(
      "ALTER TABLE events_event RENAME COLUMN draft TO is_draft; CREATE SCHEMA hospital; ALTER TABLE patients_patient SET SCHEMA hospital",
    );
    expect((await check()).findings).toContainEqual(
      said("problem", /patients_patient is not where the user looks, but in the schema hospital/),
    );
  });
});

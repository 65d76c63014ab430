import type pg from "pg";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findFreePort } from "../../support/orthanc.ts";
import { postgresConfig } from "../../../src/main/sources/sql/server-config.ts";
import { postgresSource } from "../../../src/main/sources/sql/sql-sources.ts";
import type { SyncProgress } from "../../../src/main/sources/source.ts";
import { createEqmd, type EqmdTruth } from "../../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { recordingRecords, type RecordingRecords } from "../recording-records.ts";

let server: PostgresServer;
let truth: EqmdTruth;
let owner: pg.Client;
beforeAll(async () => {
  server = await startPostgres({ settings: { restart_after_crash: "on" } });
  truth = await createEqmd(server, { patients: 400, notes: 12_000 });
  await server.createReader(truth.database, "reader", "only reads");
  owner = await server.connect(truth.database);
});
afterAll(() => server.stop());

interface Asked {
  target?: RecordingRecords;
  url?: string;
  secret?: string;
  settings?: Record<string, unknown>;
  onProgress?: (progress: SyncProgress) => void;
  signal?: AbortSignal;
}

async function sync({ target, url, secret, settings, onProgress, signal }: Asked) {
  const config = postgresConfig.parse({
    url: url ?? server.url(truth.database, "reader"),
    mapping: "eqmd",
    ...settings,
  });
  return await postgresSource.sync(
    config,
    secret ?? "only reads",
    target ?? recordingRecords(),
    onProgress ?? (() => undefined),
    signal ?? new AbortController().signal,
  );
}

/** Does something once, when the first notes have come. */
function atFirstNotes(work: () => unknown): (progress: SyncProgress) => void {
  let begun = false;
  return ({ phase, done }) => {
    if (begun || phase !== "notes" || done === 0) return;
    begun = true;
    work();
  };
}

describe("a sync of PostgreSQL", () => {
  test("sees one moment: what others change meanwhile is not in it", async () => {
    const target = recordingRecords();

    let change: Promise<unknown> | undefined;
    await sync({
      target,
      onProgress: ({ phase }) => {
        if (phase !== "patients" || change !== undefined) return;
        change = owner
          .query("UPDATE dailynotes_dailynote SET content = 'meanwhile'")
          .then(() =>
            owner.query("UPDATE events_event SET is_deleted = true, updated_at = now() WHERE NOT is_deleted"),
          );
      },
    });
    await change;
    expect([...target.notes.values()].filter((note) => note.content === "meanwhile")).toEqual([]);
    expect(target.notes.size).toBe(truth.exportable + truth.ofDeletedPatients + truth.otherNotes);
    await owner.query("UPDATE events_event SET is_deleted = false");
  });

  test("stops the statement on the server when it is cancelled", async () => {
    const abort = new AbortController();
    const other = await server.connect(truth.database);
    await other.query("BEGIN; LOCK TABLE dailynotes_dailynote IN ACCESS EXCLUSIVE MODE");
    const running = sync({ signal: abort.signal }).catch((error: unknown) => error);
    const busy = async () =>
      (await owner.query("SELECT 1 FROM pg_stat_activity WHERE usename = 'reader' AND wait_event_type = 'Lock'"))
        .rowCount;
    while ((await busy()) === 0) await wait(20);
    abort.abort();
    expect(await running).toMatchObject({ code: "CANCELLED" });
    const left = async () => (await owner.query("SELECT 1 FROM pg_stat_activity WHERE usename = 'reader'")).rowCount;
    while ((await left()) !== 0) await wait(20);
    await other.end();
  });

  test("gives up where another session locks a table, and says so", async () => {
    const other = await server.connect(truth.database);
    await other.query("BEGIN; LOCK TABLE dailynotes_dailynote IN ACCESS EXCLUSIVE MODE");
    const error = await sync({ settings: { statementTimeoutSeconds: 1 } }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "SOURCE_ANSWER",
      message: "The PostgreSQL server ended a statement that took longer than the source allows.",
    });
    await other.end();
  });

  test("keeps what it read when the server dies, and the next one comes to the same as if nothing had been", async () => {
    const target = recordingRecords();
    let killed: Promise<void> | undefined;
    const error = await sync({ target, onProgress: atFirstNotes(() => (killed = server.kill())) }).catch(
      (thrown: unknown) => thrown,
    );
    await killed;
    expect(error).toMatchObject({ code: "SOURCE_UNREACHABLE" });
    expect(target.patients.size).toBe(truth.patients);
    expect(target.readState()).toEqual({});
    await server.restart();
    owner = await server.connect(truth.database);
    target.forget();
    expect(await sync({ target })).toMatchObject({ complete: true });
    const fresh = recordingRecords();
    await sync({ target: fresh });
    expect(target.notes).toEqual(fresh.notes);
  });

  test.each([
    ["a wrong password", { secret: "wrong" }, "SOURCE_REFUSED", "refused user or password"],
    ["no password", { secret: "" }, "SOURCE_REFUSED", "password"],
  ] as const)("says of %s what is wrong without telling it", async (_what, asked, code, text) => {
    const error = await sync(asked).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, message: expect.stringContaining(text) as string });
    expect(JSON.stringify(error)).not.toContain("wrong");
  });

  test("says that there is no such database, and that nothing listens", async () => {
    await expect(sync({ url: server.url("nowhere", "reader") })).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      message: "The PostgreSQL server has no database of that name.",
    });
    const port = await findFreePort();
    await expect(sync({ url: `postgres://reader@127.0.0.1:${port}/eqmd_db` })).rejects.toMatchObject({
      code: "SOURCE_UNREACHABLE",
      message: expect.stringContaining("nothing listens") as string,
    });
  });
});

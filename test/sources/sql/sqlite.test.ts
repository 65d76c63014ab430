import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { sqliteConfig } from "../../../src/main/sources/sql/server-config.ts";
import { sqliteSource } from "../../../src/main/sources/sql/sql-sources.ts";
import type { SyncProgress } from "../../../src/main/sources/source.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { recordingRecords } from "../recording-records.ts";

const folder = temporaryDirectory("sqlite");
const signal = new AbortController().signal;
const mapping = {
  version: 1,
  name: "file",
  timeZone: "America/Bahia",
  naiveTimes: "UTC",
  patients: { from: "patient", id: "id", name: "name", changed: "changed" },
  notes: [{ kind: "daily-note", from: "note", id: "id", patient: "patient", at: "at", content: "text" }],
};

/** @param mode of the journal: "wal" or "delete" */
function makeFile(name: string, mode: string, notes = 3_000): { path: string; database: DatabaseSync } {
  const path = join(folder, name);
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = ${mode}; CREATE TABLE patient (id INTEGER PRIMARY KEY, name TEXT, changed TEXT);
    CREATE TABLE note (id TEXT PRIMARY KEY, patient INTEGER, at, text TEXT);
    INSERT INTO patient VALUES (1, 'Ana', '2024-01-01'), (9007199254740993, 'Eva', NULL); BEGIN`);
  const insert = database.prepare("INSERT INTO note VALUES (?, ?, ?, ?)");
  for (let index = 0; index < notes; index++)
    insert.run(
      `n${index}`,
      9007199254740993n,
      index % 2 === 0 ? "2024-07-01 12:00:00.5" : 1_719_835_200,
      `text ${index}`,
    );
  database.exec("COMMIT");
  return { path, database };
}

const sync = (
  path: string,
  target = recordingRecords(),
  onProgress: (progress: SyncProgress) => void = () => undefined,
) =>
  sqliteSource
    .sync(sqliteConfig.parse({ path, mapping }), undefined, target, onProgress, signal)
    .then((report) => ({ report, target }));
const beside = (path: string): string[] =>
  readdirSync(folder)
    .filter((name) => join(folder, name).startsWith(path))
    .sort();
const digest = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

describe("an SQLite file", () => {
  test.each(["delete", "wal"])(
    "in journal mode %s is read whole, and nothing is written to it or beside it",
    async (mode) => {
      const { path, database } = makeFile(`${mode}.db`, mode);
      database.close();
      const before = digest(path);
      const { report, target } = await sync(path);
      expect(report).toMatchObject({ complete: true, problems: 0 });
      expect(target.notes.size).toBe(3_000);
      expect(target.notes.get("n0")).toMatchObject({
        patientId: "9007199254740993",
        eventAt: Date.parse("2024-07-01T12:00:00.500Z") * 1000,
      });
      expect(target.notes.get("n1")?.eventAt).toBe(1_719_835_200_000_000);
      expect(beside(path)).toEqual([`${mode}.db`]);
      expect(digest(path)).toBe(before);
    },
  );

  test("that a program has open is read with what that program wrote last, and its files are left", async () => {
    const { path, database } = makeFile("busy.db", "wal");
    database.exec("INSERT INTO note VALUES ('last', 1, '2024-07-01 12:00:00', 'in the -wal')");
    const { target } = await sync(path);
    expect(target.notes.get("last")?.content).toBe("in the -wal");
    const check = await sqliteSource.check(sqliteConfig.parse({ path, mapping }), undefined, signal);
    expect(check.findings).toContainEqual(
      expect.objectContaining({ level: "warning", text: expect.stringContaining("Another program") as string }),
    );
    expect(beside(path)).toEqual(["busy.db", "busy.db-shm", "busy.db-wal"]);
    database.exec("INSERT INTO note VALUES ('after', 1, '2024-07-01 12:00:00', 'still writable')");
    database.close();
  });

  test("whose -wal was left without its -shm is refused with what to do, and nothing is made", async () => {
    const { path, database } = makeFile("left.db", "wal");
    const copy = join(folder, "copied.db");
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    database.close();
    await expect(sync(copy)).rejects.toMatchObject({
      code: "READ_FAILED",
      message: expect.stringContaining("-wal") as string,
    });
    expect(beside(copy)).toEqual(["copied.db", "copied.db-wal"]);
  });

  test("that is written while it is read is not trusted", async () => {
    const { path, database } = makeFile("written.db", "wal");
    database.close();
    let written = false;
    const target = recordingRecords();
    const error = await sync(path, target, ({ phase }) => {
      if (written || phase !== "patients") return;
      written = true;
      const other = new DatabaseSync(path);
      other.exec("DELETE FROM note WHERE id = 'n0'");
      other.close();
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "SOURCE_ANSWER",
      message: expect.stringContaining("written while it was read") as string,
    });
    expect(target.readState()).toEqual({});
  });

  test("that is none, damaged, empty or missing is refused with the reason", async () => {
    const reason = async (path: string) => (await sync(path).catch((thrown: unknown) => thrown)) as Error;
    writeFileSync(join(folder, "text.db"), "name;note\n1;2\n".repeat(50));
    expect((await reason(join(folder, "text.db"))).message).toBe(
      "The file is not an SQLite database, or an encrypted one.",
    );
    writeFileSync(join(folder, "empty.db"), "");
    expect((await reason(join(folder, "empty.db"))).message).toBe("The SQLite file is empty.");
    expect((await reason(join(folder, "missing.db"))).message).toBe("The SQLite file is not there.");
    expect(existsSync(join(folder, "missing.db"))).toBe(false);
    const { path, database } = makeFile("cut.db", "delete");
    database.close();
    truncateSync(path, 40_960);
    expect((await reason(path)).message).toBe("The SQLite file is damaged.");
  });

  test("that may only be read is read", async () => {
    const { path, database } = makeFile("read-only.db", "wal", 10);
    database.close();
    chmodSync(path, 0o400);
    expect((await sync(path)).target.notes.size).toBe(10);
  });

  test("is not read any further once the sync is cancelled", async () => {
    const { path, database } = makeFile("cancelled.db", "delete");
    database.close();
    const abort = new AbortController();
    const config = sqliteConfig.parse({ path, mapping });
    const running = sqliteSource.sync(
      config,
      undefined,
      recordingRecords(),
      ({ phase }) => phase === "notes" && abort.abort(),
      abort.signal,
    );
    await expect(running).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

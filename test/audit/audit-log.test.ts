import { randomBytes } from "node:crypto";
import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  appendAudit,
  assertAudit,
  listAudit,
  startAuditLog,
  verifyAudit,
  type AuditLog,
} from "../../src/main/audit/audit-log.ts";
import { auditHash, currentUser, type AuditRecord } from "../../src/main/audit/audit-record.ts";
import { openCatalog } from "../../src/main/catalog/database.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { userInfo } from "node:os";

interface TestLog extends AuditLog {
  folder: string;
}

/** A log with records of exports to the sticks A, B, C, … */
function newLog(records: number): TestLog {
  const folder = makeTemporaryDirectory("audit");
  const catalog = openCatalog(join(folder, "catalog.sqlite"), randomBytes(32));
  const log = { catalog, key: randomBytes(32), headPath: join(folder, "audit-head.json"), folder };
  startAuditLog(log.key, log.headPath);
  for (let at = 0; at < records; at += 1) appendAudit(log, record(at));
  onTestFinished(() => {
    catalog.close();
    rmSync(folder, { recursive: true });
  });
  return log;
}

function record(at: number): AuditRecord {
  return {
    at: `2026-01-01T00:00:${String(at).padStart(2, "0")}.000Z`,
    user: "anna",
    action: "export imaging",
    subjects: [`P${at}`],
    policy: "identified",
    destination: `/media/${String.fromCodePoint(65 + at)}`,
    counts: { instances: at },
    result: "complete",
  };
}

/** What somebody with the open database can do once the triggers are out of the way. */
function tamper(log: AuditLog, ...statements: string[]): void {
  for (const event of ["updated", "deleted", "replaced"]) log.catalog.run(`DROP TRIGGER audit_never_${event}`);
  for (const statement of statements) log.catalog.run(statement);
}

const code = (value: string) => expect.objectContaining({ code: value });

test("records are listed newest first with all that was written", () => {
  const log = newLog(3);
  expect(listAudit(log, { limit: 2 })).toEqual([
    { sequence: 3, ...record(2) },
    { sequence: 2, ...record(1) },
  ]);
  expect(listAudit(log, { limit: 2, offset: 2 })).toEqual([{ sequence: 1, ...record(0) }]);
});

test("an untouched log verifies, also when empty and when longer than one window", () => {
  expect(verifyAudit(newLog(0))).toEqual({ ok: true, records: 0 });
  expect(assertAudit(newLog(3))).toEqual({ ok: true, records: 3 });
  const long = newLog(1);
  long.catalog.write(() => {
    for (let at = 0; at < 1100; at += 1) appendAudit(long, record(1));
  });
  expect(verifyAudit(long)).toEqual({ ok: true, records: 1101 });
});

test("plain SQL cannot change, delete or replace a record", () => {
  const log = newLog(2);
  for (const statement of [
    "UPDATE audit SET record = '{}'",
    "DELETE FROM audit WHERE seq = 2",
    "INSERT OR REPLACE INTO audit VALUES (1, '{}', '', '')",
  ]) {
    expect(() => log.catalog.run(statement), statement).toThrow(/audit records are never/);
  }
  expect(verifyAudit(log)).toEqual({ ok: true, records: 2 });
});

const TAMPERINGS: [string, string[], number, RegExp][] = [
  ["a changed record", ["UPDATE audit SET record = replace(record, 'P1', 'P7') WHERE seq = 2"], 2, /was changed/],
  ["a space added to a record", ["UPDATE audit SET record = record || ' ' WHERE seq = 3"], 3, /was changed/],
  ["a removed record", ["DELETE FROM audit WHERE seq = 3"], 3, /missing/],
  ["the first record removed", ["DELETE FROM audit WHERE seq = 1"], 1, /missing/],
  ["the last record removed", ["DELETE FROM audit WHERE seq = 5"], 5, /ends at record 4, but 5/],
  ["all records removed", ["DELETE FROM audit"], 1, /ends at record 0, but 5/],
  [
    "a removed record with the rest moved up",
    ["DELETE FROM audit WHERE seq = 2", "UPDATE audit SET seq = seq - 1 WHERE seq > 2"],
    2,
    /does not follow/,
  ],
  [
    "two records exchanged",
    [
      "UPDATE audit SET seq = 99 WHERE seq = 2",
      "UPDATE audit SET seq = 2 WHERE seq = 3",
      "UPDATE audit SET seq = 3 WHERE seq = 99",
    ],
    2,
    /does not follow/,
  ],
  [
    "a record put before the first",
    ["INSERT INTO audit SELECT 0, record, previous, hash FROM audit WHERE seq = 1"],
    1,
    /before the first/,
  ],
  [
    "a record doubled at the end",
    ["INSERT INTO audit SELECT 6, record, previous, hash FROM audit WHERE seq = 5"],
    6,
    /does not follow/,
  ],
];

test.each(TAMPERINGS)("%s is named", (_what, statements, sequence, reason) => {
  const log = newLog(5);
  tamper(log, ...statements);
  const verdict = verifyAudit(log);
  expect(verdict).toMatchObject({ ok: false, broken: { sequence, reason: expect.stringMatching(reason) } });
  expect(() => assertAudit(log)).toThrow(code("AUDIT_BROKEN"));
  expect(() => assertAudit(log)).toThrow(`record ${sequence}`);
});

test("a chain computed anew with another key is found at its first record", () => {
  const log = newLog(2);
  const rows = log.catalog.all<{ seq: number; record: string }>("SELECT seq, record FROM audit ORDER BY seq");
  tamper(log);
  let previous = "0".repeat(64);
  for (const { seq, record: text } of rows) {
    const forged = text.replace("anna", "bert");
    const hash = auditHash(Buffer.alloc(32), seq, previous, forged);
    log.catalog.run("UPDATE audit SET record = ?, previous = ?, hash = ? WHERE seq = ?", forged, previous, hash, seq);
    previous = hash;
  }
  expect(verifyAudit(log)).toMatchObject({ ok: false, broken: { sequence: 1 } });
});

test("a head that is gone, changed or of nonsense is named, and another append does not heal it", () => {
  for (const spoil of [
    (path: string) => rmSync(path),
    (path: string) => writeFileSync(path, "{"),
    (path: string) => writeFileSync(path, readFileSync(path, "utf8").replace('"sequence":3', '"sequence":2')),
  ]) {
    const log = newLog(3);
    spoil(log.headPath);
    expect(verifyAudit(log)).toMatchObject({ ok: false, broken: { reason: expect.stringMatching(/head file/) } });
    appendAudit(log, record(3));
    expect(verifyAudit(log).ok).toBe(false);
  }
});

test("a cut tail stays visible after another export is recorded over it", () => {
  const log = newLog(4);
  tamper(log, "DELETE FROM audit WHERE seq > 2");
  appendAudit(log, record(9));
  expect(verifyAudit(log).ok).toBe(false);
  appendAudit(log, record(9));
  expect(verifyAudit(log).ok, "as long as it was before").toBe(false);
  appendAudit(log, record(9));
  expect(verifyAudit(log), "longer than it was before").toMatchObject({ ok: false, broken: { sequence: 4 } });
});

test("a crash between record and head leaves a sound log, and the next append catches up", () => {
  const log = newLog(3);
  const old = join(log.folder, "old-head");
  copyFileSync(log.headPath, old);
  appendAudit(log, record(3));
  renameSync(old, log.headPath);
  expect(verifyAudit(log)).toEqual({ ok: true, records: 4 });
  appendAudit(log, record(4));
  tamper(log, "DELETE FROM audit WHERE seq = 5");
  expect(verifyAudit(log)).toMatchObject({ ok: false, broken: { sequence: 5 } });
});

test("a record that lacks something is refused and nothing is written", () => {
  const log = newLog(1);
  expect(() => appendAudit(log, { ...record(1), result: "" })).toThrow();
  expect(() => appendAudit(log, { ...record(1), counts: { bytes: 0.5 } })).toThrow();
  expect(verifyAudit(log)).toEqual({ ok: true, records: 1 });
});

test("the user of the record is the user of the system", () => {
  expect(currentUser()).toBe(userInfo().username);
});

import fs, { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { auditCsv } from "../../../src/main/audit/audit-csv.ts";
import type { AuditEntry } from "../../../src/main/audit/audit-record.ts";
import { openApp } from "../../calls/open-app.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const PASSPHRASE = "correct horse battery";

describe("the audit log in a spreadsheet", () => {
  const entry = (destination: string): AuditEntry => ({
    sequence: 1,
    at: "2026-01-02T03:04:05.000Z",
    user: "tester",
    action: "export imaging",
    subjects: [destination],
    policy: "identified",
    destination,
    counts: {},
    result: "complete",
  });
  /** Cells as a spreadsheet makes them of a line: of one that parts at semicolons, quotes within a field are letters. */
  const cells = (text: string): string[] =>
    text
      .replace("\uFEFF", "")
      .split(/[;,\t\r\n]/)
      .map((cell) => cell.trim());

  test.each([
    "=HYPERLINK(0)",
    "x;=HYPERLINK(0)",
    "x; @SUM(1)",
    "x\n=cmd|' /C calc'!A0",
    "x\r\n+1",
    "x;\t=1",
    "\t=1",
    "＝1+1",
    "/media/a;b;-2",
    '";=1;"',
  ])("shows %j as what it is, whether it parts at commas or at semicolons", (hostile) => {
    const [, line = ""] = [...auditCsv([entry(hostile)])];
    for (const cell of cells(line)) expect(cell.replace(/^"+/, ""), line).not.toMatch(/^[=+\-@＝＋－＠]/);
    // Nothing is taken from it.
    const letters = (text: string): string => text.replaceAll(/['"]/g, "");
    expect(letters(line)).toContain(letters(hostile));
  });

  test("leaves alone what is no formula", () => {
    const [, line = ""] = [...auditCsv([entry("/media/stick/2026-01-02; a-b = c@d")])];
    expect(line).toContain(",/media/stick/2026-01-02; a-b = c@d,");
  });
});

/** A stick with FAT or exFAT: link(2) is refused there. No such file system can be made in most test machines. */
describe("a stick that knows no hard links", () => {
  const root = temporaryDirectory("stick");
  const { linkSync } = fs;
  afterEach(() => {
    fs.linkSync = linkSync;
    syncBuiltinESMExports();
  });

  test("takes a key, a crosswalk and the audit log whole, and loses nothing that is on it", async () => {
    const { client } = await openApp(root);
    await client["keys.new"]({ name: "lung" });
    fs.linkSync = (): never => {
      throw Object.assign(new Error("EPERM: operation not permitted, link"), { code: "EPERM" });
    };
    syncBuiltinESMExports();
    const [key, crosswalk, log] = ["lung.key", "who-is-who", "log.csv"].map((name) => join(root, name)) as [
      string,
      string,
      string,
    ];
    const write = [
      () => client["keys.export"]({ name: "lung", file: key, passphrase: PASSPHRASE }),
      () => client["keys.crosswalk"]({ name: "lung", file: crosswalk, passphrase: PASSPHRASE }),
      () => client["audit.export"]({ file: log }),
    ];
    for (const one of write) await one();
    await expect(client["keys.import"]({ name: "again", file: key, passphrase: PASSPHRASE })).resolves.toBeDefined();
    for (const path of [key, crosswalk, log]) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      writeFileSync(path, "another's");
    }
    for (const one of write) await expect(one()).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    for (const path of [key, crosswalk, log]) expect(readFileSync(path, "utf8")).toBe("another's");
    expect(readdirSync(root).filter((name) => name.includes("partial"))).toEqual([]);
  });
});

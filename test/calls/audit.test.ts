import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { appendAudit } from "../../src/main/audit/audit-log.ts";
import type { AuditRecord } from "../../src/main/audit/audit-record.ts";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import type { App } from "../../src/main/app.ts";
import { createWorkshop, type Workshop } from "../jobs/workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const RECORDS: Partial<AuditRecord>[] = [
  { at: "2026-01-01T23:59:59.000Z", user: "anna", action: "export imaging", subjects: ["P1", "P2"] },
  { at: "2026-01-02T00:00:00.000Z", user: "bob", action: "export key", destination: "/media/Straße" },
  {
    at: "2026-01-02T12:00:00.000Z",
    user: "anna",
    action: "export imaging",
    subjects: ['=cmd|" /C calc"!A1', "+1", "@x"],
  },
  { at: "2026-01-03T00:00:00.000Z", user: "anna", action: "deidentify", reason: "-2+3 asked\nfor, twice" },
];

describe("the audit log as screens and the command line see it", () => {
  const root = temporaryDirectory("calls-audit");
  let workshop: Workshop;
  let app: App;
  let client: Client<Calls>;

  beforeAll(async () => {
    workshop = await createWorkshop(root);
    const secret = { kind: "key-file", path: workshop.keyFile } as const;
    const workspace = await openWorkspace(workshop.folder, () => secret);
    for (const record of RECORDS) {
      appendAudit(workspace.audit, {
        at: "",
        user: "",
        action: "",
        subjects: [],
        policy: "identified",
        destination: "/media/A",
        counts: { files: 3, bytes: 12 },
        result: "complete",
        ...record,
      });
    }
    workspace.close();
    ({ app, client } = await workshop.open());
  });
  afterAll(() => app.close());

  const sequences = async (filter: Parameters<(typeof client)["audit.list"]>[0]): Promise<number[]> =>
    (await client["audit.list"](filter)).rows.map(({ sequence }) => sequence);

  test("lists the newest first, in windows, with the number of all", async () => {
    const { total, rows, actions, users } = await client["audit.list"]({ limit: 2, offset: 1 });
    expect([total, rows.map(({ sequence }) => sequence)]).toEqual([4, [3, 2]]);
    expect(actions).toEqual(["deidentify", "export imaging", "export key"]);
    expect(users).toEqual(["anna", "bob"]);
  });

  test("finds by action, by user and by days, both days included", async () => {
    expect(await sequences({ action: "export imaging" })).toEqual([3, 1]);
    expect(await sequences({ user: "bob" })).toEqual([2]);
    expect(await sequences({ from: "2026-01-02", to: "2026-01-02" })).toEqual([3, 2]);
    expect(await sequences({ user: "anna", action: "export imaging", to: "2026-01-01" })).toEqual([1]);
  });

  test("finds by words, all of which must stand somewhere in the record, and counts those found", async () => {
    expect(await sequences({ text: "STRASSE" })).toEqual([]);
    expect(await sequences({ text: "straße BOB" })).toEqual([2]);
    expect(await sequences({ text: "p2" })).toEqual([1]);
    // The names of the fields are no words of a record.
    expect(await sequences({ text: "subjects" })).toEqual([]);
    const { total, rows } = await client["audit.list"]({ text: "anna", limit: 1, offset: 1 });
    expect([total, rows.map(({ sequence }) => sequence)]).toEqual([3, [3]]);
  });

  test("exports CSV that only its owner can read, and records that it did", async () => {
    const file = join(root, "audit.csv");
    expect(await client["audit.export"]({ file, from: "2026-01-02" })).toEqual({ records: 3 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, "utf8");
    expect(text.startsWith("\uFEFFsequence,at,user,")).toBe(true);
    expect(text.split("\r\n")).toHaveLength(5);
    expect(text).toContain('"-2+3 asked\nfor, twice"'.replace("-2", "'-2"));
    const [newest] = (await client["audit.list"]({ limit: 1 })).rows;
    expect(newest).toMatchObject({ action: "export audit log", destination: file, counts: { records: 3 } });
    expect((await client["audit.verify"]({})).ok).toBe(true);
  });

  test("no cell of the CSV is a formula to a spreadsheet", async () => {
    const file = join(root, "formulas.csv");
    await client["audit.export"]({ file });
    const text = readFileSync(file, "utf8");
    expect(text).toContain(`"'=cmd|"" /C calc""!A1; '+1; '@x"`);
    expect(text).not.toMatch(/(?:^|,|")[=+\-@\t]/m);
  });

  test("a file that is there already stays as it is, and nothing is recorded", async () => {
    const file = join(root, "taken.csv");
    writeFileSync(file, "mine");
    const before = (await client["audit.list"]({})).total;
    await expect(client["audit.export"]({ file })).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    await expect(client["audit.export"]({ file: "relative.csv" })).rejects.toMatchObject({ code: "USAGE" });
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect((await client["audit.list"]({})).total).toBe(before);
  });
});

describe("satchel audit", () => {
  const root = temporaryDirectory("cli-audit");

  test("lists what matches, exports it, and refuses what is no date", async () => {
    const workshop = await createWorkshop(root);
    const file = join(root, "log.csv");
    const exported = await workshop.satchel("audit", "export", "--to", file);
    expect(JSON.parse(exported.stdout)).toEqual({ records: 0 });
    const list = await workshop.satchel("audit", "list", "--action", "export audit log", "--since", "2026-01-01");
    expect(JSON.parse(list.stdout)).toMatchObject([{ action: "export audit log", destination: file }]);
    expect(JSON.parse((await workshop.satchel("audit", "list", "--until", "2020-01-01")).stdout)).toEqual([]);
    const wrong = await workshop.satchel("audit", "list", "--since", "31.12.2026");
    expect(wrong.stdout).toContain("USAGE");
    expect((await workshop.satchel("audit", "export", "--to", file)).stdout).toContain("ALREADY_EXISTS");
  });
});

import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { calls, type Calls } from "../../../src/contract/calls.ts";
import { createMemoryWire } from "../../../src/contract/memory-wire.ts";
import { connect, type Client } from "../../../src/contract/rpc.ts";
import type { App } from "../../../src/main/app.ts";
import { createWorkshop } from "../../jobs/workshop.ts";
import { makeTemporaryDirectory } from "../../support/temporary-directory.ts";

const PASSWORD = "correct horse battery";
const right = { name: "head", password: PASSWORD };
const wrong = { name: "head", password: "wrong horse battery" };

describe("accounts", () => {
  let root: string;
  let app: App;
  let client: Client<Calls>;
  let now: number;
  beforeEach(async () => {
    root = makeTemporaryDirectory("accounts");
    now = Date.parse("2026-03-01T08:00:00Z");
    const workshop = await createWorkshop(root);
    ({ app, client } = await workshop.open({ shell: "loopback", now: () => new Date(now) }));
  });
  afterEach(() => app.close());

  const page = (): Client<Calls> => {
    const [server, other] = createMemoryWire();
    app.serve(server);
    return connect(calls, other);
  };
  const addHead = () => client["users.add"]({ ...right, role: "administrator" });
  const camp = (): string => {
    const folder = join(root, "camp");
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const codeOf = (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => "answered",
      (error: { code: string }) => error.code,
    );

  test("without any, everything is answered and nobody is asked for", async () => {
    expect(await client["users.me"]({})).toEqual({
      accounts: false,
      account: null,
      lockAfterMinutes: null,
      pictures: null,
    });
    expect((await client["find.patients"]({})).total).toBe(0);
    expect(await client["audit.list"]({})).toMatchObject({ total: 0 });
  });

  test("the first must be an administrator, goes on signed in, and shuts out pages that are not", async () => {
    const other = page();
    expect(await codeOf(client["users.add"]({ name: "anna", role: "analyst", password: PASSWORD }))).toBe("USAGE");
    expect(await codeOf(other["sources.list"]({}))).toBe("answered");
    await addHead();
    expect((await client["users.me"]({})).account).toMatchObject({ name: "head", role: "administrator" });
    expect(await codeOf(client["sources.list"]({}))).toBe("answered");
    expect(await codeOf(other["sources.list"]({}))).toBe("SIGN_IN_NEEDED");
    expect((await other["users.signIn"](right)).account?.name).toBe("head");
    expect(await codeOf(other["sources.list"]({}))).toBe("answered");
    await other["users.signOut"]({});
    expect(await codeOf(other["sources.list"]({}))).toBe("SIGN_IN_NEEDED");
  });

  test("the last administrator can neither go nor become less; the last account of all can, and nobody is asked for again", async () => {
    await addHead();
    await client["users.add"]({ name: "anna", role: "analyst", password: PASSWORD });
    expect(await codeOf(client["users.role"]({ name: "head", role: "analyst" }))).toBe("USAGE");
    expect(await codeOf(client["users.remove"]({ name: "head" }))).toBe("USAGE");
    await client["users.remove"]({ name: "anna" });
    await client["users.remove"]({ name: "head" });
    expect(await codeOf(page()["sources.list"]({}))).toBe("answered");
  });

  test("a removed account, a new role and a new password hold at the next call of a page that is open", async () => {
    await addHead();
    await client["users.add"]({ name: "anna", role: "administrator", password: PASSWORD });
    const anna = page();
    await anna["users.signIn"]({ name: "anna", password: PASSWORD });
    expect(await codeOf(anna["audit.list"]({}))).toBe("answered");
    await client["users.role"]({ name: "anna", role: "analyst" });
    expect(await codeOf(anna["audit.list"]({}))).toBe("NOT_ALLOWED");
    await client["users.setPassword"]({ name: "anna", password: "another long password" });
    expect(await codeOf(anna["sources.list"]({}))).toBe("SIGN_IN_NEEDED");
    expect(await codeOf(anna["users.signIn"]({ name: "anna", password: PASSWORD }))).toBe("SIGN_IN_NEEDED");
    await anna["users.signIn"]({ name: "anna", password: "another long password" });
    const jobs = anna["jobs.progress"]({});
    await client["users.remove"]({ name: "anna" });
    expect(await codeOf((jobs as AsyncGenerator).next())).toBe("SIGN_IN_NEEDED");
  });

  test("one who made something and goes leaves it to nobody of the same name", async () => {
    await addHead();
    const add = () => client["users.add"]({ name: "anna", role: "analyst", password: PASSWORD });
    await add();
    const anna = page();
    await anna["users.signIn"]({ name: "anna", password: PASSWORD });
    const recipe = {
      kind: "report" as const,
      version: 1 as const,
      selection: {},
      format: "folder" as const,
      compress: 0,
      destination: root,
      measures: ["coverage" as const],
      minimumCount: 5,
      region: "state" as const,
    };
    const config = { path: camp(), timeZone: "Asia/Kolkata" };
    await client["sources.add"]({ kind: "ndjson", name: "Camp", config });
    await anna["recipes.save"]({ name: "mine", recipe });
    expect(await anna["recipes.list"]({})).toHaveLength(1);
    await client["users.remove"]({ name: "anna" });
    await add();
    await anna["users.signIn"]({ name: "anna", password: PASSWORD });
    expect(await anna["recipes.list"]({})).toEqual([]);
    expect(await client["recipes.list"]({})).toHaveLength(1);
  });

  test("wrong passwords block the account for longer and longer, also for the right one, and side by side", async () => {
    await addHead();
    const other = page();
    for (let attempt = 0; attempt < 4; attempt++)
      expect(await codeOf(other["users.signIn"](wrong))).toBe("SIGN_IN_NEEDED");
    // Two at once: the second is not tried.
    const both = await Promise.allSettled([other["users.signIn"](wrong), page()["users.signIn"](wrong)]);
    expect(both.map((one) => (one as { reason?: Error }).reason?.message ?? "").toSorted()).toEqual([
      "The name and the password do not belong together.",
      "Too many wrong passwords: the account waits for another 5 seconds.",
    ]);
    await expect(other["users.signIn"](right)).rejects.toThrow("another 5 seconds");
    now += 5_001;
    await expect(other["users.signIn"](wrong)).rejects.toThrow("do not belong");
    await expect(other["users.signIn"](right)).rejects.toThrow("another 10 seconds");
    expect((await client["users.list"]({}))[0]?.blockedUntil).not.toBeNull();
    now += 10_001;
    await other["users.signIn"](right);
    expect((await client["users.list"]({}))[0]?.blockedUntil).toBeNull();
    expect(await codeOf(page()["users.signIn"](wrong))).toBe("SIGN_IN_NEEDED");
    await page()["users.signIn"](right);
  });

  test("a name that is not there is answered like a wrong password, and what was typed as a name is not written down", async () => {
    await addHead();
    const messageOf = async (given: { name: string; password: string }): Promise<string> => {
      const asked = page();
      try {
        await asked["users.signIn"](given);
        return "answered";
      } catch (thrown) {
        return (thrown as Error).message;
      }
    };
    const messages = await Promise.all(
      [wrong, { name: "hunter2 hunter2", password: PASSWORD }, { ...right, password: "" }].map(messageOf),
    );
    expect(new Set(messages).size).toBe(1);
    const { rows } = await client["audit.list"]({ action: "sign in" });
    expect(rows.map(({ user, result }) => [user, result])).toContainEqual(["unknown account", "refused"]);
    expect(JSON.stringify(rows)).not.toContain("hunter2");
  });

  test("a page that is left alone is signed out after ten minutes, or when it is said; one that is used is not", async () => {
    await addHead();
    expect((await client["users.me"]({})).lockAfterMinutes).toBe(10);
    for (let minutes = 0; minutes < 30; minutes += 9) {
      now += 9 * 60_000;
      expect(await codeOf(client["sources.list"]({}))).toBe("answered");
    }
    now += 10 * 60_000 + 1;
    expect(await codeOf(client["sources.list"]({}))).toBe("SIGN_IN_NEEDED");
    await client["users.signIn"](right);
    await client["settings.set"]({ lockAfterMinutes: 0 });
    now += 24 * 3_600_000;
    expect(await codeOf(client["sources.list"]({}))).toBe("answered");
    await client["settings.set"]({ lockAfterMinutes: 1 });
    now += 60_001;
    expect(await codeOf(client["sources.list"]({}))).toBe("SIGN_IN_NEEDED");
  });

  test("passwords are kept under scrypt alone and stand in no file of the workspace, and no audit record", async () => {
    await addHead();
    await client["users.changePassword"]({ current: PASSWORD, next: "quite another password" });
    expect(await codeOf(page()["users.signIn"](right))).toBe("SIGN_IN_NEEDED");
    expect(JSON.stringify([await client["users.list"]({}), await client["audit.list"]({})])).not.toMatch(
      /horse|quite another|scrypt/,
    );
    for (const entry of readdirSync(join(root, "workspace"), { recursive: true, withFileTypes: true }))
      if (entry.isFile())
        expect(readFileSync(join(entry.parentPath, entry.name), "latin1")).not.toMatch(/horse battery|quite another/);
  });

  test("too short a password, a name that is none or taken, and assignments that mix are refused", async () => {
    await addHead();
    const add = (name: string, password: string) => codeOf(client["users.add"]({ name, role: "provider", password }));
    expect([await add("x", "short"), await add("!", PASSWORD), await add("HEAD", PASSWORD)]).toEqual([
      "USAGE",
      "USAGE",
      "ALREADY_EXISTS",
    ]);
    await add("piet", PASSWORD);
    for (const name of ["A", "B"])
      await client["sources.add"]({ kind: "ndjson", name, config: { path: camp(), timeZone: "Asia/Kolkata" } });
    const patients = [
      { source: "A", id: "7" },
      { source: "B", id: "7" },
    ];
    expect(await codeOf(client["users.assign"]({ name: "piet", patients }))).toBe("USAGE");
    const [first] = patients;
    expect(await codeOf(client["users.assign"]({ name: "piet", sources: ["B"], patients: [first!] }))).toBe("USAGE");
    expect(await codeOf(client["users.assign"]({ name: "piet", sources: ["C"] }))).toBe("NOT_FOUND");
    expect((await client["users.list"]({})).find(({ name }) => name === "piet")).toMatchObject({
      sources: [],
      patients: [],
    });
    await client["users.bindSource"]({ source: "A", organization: "North" });
    await client["users.assign"]({ name: "piet", organizations: ["North"], sources: ["A"] });
    expect(await client["users.organizations"]({})).toEqual([{ name: "North", sources: ["A"], accounts: ["piet"] }]);
    await client["users.assign"]({ name: "piet", organizations: [] });
    await client["users.bindSource"]({ source: "A", organization: null });
    expect(await client["users.organizations"]({})).toEqual([]);
  });
});

import { rmSync } from "node:fs";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import { openApp } from "../../calls/open-app.ts";
import { GLUCOSE, HEART_RATE, jheData } from "../../support/jhe-data.ts";
import type { JheServer } from "../../support/jhe-server.ts";
import { makeTemporaryDirectory } from "../../support/temporary-directory.ts";
import { jheBench } from "./jhe-bench.ts";

const bench = jheBench();
afterEach(() => bench.close());

async function clientOf({ url }: JheServer): Promise<Client<Calls>> {
  const root = makeTemporaryDirectory("jhe-into-catalog");
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const { client } = await openApp(root);
  const config = { url, auth: { kind: "bearer" }, callsPerMinute: 60_000, timeZone: "UTC" };
  await client["sources.add"]({ kind: "jhe", name: "jhe", config, secret: "a-token" });
  return client;
}

async function sync(client: Client<Calls>) {
  for await (const event of client["sources.sync"]({ name: "jhe" })) if (event.type === "result") return event;
  throw new Error("the sync ended without a result");
}

async function countsOf(client: Client<Calls>): Promise<Record<string, number>> {
  const types = await client["resources.types"]({});
  return Object.fromEntries(types.map(({ type, count }) => [type, count]));
}

describe("An exchange in the catalog", () => {
  it("can be looked at: types, studies with who is in them, and what each patient decided", async () => {
    const client = await clientOf(await bench.start("head", jheData([5, 7, 3])));
    expect(await sync(client)).toMatchObject({ added: 18, complete: true, problems: 0 });
    expect(await countsOf(client)).toEqual({ Observation: 15, Patient: 3 });
    const studies = await client["resources.studies"]({});
    expect(studies.map(({ id, patients, scopes }) => [id, patients, scopes.length])).toEqual([
      ["30001", 1, 2],
      ["30002", 1, 1],
    ]);
    const consents = await client["resources.consents"]({ source: "jhe", patient: "10001" });
    expect(Object.fromEntries(consents.map(({ scope, decision }) => [scope, decision]))).toEqual({
      [GLUCOSE]: "permit",
      [HEART_RATE]: "deny",
    });
  });

  it("is as it was after a second sync that finds nothing new", async () => {
    const client = await clientOf(await bench.start("0.0.13", jheData([50, 7, 3])));
    await sync(client);
    expect(await sync(client)).toMatchObject({ added: 0, changed: 0, removed: 0, complete: true });
  });

  it("knows who withdrew since: by another answer, and by an answer that is gone", async () => {
    const server = await bench.start("head", jheData([5, 7, 3]));
    const client = await clientOf(server);
    await sync(client);
    server.data.consents = server.data.consents
      .filter(({ patient }) => patient !== 10002)
      .map((one) => (one.scope === GLUCOSE ? { ...one, consented: false, at: "2026-01-01T00:00:00Z" } : one));
    await sync(client);
    const latestOf = async (patient: string) => {
      const [latest] = await client["resources.consents"]({ source: "jhe", patient });
      return latest?.decision;
    };
    expect(await latestOf("10001")).toBe("deny");
    expect(await latestOf("10002")).toBe("deny");
  });

  it.each(["0.0.8", "head"] as const)(
    "is whole after a network that broke in mid-sync (%s), and the sync that failed says so",
    async (release) => {
      const data = jheData([1200, 300, 7]);
      const server = await bench.start(release, data);
      const client = await clientOf(server);
      let asked = 0;
      server.quirks.before = (_request, response) => {
        if (++asked < 9) return false;
        response.writeHead(403).end();
        return true;
      };
      await expect(sync(client)).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
      expect((await client["sources.list"]({}))[0]?.state).toBe("failed");
      server.quirks.before = (request) => {
        if (++asked % 6 !== 0) return false;
        request.socket.destroy();
        return true;
      };
      expect(await sync(client)).toMatchObject({ complete: true, problems: 0 });
      expect(await countsOf(client)).toEqual({ Observation: 1507, Patient: 3 });
    },
  );
});

import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { sourceSecret } from "../../src/main/catalog/sources.ts";
import { jheData } from "../support/jhe-data.ts";
import { PERSON, PRACTITIONER, startJheServer, type JheQuirks, type JheServer } from "../support/jhe-server.ts";
import { signInAs } from "../support/sign-in-agent.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { inWorkspace, openApp } from "./open-app.ts";

const servers: JheServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function newRoot(): string {
  const root = makeTemporaryDirectory("source-auth");
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

async function exchange(quirks: JheQuirks = {}): Promise<JheServer> {
  const server = await startJheServer("head", jheData([5, 7, 3]), quirks);
  servers.push(server);
  return server;
}

async function addExchange(client: Client<Calls>, { url }: JheServer, auth: object, secret?: string): Promise<void> {
  const config = { url, auth, callsPerMinute: 60_000, timeZone: "UTC" };
  await client["sources.add"]({ kind: "jhe", name: "jhe", config, ...(secret === undefined ? {} : { secret }) });
}

async function signIn(client: Client<Calls>): Promise<string> {
  let address = "";
  for await (const event of client["sourceAuth.signIn"]({ name: "jhe" }))
    if (event.type === "address") {
      ({ address } = event);
      void signInAs("anybody", address);
    }
  return address;
}

async function syncOnce(client: Client<Calls>): Promise<{ added: number; complete: boolean }> {
  for await (const event of client["sources.sync"]({ name: "jhe" })) if (event.type === "result") return event;
  throw new Error("no result");
}

const code = (value: string) => expect.objectContaining({ code: value }) as object;

describe("A source that one signs in to", () => {
  const pkce = { kind: "pkce", clientId: PERSON };

  it("says that nobody has signed in yet, and is synced once somebody has", async () => {
    const server = await exchange();
    const { client } = await openApp(newRoot());
    await addExchange(client, server, pkce);
    const before = await client["sources.check"]({ name: "jhe" });
    expect(before.ok).toBe(false);
    expect(before.findings.at(-1)?.next).toContain("sign-in");
    await signIn(client);
    expect((await client["sources.check"]({ name: "jhe" })).ok).toBe(true);
    expect(await syncOnce(client)).toMatchObject({ added: 18, complete: true });
  });

  it("keeps the sign-in from one start to the next, renews it, and shows it nowhere", async () => {
    const server = await exchange({ life: 30 });
    const root = newRoot();
    const first = await openApp(root);
    await addExchange(first.client, server, pkce);
    await signIn(first.client);
    await first.app.close();
    const before = await inWorkspace(root, ({ catalog }) => sourceSecret(catalog, 1) ?? "");
    const second = await openApp(root);
    expect(await syncOnce(second.client)).toMatchObject({ complete: true });
    const shown = JSON.stringify(await second.client["sources.list"]({}));
    const problems = JSON.stringify(await second.client["sources.problems"]({ name: "jhe" }));
    await second.app.close();
    const after = await inWorkspace(root, ({ catalog }) => sourceSecret(catalog, 1) ?? "");
    const tokensOf = (secret: string): string[] => {
      const { accessToken, refreshToken } = JSON.parse(secret) as { accessToken: string; refreshToken: string };
      return [accessToken, refreshToken];
    };
    expect(server.grants).toBe(2);
    expect(tokensOf(after)).not.toEqual(tokensOf(before));
    const files = readdirSync(join(root, "workspace"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    for (const token of [...tokensOf(before), ...tokensOf(after)]) {
      expect(shown).not.toContain(token);
      expect(problems).not.toContain(token);
      // Not in the log, not in the audit, and the catalog is encrypted.
      for (const bytes of files) expect(bytes.includes(token)).toBe(false);
    }
  });

  it("opens the browser itself where its shell can, and ends with whoever began it", async () => {
    const server = await exchange();
    const { client } = await openApp(newRoot());
    await addExchange(client, server, pkce);
    const abort = new AbortController();
    const work = async (): Promise<void> => {
      for await (const event of client["sourceAuth.signIn"]({ name: "jhe" }, abort.signal))
        if (event.type === "address") {
          expect(event.opened).toBe(false);
          abort.abort();
        }
    };
    await work().catch(() => undefined);
    expect((await client["sources.list"]({}))[0]?.hasSecret).toBe(false);
  });
});

describe("A source with client credentials", () => {
  const auth = { kind: "client-credentials", clientId: PRACTITIONER.clientId };

  it("gets its token from the exchange and goes on with another where that is taken back in mid-sync", async () => {
    let asked = 0;
    const server = await exchange({
      before: () => {
        if (++asked === 12) server.revoke();
        return false;
      },
    });
    const { client } = await openApp(newRoot());
    await addExchange(client, server, auth, PRACTITIONER.secret);
    expect(await syncOnce(client)).toMatchObject({ added: 18, complete: true });
    expect(server.grants).toBe(2);
  });

  it("does not send its secret to another token endpoint than the one it was given for", async () => {
    const server = await exchange();
    const { client } = await openApp(newRoot());
    await addExchange(client, server, auth, PRACTITIONER.secret);
    const config = { url: server.url, timeZone: "UTC" };
    for (const other of [{ ...auth, tokenUrl: "https://elsewhere.example/token" }, { kind: "bearer" }]) {
      await expect(client["sources.edit"]({ name: "jhe", config: { ...config, auth: other } })).rejects.toEqual(
        code("USAGE"),
      );
      await expect(
        client["sources.test"]({ kind: "jhe", config: { ...config, auth: other }, secretOf: "jhe" }),
      ).rejects.toEqual(code("USAGE"));
    }
    expect(server.grants).toBe(0);
  });

  it("has neither a key to show nor a sign-in", async () => {
    const server = await exchange();
    const { client } = await openApp(newRoot());
    await addExchange(client, server, auth, PRACTITIONER.secret);
    await expect(client["sourceAuth.publicKeys"]({ name: "jhe" })).rejects.toEqual(code("USAGE"));
    await expect(client["sourceAuth.makeKey"]({ name: "jhe" })).rejects.toEqual(code("USAGE"));
    await expect(signIn(client)).rejects.toEqual(code("USAGE"));
  });
});

describe("A source with SMART backend services", () => {
  const config = { url: "http://127.0.0.1:1/fhir", auth: { kind: "smart-backend", clientId: "satchel" } };

  it("makes its key, shows the public half alone, and keeps it until it is replaced on purpose", async () => {
    const { client } = await openApp(newRoot());
    await client["sources.add"]({ kind: "fhir", name: "ward", config });
    await expect(client["sourceAuth.publicKeys"]({ name: "ward" })).rejects.toEqual(code("USAGE"));
    const made = await client["sourceAuth.makeKey"]({ name: "ward" });
    expect(made.keys).toHaveLength(1);
    expect(Object.keys(made.keys[0] ?? {}).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x", "y"]);
    expect(await client["sourceAuth.publicKeys"]({ name: "ward" })).toEqual(made);
    await expect(client["sourceAuth.makeKey"]({ name: "ward" })).rejects.toEqual(code("ALREADY_EXISTS"));
    const replaced = await client["sourceAuth.makeKey"]({ name: "ward", algorithm: "RS384", replace: true });
    expect(Object.keys(replaced.keys[0] ?? {}).toSorted()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  });
});

import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { SatchelError } from "../../../src/contract/errors.ts";
import { fhirAuth, type PkceAuth } from "../../../src/main/sources/fhir-auth/auth-config.ts";
import type { AuthServer, KeptSecret } from "../../../src/main/sources/fhir-auth/auth-server.ts";
import { createTokenSource } from "../../../src/main/sources/fhir-auth/create-token-source.ts";
import { signIn } from "../../../src/main/sources/fhir-auth/sign-in.ts";
import { startOAuthServer, type OAuthClient, type OAuthQuirks, type OAuthServer } from "../../support/oauth-server.ts";
import { signInAs } from "../../support/sign-in-agent.ts";

const WORDS = { server: "FHIR server", source: "fhir source", api: "the FHIR API" };
const never = new AbortController().signal;
const servers: OAuthServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const client: OAuthClient = {
  client_id: "satchel",
  token_endpoint_auth_method: "none",
  application_type: "native",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  // RFC 8252 7.3: any port.
  redirect_uris: ["http://127.0.0.1/callback"],
};

async function oauth(quirks: OAuthQuirks = {}): Promise<OAuthServer> {
  const server = await startOAuthServer([client], quirks);
  servers.push(server);
  return server;
}

function serverOf({ url }: OAuthServer, more: Record<string, unknown> = {}): AuthServer & { auth: PkceAuth } {
  const auth = fhirAuth.parse({ kind: "pkce", clientId: "satchel", scope: "openid offline_access", ...more });
  return { url, auth: auth as PkceAuth, words: WORDS };
}

function keptSecret(secret?: string): KeptSecret & { writes: string[] } {
  let last: Promise<unknown> = Promise.resolve();
  const kept = {
    writes: [] as string[],
    read: () => kept.writes.at(-1) ?? secret,
    write: (written: string) => void kept.writes.push(written),
    exclusively: async <T>(work: () => Promise<T>): Promise<T> => {
      const mine = last.then(work, work);
      last = mine.catch(() => undefined);
      return await mine;
    },
  };
  return kept;
}

async function signedIn(server: OAuthServer): Promise<string> {
  return await signIn(serverOf(server), (address) => void signInAs("dr-rao", address), never);
}

async function failureOf(work: Promise<unknown>): Promise<SatchelError> {
  const thrown = await work.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(SatchelError);
  return thrown as SatchelError;
}

/** A request that no browser sends. */
async function sendLine(port: number, line: string): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.end(`${line}\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`);
  for await (const chunk of socket) void chunk;
}

async function ask(
  { url }: OAuthServer,
  headers: Record<string, string>,
): Promise<{ status: number; person?: string }> {
  const response = await fetch(`${url}/Patient`, { headers });
  return { ...((await response.json()) as object), status: response.status };
}

describe("A sign-in by a browser", () => {
  it("comes back to this computer and lets the source in as the person who signed in", async () => {
    const server = await oauth();
    const page = Promise.withResolvers<Response>();
    const secret = await signIn(serverOf(server), (address) => page.resolve(signInAs("dr-rao", address)), never);
    expect(await (await page.promise).text()).toContain("You are signed in");
    const tokens = createTokenSource(serverOf(server), secret);
    expect(await ask(server, await tokens.authorization(never))).toEqual({
      status: 200,
      person: "dr-rao",
      client: "satchel",
      scope: "openid",
    });
  });

  it("shows an address without a secret: a challenge, never the verifier", async () => {
    const server = await oauth();
    const shown: URL[] = [];
    await signIn(
      serverOf(server),
      (address) => {
        shown.push(new URL(address));
        void signInAs("dr-rao", address);
      },
      never,
    );
    const [address] = shown;
    expect(address?.searchParams.get("code_challenge_method")).toBe("S256");
    expect([...(address?.searchParams.keys() ?? [])].toSorted()).toEqual([
      "aud",
      "client_id",
      "code_challenge",
      "code_challenge_method",
      "redirect_uri",
      "response_type",
      "scope",
      "state",
    ]);
  });

  it("is renewed without a person, each time with the refresh token that came last, which is kept at once", async () => {
    const server = await oauth({ life: 200 });
    const kept = keptSecret(await signedIn(server));
    const before = server.grants();
    let later = 0;
    const past = { now: () => Date.now() + later, random: () => 0.5, sleep: () => Promise.resolve() };
    for (let round = 1; round <= 3; round++) {
      later += 190_000;
      const tokens = createTokenSource(serverOf(server), kept.read(), kept, past);
      expect(await ask(server, await tokens.authorization(never))).toMatchObject({ status: 200, person: "dr-rao" });
      expect(kept.writes).toHaveLength(round);
    }
    expect(new Set(kept.writes.map((one) => (JSON.parse(one) as { refreshToken: string }).refreshToken)).size).toBe(3);
    expect(server.grants()).toBe(before + 3);
  });

  it("is renewed once where a check and a sync notice its end together", async () => {
    const server = await oauth();
    const kept = keptSecret(await signedIn(server));
    const sources = [1, 2, 3].map(() => createTokenSource(serverOf(server), kept.read(), kept));
    const headers = await Promise.all(sources.map((tokens) => tokens.authorization(never)));
    await ask(server, headers[0] ?? {});
    await server.revoke();
    await Promise.all(sources.map((tokens, index) => tokens.renew(headers[index] ?? {}, never)));
    const after = await Promise.all(sources.map((tokens) => tokens.authorization(never)));
    expect(kept.writes).toHaveLength(1);
    expect(await ask(server, after[2] ?? {})).toMatchObject({ status: 200 });
  });

  it("is not renewed twice by one refresh token where the server stumbles: it is kept for later", async () => {
    const server = await oauth();
    const kept = keptSecret(await signedIn(server));
    const before = kept.read();
    server.quirks.before = (request, response) => {
      if (request.url !== "/token") return false;
      response.writeHead(503).end();
      return true;
    };
    const grants = server.grants();
    const tokens = createTokenSource(serverOf(server), kept.read(), kept);
    const headers = await tokens.authorization(never);
    expect((await failureOf(tokens.renew(headers, never))).code).toBe("SOURCE_UNREACHABLE");
    expect(server.grants()).toBe(grants + 1);
    expect(kept.read()).toBe(before);
    server.quirks.before = () => false;
    expect(await tokens.renew(headers, never)).toBe(true);
    expect(await ask(server, await tokens.authorization(never))).toMatchObject({ status: 200 });
  });

  it("that has ended for good is told, and the next step is to sign in", async () => {
    const server = await oauth();
    const secret = JSON.parse(await signedIn(server)) as Record<string, unknown>;
    const kept = keptSecret(JSON.stringify({ ...secret, refreshToken: "gone", expiresAt: 0 }));
    const failure = await failureOf(createTokenSource(serverOf(server), kept.read(), kept).authorization(never));
    expect(failure).toMatchObject({ code: "SOURCE_REFUSED", next: expect.stringMatching(/^Sign in/) as string });
    expect(kept.writes).toEqual([]);
  });

  it("is used while it lasts where a renewed one could not be kept, and not a moment longer", async () => {
    const server = await oauth({ life: 200 });
    const secret = await signedIn(server);
    const before = server.grants();
    expect(await ask(server, await createTokenSource(serverOf(server), secret).authorization(never))).toMatchObject({
      status: 200,
    });
    const late = { now: () => Date.now() + 190_000, random: () => 0.5, sleep: () => Promise.resolve() };
    const tokens = createTokenSource(serverOf(server), secret, undefined, late);
    expect((await failureOf(tokens.authorization(never))).code).toBe("SOURCE_REFUSED");
    expect(server.grants()).toBe(before);
  });

  it("of another client is not used", async () => {
    const server = await oauth();
    const secret = await signedIn(server);
    const failure = await failureOf(
      createTokenSource(serverOf(server, { clientId: "other" }), secret).authorization(never),
    );
    expect(failure.message).toContain("Nobody has signed in");
  });

  it("is not taken in by answers to another request", async () => {
    const server = await oauth();
    const statuses: number[] = [];
    const secret = await signIn(
      serverOf(server),
      (address) => {
        const back = new URL(address).searchParams.get("redirect_uri") ?? "";
        const state = new URL(address).searchParams.get("state") ?? "";
        const others = [
          `${back}?code=stolen&state=guessed`,
          `${back}?error=access_denied`,
          `${back}?code=stolen&state=${state}&iss=https://other.example`,
          back.replace("callback", "other"),
        ];
        void (async () => {
          for (const other of others) statuses.push((await fetch(other)).status);
          await sendLine(Number(new URL(back).port), "GET http://[/ HTTP/1.1");
          await sendLine(Number(new URL(back).port), "GET //[ HTTP/1.1");
          await signInAs("dr-rao", address);
        })();
      },
      never,
    );
    expect(statuses).toEqual([404, 404, 404, 404]);
    expect(await ask(server, await createTokenSource(serverOf(server), secret).authorization(never))).toMatchObject({
      status: 200,
    });
  });

  it("that the person calls off is told by the server's own word", async () => {
    const server = await oauth();
    const work = signIn(
      serverOf(server),
      (address) => {
        const { searchParams } = new URL(address);
        const answer = new URLSearchParams({
          error: "access_denied",
          state: searchParams.get("state") ?? "",
          iss: server.origin,
        });
        void fetch(`${searchParams.get("redirect_uri") ?? ""}?${answer.toString()}`);
      },
      never,
    );
    const failure = await failureOf(work);
    expect(failure).toMatchObject({
      code: "SOURCE_REFUSED",
      message: expect.stringContaining("access_denied") as string,
    });
    expect(server.grants()).toBe(0);
  });

  it("can be cancelled, and leaves no port open", async () => {
    const server = await oauth();
    const abort = new AbortController();
    let back = "";
    const work = signIn(
      serverOf(server),
      (address) => {
        back = new URL(address).searchParams.get("redirect_uri") ?? "";
        abort.abort();
      },
      abort.signal,
    );
    expect((await failureOf(work)).code).toBe("CANCELLED");
    await expect(fetch(back)).rejects.toThrow();
  });

  it("says which port is taken", async () => {
    const server = await oauth();
    const port = Number(new URL(server.origin).port);
    const failure = await failureOf(signIn(serverOf(server, { redirectPort: port }), () => undefined, never));
    expect(failure).toMatchObject({ code: "IN_USE", message: expect.stringContaining(String(port)) as string });
  });
});

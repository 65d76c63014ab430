import { afterEach, describe, expect, it } from "vitest";
import { SatchelError } from "../../../src/contract/errors.ts";
import { fhirAuth } from "../../../src/main/sources/fhir-auth/auth-config.ts";
import type { AuthServer } from "../../../src/main/sources/fhir-auth/auth-server.ts";
import { createTokenSource } from "../../../src/main/sources/fhir-auth/create-token-source.ts";
import { makePrivateKey, publicKeySet, readPrivateKey } from "../../../src/main/sources/fhir-auth/private-key.ts";
import type { TokenSource } from "../../../src/main/sources/fhir-auth/token-source.ts";
import type { Patience } from "../../../src/main/sources/http/retry.ts";
import { startOAuthServer, type OAuthClient, type OAuthQuirks, type OAuthServer } from "../../support/oauth-server.ts";

const SECRET = "a secret: with/signs+and=more&%";
const WORDS = { server: "FHIR server", source: "fhir source", api: "the FHIR API" };
const never = new AbortController().signal;
const servers: OAuthServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const rsa = await makePrivateKey("RS384");
const ec = await makePrivateKey("ES384");
const CLIENTS: OAuthClient[] = [
  { client_id: "by header", client_secret: SECRET, token_endpoint_auth_method: "client_secret_basic", ...machine() },
  { client_id: "by body", client_secret: SECRET, token_endpoint_auth_method: "client_secret_post", ...machine() },
  {
    client_id: "rsa",
    token_endpoint_auth_method: "private_key_jwt",
    jwks: publicKeySet(readPrivateKey(rsa)),
    ...machine(),
  },
  {
    client_id: "ec",
    token_endpoint_auth_method: "private_key_jwt",
    jwks: publicKeySet(readPrivateKey(ec)),
    ...machine(),
  },
  {
    client_id: "little",
    token_endpoint_auth_method: "private_key_jwt",
    jwks: publicKeySet(readPrivateKey(rsa)),
    ...machine(),
    scope: "system/*.read",
  },
].map((client) => ({ ...client, client_id: client.client_id.replace(" ", "-") }) as OAuthClient);

function machine(): Pick<OAuthClient, "grant_types" | "response_types" | "redirect_uris"> {
  return { grant_types: ["client_credentials"], response_types: [], redirect_uris: [] };
}

async function oauth(quirks: OAuthQuirks = {}): Promise<OAuthServer> {
  const server = await startOAuthServer(CLIENTS, quirks);
  servers.push(server);
  return server;
}

function serverOf({ url }: OAuthServer, auth: Record<string, unknown>): AuthServer {
  return { url, auth: fhirAuth.parse(auth), words: WORDS };
}

/** Time that a test moves, and no waiting. */
function clock(start = Date.now()): Patience & { at: number } {
  const patience = {
    at: start,
    now: () => patience.at,
    random: () => 0.5,
    sleep: async (milliseconds: number) => {
      patience.at += milliseconds;
      await Promise.resolve();
    },
  };
  return patience;
}

/** As a source asks: once more after a 401, with another token. */
async function ask(
  server: OAuthServer,
  tokens: TokenSource,
): Promise<{ status: number; client?: string; scope?: string }> {
  let headers = await tokens.authorization(never);
  let response = await fetch(`${server.url}/Patient`, { headers });
  if (response.status === 401 && (await tokens.renew(headers, never))) {
    headers = await tokens.authorization(never);
    response = await fetch(`${server.url}/Patient`, { headers });
  }
  return { ...((await response.json()) as object), status: response.status };
}

async function failureOf(work: Promise<unknown>): Promise<SatchelError> {
  const thrown = await work.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(SatchelError);
  return thrown as SatchelError;
}

const credentials = { kind: "client-credentials", clientId: "by-header" };

describe("A server that wants client credentials", () => {
  it.each([
    ["in the header", { ...credentials, send: "basic" }],
    ["in the body", { ...credentials, clientId: "by-body", send: "post" }],
  ])("gets them %s, signs and all, and lets the source in", async (_, auth) => {
    const server = await oauth();
    const tokens = createTokenSource(serverOf(server, { ...auth, tokenUrl: server.tokenUrl }), SECRET);
    expect(await ask(server, tokens)).toMatchObject({ status: 200, client: auth.clientId });
  });

  it("is asked for one token by fifty requests at once", async () => {
    const server = await oauth();
    const tokens = createTokenSource(serverOf(server, credentials), SECRET);
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(server, tokens)));
    expect(answers.every((one) => one.status === 200)).toBe(true);
    expect(server.grants()).toBe(1);
    expect(new Set(server.tokens).size).toBe(1);
  });

  it("is asked for another before the one in use ends", async () => {
    const server = await oauth({ life: 100 });
    const patience = clock();
    const tokens = createTokenSource(serverOf(server, credentials), SECRET, undefined, patience);
    const first = await tokens.authorization(never);
    patience.at += 75_000;
    expect(await tokens.authorization(never)).toEqual(first);
    patience.at += 6_000;
    expect(await tokens.authorization(never)).not.toEqual(first);
    expect(server.grants()).toBe(2);
  });

  it("and took the token back in mid-use is asked for one more, by whoever notices first", async () => {
    const server = await oauth();
    const tokens = createTokenSource(serverOf(server, credentials), SECRET);
    await ask(server, tokens);
    await server.revoke();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(server, tokens)));
    expect(answers.every((one) => one.status === 200)).toBe(true);
    expect(server.grants()).toBe(2);
  });

  it("is not asked once more by a request whose token was refused while another got a new one", async () => {
    const server = await oauth();
    const tokens = createTokenSource(serverOf(server, credentials), SECRET);
    const old = await tokens.authorization(never);
    await ask(server, tokens);
    await server.revoke();
    expect(await tokens.renew(old, never)).toBe(true);
    const renewed = await tokens.authorization(never);
    expect(await tokens.renew(old, never)).toBe(true);
    expect(await tokens.authorization(never)).toEqual(renewed);
    expect(server.grants()).toBe(2);
  });

  it.each([
    ["a status that there is not", "HTTP/1.1 999 So\r\ncontent-length: 0\r\n\r\n", "SOURCE_UNREACHABLE"],
    ["a redirect without a target", "HTTP/1.1 302 So\r\ncontent-length: 0\r\n\r\n", "SOURCE_ANSWER"],
    ["no HTTP at all", "220 mail.example ESMTP\r\n", "SOURCE_UNREACHABLE"],
    ["half an answer", "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", "SOURCE_UNREACHABLE"],
  ])("and answers %s is told as what it is", async (_, bytes, code) => {
    const server = await oauth({
      before: (request) => {
        if (request.url !== "/token") return false;
        request.socket.end(bytes);
        return true;
      },
    });
    const tokens = createTokenSource(serverOf(server, credentials), SECRET, undefined, clock());
    expect((await failureOf(tokens.authorization(never))).code).toBe(code);
  });

  it("and answers without an end is not listened to for ever", async () => {
    const server = await oauth({
      before: (request, response) => {
        if (request.url !== "/token") return false;
        const pour = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(1 << 20, " ")));
        };
        response.on("drain", pour);
        pour();
        return true;
      },
    });
    const failure = await failureOf(createTokenSource(serverOf(server, credentials), SECRET).authorization(never));
    expect(failure.code).toBe("TOO_LARGE");
  });

  it("and does not know the secret says so, without a part of it", async () => {
    const server = await oauth();
    const tokens = createTokenSource(serverOf(server, credentials), "another secret");
    const failure = await failureOf(tokens.authorization(never));
    expect(failure.code).toBe("SOURCE_REFUSED");
    expect(failure.message).toContain("invalid_client");
    expect(JSON.stringify(failure.toRecord())).not.toContain("another secret");
    expect(server.grants()).toBe(1);
  });

  it("and is not well for a moment is asked again", async () => {
    let times = 0;
    const server = await oauth({
      before: (request, response) => {
        if (request.url !== "/token" || ++times > 2) return false;
        if (times === 1) request.socket.destroy();
        else response.writeHead(503).end();
        return true;
      },
    });
    const tokens = createTokenSource(serverOf(server, credentials), SECRET, undefined, clock());
    expect(await ask(server, tokens)).toMatchObject({ status: 200 });
    expect(server.grants()).toBe(3);
  });

  it("is not asked by one who has no secret", async () => {
    const server = await oauth();
    expect(
      (await failureOf(createTokenSource(serverOf(server, credentials), undefined).authorization(never))).code,
    ).toBe("USAGE");
    expect(server.grants()).toBe(0);
  });

  it("and answers 200 without a token, or with one that would break a header, is not believed", async () => {
    for (const body of [
      "{}",
      "no JSON",
      JSON.stringify({ access_token: "one\r\nhost: other", token_type: "Bearer" }),
    ]) {
      const server = await oauth({
        before: (request, response) => {
          if (request.url !== "/token") return false;
          response.writeHead(200, { "content-type": "application/json" }).end(body);
          return true;
        },
      });
      const failure = await failureOf(createTokenSource(serverOf(server, credentials), SECRET).authorization(never));
      expect(failure.code).toBe("SOURCE_ANSWER");
    }
  });
});

describe("SMART backend services", () => {
  it.each([
    ["RS384", "rsa", rsa],
    ["ES384", "ec", ec],
  ])("let a source in that signs by %s", async (_, clientId, key) => {
    const server = await oauth();
    const tokens = createTokenSource(serverOf(server, { kind: "smart-backend", clientId }), key);
    expect(await ask(server, tokens)).toMatchObject({ status: 200, client: clientId, scope: "system/*.rs" });
  });

  it("get another assertion for each token, since one holds once", async () => {
    const server = await oauth({ life: 100 });
    const patience = clock();
    const tokens = createTokenSource(
      serverOf(server, { kind: "smart-backend", clientId: "ec" }),
      ec,
      undefined,
      patience,
    );
    await tokens.authorization(never);
    patience.at += 99_000;
    await tokens.authorization(never);
    expect(server.grants()).toBe(2);
  });

  it("that know only the words of SMART 1 are asked in those, and the check says what the token is good for", async () => {
    const server = await oauth();
    const tokens = createTokenSource(serverOf(server, { kind: "smart-backend", clientId: "little" }), rsa);
    expect(await ask(server, tokens)).toMatchObject({ status: 200, scope: "system/*.read" });
    expect((await tokens.describe(never)).map(({ level }) => level)).toEqual(["ok", "ok"]);
  });

  it("that grant less than was asked for are told in the check", async () => {
    const server = await oauth({
      before: (request, response) => {
        if (request.url !== "/token") return false;
        const body = { access_token: "t", token_type: "Bearer", expires_in: 300, scope: "system/Patient.rs" };
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
        return true;
      },
    });
    const [, finding] = await createTokenSource(
      serverOf(server, { kind: "smart-backend", clientId: "ec" }),
      ec,
    ).describe(never);
    expect(finding).toMatchObject({
      level: "warning",
      text: expect.stringContaining("system/*.rs was not granted") as string,
    });
  });

  it.each([
    ["behind", -600_000],
    ["ahead", 600_000],
  ])("let a source in whose clock is ten minutes %s, and the check tells it", async (word, off) => {
    const server = await oauth();
    const patience = clock(Date.now() + off);
    const auth = { kind: "smart-backend", clientId: "ec" };
    const tokens = createTokenSource(serverOf(server, auth), ec, undefined, patience);
    const findings = await tokens.describe(never);
    expect(findings.at(-1)?.text).toMatch(new RegExp(`clock is 10 minutes ${word}`));
    expect(await ask(server, tokens)).toMatchObject({ status: 200 });
  });

  it("that take other signatures than the key makes are not asked", async () => {
    const server = await oauth({
      smart: (document) => ({ ...document, token_endpoint_auth_signing_alg_values_supported: ["RS384"] }),
    });
    const failure = await failureOf(
      createTokenSource(serverOf(server, { kind: "smart-backend", clientId: "ec" }), ec).authorization(never),
    );
    expect(failure.code).toBe("SOURCE_REFUSED");
    expect(failure.next).toContain("RS384");
    expect(server.grants()).toBe(0);
  });

  it("that do not know the key refuse it, and the source says so without the key", async () => {
    const server = await oauth();
    const other = await makePrivateKey("ES384");
    const failure = await failureOf(
      createTokenSource(serverOf(server, { kind: "smart-backend", clientId: "ec" }), other).authorization(never),
    );
    expect(failure.message).toContain("invalid_client");
    expect(JSON.stringify(failure.toRecord())).not.toContain((JSON.parse(other) as { d: string }).d);
  });
});

describe("What a server says of its token endpoint", () => {
  it.each([
    ["is not encrypted and elsewhere", "http://tokens.example/token", /not encrypted/],
    ["holds a password", "https://user:word@tokens.example/token", /password in it/],
    ["is another server's", "https://tokens.example/token", /tokens\.example/],
    ["is no address", "token", /not encrypted/],
  ])("is not followed with a secret where it %s", async (_, address, message) => {
    const server = await oauth({ smart: (document) => ({ ...document, token_endpoint: address }) });
    const failure = await failureOf(createTokenSource(serverOf(server, credentials), SECRET).authorization(never));
    expect(failure.code).toBe("SOURCE_ANSWER");
    expect(failure.message).toMatch(message);
  });

  it("is not used where the secret would cross a network in the clear, whoever named it", async () => {
    const auth = { ...credentials, send: "basic" as const, kind: "client-credentials" as const };
    const server = { url: "http://exchange.example", auth: { ...auth, tokenUrl: "http://exchange.example/o/token/" } };
    const failure = await failureOf(createTokenSource({ ...server, words: WORDS }, SECRET).authorization(never));
    expect(failure.message).toContain("not encrypted");
  });

  it("is named in the check where a person said that it is another server", async () => {
    const [data, tokens] = [await oauth(), await oauth()];
    const source = createTokenSource(serverOf(data, { ...credentials, tokenUrl: tokens.tokenUrl }), SECRET);
    const [finding] = await source.describe(never);
    expect(finding?.text).toContain(tokens.origin);
    expect(data.grants()).toBe(0);
  });

  it("is read from the CapabilityStatement where there is no SMART configuration", async () => {
    const server = await oauth({
      smart: () => undefined,
      before: (request, response) => {
        if (request.url !== "/fhir/metadata") return false;
        const uris = {
          url: "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
          extension: [{ url: "token", valueUri: server.tokenUrl }],
        };
        const statement = {
          resourceType: "CapabilityStatement",
          rest: [{ mode: "server", security: { extension: [uris] } }],
        };
        response.writeHead(200, { "content-type": "application/fhir+json" }).end(JSON.stringify(statement));
        return true;
      },
    });
    expect(await ask(server, createTokenSource(serverOf(server, credentials), SECRET))).toMatchObject({ status: 200 });
  });

  it("is missed where it is missing", async () => {
    const server = await oauth({ smart: () => undefined });
    const failure = await failureOf(createTokenSource(serverOf(server, credentials), SECRET).authorization(never));
    expect(failure.next).toContain("--token-url");
  });

  it("is no longer followed where the endpoint redirects: the secret would go along", async () => {
    const other = await oauth();
    const server = await oauth({
      before: (request, response) => {
        if (request.url !== "/token") return false;
        response.writeHead(307, { location: other.tokenUrl }).end();
        return true;
      },
    });
    const failure = await failureOf(createTokenSource(serverOf(server, credentials), SECRET).authorization(never));
    expect(failure.message).toContain("redirects");
    expect(other.requests).toEqual([]);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { createTokenSource } from "../../../src/main/sources/fhir-auth/create-token-source.ts";
import { ask, closeServers, credentials, failureOf, never, oauth, SECRET, serverOf, WORDS } from "./oauth-bench.ts";

afterEach(closeServers);

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

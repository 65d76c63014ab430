import { afterEach, describe, expect, it } from "vitest";
import { createTokenSource } from "../../../src/main/sources/fhir-auth/create-token-source.ts";
import { makePrivateKey } from "../../../src/main/sources/fhir-auth/private-key.ts";
import { ask, clock, closeServers, ec, failureOf, never, oauth, rsa, serverOf } from "./oauth-bench.ts";

afterEach(closeServers);

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

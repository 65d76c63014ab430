import { afterEach, describe, expect, it } from "vitest";
import { createTokenSource } from "../../../src/main/sources/fhir-auth/create-token-source.ts";
import { ask, clock, closeServers, credentials, failureOf, never, oauth, SECRET, serverOf } from "./oauth-bench.ts";

afterEach(closeServers);

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

import { afterEach, describe, expect, it } from "vitest";
import { createTokenSource } from "../../../src/main/sources/fhir-auth/create-token-source.ts";
import { ask, closeServers, failureOf, keptSecret, never, oauth, serverOf, signedIn } from "./sign-in-bench.ts";

afterEach(closeServers);

describe("A sign-in that is kept", () => {
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
});

import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createTokenSource } from "../../../src/main/sources/fhir-auth/create-token-source.ts";
import { signIn } from "../../../src/main/sources/fhir-auth/sign-in.ts";
import { signInAs } from "../../support/sign-in-agent.ts";
import { ask, closeServers, failureOf, never, oauth, serverOf } from "./sign-in-bench.ts";

afterEach(closeServers);

/** A request that no browser sends. */
async function sendLine(port: number, line: string): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.end(`${line}\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`);
  for await (const chunk of socket) void chunk;
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
      { ...serverOf(server), url: `${server.url}/` },
      (address) => {
        shown.push(new URL(address));
        void signInAs("dr-rao", address);
      },
      never,
    );
    const [address] = shown;
    expect(address?.searchParams.get("code_challenge_method")).toBe("S256");
    expect(address?.searchParams.get("aud")).toBe(server.url);
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

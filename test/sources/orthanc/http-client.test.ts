import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SatchelError } from "../../../src/contract/errors.ts";
import type { HttpClient } from "../../../src/main/sources/http/http-client.ts";
import { createOrthancClient } from "../../../src/main/sources/orthanc/orthanc-client.ts";
import { orthancConfig } from "../../../src/main/sources/orthanc/orthanc-config.ts";
import type { Patience } from "../../../src/main/sources/http/retry.ts";
import { findFreePort } from "../../support/orthanc.ts";
import { startScriptedServer, type ScriptedServer } from "./scripted-server.ts";

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const { signal } = new AbortController();
const server: ScriptedServer = await startScriptedServer();
let slept: number[];
let clients: HttpClient[];

const patience: Patience = {
  now: () => NOW,
  random: () => 0.5,
  sleep: (milliseconds) => {
    slept.push(milliseconds);
    return Promise.resolve();
  },
};

beforeEach(() => {
  slept = [];
  clients = [];
  server.requests = [];
  server.connections = 0;
});
afterEach(() => clients.forEach((client) => client.close()));

function client(settings: Record<string, unknown> = {}, secret?: string, timeouts?: { connect: number; idle: number }) {
  const made = createOrthancClient(orthancConfig.parse({ url: server.url, ...settings }), secret, timeouts, patience);
  clients.push(made);
  return made;
}

/** Answers these statuses in turn, the last one for ever. */
function answerStatuses(statuses: number[], headers: Record<string, string> = {}): void {
  server.answer = (_, response) => {
    const status = statuses[Math.min(server.requests.length, statuses.length) - 1] ?? 200;
    response.writeHead(status, status === 200 ? {} : headers).end(status === 200 ? "done" : "");
  };
}

async function failure(promise: Promise<unknown>): Promise<SatchelError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SatchelError)) throw new Error("no SatchelError", { cause: error });
  return error;
}

describe("Trying again", () => {
  it.each([408, 429, 502, 503, 504])("goes on after %i with growing delays", async (status) => {
    answerStatuses([status, status, status, 200]);
    const response = await client().get("x", { signal });
    expect(response.body.toString()).toBe("done");
    expect(slept).toEqual([188, 375, 750]);
  });

  it("gives up after four times and says what to do", async () => {
    answerStatuses([503]);
    const error = await failure(client().get("x", { signal }));
    expect(error.code).toBe("SOURCE_UNREACHABLE");
    expect(error.next).toBeTruthy();
    expect(server.requests).toHaveLength(5);
  });

  it("gives a 500 one more chance only: it is mostly about the thing asked for", async () => {
    answerStatuses([500]);
    expect((await failure(client().get("x", { signal }))).code).toBe("SOURCE_ANSWER");
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ["7", 7_000],
    [new Date(NOW + 9_000).toUTCString(), 9_000],
    ["86400", 60_000],
    [new Date(NOW - 9_000).toUTCString(), 0],
    ["soon", 188],
  ])("waits as long as Retry-After: %s asks for, within a minute", async (value, expected) => {
    answerStatuses([503, 200], { "retry-after": value });
    await client().get("x", { signal });
    expect(slept).toEqual([expected]);
  });

  it("tries again where nothing listens, then says so", async () => {
    const url = `http://127.0.0.1:${await findFreePort()}`;
    const error = await failure(client({ url }).get("x", { signal }));
    expect(error).toMatchObject({ code: "SOURCE_UNREACHABLE" });
    expect(error.message).toContain("nothing listens");
    expect(slept).toHaveLength(4);
  });

  it("tries again where the connection breaks half-way through a body", async () => {
    server.answer = (_, response) => {
      if (server.requests.length > 1) response.end("whole");
      else {
        response.writeHead(200, { "content-length": "100" });
        response.write("half");
        setTimeout(() => response.destroy(), 10);
      }
    };
    expect((await client().get("x", { signal })).body.toString()).toBe("whole");
    expect(slept).toHaveLength(1);
  });

  it("does not wait between tries when it is cancelled", async () => {
    answerStatuses([503]);
    const controller = new AbortController();
    const impatient = createOrthancClient(orthancConfig.parse({ url: server.url }), undefined);
    clients.push(impatient);
    const running = impatient.get("x", { signal: controller.signal });
    await wait(50);
    controller.abort();
    expect((await failure(running)).code).toBe("CANCELLED");
    expect(server.requests).toHaveLength(1);
  });
});

describe("Answers", () => {
  it("hands 404 back: a thing may have been deleted", async () => {
    answerStatuses([404]);
    expect((await client().get("x", { signal })).status).toBe(404);
    expect(server.requests).toHaveLength(1);
  });

  it.each([401, 403])("takes %i as a refusal, at once", async (status) => {
    answerStatuses([status]);
    const error = await failure(client().get("x", { signal }));
    expect(error.code).toBe("SOURCE_REFUSED");
    expect(error.next).toContain("administrator");
    expect(server.requests).toHaveLength(1);
  });

  it("does not follow a redirect: the password would go with it", async () => {
    const other = await startScriptedServer();
    answerStatuses([302], { location: `${other.url}/elsewhere?token=1` });
    const error = await failure(client({ auth: { kind: "basic", user: "u" } }, "p").get("x", { signal }));
    expect(error.code).toBe("SOURCE_ANSWER");
    expect(error.message).toContain(other.url);
    expect(error.message).not.toContain("token");
    expect(other.requests).toHaveLength(0);
  });

  it("refuses a body larger than expected, announced or not", async () => {
    server.answer = (_, response) => response.end(Buffer.alloc(2_000));
    expect((await failure(client().get("x", { signal, maximumBytes: 1_999 }))).code).toBe("TOO_LARGE");
    server.answer = (_, response) => {
      response.write(Buffer.alloc(1_000));
      response.end(Buffer.alloc(1_000));
    };
    expect((await failure(client().get("x", { signal, maximumBytes: 1_999 }))).code).toBe("TOO_LARGE");
    expect((await client().get("x", { signal, maximumBytes: 2_000 })).body).toHaveLength(2_000);
  });

  it("says it where what answers does not speak HTTP", async () => {
    const plain = createServer((socket) => socket.end("220 mail ready\r\n"));
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const address = plain.address() as { port: number };
    const error = await failure(client({ url: `http://127.0.0.1:${address.port}` }).get("x", { signal }));
    plain.close();
    expect(error.message).toContain("does not speak HTTP");
  });

  it("says it where the server has no TLS", async () => {
    answerStatuses([200]);
    const error = await failure(client({ url: server.url.replace("http:", "https:") }).get("x", { signal }));
    expect(error.next).toContain("http://");
    expect(slept).toEqual([]);
  });
});

describe("Time", () => {
  it("ends a request that the server leaves without a byte", async () => {
    server.answer = () => undefined;
    const error = await failure(client({}, undefined, { connect: 5_000, idle: 30 }).get("x", { signal }));
    expect(error.message).toContain("did not answer in time");
    expect(server.requests).toHaveLength(5);
  });

  it("lets a slow server finish as long as something comes", async () => {
    server.answer = (_, response) => {
      let left = 6;
      const timer = setInterval(() => {
        if (left-- > 0) response.write("x");
        else {
          clearInterval(timer);
          response.end();
        }
      }, 40);
    };
    const response = await client({}, undefined, { connect: 5_000, idle: 200 }).get("x", { signal });
    expect(response.body.toString()).toBe("xxxxxx");
    expect(slept).toEqual([]);
  });
});

describe("Requests", () => {
  it("keeps the path prefix of the address, with and without a final slash", async () => {
    answerStatuses([200]);
    for (const url of [`${server.url}/pacs/orthanc`, `${server.url}/pacs/orthanc/`])
      await client({ url }).get("instances/1/file", { signal });
    expect(server.requests.map((request) => request.url)).toEqual(Array(2).fill("/pacs/orthanc/instances/1/file"));
  });

  it("authenticates by password or token, or not at all", async () => {
    answerStatuses([200]);
    await client({ auth: { kind: "basic", user: "änne" } }, "pä:ss").get("x", { signal });
    await client({ auth: { kind: "bearer" } }, "abc.def").get("x", { signal });
    await client({}, "unused").get("x", { signal });
    expect(server.requests.map((request) => request.headers.authorization)).toEqual([
      `Basic ${Buffer.from("änne:pä:ss").toString("base64")}`,
      "Bearer abc.def",
      undefined,
    ]);
  });

  it.each([
    [{ auth: { kind: "basic", user: "u" } }, undefined],
    [{ auth: { kind: "bearer" } }, ""],
    [{ auth: { kind: "bearer" } }, "two\nlines"],
    [{ ca: "/nowhere/ca.pem" }, undefined],
    [{ ca: import.meta.filename, url: "https://127.0.0.1" }, undefined],
  ])("does not start with %o and the secret %o", (settings, secret) => {
    expect(() => client(settings, secret)).toThrow(SatchelError);
  });

  it("keeps connections, though the server allows one second as Orthanc does", async () => {
    answerStatuses([200], {});
    server.answer = (_, response) => response.writeHead(200, { "keep-alive": "timeout=1" }).end("x");
    const one = client({ concurrency: 3 });
    for (let round = 0; round < 5; round++)
      await Promise.all(Array.from({ length: 9 }, () => one.get("x", { signal })));
    expect(server.requests).toHaveLength(45);
    expect(server.connections).toBeLessThanOrEqual(3);
  });

  it("asks again, without counting it as a failure, where a kept connection was closed meanwhile", async () => {
    server.answer = (request, response) => {
      // Dies as a server does whose keep-alive time is over in the moment of the next request.
      if (server.requests.length === 2) request.socket.destroy();
      else response.end("x");
    };
    const one = client({ concurrency: 1 });
    await one.get("x", { signal });
    expect((await one.get("x", { signal })).body.toString()).toBe("x");
    expect(slept).toEqual([]);
  });
});

describe("The settings of an Orthanc source", () => {
  it.each([
    { url: "ftp://host" },
    { url: "http://user:password@host" },
    { url: "http://host/?a=1" },
    { url: "http://host", auth: { kind: "basic" } },
    { url: "http://host", analysisMetadata: ["../../system"] },
    { url: "http://host", concurrency: 0 },
    { url: "http://host", ca: "ca.pem" },
    { url: "http://host", verify: false },
  ])("are refused: %o", (settings) => {
    expect(orthancConfig.safeParse(settings).success).toBe(false);
  });
});

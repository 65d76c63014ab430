import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { studiesApiConfig } from "../../../src/main/sources/studies-api/studies-api-config.ts";
import { studiesApiSource } from "../../../src/main/sources/studies-api/studies-api-source.ts";
import { runCommand } from "../../support/run-command.ts";
import { platformExams } from "../../support/studies-platform-exams.ts";
import {
  startPlatformServer,
  type PlatformQuirks,
  type PlatformServer,
} from "../../support/studies-platform-server.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { recordingRecords } from "../recording-records.ts";

const folder = temporaryDirectory("studies-api");
const never = new AbortController().signal;
const servers: PlatformServer[] = [];
afterAll(async () => await Promise.all(servers.map((server) => server.close())));

async function platform(count: number, quirks: PlatformQuirks = {}): Promise<PlatformServer> {
  const server = await startPlatformServer(platformExams(2, count), quirks);
  servers.push(server);
  return server;
}

function configOf(server: PlatformServer, more: Record<string, unknown> = {}) {
  return studiesApiConfig.parse({ url: server.url, requestsPerSecond: 1000, ...more });
}

async function sync(server: PlatformServer, secret?: string, more: Record<string, unknown> = {}, signal = never) {
  const target = recordingRecords();
  const report = await studiesApiSource.sync(configOf(server, more), secret, target, () => undefined, signal);
  return { report, target };
}

async function check(server: PlatformServer, secret?: string, more: Record<string, unknown> = {}) {
  const report = await studiesApiSource.check(configOf(server, more), secret, never);
  return { ...report, text: report.findings.map((finding) => `${finding.level}: ${finding.text}`).join("\n") };
}

describe("A platform that stumbles", () => {
  it.each([
    ["answers 500 once", 500],
    ["is just being restarted (503)", 503],
    ["asks for patience (429)", 429],
  ])("and %s is asked again, and nothing is lost", async (_, status) => {
    const server = await platform(250, {
      before: (_request, response, number) => {
        if (number % 7 !== 3) return false;
        response.writeHead(status, status === 429 ? { "retry-after": "0" } : {}).end();
        return true;
      },
    });
    const { report, target } = await sync(server);
    expect(report.complete).toBe(true);
    expect(target.exams.size).toBe(250);
  });

  it("and breaks off in the middle of an answer is asked again", async () => {
    const server = await platform(250, {
      before: (_request, response, number) => {
        if (number !== 4) return false;
        response.writeHead(200, { "content-length": "5000" });
        response.write('{"items": [');
        setImmediate(() => response.destroy());
        return true;
      },
    });
    const { report, target } = await sync(server);
    expect(report.complete).toBe(true);
    expect(target.exams.size).toBe(250);
  });

  it("and then stays away ends the sync with a sentence; what was read is kept, nothing removed", async () => {
    const server = await platform(300, {
      before: (_request, response, number) => {
        if (number < 24) return false;
        response.writeHead(500).end("Traceback: secret detail");
        return true;
      },
    });
    const target = recordingRecords();
    const failed = studiesApiSource.sync(configOf(server), undefined, target, () => undefined, never);
    await expect(failed).rejects.toMatchObject({
      code: "SOURCE_ANSWER",
      message: expect.not.stringContaining("secret"),
    });
    expect(target.exams.size).toBeGreaterThan(0);
    server.quirks.before = () => false;
    const again = await studiesApiSource.sync(configOf(server), undefined, target, () => undefined, never);
    expect(again.complete).toBe(true);
    expect(target.exams.size).toBe(300);
  });

  it("and is slow can be cancelled at once", async () => {
    const server = await platform(300, { slow: 60_000 });
    const abort = new AbortController();
    server.quirks.before = () => {
      setImmediate(() => abort.abort());
      return false;
    };
    await expect(sync(server, undefined, {}, abort.signal)).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

describe("A platform that guards itself", () => {
  it("gets the token, and tells nothing without it", async () => {
    const server = await platform(30, { token: "let-me-in" });
    expect((await sync(server, "let-me-in")).target.exams.size).toBe(30);
    await expect(sync(server)).rejects.toMatchObject({ code: "SOURCE_REFUSED" });
    await expect(sync(server, "wrong")).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
      message: expect.not.stringContaining("wrong"),
    });
  });

  it("may send on within its own origin, and nowhere else", async () => {
    const other = await platform(30, { token: "let-me-in" });
    const server = await platform(30, { token: "let-me-in" });
    server.quirks.before = (request, response) => {
      if (request.url?.startsWith("/moved/") !== true) return false;
      response.writeHead(307, { location: request.url.replace("/moved", "") }).end();
      return true;
    };
    const { target } = await sync(server, "let-me-in", { url: `${server.url}/moved` });
    expect(target.exams.size).toBe(30);
    server.quirks.before = (request, response) => {
      response.writeHead(307, { location: `${other.url}${request.url ?? ""}` }).end();
      return true;
    };
    await expect(sync(server, "let-me-in")).rejects.toMatchObject({ code: "SOURCE_ANSWER" });
    expect(other.requests).toEqual([]);
  });
});

describe("A platform behind a private certificate authority", () => {
  let server: PlatformServer;
  const file = (name: string): string => join(folder, name);
  beforeAll(async () => {
    writeFileSync(file("names"), "subjectAltName=IP:127.0.0.1\n");
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    for (const args of [
      [
        "req",
        "-x509",
        ...key,
        "-keyout",
        file("ca.key"),
        "-out",
        file("ca.pem"),
        "-subj",
        "/CN=Hospital CA",
        "-days",
        "2",
      ],
      ["req", ...key, "-keyout", file("server.key"), "-out", file("server.csr"), "-subj", "/CN=platform"],
      [
        "x509",
        "-req",
        "-in",
        file("server.csr"),
        "-CA",
        file("ca.pem"),
        "-CAkey",
        file("ca.key"),
        "-CAcreateserial",
        "-days",
        "2",
      ].concat(["-extfile", file("names"), "-out", file("server.pem")]),
    ])
      expect((await runCommand("openssl", args)).exitCode).toBe(0);
    server = await platform(40, {
      tls: { key: readFileSync(file("server.key"), "utf8"), certificate: readFileSync(file("server.pem"), "utf8") },
    });
  });

  it("is trusted with the authority's certificate, and not without", async () => {
    expect((await sync(server, undefined, { ca: file("ca.pem") })).target.exams.size).toBe(40);
    await expect(sync(server)).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
    expect((await check(server, undefined, { ca: file("ca.pem") })).text).toContain("encrypted (TLS)");
  });

  it("is told apart from a CA file that is none", async () => {
    const { ok, text } = await check(server, undefined, { ca: file("names") });
    expect(ok).toBe(false);
    expect(text).toContain("holds no PEM certificate");
  });
});

describe("The check of a studies platform", () => {
  it("tells how many exams there are, how many have no check-in, what is missing, and that nobody guards it", async () => {
    const server = await platform(500);
    const { ok, text } = await check(server);
    const without = server.exams.filter((exam) => exam.check_in_datetime === null).length;
    expect(ok).toBe(true);
    expect(text).toContain("It counts 500 exams.");
    expect(text).toContain(`${without} exams have no check-in`);
    expect(text).toContain("does not give patient_birth_date");
    expect(text).toContain("answers without a token");
  });

  it("warns of a platform that does not look at dates", async () => {
    expect((await check(await platform(50, { ignoresDates: true }))).text).toContain(
      "warning: The platform does not look at dates",
    );
  });

  it.each([
    ["something else on the web", "<html>hello</html>", "no JSON"],
    [
      "an answer as the platform's own contract has it, with data and total",
      '{"data": [], "total": 3}',
      "items is missing",
    ],
  ])("refuses %s", async (_, body, reason) => {
    const server = await platform(1, {
      before: (_request, response) => {
        response.writeHead(200).end(body);
        return true;
      },
    });
    const { ok, text } = await check(server);
    expect(ok).toBe(false);
    expect(text).toContain(reason);
  });

  it("refuses an address where nothing of the platform is", async () => {
    const server = await platform(1);
    const { ok, findings } = await check(server, undefined, { url: `${server.url}/elsewhere` });
    expect(ok).toBe(false);
    expect(findings.at(-1)?.next).toContain("address of the platform itself");
  });
});

describe("The settings of a studies platform", () => {
  it.each([
    ["http://host:8001", "http://host:8001"],
    ["http://host:8001/api/v1/studies/search", "http://host:8001"],
    ["https://host/platform/api/v1/", "https://host/platform"],
  ])("take the address %s as %s", (given, taken) => {
    expect(studiesApiConfig.parse({ url: given })).toMatchObject({ url: taken, timeZone: "Asia/Shanghai" });
  });

  it.each([
    { url: "ftp://host" },
    { url: "http://user:password@host" },
    { url: "http://host/?token=x" },
    { url: "http://host", ca: "ca.pem" },
    { url: "http://host", requestsPerSecond: 0 },
    { url: "http://host", timeZone: "Nowhere" },
    { url: "http://host", verify: false },
  ])("are refused: %o", (settings) => {
    expect(studiesApiConfig.safeParse(settings).success).toBe(false);
  });
});

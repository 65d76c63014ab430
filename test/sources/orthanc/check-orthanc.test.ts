import { readFileSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { orthancConfig } from "../../../src/main/sources/orthanc/orthanc-config.ts";
import { orthancSource } from "../../../src/main/sources/orthanc/orthanc-source.ts";
import { startOrthanc, type OrthancServer } from "../../support/orthanc.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { dicomFile } from "../dicom-file.ts";
import { recordingTarget } from "../recording-target.ts";
import { startScriptedServer } from "./scripted-server.ts";

const { signal } = new AbortController();

const check = (settings: Record<string, unknown>, secret?: string) =>
  orthancSource.check(orthancConfig.parse(settings), secret, signal);

describe("Checking an Orthanc server", () => {
  let server: OrthancServer;
  beforeAll(async () => {
    server = await startOrthanc();
  });
  afterAll(() => server.stop());

  it("warns of a server that holds nothing", async () => {
    const report = await check({ url: server.url, auth: { kind: "basic", user: server.user } }, server.password);
    expect(report.ok).toBe(true);
    expect(report.findings.find((finding) => finding.level === "warning")?.next).toContain("Send studies");
  });

  it("says version, counts, checksums and whether AI analysis results were found", async () => {
    await server.upload(dicomFile());
    const settings = { url: server.url, auth: { kind: "basic", user: server.user } };
    const without = await check(settings, server.password);
    const said = without.findings.map((finding) => finding.text).join("\n");
    expect(said).toMatch(/Orthanc \d+\.\d+/);
    expect(said).toContain("1 patients, 1 studies, 1 series and 1 instances");
    expect(said).toContain("MD5");
    expect(said).toContain("AI analysis results (AIAnalysis, ai-analysis) stand at 0 of the first 1 studies");
    const [study] = JSON.parse((await server.request("GET", "/studies")).text) as string[];
    await server.request("PUT", `/studies/${study}/metadata/AIAnalysis`, "{}");
    const found = await check(settings, server.password);
    expect(found.findings.every((finding) => finding.level === "ok")).toBe(true);
  });

  it.each([
    ["a wrong password", { auth: { kind: "basic", user: "satchel" } }, "wrong"],
    ["no password at all", { auth: { kind: "none" } }, undefined],
    ["a token it does not know", { auth: { kind: "bearer" } }, "token"],
  ])("says that it refuses %s", async (_what, settings, secret) => {
    const report = await check({ url: server.url, ...settings }, secret);
    expect(report.ok).toBe(false);
    expect(report.findings.at(-1)).toMatchObject({ level: "problem", text: expect.stringContaining("401") as string });
  });

  it("says where a secret is missing, before any request", async () => {
    const report = await check({ url: server.url, auth: { kind: "basic", user: "satchel" } });
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]?.text).toContain("no password");
  });

  it("warns of a server that anyone may read", async () => {
    const open = await startOrthanc({ credentials: null });
    const report = await check({ url: open.url });
    await open.stop();
    expect(report.ok).toBe(true);
    expect(report.findings.some((finding) => finding.text.includes("without user and password"))).toBe(true);
  });

  it("says that what answers is no Orthanc", async () => {
    const other = await startScriptedServer((_, response) => response.end("<html>Welcome</html>"));
    const report = await check({ url: other.url });
    expect(report.ok).toBe(false);
    expect(report.findings.at(-1)?.next).toContain("REST API");
  });
});

describe("An Orthanc server behind a private certificate authority", () => {
  const folder = temporaryDirectory("orthanc-tls");
  const ca = join(folder, "ca.pem");
  let server: OrthancServer;
  let proxy: Server;
  let port: number;

  beforeAll(async () => {
    const openssl = (...args: string[]) => runChecked("openssl", args, { cwd: folder });
    await openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-days",
      "2",
      "-subj",
      "/CN=Test authority",
    );
    await openssl(
      "req",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "server.key",
      "-out",
      "server.csr",
      "-subj",
      "/CN=127.0.0.1",
    );
    writeFileSync(join(folder, "extensions"), "subjectAltName=IP:127.0.0.1\n");
    await openssl(
      "x509",
      "-req",
      "-in",
      "server.csr",
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-out",
      "server.pem",
      "-days",
      "2",
      "-extfile",
      "extensions",
    );
    server = await startOrthanc();
    // Orthanc behind a TLS proxy, as hospitals have it.
    proxy = createServer(
      { cert: readFileSync(join(folder, "server.pem")), key: readFileSync(join(folder, "server.key")) },
      (request, response) => {
        const onward = httpRequest(server.url + request.url, { headers: request.headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        onward.on("error", () => response.destroy());
        onward.end();
      },
    );
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    port = (proxy.address() as AddressInfo).port;
  });
  afterAll(async () => {
    proxy.close();
    proxy.closeAllConnections();
    await server.stop();
  });

  const settings = (more: Record<string, unknown> = {}) => ({
    url: `https://127.0.0.1:${port}`,
    auth: { kind: "basic", user: server.user },
    ...more,
  });

  it("is not trusted without its authority, and the check says what to do", async () => {
    const report = await check(settings(), server.password);
    expect(report.ok).toBe(false);
    expect(report.findings[0]).toMatchObject({
      text: expect.stringContaining("authority that this computer does not know") as string,
      next: expect.stringContaining("certificate as a PEM file") as string,
    });
  });

  it("is synced and read with its authority", async () => {
    expect((await check(settings({ ca }), server.password)).findings[1]?.text).toContain("encrypted");
    const target = recordingTarget();
    const config = orthancConfig.parse(settings({ ca }));
    const report = await orthancSource.sync(config, server.password, target, () => undefined, signal);
    expect(report).toMatchObject({ problems: 0, complete: true });
  });

  it("is not trusted under a name that its certificate does not name", async () => {
    const report = await check(settings({ ca, url: `https://localhost:${port}` }), server.password);
    expect(report.findings[0]?.text).toContain("another host name");
  });

  it("is not reached by plain HTTP", async () => {
    const report = await check(settings({ url: `http://127.0.0.1:${port}` }), server.password);
    expect(report.ok).toBe(false);
  });
});

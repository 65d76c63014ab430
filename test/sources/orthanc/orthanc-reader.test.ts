import { createHash } from "node:crypto";
import { readdirSync, readSync } from "node:fs";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { orthancConfig } from "../../../src/main/sources/orthanc/orthanc-config.ts";
import { orthancSource } from "../../../src/main/sources/orthanc/orthanc-source.ts";
import type { InstanceBytes, InstanceLocator } from "../../../src/main/sources/source.ts";
import { startOrthanc, type OrthancServer } from "../../support/orthanc.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { dicomFile } from "../dicom-file.ts";
import { recordingTarget } from "../recording-target.ts";
import { startScriptedServer, type ScriptedServer } from "./scripted-server.ts";

const { signal } = new AbortController();
const scratch = temporaryDirectory("orthanc-reader");
const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

function readerOf(url: string, server: OrthancServer) {
  const config = orthancConfig.parse({ url, auth: { kind: "basic", user: server.user } });
  return orthancSource.openReader(config, server.password, scratch);
}

async function locate(server: OrthancServer): Promise<InstanceLocator[]> {
  const target = recordingTarget();
  const config = orthancConfig.parse({ url: server.url, auth: { kind: "basic", user: server.user } });
  const report = await orthancSource.sync(config, server.password, target, () => undefined, signal);
  if (report.problems > 0) throw new Error("the sync had problems");
  return [...target.instances.values()].map((instance) => instance.locator);
}

function contentOf(bytes: InstanceBytes): Buffer {
  if (bytes.kind === "memory") return bytes.bytes;
  const content = Buffer.alloc(bytes.size);
  readSync(bytes.fd, content, 0, bytes.size, 0);
  bytes.close();
  return content;
}

describe("Reading instances from an Orthanc server", () => {
  let server: OrthancServer;
  let locators: InstanceLocator[];
  let proxy: ScriptedServer;
  const files = Array.from({ length: 20 }, (_, index) => dicomFile({ instance: `1.2.3.${index}`, pixels: 2_000 }));

  /** Hands a request on to Orthanc, and its answer back through `change`. */
  function pass(request: IncomingMessage, response: ServerResponse, change: (body: Buffer) => Buffer): void {
    httpRequest(server.url + request.url, { headers: { authorization: request.headers.authorization } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        const body = change(Buffer.concat(chunks));
        response.writeHead(answer.statusCode ?? 500, { "content-length": body.length }).end(body);
      });
    }).end();
  }
  const flip = (body: Buffer): Buffer => {
    const changed = Buffer.from(body);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    return changed;
  };

  beforeAll(async () => {
    server = await startOrthanc();
    for (const file of files) await server.upload(file);
    locators = await locate(server);
    proxy = await startScriptedServer();
  });
  afterAll(() => server.stop());

  const one = (): InstanceLocator => {
    const [first] = locators;
    if (first === undefined) throw new Error("nothing was synced");
    return first;
  };

  it("gives the bytes that were sent to it, many at once", async () => {
    const reader = readerOf(server.url, server);
    const contents = await Promise.all(locators.map(async (locator) => contentOf(await reader.read(locator, signal))));
    await reader.close();
    expect(contents.map(md5).sort()).toEqual(files.map(md5).sort());
  });

  it("asks again where bytes were damaged on the way", async () => {
    let damaged = 0;
    proxy.answer = (request, response) =>
      pass(request, response, (body) =>
        request.url?.endsWith("/file") === true && damaged++ === 0 ? flip(body) : body,
      );
    const content = contentOf(await readerOf(proxy.url, server).read(one(), signal));
    expect(md5(content)).toBe(one().stamp);
    expect(damaged).toBe(2);
  });

  it("never gives bytes that differ from the server's MD5", async () => {
    proxy.answer = (request, response) =>
      pass(request, response, (body) => (request.url?.endsWith("/file") === true ? flip(body) : body));
    await expect(readerOf(proxy.url, server).read(one(), signal)).rejects.toMatchObject({
      code: "CHECKSUM",
      message: expect.stringContaining("MD5") as string,
    });
  });

  it("says that the instance is another than at the sync", async () => {
    await expect(
      readerOf(server.url, server).read({ ...one(), stamp: md5(Buffer.from("older")) }, signal),
    ).rejects.toMatchObject({ code: "CHECKSUM", next: expect.stringContaining("Sync") as string });
  });

  it("says that the instance is no longer there", async () => {
    const ref = "00000000-00000000-00000000-00000000-00000000";
    await expect(readerOf(server.url, server).read({ ...one(), ref }, signal)).rejects.toMatchObject({
      code: "READ_FAILED",
    });
  });

  it("takes a body whose length is not announced, through a file without a name", async () => {
    proxy.answer = (request, response) => {
      httpRequest(server.url + request.url, { headers: { authorization: request.headers.authorization } }, (answer) => {
        response.writeHead(200);
        answer.pipe(response);
      }).end();
    };
    const bytes = await readerOf(proxy.url, server).read(one(), signal);
    expect(bytes.kind).toBe("file");
    expect(readdirSync(scratch)).toEqual([]);
    expect(md5(contentOf(bytes))).toBe(one().stamp);
  });

  it("passes more than 16 MiB through a file without a name", async () => {
    const large = dicomFile({ study: "1.2.64", instance: "1.2.64.1.1", pixels: 17 * 1024 * 1024 });
    const { id } = await server.upload(large);
    const bytes = await readerOf(server.url, server).read(
      { ref: id ?? "", size: large.length, stamp: md5(large) },
      signal,
    );
    expect(bytes.kind).toBe("file");
    expect(readdirSync(scratch)).toEqual([]);
    expect(contentOf(bytes).equals(large)).toBe(true);
    await server.request("DELETE", `/instances/${id}`);
  });

  it("stops when it is cancelled, before and while it reads", async () => {
    const reader = readerOf(proxy.url, server);
    await expect(reader.read(one(), AbortSignal.abort())).rejects.toMatchObject({ code: "CANCELLED" });
    const controller = new AbortController();
    proxy.answer = (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("some");
      setTimeout(() => controller.abort(), 20);
    };
    await expect(reader.read(one(), controller.signal)).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

describe("An Orthanc server that dies while it is read", () => {
  it("fails what was under way as unreachable; what was given before is whole; after its return all can be read", async () => {
    const server = await startOrthanc();
    const files = Array.from({ length: 30 }, (_, index) => dicomFile({ instance: `1.2.3.${index}`, pixels: 500_000 }));
    for (const file of files) await server.upload(file);
    const locators = await locate(server);
    const reader = readerOf(server.url, server);
    let killed: Promise<void> | undefined;
    const results = await Promise.allSettled(
      locators.map(async (locator) => {
        const content = contentOf(await reader.read(locator, signal));
        killed ??= server.kill();
        return md5(content) === locator.stamp;
      }),
    );
    await killed;
    const failures = results.filter((result) => result.status === "rejected");
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) expect(failure.reason).toMatchObject({ code: "SOURCE_UNREACHABLE" });
    expect(results.every((result) => result.status === "rejected" || result.value)).toBe(true);

    const again = await startOrthanc({ storage: server.storage, port: server.port });
    try {
      const contents = await Promise.all(
        locators.map(async (locator) => contentOf(await reader.read(locator, signal))),
      );
      expect(contents.map(md5).sort()).toEqual(files.map(md5).sort());
    } finally {
      await reader.close();
      await again.stop();
      await server.stop();
    }
  });
});

describe("An Orthanc server that compresses its files", () => {
  it("gives them as they were sent", async () => {
    const server = await startOrthanc({ configuration: { StorageCompression: true } });
    try {
      const file = dicomFile({ pixels: 50_000 });
      await server.upload(file);
      const [locator] = await locate(server);
      expect(locator).toMatchObject({ size: file.length, stamp: md5(file) });
      const bytes = await readerOf(server.url, server).read(locator ?? { ref: "", size: 0, stamp: "" }, signal);
      expect(contentOf(bytes).equals(file)).toBe(true);
    } finally {
      await server.stop();
    }
  });
});

describe("An Orthanc server that keeps no MD5", () => {
  it("is read by length, and the sync and the check say so", async () => {
    const server = await startOrthanc({ configuration: { StoreMD5ForAttachments: false } });
    try {
      await server.upload(dicomFile());
      const config = orthancConfig.parse({ url: server.url, auth: { kind: "basic", user: server.user } });
      const target = recordingTarget();
      const report = await orthancSource.sync(config, server.password, target, () => undefined, signal);
      expect(report.notices.join()).toContain("no MD5");
      const [locator] = await locate(server);
      expect(locator?.stamp).toMatch(/^uuid:/);
      const wanted = locator ?? { ref: "", size: 0, stamp: "" };
      const reader = readerOf(server.url, server);
      expect(contentOf(await reader.read(wanted, signal)).equals(dicomFile())).toBe(true);
      await expect(reader.read({ ...wanted, size: wanted.size + 2 }, signal)).rejects.toMatchObject({
        code: "CHECKSUM",
      });
      const check = await orthancSource.check(config, server.password, signal);
      expect(check.findings.find((finding) => finding.text.includes("no MD5"))?.level).toBe("warning");
    } finally {
      await server.stop();
    }
  });
});

import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { SatchelError } from "../../../src/contract/errors.ts";
import { linesOfType, startBulkServer, type BulkServer } from "../../support/fhir-bulk-server.ts";
import { recordingResources, type RecordingResources } from "../recording-resources.ts";
import { syncInTest } from "./sync-in-test.ts";

const server: BulkServer = await startBulkServer();
const storage: BulkServer = await startBulkServer();
let target: RecordingResources;
const TOKEN = "very-secret-token";
const BULK = {
  bulk: { use: "only" },
  auth: { kind: "bearer" },
  limits: { callsPerMinute: 60_000, exportsPerHour: 100 },
};
const WITH = { secret: TOKEN };

beforeEach(() => {
  server.files = [{ type: "Patient", lines: linesOfType("Patient", 3) }];
  server.faults = { token: TOKEN };
  server.requests = [];
  storage.files = [{ type: "Patient", lines: linesOfType("Patient", 3) }];
  storage.faults = {};
  storage.requests = [];
  target = recordingResources();
});
afterAll(async () => {
  await server.close();
  await storage.close();
});

const tokensAt = (where: BulkServer): unknown[] => where.requests.map(({ headers }) => headers.authorization);

describe("The token of a FHIR server", () => {
  it("goes with every request to its own origin", async () => {
    expect((await syncInTest(server.url, target, BULK, WITH)).complete).toBe(true);
    expect(new Set(tokensAt(server))).toEqual(new Set([`Bearer ${TOKEN}`]));
  });

  it("does not go to a storage of files elsewhere, whatever the manifest says", async () => {
    server.files[0] = { type: "Patient", lines: linesOfType("Patient", 3), url: `${storage.origin}/files/0.ndjson` };
    expect((await syncInTest(server.url, target, BULK, WITH)).complete).toBe(true);
    expect(target.ids("Patient")).toHaveLength(3);
    expect(tokensAt(storage)).toEqual([undefined]);
  });

  it("does not go along where a file redirects elsewhere", async () => {
    server.faults.intercept = (_, response, url) => {
      if (!url.pathname.startsWith("/files/")) return false;
      response.writeHead(307, { location: `${storage.origin}/files/0.ndjson?signature=abc` }).end();
      return true;
    };
    expect((await syncInTest(server.url, target, BULK, WITH)).complete).toBe(true);
    expect(target.ids("Patient")).toHaveLength(3);
    expect(tokensAt(storage)).toEqual([undefined]);
  });

  it("is not given to a redirect that wants it: the export is told as incomplete, and the token nowhere", async () => {
    storage.faults.token = TOKEN;
    server.faults.intercept = (_, response, url) => {
      if (!url.pathname.startsWith("/files/")) return false;
      response.writeHead(307, { location: `${storage.origin}/files/0.ndjson` }).end();
      return true;
    };
    const error = await syncInTest(server.url, target, BULK, WITH).then(
      () => undefined,
      (thrown: SatchelError) => thrown,
    );
    expect(error?.code).toBe("SOURCE_REFUSED");
    expect(tokensAt(storage)).toEqual([undefined]);
    expect(JSON.stringify([error?.message, error?.next, [...target.problems.values()]])).not.toContain(TOKEN);
  });

  it("is not sent for files that need none", async () => {
    server.faults = {
      token: TOKEN,
      manifest: (manifest) => ({ ...manifest, requiresAccessToken: false }),
      intercept: (request, response, url) => {
        if (!url.pathname.startsWith("/files/")) return false;
        response.end(request.headers.authorization === undefined ? `${linesOfType("Patient", 3).join("\n")}\n` : "");
        return true;
      },
    };
    expect((await syncInTest(server.url, target, BULK, WITH)).complete).toBe(true);
    const files = server.requests.filter(({ url }) => url.pathname.startsWith("/files/"));
    expect(files.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it("does not go with a search that redirects elsewhere, which is not followed", async () => {
    server.faults.intercept = (_, response) => {
      response.writeHead(302, { location: `${storage.origin}/fhir/metadata` }).end();
      return true;
    };
    const report = await syncInTest(server.url, target, { types: ["Patient"], auth: { kind: "bearer" } }, WITH).catch(
      (thrown: SatchelError) => thrown.message,
    );
    expect(report).toContain("another server");
    expect(storage.requests).toHaveLength(0);
  });

  it("that the server refuses is told once, not tried for ever", async () => {
    const error = await syncInTest(server.url, target, BULK, { secret: "wrong" }).then(
      () => undefined,
      (thrown: SatchelError) => thrown,
    );
    expect(error?.code).toBe("SOURCE_REFUSED");
    expect(server.requests.length).toBeLessThan(4);
  });
});

describe("A server that says no", () => {
  it("with 403 is not asked again, and its own text is not told", async () => {
    let asked = 0;
    server.faults.intercept = (_, response, url) => {
      if (!url.pathname.endsWith("/Patient")) return false;
      asked++;
      response.writeHead(403).end(
        JSON.stringify({
          resourceType: "OperationOutcome",
          issue: [{ severity: "error", code: "forbidden", diagnostics: "Jane Roe is not yours" }],
        }),
      );
      return true;
    };
    const error = await syncInTest(server.url, target, { types: ["Patient"], auth: { kind: "bearer" } }, WITH).then(
      () => undefined,
      (thrown: SatchelError) => thrown,
    );
    expect(error?.code).toBe("SOURCE_REFUSED");
    expect(error?.message).toContain("forbidden");
    expect(error?.message).not.toContain("Roe");
    expect(asked).toBe(1);
  });
});

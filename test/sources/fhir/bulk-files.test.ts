import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { linesOfType, startBulkServer, type BulkServer } from "../../support/fhir-bulk-server.ts";
import { recordingResources, type RecordingResources } from "../recording-resources.ts";
import { BULK, failure, fillServer } from "./bulk-bench.ts";
import { syncInTest } from "./sync-in-test.ts";

const server: BulkServer = await startBulkServer();
let target: RecordingResources;

beforeEach(() => {
  fillServer(server);
  target = recordingResources();
});
afterAll(() => server.close());

describe("Files of an export", () => {
  it("that are cut are read again, and come whole", async () => {
    server.faults.cuts = 2;
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
    expect(target.held.size).toBe(680);
    expect(target.problems.size).toBe(0);
  });

  it("that are cut each time end the sync, and only what is not done is read at the next", async () => {
    server.faults.intercept = (_, response, url) => {
      if (url.pathname !== "/files/2.ndjson") return false;
      response.writeHead(200);
      response.write(`${server.files[2]?.lines[0] ?? ""}\n`, () => response.destroy());
      return true;
    };
    await failure(syncInTest(server.url, target, { ...BULK, concurrency: 1 }));
    server.faults = {};
    server.requests = [];
    const report = await syncInTest(server.url, target, { ...BULK, concurrency: 1 });
    expect(report.complete).toBe(true);
    expect(target.held.size).toBe(680);
    expect(server.kickOffs()).toHaveLength(0);
    expect(
      server.requests.filter(({ url }) => url.pathname.startsWith("/files/")).map(({ url }) => url.pathname),
    ).toEqual(["/files/2.ndjson"]);
  });

  it("with fewer lines than announced are not taken for whole", async () => {
    server.files[1] = { type: "Observation", lines: linesOfType("Observation", 399), count: 400 };
    const error = await failure(syncInTest(server.url, target, BULK));
    expect(error.message).toContain("ends before it is whole");
  });

  it("may lack a count, and end without a line end, with blank lines, CR LF and a byte order mark", async () => {
    const [first = "", second = ""] = linesOfType("Patient", 2);
    server.files = [{ type: "Patient", lines: [], count: undefined }];
    server.faults.intercept = (_, response, url) => {
      if (!url.pathname.startsWith("/files/")) return false;
      response.end(`\u{FEFF}${first}\r\n\r\n  \n${second}`);
      return true;
    };
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
    expect(target.held.get("Patient/Patient-0")).toBe(first);
    expect(target.ids("Patient")).toHaveLength(2);
    expect(target.expected.get("Patient")).toMatchObject({ expected: null, received: 2 });
  });

  it("that are an OperationOutcome with status 200 are told, not kept", async () => {
    server.files[0] = {
      type: "Patient",
      lines: [
        JSON.stringify({
          resourceType: "OperationOutcome",
          issue: [{ severity: "error", code: "exception", diagnostics: "Jane Roe" }],
        }),
      ],
      count: 30,
    };
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(false);
    const said = [...target.problems.values()].map(({ reason }) => reason).join();
    expect(said).toContain("OperationOutcome came in place of resources");
    expect(said).not.toContain("Roe");
  });

  it("organized by patient have headers of blocks, which are no resources", async () => {
    const header = JSON.stringify({ resourceType: "Parameters", parameter: [{ name: "header" }] });
    server.files = [{ lines: [header, ...linesOfType("Patient", 1), ...linesOfType("Observation", 2)], count: 3 }];
    server.faults.manifest = (manifest) => ({ ...manifest, outputOrganizedBy: "Patient" });
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
    expect(target.types().sort()).toEqual(["Observation", "Patient"]);
    expect(target.problems.size).toBe(0);
  });

  it("with a line that is no resource are not complete, and the line is named", async () => {
    server.files[0] = { type: "Patient", lines: [...linesOfType("Patient", 2), '{"resourceType":"Patient"'] };
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(false);
    expect([...target.problems.keys()]).toEqual(["Patient, file 1, line 3"]);
  });

  it("that end in the middle of a line are cut, also where no count tells", async () => {
    server.files = [{ type: "Patient", lines: [], count: undefined }];
    let asked = 0;
    server.faults.intercept = (_, response, url) => {
      if (!url.pathname.startsWith("/files/")) return false;
      const [line = ""] = linesOfType("Patient", 1);
      response.end(asked++ === 0 ? line.slice(0, -5) : line);
      return true;
    };
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
    expect(asked).toBe(2);
    expect(target.problems.size).toBe(0);
    expect(target.ids("Patient")).toEqual(["Patient-0"]);
  });

  it("of errors are told by their codes; those that only inform are no failure", async () => {
    const outcome = (severity: string, code: string) =>
      JSON.stringify({ resourceType: "OperationOutcome", issue: [{ severity, code }] });
    server.files.push({ kind: "error", type: "OperationOutcome", lines: [outcome("information", "informational")] });
    expect((await syncInTest(server.url, target, BULK)).complete).toBe(true);
    server.files.push({ kind: "error", type: "OperationOutcome", lines: [outcome("error", "exception")] });
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(false);
    expect([...target.problems.values()][0]?.reason).toContain("exception");
  });

  it("of another type than the manifest says are kept and told", async () => {
    server.files[0] = { type: "Patient", lines: linesOfType("Practitioner", 2) };
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(false);
    expect(target.ids("Practitioner")).toHaveLength(2);
  });

  it("whose links have expired are read by the links of a manifest that is read again", async () => {
    let refused = 0;
    server.faults.intercept = (_, response, url) => {
      if (url.pathname !== "/files/1.ndjson" || refused++ > 0) return false;
      response.writeHead(410).end();
      return true;
    };
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
    expect(target.held.size).toBe(680);
  });

  it("that are gone for good are told as missing", async () => {
    server.faults.intercept = (_, response, url) => {
      if (url.pathname !== "/files/1.ndjson") return false;
      response.writeHead(410).end();
      return true;
    };
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(false);
    expect(target.expected.get("Patient")).toMatchObject({ complete: false });
    expect([...target.problems.values()][0]?.reason).toContain("1 files of the export are not there");
  });
});

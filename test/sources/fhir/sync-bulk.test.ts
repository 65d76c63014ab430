import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { SatchelError } from "../../../src/contract/errors.ts";
import { ClosingError } from "../../../src/main/sources/closing.ts";
import { deletionLine, linesOfType, startBulkServer, type BulkServer } from "../../support/fhir-bulk-server.ts";
import { patientOf, startFhirServer } from "../../support/fhir-server.ts";
import { virtualPatience } from "../../support/virtual-patience.ts";
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

describe("A bulk export", () => {
  it("is begun as the standard says, read whole, and dismissed at the server", async () => {
    const report = await syncInTest(server.url, target, { ...BULK, types: ["Patient", "Observation"] });
    expect(report.complete).toBe(true);
    expect(target.ids("Patient")).toHaveLength(30);
    expect(target.ids("Observation")).toHaveLength(650);
    expect(target.expected.get("Observation")).toEqual({ expected: 650, received: 650, complete: true });
    const [kickOff] = server.requests.filter(({ url }) => url.pathname.endsWith("$export"));
    expect(kickOff?.headers["prefer"]).toBe("respond-async");
    expect(kickOff?.headers["accept"]).toBe("application/fhir+json");
    expect(kickOff?.url.searchParams.get("_type")).toBe("Patient,Observation");
    expect(server.jobs.size).toBe(0);
    expect(server.requests.at(-1)?.method).toBe("DELETE");
  });

  it("is kept before the first question after it, so that a crash does not lose it", async () => {
    let flushed = -1;
    server.faults.intercept = (request, _, url) => {
      if (url.pathname.endsWith("poll-status") && request.method === "GET" && flushed < 0) flushed = target.flushes;
      return false;
    };
    await syncInTest(server.url, target, BULK);
    expect(flushed).toBeGreaterThan(0);
  });

  it("of patients is asked for by POST with Parameters", async () => {
    await syncInTest(server.url, target, { ...BULK, patients: ["a", "b"], bulk: { use: "only", level: "patient" } });
    const [kickOff] = server.kickOffs();
    expect(kickOff?.method).toBe("POST");
    // Ids of patients do not stand in logs of addresses.
    expect(kickOff?.url.search).toBe("");
    expect(JSON.parse(kickOff?.body ?? "")).toMatchObject({
      resourceType: "Parameters",
      parameter: [
        { name: "_outputFormat", valueString: "application/fhir+ndjson" },
        { name: "patient", valueReference: { reference: "Patient/a" } },
        { name: "patient", valueReference: { reference: "Patient/b" } },
      ],
    });
  });

  it("of a group names it; the moment since when is an instant, filters are escaped", async () => {
    await syncInTest(server.url, target, BULK, {
      options: { group: "g1", since: "2024-01-02", filters: ["Observation?category=laboratory&code=a,b"] },
    });
    const [kickOff] = server.kickOffs();
    expect(kickOff?.url.pathname).toBe("/fhir/Group/g1/$export");
    expect(kickOff?.url.searchParams.get("_since")).toBe("2024-01-02T00:00:00Z");
    expect(kickOff?.url.search).toContain("Observation%3Fcategory%3Dlaboratory%26code%3Da%2Cb");
  });

  it("repeats parameters and posts them for version 4", async () => {
    await syncInTest(server.url, target, {
      ...BULK,
      bulk: { use: "only", lists: "repeat" },
      types: ["Patient", "Observation"],
    });
    const [kickOff] = server.kickOffs();
    expect(kickOff?.method).toBe("POST");
    expect(kickOff?.body.match(/"_type"/g)).toHaveLength(2);
  });

  it("is posted where GET is not known", async () => {
    server.faults.postOnly = true;
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
    expect(server.kickOffs().map(({ method }) => method)).toEqual(["GET", "POST"]);
  });

  it("is asked for without what only changes its form, and refused by name without what changes what comes", async () => {
    server.faults.refuses = ["allowPartialManifests"];
    const report = await syncInTest(server.url, target, {
      ...BULK,
      bulk: { use: "only", allowPartialManifests: true },
    });
    expect(report.complete).toBe(true);
    expect(report.notices.join()).toContain("does not know allowPartialManifests");
    server.faults.refuses = ["_typeFilter"];
    const error = await failure(
      syncInTest(server.url, target, {
        ...BULK,
        filters: ["Observation?code=1"],
        bulk: { use: "only", method: "GET" },
      }),
    );
    expect(error.message).toContain("_typeFilter");
  });

  it("that is empty is a success", async () => {
    server.files = [];
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
  });

  it("whose manifest has pages is read to the last", async () => {
    server.faults.filesAPage = 1;
    await syncInTest(server.url, target, BULK);
    expect(target.held.size).toBe(680);
  });

  it.each(["encoded", "packed", "both"] as const)("whose files are gzip (%s) is read", async (gzip) => {
    server.faults.gzip = gzip;
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
    expect(target.held.size).toBe(680);
  });

  it("tells what was deleted, and asks since then the next time", async () => {
    await syncInTest(server.url, target, BULK);
    server.files = [
      { type: "Observation", lines: linesOfType("Observation", 1, 9000) },
      { kind: "deleted", type: "Bundle", lines: [deletionLine("Observation", "Observation-7")] },
    ];
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
    expect(server.kickOffs().at(-1)?.url.searchParams.get("_since")).toBe("2024-06-01T00:00:00Z");
    expect(target.held.size).toBe(680);
    expect(target.held.has("Observation/Observation-7")).toBe(false);
  });

  it("of a server that never tells what was deleted is whole each time, and forgets what is gone", async () => {
    server.faults.manifest = (manifest) =>
      Object.fromEntries(Object.entries(manifest).filter(([name]) => name !== "deleted"));
    await syncInTest(server.url, target, BULK);
    server.files.pop();
    await syncInTest(server.url, target, BULK);
    expect(server.kickOffs().at(-1)?.url.searchParams.has("_since")).toBe(false);
    expect(target.ids("Observation")).toHaveLength(400);
  });

  it("leaves out what was not asked for, and says so", async () => {
    server.files.push({ type: "Claim", lines: linesOfType("Claim", 3) });
    const report = await syncInTest(server.url, target, { ...BULK, types: ["Patient", "Observation"] });
    expect(target.types().sort()).toEqual(["Observation", "Patient"]);
    expect(report.notices.join()).toContain("more types than it was asked for");
  });

  it("begins no more within an hour than the source allows", async () => {
    const one = { ...BULK, limits: { callsPerMinute: 60_000 } };
    const patience = virtualPatience();
    await syncInTest(server.url, target, one, { patience });
    const error = await failure(syncInTest(server.url, target, one, { patience }));
    expect(error.message).toContain("at most one bulk export an hour");
    expect(server.kickOffs()).toHaveLength(1);
    patience.advance(3_600_001);
    await syncInTest(server.url, target, one, { patience });
    expect(server.kickOffs()).toHaveLength(2);
  });
});

describe("A source that uses bulk exports where it can", () => {
  it("is read by searches where none may be begun now, and says so", async () => {
    const both = await startFhirServer([patientOf("p0")]);
    try {
      both.capabilities = { operation: [{ name: "export", definition: "x" }] };
      const patience = virtualPatience();
      const begun = new Date(patience.now() - 60_000).toISOString();
      const began = recordingResources();
      await syncInTest(both.url, began, { bulk: { use: "never" } });
      began.state = { ...began.state, bulk: { begun: [begun] } };
      const report = await syncInTest(both.url, began, { bulk: { use: "auto" } }, { patience });
      expect(report.complete).toBe(true);
      expect(report.notices.join()).toContain("read by searches");
      expect(both.asked().some((path) => path.includes("$export"))).toBe(false);
    } finally {
      await both.close();
    }
  });
});

describe("Asking for an export", () => {
  it.each([
    ["seconds", "5", 5_000],
    ["five hours, cut to five minutes", "18000", 300_000],
    ["milliseconds since 1970", String(Date.UTC(2024, 0, 1) + 90_000), 90_000],
    ["an HTTP date", "Mon, 01 Jan 2024 00:02:00 GMT", 120_000],
    ["zero, which is no reason to rush", "0", 1_000],
    ["a date that has passed", "Sun, 31 Dec 2023 00:00:00 GMT", 1_000],
  ])("waits for %s", async (_, value, expected) => {
    const patience = virtualPatience(Date.UTC(2024, 0, 1));
    server.faults.polls = [{ status: 202, headers: { "retry-after": value } }];
    await syncInTest(server.url, target, BULK, { patience });
    expect(patience.slept).toEqual([expected]);
  });

  it("waits longer and longer where the server does not say", async () => {
    const patience = virtualPatience();
    server.faults.polls = Array.from({ length: 8 }, () => ({ status: 202 }));
    await syncInTest(server.url, target, BULK, { patience });
    expect(patience.slept).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * 1000));
  });

  it("shows what the server says of its progress", async () => {
    const steps: string[] = [];
    server.faults.polls = [{ status: 202, headers: { "x-progress": "37% complete" } }];
    await syncInTest(server.url, target, BULK, { steps });
    expect(steps).toContain("The server prepares the export: 37% complete");
  });

  it("waits on 429 and on what is transient, and fails on what is not", async () => {
    const outcome = (code: string) => ({ resourceType: "OperationOutcome", issue: [{ severity: "error", code }] });
    server.faults.polls = [
      { status: 429, headers: { "retry-after": "2" } },
      { status: 500, body: outcome("transient") },
      { status: 503 },
    ];
    expect((await syncInTest(server.url, target, BULK)).complete).toBe(true);
    server.faults.polls = [{ status: 500, body: outcome("processing") }];
    const error = await failure(syncInTest(server.url, target, BULK));
    expect(error.message).toContain("failed at the server (500)");
    expect(target.state["bulk"]).not.toHaveProperty("job");
  });

  it("reads the state from a header where a poll is always 200", async () => {
    server.faults.polls = [{ status: 200, headers: { "x-export-status": "202 Accepted" } }];
    expect((await syncInTest(server.url, target, BULK)).complete).toBe(true);
  });

  it("reads files of a part of the manifest once, and the rest when it is there", async () => {
    server.faults.polls = [
      {
        status: 202,
        body: {
          transactionTime: server.transactionTime,
          requiresAccessToken: false,
          output: [{ type: "Patient", url: `${server.origin}/files/0.ndjson`, count: 30 }],
        },
      },
    ];
    await syncInTest(server.url, target, BULK);
    expect(target.held.size).toBe(680);
    expect(server.requests.filter(({ url }) => url.pathname === "/files/0.ndjson")).toHaveLength(1);
  });

  it("begins anew where the export is not there any more", async () => {
    let polls = 0;
    server.faults.intercept = (request, response, url) => {
      if (request.method !== "GET" || !url.pathname.endsWith("poll-status") || polls++ > 0) return false;
      response.writeHead(410).end();
      return true;
    };
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
    expect(server.kickOffs()).toHaveLength(2);
    expect(report.notices.join()).toContain("begun anew");
  });

  it("is told plainly where the server does not say where to ask", async () => {
    server.faults.intercept = (_, response, url) => {
      if (!url.pathname.endsWith("$export")) return false;
      response.writeHead(202).end();
      return true;
    };
    expect((await failure(syncInTest(server.url, target, BULK))).message).toContain("does not say where");
  });
});

describe("An export that is cancelled", () => {
  async function abortedAtPoll(reason: SatchelError | undefined): Promise<void> {
    const abort = new AbortController();
    server.faults.polls = Array.from({ length: 100 }, () => ({ status: 202 }));
    server.faults.intercept = (request, _, url) => {
      if (request.method === "GET" && url.pathname.endsWith("poll-status")) abort.abort(reason);
      return false;
    };
    await failure(syncInTest(server.url, target, BULK, { signal: abort.signal }));
  }

  it("is deleted at the server", async () => {
    await abortedAtPoll(undefined);
    expect(server.jobs.size).toBe(0);
    expect(target.state["bulk"]).not.toHaveProperty("job");
  });

  it("is left there and taken up again where Satchel is closed", async () => {
    await abortedAtPoll(new ClosingError());
    expect(server.jobs.size).toBe(1);
    server.faults = {};
    const report = await syncInTest(server.url, target, BULK);
    expect(report.complete).toBe(true);
    expect(server.kickOffs()).toHaveLength(1);
    expect(target.held.size).toBe(680);
  });
});

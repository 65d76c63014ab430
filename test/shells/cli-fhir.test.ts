import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorkshop, type Workshop } from "../jobs/workshop.ts";
import { linesOfType, startBulkServer, type BulkServer } from "../support/fhir-bulk-server.ts";
import { observationOf, patientOf, startFhirServer, type FhirServer } from "../support/fhir-server.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

describe("a FHIR server on the command line", () => {
  const root = temporaryDirectory("cli-fhir");
  let workshop: Workshop;
  let server: FhirServer;
  let bulk: BulkServer;
  beforeAll(async () => {
    workshop = await createWorkshop(root);
    server = await startFhirServer([
      patientOf("p0"),
      ...Array.from({ length: 30 }, (_, index) => observationOf(index)),
    ]);
    bulk = await startBulkServer([
      { type: "Patient", lines: linesOfType("Patient", 20) },
      { type: "Observation", lines: linesOfType("Observation", 4000) },
      ...Array.from({ length: 8 }, (_, index) => ({
        type: "Condition",
        lines: linesOfType("Condition", 500, index * 500),
      })),
    ]);
    process.env["TEST_FHIR_TOKEN"] = "top-secret-token";
  });
  afterAll(async () => {
    delete process.env["TEST_FHIR_TOKEN"];
    await server.close();
    await bulk.close();
  });

  it("is added, checked and synced, and its token is shown nowhere", async () => {
    const added = await workshop.satchel(
      "source",
      "add",
      "fhir",
      `${server.url}/metadata`,
      "--name=clinic",
      "--secret-env=TEST_FHIR_TOKEN",
      "--page-size=10",
      "--types=Patient,Observation",
    );
    expect(added.exitCode).toBe(0);
    expect(JSON.parse(added.stdout)).toMatchObject({
      kind: "fhir",
      config: { url: server.url, auth: { kind: "bearer" } },
    });
    const checked = await workshop.satchel("source", "check", "clinic");
    expect(checked.stdout).toContain("HAPI FHIR Server 7.2.0, FHIR 4.0.1");
    const synced = await workshop.satchel("sync", "clinic");
    expect(synced.exitCode).toBe(0);
    expect(synced.stdout).toContain('"added":31');
    expect(server.requests.every(({ headers }) => headers.authorization === "Bearer top-secret-token")).toBe(true);
    const listed = await workshop.satchel("source", "list");
    for (const { stdout, stderr } of [added, checked, synced, listed])
      expect(stdout + stderr).not.toContain("top-secret-token");
  });

  it("is synced for some types and since a day alone, and nothing else is asked for", async () => {
    server.requests = [];
    const synced = await workshop.satchel("sync", "clinic", "--types", "Observation", "--since", "2024-01-01");
    expect(synced.exitCode).toBe(0);
    expect(server.asked().some((path) => path.startsWith("Patient"))).toBe(false);
    expect(server.asked().some((path) => path.includes("_lastUpdated=ge2024-01-01"))).toBe(true);
  });

  it.each([
    [["sync", "clinic", "--types", "patient"], "--types"],
    [["sync", "clinic", "--since", "yesterday"], "--since"],
    [["sync", "--bulk"], "for one source"],
    [["source", "add", "fhir", "http://user:pw@a.example/fhir", "--name", "x"], "no user, password"],
    [["source", "add", "fhir", "http://a.example/fhir", "--name", "x", "--bulk", "sometimes"], "never"],
  ])("refuses %s, and names what is wrong", async (args, named) => {
    const result = await workshop.satchel(...args);
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toContain(named);
  });

  it("whose export is under way when the process is killed is taken up by the next, and ends identical", async () => {
    let stalled = false;
    bulk.faults.intercept = (_, response, url) => {
      // The seventh file hangs: some are read, some are not.
      if (url.pathname !== "/files/6.ndjson" || stalled) return false;
      stalled = true;
      response.writeHead(200);
      response.write(`${bulk.files[6]?.lines[0] ?? ""}\n`);
      return true;
    };
    await workshop.satchel("source", "add", "fhir", bulk.url, "--name=bulk", "--bulk=only", "--calls-per-minute=60000");
    await workshop.satchel(
      "source",
      "add",
      "fhir",
      bulk.url,
      "--name=whole",
      "--bulk=only",
      "--calls-per-minute=60000",
    );
    const child = workshop.start("sync", "bulk");
    const ended = new Promise((resolve) => child.once("close", (_, signal) => resolve(signal)));
    await until(() => stalled);
    // The note of what is done comes every two seconds.
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");
    expect(bulk.kickOffs()).toHaveLength(1);

    const again = await workshop.satchel("sync", "bulk");
    expect(again.exitCode).toBe(0);
    expect(bulk.kickOffs()).toHaveLength(1);
    expect(bulk.jobs.size).toBe(0);

    await workshop.satchel("sync", "whole");
    const dump = (name: string) =>
      workshop.look(({ catalog }) =>
        catalog.all(
          `SELECT type, resource_id, resource_json.json FROM resource JOIN resource_json ON resource_json.id = resource.id
           JOIN source ON source.id = resource.source WHERE source.name = ? ORDER BY 1, 2`,
          name,
        ),
      );
    const killed = await dump("bulk");
    expect(killed).toHaveLength(8020);
    expect(killed).toEqual(await dump("whole"));
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

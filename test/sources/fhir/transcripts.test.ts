import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SyncReport } from "../../../src/main/sources/source.ts";
import { linesOfType } from "../../support/fhir-bulk-server.ts";
import { bulkSamples, startTranscriptServer } from "../../support/transcript-server.ts";
import { virtualPatience, type VirtualPatience } from "../../support/virtual-patience.ts";
import { recordingResources, type RecordingResources } from "../recording-resources.ts";
import { syncInTest } from "./sync-in-test.ts";

const sample = (name: string): string => readFileSync(join(bulkSamples.path, name), "utf8");

interface Replay {
  report: SyncReport | undefined;
  error: string;
  target: RecordingResources;
  replayed: number[];
  patience: VirtualPatience;
  methods: string[];
}

/** What a sync makes of a recorded conversation. */
async function replay(
  scenario: string | readonly string[],
  config: Record<string, unknown>,
  fileOf: (name: string) => string = () => "",
  target = recordingResources(),
): Promise<Replay> {
  const server = await startTranscriptServer([scenario].flat(), fileOf);
  const patience = virtualPatience();
  try {
    const outcome = await syncInTest(server.url, target, { bulk: { use: "only" }, ...config }, { patience }).then(
      (report) => ({ report, error: "" }),
      (thrown: unknown) => ({ report: undefined, error: thrown instanceof Error ? thrown.message : "?" }),
    );
    const methods = server.requests.map(({ method }) => method);
    return { ...outcome, target, replayed: [...server.replayed].sort((a, b) => a - b), patience, methods };
  } finally {
    await server.close();
  }
}

describe.skipIf(!bulkSamples.present)(`Conversations with a real server of bulk exports${bulkSamples.note}`, () => {
  it("organized by patient: headers of blocks are no resources", async () => {
    const { report, target, replayed } = await replay(
      "organizeOutputBy=Patient",
      {
        types: ["Patient", "Condition", "Immunization"],
        bulk: { use: "only", group: "BMCHealthNet", organizeOutputBy: "Patient" },
      },
      () => sample("organize-by-patient.1.ndjson"),
    );
    expect(report?.complete).toBe(true);
    expect(replayed).toEqual([0, 1, 2]);
    const lines = sample("organize-by-patient.1.ndjson").trim().split("\n");
    const resources = lines.filter((line) => !line.startsWith('{"resourceType":"Parameters"'));
    expect([...target.held.values()].sort()).toEqual([...resources].sort());
  });

  it("with deletions: what was deleted goes", async () => {
    const target = recordingResources();
    const [line = ""] = sample("deleted.1.ndjson").split("\n");
    const id = /Condition\/([^"]+)"/.exec(line)?.[1] ?? "";
    target.put({ json: JSON.stringify({ resourceType: "Condition", id }) });
    const { report, replayed } = await replay(
      "deleted 20% with _since",
      { types: ["Patient", "Condition"], since: "2010-01-01T00:00:00Z" },
      (name) => {
        if (name === "2.Condition.deleted.ndjson") return sample("deleted.1.ndjson");
        if (name === "4.Patient.deleted.ndjson") return sample("deleted.2.ndjson");
        return name.includes("Condition")
          ? linesOfType("Condition", 369).join("\n")
          : linesOfType("Patient", 50).join("\n");
      },
      target,
    );
    expect(report?.complete).toBe(true);
    expect(replayed).toEqual([0, 1, 2]);
    expect(id).not.toBe("");
    expect(target.held.has(`Condition/${id}`)).toBe(false);
    expect(target.held.size).toBe(419);
  });

  it("with files that failed: the rest is kept, and the export is not complete", async () => {
    const { report, target, replayed } = await replay("some files fail", { types: ["Patient", "Condition"] }, (name) =>
      ["6.Condition.ndjson", "12.Condition.ndjson"].includes(name)
        ? linesOfType("Condition", 100, Number.parseInt(name, 10) * 1000).join("\n")
        : sample("error.1.ndjson"),
    );
    expect(report?.complete).toBe(false);
    expect(replayed).toEqual([0, 1, 2]);
    expect(target.ids("Condition")).toHaveLength(200);
    expect(target.problems.size).toBe(6);
    expect([...target.problems.values()][0]?.reason).toContain("processing");
  });

  it("with pages of the manifest: all of them are read", async () => {
    const { report, replayed, target, error } = await replay(
      "partial manifests",
      { types: ["Patient", "Condition"], bulk: { use: "only", allowPartialManifests: true } },
      (name) =>
        linesOfType(name.includes("Patient") ? "Patient" : "Condition", 30, Number.parseInt(name, 10) * 100).join("\n"),
    );
    expect(error).toBe("");
    expect(report?.complete).toBe(true);
    expect(replayed).toEqual([0, 1, 2]);
    expect(target.ids("Condition")).toHaveLength(270);
  });

  it("with a fault that passes: it is asked again", async () => {
    const { report, replayed, patience } = await replay("transient error on status", { types: ["Patient"] }, () =>
      linesOfType("Patient", 100).join("\n"),
    );
    expect(report?.complete).toBe(true);
    expect(replayed).toEqual([0, 1, 2, 3]);
    expect(patience.slept).toEqual([1000, 2000]);
  });

  it("with a kick-off that fails: it is told", async () => {
    const { error, replayed } = await replay("file generation failed at kick-off", { types: ["Patient"] });
    expect(replayed).toEqual([0]);
    expect(error).toContain("processing");
  });

  it("with files that expired: they are told as missing", async () => {
    const { report, replayed, target } = await replay("files expired (410)", { types: ["Patient"] });
    expect(replayed).toEqual([0, 1, 2, 3]);
    expect(report?.complete).toBe(false);
    expect([...target.problems.values()][0]?.reason).toContain("not there any more");
  });

  it("with a type that it does not have: the parameter is named", async () => {
    const { error } = await replay("unknown type", { types: ["Foo"], bulk: { use: "only", method: "GET" } });
    expect(error).toMatch(/400|processing/);
  });

  it("without the headers that it wants: it never comes to that", async () => {
    const { error } = await replay("no Accept/Prefer", { bulk: { use: "only", method: "GET" } });
    expect(error).not.toBe("");
  });

  it("without a token: it is refused", async () => {
    const { error } = await replay("secure without token", {});
    expect(error).toContain("401");
  });

  it("with only some elements: what came is kept, and the export is dismissed", async () => {
    const { report, target, methods, replayed } = await replay(
      ["_elements", "delete"],
      { types: ["Patient"], bulk: { use: "only", elements: ["birthDate", "gender"] } },
      () => sample("elements-subset.Patient.ndjson"),
    );
    expect(report?.complete).toBe(true);
    expect(target.ids("Patient")).toHaveLength(100);
    expect(methods.at(-1)).toBe("DELETE");
    expect(replayed).toEqual([0, 1, 2, 3]);
  });

  it("with an export that was dismissed: it is begun anew", async () => {
    const config = {
      types: ["Patient"],
      bulk: { use: "only", elements: ["birthDate", "gender"] },
      limits: { exportsPerHour: 2 },
    };
    const { report, target, error } = await replay(["status after delete", "_elements"], config, () =>
      sample("elements-subset.Patient.ndjson"),
    );
    expect(error).toBe("");
    expect(report?.notices.join()).toContain("begun anew");
    expect(target.ids("Patient")).toHaveLength(100);
  });

  it("with 429 and a moment in place of seconds: it is asked again after five minutes at most", async () => {
    const { error, patience } = await replay("429 rate limit", { bulk: { use: "only", method: "GET" } });
    expect(error).toContain("429");
    expect(Math.max(...patience.slept)).toBeLessThanOrEqual(300_000);
    expect(Math.min(...patience.slept)).toBeGreaterThan(100);
  });
});

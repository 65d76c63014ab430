import { afterAll, describe, expect, it } from "vitest";
import { startMedplumServer } from "../../support/medplum-server.ts";
import { recordingResources } from "../recording-resources.ts";
import { syncInTest } from "./sync-in-test.ts";

const server = await startMedplumServer();
afterAll(() => server.close());

describe("Medplum's FHIR router, which gives no links and describes itself wrongly", () => {
  it("gives every resource all the same, and again only what changed", async () => {
    const { repository } = server;
    const patient = await repository.createResource({ resourceType: "Patient", birthDate: "1980-01-01" });
    for (let index = 0; index < 130; index++)
      await repository.createResource({
        resourceType: "Observation",
        status: "final",
        code: { text: "x" },
        subject: { reference: `Patient/${patient.id}` },
      });
    const target = recordingResources();
    const config = { types: ["Patient", "Observation", "Encounter"], pageSize: 50 };
    const report = await syncInTest(server.url, target, config);
    expect(report.complete).toBe(true);
    expect(target.ids("Patient")).toEqual([patient.id]);
    expect(target.ids("Observation")).toHaveLength(130);
    expect(target.expected.get("Encounter")).toEqual({ expected: 0, received: 0, complete: true });

    await repository.deleteResource("Observation", target.ids("Observation")[0] ?? "");
    await syncInTest(server.url, target, config);
    expect(target.ids("Observation")).toHaveLength(129);
  });
});

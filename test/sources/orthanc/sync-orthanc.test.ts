import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderSource } from "../../../src/main/sources/folder/folder-source.ts";
import { orthancConfig } from "../../../src/main/sources/orthanc/orthanc-config.ts";
import { orthancSource } from "../../../src/main/sources/orthanc/orthanc-source.ts";
import { startOrthanc, type OrthancServer } from "../../support/orthanc.ts";
import { sharedData } from "../../support/samples.ts";
import { dicomFile } from "../dicom-file.ts";
import { recordingTarget, type RecordingTarget } from "../recording-target.ts";

const { signal } = new AbortController();

function configOf(server: OrthancServer, settings: Record<string, unknown> = {}) {
  return orthancConfig.parse({ url: server.url, auth: { kind: "basic", user: server.user }, ...settings });
}

function sync(server: OrthancServer, target: RecordingTarget, settings: Record<string, unknown> = {}) {
  target.forget();
  return orthancSource.sync(configOf(server, settings), server.password, target, () => undefined, signal);
}

async function upload(server: OrthancServer, bytes: Buffer): Promise<string> {
  const { id } = await server.upload(bytes);
  if (id === undefined) throw new Error("Orthanc refused the file");
  return id;
}

async function studyIds(server: OrthancServer): Promise<string[]> {
  return JSON.parse((await server.request("GET", "/studies")).text) as string[];
}

describe("Syncing an Orthanc server", () => {
  let server: OrthancServer;
  let target: RecordingTarget;
  const ids: string[] = [];

  beforeAll(async () => {
    server = await startOrthanc();
    target = recordingTarget();
    for (let study = 1; study <= 3; study++)
      for (let image = 1; image <= 4; image++)
        ids.push(
          await upload(
            server,
            dicomFile({ study: `1.2.${study}`, instance: `1.2.${study}.1.${image}`, patientId: `P${study}` }),
          ),
        );
  });
  afterAll(() => server.stop());

  // One story: each sync begins where the last one ended.
  it("lists everything the first time, and describes it", async () => {
    const report = await sync(server, target);
    expect(report).toMatchObject({ added: 12, changed: 0, problems: 0, complete: true, notices: [] });
    expect([...target.instances.keys()].sort()).toEqual(ids.toSorted());
    const first = target.instances.get(ids[0] ?? "");
    expect(first?.locator.size).toBe(dicomFile({ study: "1.2.1", instance: "1.2.1.1.1", patientId: "P1" }).length);
    expect(first?.locator.stamp).toMatch(/^[0-9a-f]{32}$/);
    expect(first?.description).toMatchObject({
      patientName: "Müller^Änne",
      patientId: "P1",
      transferSyntaxUid: "1.2.840.10008.1.2.1",
      numberOfFrames: 1,
      rows: 8,
    });
  });

  it("asks for nothing but the change log when nothing changed", async () => {
    const report = await sync(server, target);
    expect(report).toMatchObject({ added: 0, changed: 0, unchanged: 0, removed: 0, complete: false });
    expect(target.calls).toEqual({ kept: [], put: [], removed: [] });
  });

  it("takes in what came since", async () => {
    const id = await upload(server, dicomFile({ study: "1.2.4", instance: "1.2.4.1.1" }));
    expect(await sync(server, target)).toMatchObject({ added: 1, complete: false });
    expect(target.calls.put).toEqual([id]);
  });

  it("notices what was deleted, though Orthanc's log does not say it", async () => {
    await server.request("DELETE", `/instances/${ids[5]}`);
    const report = await sync(server, target);
    expect(report).toMatchObject({ added: 0, complete: true });
    expect(target.removeUnmet()).toEqual([ids[5]]);
  });

  it("notices one deleted and one added between two syncs", async () => {
    await server.request("DELETE", `/instances/${ids[6]}`);
    await upload(server, dicomFile({ study: "1.2.5", instance: "1.2.5.1.1" }));
    expect(await sync(server, target)).toMatchObject({ added: 1, complete: true });
    expect(target.removeUnmet()).toEqual([ids[6]]);
  });

  it("passes over what came and went between two syncs", async () => {
    const id = await upload(server, dicomFile({ study: "1.2.6", instance: "1.2.6.1.1" }));
    await server.request("DELETE", `/instances/${id}`);
    expect(await sync(server, target)).toMatchObject({ added: 0, removed: 0, problems: 0 });
    expect(target.instances.has(id)).toBe(false);
  });

  it("reads again what was deleted and sent again with other content", async () => {
    await server.request("DELETE", `/instances/${ids[0]}`);
    const again = dicomFile({ study: "1.2.1", instance: "1.2.1.1.1", patientId: "P1", description: "Other" });
    expect(await upload(server, again)).toBe(ids[0]);
    expect(await sync(server, target)).toMatchObject({ added: 0, changed: 1 });
    expect(target.instances.get(ids[0] ?? "")?.description.studyDescription).toBe("Other");
  });

  it("takes in AI analysis results from metadata and attachments, and lists what is not JSON", async () => {
    const [one, two] = await studyIds(server);
    await server.request("PUT", `/studies/${one}/metadata/AIAnalysis`, '{"score":0.5}');
    await server.request("PUT", `/studies/${two}/metadata/AIAnalysis`, "not JSON");
    await server.request("PUT", `/studies/${two}/attachments/ai-analysis`, '["a"]');
    const report = await sync(server, target);
    expect(report).toMatchObject({ analyses: 3, problems: 1 });
    expect(target.analyses.get(`studies/${one}/metadata/AIAnalysis`)).toMatchObject({
      document: { score: 0.5 },
      studyInstanceUid: expect.stringMatching(/^1\.2\.\d$/) as string,
    });
    expect(target.analyses.get(`studies/${two}/attachments/ai-analysis`)?.document).toEqual(["a"]);
    expect(target.problems.get(`studies/${two}/metadata/AIAnalysis`)?.code).toBe("SOURCE_ANSWER");
  });

  it("keeps analysis results when a listing finds something else deleted", async () => {
    await server.request("DELETE", `/instances/${ids[7]}`);
    expect((await sync(server, target)).complete).toBe(true);
    expect(target.removeUnmet()).toEqual([ids[7]]);
    expect(target.analyses.size).toBe(3);
  });

  it("takes out an analysis result that was deleted, and finds others when the names change", async () => {
    const [one, two] = await studyIds(server);
    await server.request("DELETE", `/studies/${one}/metadata/AIAnalysis`);
    await server.request("PUT", `/studies/${two}/metadata/3000`, "{}");
    await sync(server, target);
    expect(target.analyses.has(`studies/${one}/metadata/AIAnalysis`)).toBe(false);
    await sync(server, target, { analysisMetadata: ["3000"] });
    expect(target.analyses.get(`studies/${two}/metadata/3000`)?.document).toEqual({});
  });

  it("lists everything again where the change log is not the one it knew", async () => {
    const state = target.readState() as { seq: number };
    target.setState({ ...state, seq: state.seq + 1_000_000 });
    const report = await sync(server, target);
    expect(report).toMatchObject({ added: 0, changed: 0, complete: true });
    expect(report.unchanged).toBe(target.instances.size);
    await server.request("DELETE", "/changes");
    expect(await sync(server, target)).toMatchObject({ complete: true, unchanged: target.instances.size });
  });

  it("refuses a wrong password and leaves the catalog alone", async () => {
    target.forget();
    const before = target.readState();
    await expect(orthancSource.sync(configOf(server), "wrong", target, () => undefined, signal)).rejects.toMatchObject({
      code: "SOURCE_REFUSED",
    });
    expect(target.calls.put).toEqual([]);
    expect(target.readState()).toEqual(before);
  });

  it("stops when it is cancelled", async () => {
    target = recordingTarget();
    const controller = new AbortController();
    const running = orthancSource.sync(
      configOf(server),
      server.password,
      target,
      () => controller.abort(),
      controller.signal,
    );
    await expect(running).rejects.toMatchObject({ code: "CANCELLED" });
    expect(target.readState()).toEqual({});
  });

  it("follows the server into an empty database", async () => {
    target = recordingTarget();
    await sync(server, target);
    const empty = await startOrthanc();
    try {
      const report = await sync({ ...server, url: empty.url }, target);
      expect(report).toMatchObject({ added: 0, complete: true });
      target.removeUnmet();
      expect([target.instances.size, target.analyses.size]).toEqual([0, 0]);
    } finally {
      await empty.stop();
    }
  });
});

describe("An Orthanc server with more than one page of instances", () => {
  it("gives all of them, by its change log and by its listing", async () => {
    const server = await startOrthanc();
    try {
      const target = recordingTarget();
      await upload(server, dicomFile({ instance: "1.2.3.0" }));
      await sync(server, target);
      const more = Array.from({ length: 1_050 }, (_, index) => dicomFile({ instance: `1.2.3.${index + 1}` }));
      while (more.length > 0) await Promise.all(more.splice(0, 10).map((file) => upload(server, file)));
      expect(await sync(server, target)).toMatchObject({ added: 1_050, complete: false, problems: 0 });
      const fresh = recordingTarget();
      expect(await sync(server, fresh)).toMatchObject({ added: 1_051, complete: true, notices: [] });
      expect([...fresh.instances.keys()].sort()).toEqual([...target.instances.keys()].sort());
    } finally {
      await server.stop();
    }
  });
});

const samples = sharedData("samples/dicom");
describe.skipIf(!samples.present)(`The samples in an Orthanc server and in a folder${samples.note}`, () => {
  it("are described alike", async () => {
    const server = await startOrthanc();
    try {
      const inFolder = recordingTarget();
      await folderSource.sync({ path: samples.path }, undefined, inFolder, () => undefined, signal);
      const uids = new Map<string, number>();
      for (const { description } of inFolder.instances.values())
        uids.set(description.sopInstanceUid, (uids.get(description.sopInstanceUid) ?? 0) + 1);
      for (const entry of readdirSync(samples.path, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) await server.upload(readFileSync(join(entry.parentPath, entry.name)));
      const inOrthanc = recordingTarget();
      const report = await sync(server, inOrthanc);
      expect(report).toMatchObject({ problems: 0, complete: true });
      expect(report.added).toBeGreaterThan(85);

      const expected = new Map([...inFolder.instances.values()].map((one) => [one.description.sopInstanceUid, one]));
      for (const { description } of inOrthanc.instances.values()) {
        // Several samples are variants of one instance: Orthanc has the first, the folder all.
        if (uids.get(description.sopInstanceUid) !== 1) continue;
        expect(description).toEqual(expected.get(description.sopInstanceUid)?.description);
      }
    } finally {
      await server.stop();
    }
  });
});

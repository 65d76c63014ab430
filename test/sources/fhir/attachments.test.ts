import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/main/fhir/json.ts";
import { patientOf, startFhirServer, type FhirResource, type FhirServer } from "../../support/fhir-server.ts";
import { recordingResources, type RecordingResources } from "../recording-resources.ts";
import { syncInTest } from "./sync-in-test.ts";

const server: FhirServer = await startFhirServer();
const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
let target: RecordingResources;
const CONFIG = { attachments: true, types: ["Patient", "DocumentReference"], largestAttachment: 4096 };

function documentOf(id: string, attachment: Record<string, string>, more: JsonObject = {}): FhirResource {
  return {
    resourceType: "DocumentReference",
    id,
    meta: { lastUpdated: "2024-01-01T00:00:00Z" },
    docStatus: "final",
    subject: { reference: "Patient/p0" },
    content: [{ attachment: { contentType: "image/jpeg", ...attachment } }],
    ...more,
  };
}

beforeEach(() => {
  server.resources = [patientOf("p0")];
  server.offers = ["Patient", "DocumentReference"];
  server.requests = [];
  server.faults = {
    intercept: (_, response, url) => {
      if (!url.pathname.endsWith("$binary-access-read")) return false;
      response.writeHead(200, { "content-type": "image/jpeg" }).end(picture);
      return true;
    },
  };
  target = recordingResources();
});
afterAll(() => server.close());

const binaries = (): { contentType: string; data: string }[] =>
  target
    .ids("Binary")
    .map((id) => JSON.parse(target.held.get(`Binary/${id}`) ?? "") as { contentType: string; data: string });

describe("Pictures that documents name", () => {
  it("are asked for by the document where the server has taken them out, once", async () => {
    server.resources.push(documentOf("d1", {}));
    expect((await syncInTest(server.url, target, CONFIG)).complete).toBe(true);
    expect(binaries()).toMatchObject([{ contentType: "image/jpeg", data: picture.toString("base64") }]);
    expect(server.asked()).toContain(
      "DocumentReference/d1/$binary-access-read?path=DocumentReference.content.attachment",
    );
    server.requests = [];
    await syncInTest(server.url, target, CONFIG);
    expect(server.asked().some((path) => path.includes("$binary"))).toBe(false);
  });

  it("are kept as the Binary that the server has", async () => {
    const binary = { resourceType: "Binary", id: "b1", contentType: "image/png", data: "AAAA" };
    server.resources.push(documentOf("d1", { url: "Binary/b1" }), binary);
    expect((await syncInTest(server.url, target, CONFIG)).complete).toBe(true);
    expect(target.held.get("Binary/b1")).toBe(JSON.stringify(binary));
  });

  it("are not asked for unless that was wanted", async () => {
    server.resources.push(documentOf("d1", {}));
    await syncInTest(server.url, target, { ...CONFIG, attachments: false });
    expect(target.ids("Binary")).toEqual([]);
  });

  it("are asked for when they are wanted later, of documents that are as they were", async () => {
    server.resources.push(documentOf("d1", {}));
    await syncInTest(server.url, target, { ...CONFIG, attachments: false });
    await syncInTest(server.url, target, CONFIG);
    expect(target.ids("Binary")).toHaveLength(1);
  });

  it("that never arrived at the server are told as missing there", async () => {
    const url = "https://midas.iisc.ac.in/fhir/StructureDefinition/img-upload-failed-permanently";
    server.resources.push(documentOf("d1", {}, { extension: [{ url, valueBoolean: true }] }));
    const report = await syncInTest(server.url, target, CONFIG);
    expect(report.complete).toBe(false);
    expect(target.problems.get("DocumentReference/d1")?.reason).toContain("never arrived");
  });

  it("that lie on another server, or are too large, are told and left", async () => {
    server.resources.push(documentOf("d1", { url: "https://elsewhere.example/x.jpg" }), documentOf("d2", {}));
    server.faults.intercept = (_, response, url) => {
      if (!url.pathname.endsWith("$binary-access-read")) return false;
      response.writeHead(200, { "content-type": "image/jpeg" }).end(Buffer.alloc(100_000));
      return true;
    };
    const report = await syncInTest(server.url, target, CONFIG);
    expect(report.complete).toBe(false);
    expect(target.problems.get("DocumentReference/d1")?.reason).toContain("another server");
    expect(target.problems.get("DocumentReference/d2")?.reason).toContain("more than");
    expect(target.ids("Binary")).toEqual([]);
  });

  it("that did not come are asked for again at the next sync, though their document is as it was", async () => {
    server.resources.push(documentOf("d1", {}));
    const { intercept } = server.faults;
    server.faults.intercept = (_, response, url) => {
      if (!url.pathname.endsWith("$binary-access-read")) return false;
      response.writeHead(404).end();
      return true;
    };
    expect((await syncInTest(server.url, target, CONFIG)).complete).toBe(false);
    server.faults = intercept === undefined ? {} : { intercept };
    expect((await syncInTest(server.url, target, CONFIG)).complete).toBe(true);
    expect(target.ids("Binary")).toHaveLength(1);
  });
});

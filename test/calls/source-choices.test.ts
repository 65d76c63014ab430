import { rmSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { startFhirServer, patientOf } from "../support/fhir-server.ts";
import { jheData } from "../support/jhe-data.ts";
import { PRACTITIONER, startJheServer } from "../support/jhe-server.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { openApp, type OpenApp } from "./open-app.ts";

function open(): Promise<OpenApp> {
  const root = makeTemporaryDirectory("source-choices");
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return openApp(root);
}

const auth = { kind: "client-credentials", clientId: PRACTITIONER.clientId };
const code = (value: string) => expect.objectContaining({ code: value }) as object;

describe("What a source has to choose from", () => {
  it("is the organizations and studies of an exchange that nobody has saved yet", async () => {
    const exchange = await startJheServer("head", jheData([5, 7, 3]));
    onTestFinished(() => exchange.close());
    const { client } = await open();
    const config = { url: exchange.url, auth };
    const choices = await client["sources.choices"]({ kind: "jhe", config, secret: PRACTITIONER.secret });
    expect(choices.organizations).toEqual([
      { id: "1", name: "Clinic 1" },
      { id: "2", name: "Clinic 2" },
    ]);
    expect(choices.studies).toEqual([
      { id: "30001", name: "Study of glucose", organization: "Clinic 1" },
      { id: "30002", name: "Study of hearts", organization: "Clinic 2" },
    ]);
    expect(await client["sources.list"]({})).toEqual([]);
  });

  it("is the types and groups of a FHIR server, without what describes only the server", async () => {
    const group = { resourceType: "Group", id: "g1", name: "Ward A" };
    const server = await startFhirServer([patientOf("p1"), group, { resourceType: "ValueSet", id: "v" }]);
    onTestFinished(() => server.close());
    const { client } = await open();
    const choices = await client["sources.choices"]({ kind: "fhir", config: { url: server.url } });
    expect(choices.types).toEqual(["Patient", "Group"]);
    expect(choices.studies).toEqual([{ id: "g1", name: "Ward A", organization: "" }]);
  });

  it("is asked for with the stored secret, but never of another server than the secret is for", async () => {
    const [exchange, other] = [await startJheServer("head", jheData([5])), await startJheServer("head", jheData([5]))];
    onTestFinished(() => exchange.close());
    onTestFinished(() => other.close());
    const { client } = await open();
    const config = { url: exchange.url, auth };
    await client["sources.add"]({ kind: "jhe", name: "jhe", config, secret: PRACTITIONER.secret });
    const stored = { kind: "jhe", secretOf: "jhe" };
    expect((await client["sources.choices"]({ ...stored, config })).studies).toHaveLength(2);
    const elsewhere = { ...config, url: other.url };
    await expect(client["sources.choices"]({ ...stored, config: elsewhere })).rejects.toEqual(code("USAGE"));
    expect(other.requests).toEqual([]);
  });

  it("is refused where the server refuses, and where a kind has no choice", async () => {
    const exchange = await startJheServer("head", jheData([5]));
    onTestFinished(() => exchange.close());
    const { client } = await open();
    const asked = { kind: "jhe", config: { url: exchange.url, auth }, secret: "another" };
    await expect(client["sources.choices"](asked)).rejects.toEqual(code("SOURCE_REFUSED"));
    const folder = { kind: "folder", config: { path: makeTemporaryDirectory("source-choices-folder") } };
    await expect(client["sources.choices"](folder)).rejects.toEqual(code("USAGE"));
  });
});

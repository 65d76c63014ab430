import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { fhirConfig } from "../../../src/main/sources/fhir/fhir-config.ts";
import { fhirSource } from "../../../src/main/sources/fhir/fhir-source.ts";
import { patientOf, startFhirServer, type FhirServer } from "../../support/fhir-server.ts";

const server: FhirServer = await startFhirServer([patientOf("p0"), patientOf("p1")]);
const { signal } = new AbortController();

beforeEach(() => {
  server.faults = {};
  server.offers = ["Patient"];
  server.capabilities = {};
});
afterAll(() => server.close());

async function check(settings: Record<string, unknown> = {}, secret?: string): Promise<{ ok: boolean; said: string }> {
  const config = fhirConfig.parse({
    url: server.url,
    limits: { callsPerMinute: 60_000 },
    timeZone: "UTC",
    ...settings,
  });
  const { ok, findings } = await fhirSource.check(config, secret, signal);
  return { ok, said: findings.map(({ level, text }) => `${level}: ${text}`).join("\n") };
}

describe("The check of a FHIR server", () => {
  it("tells what answers, what there is, and how it is asked", async () => {
    const { ok, said } = await check();
    expect(ok).toBe(true);
    expect(said).toContain("ok: The FHIR server answers: HAPI FHIR Server 7.2.0, FHIR 4.0.1.");
    expect(said).toContain("ok: It counts 2 of Patient.");
    expect(said).toContain("ok: It offers no bulk exports: it is read by searches.");
    expect(said).toContain("warning: The server is asked without signing in");
  });

  it("tells the levels of bulk exports", async () => {
    server.capabilities = { operation: [{ name: "export", definition: "x" }] };
    expect((await check()).said).toContain("bulk exports of the whole system");
  });

  it("warns of a type that is not offered, of no description, and of no counts", async () => {
    expect((await check({ types: ["Patient", "Observation"] })).said).toContain("does not offer Observation");
    server.offers = [];
    server.faults.count = () => undefined;
    const { ok, said } = await check();
    expect(ok).toBe(true);
    expect(said).toContain("does not describe itself");
    expect(said).toContain("does not count what it has");
  });

  it("fails where nothing may be read, where the token is refused, and where nothing listens", async () => {
    server.faults.intercept = (_, response, url) => {
      if (url.pathname.endsWith("metadata")) return false;
      response.writeHead(403).end();
      return true;
    };
    expect((await check()).said).toContain("problem: Patient could not be counted.");
    server.faults.intercept = (_, response) => {
      response.writeHead(401).end();
      return true;
    };
    const refused = await check({ auth: { kind: "bearer" } }, "secret-of-mine");
    expect(refused.ok).toBe(false);
    expect(refused.said).not.toContain("secret-of-mine");
    const silent = await startFhirServer();
    await silent.close();
    const { ok, said } = await check({ url: silent.url });
    expect(ok).toBe(false);
    expect(said).toContain("nothing listens");
  });
});

describe("The configuration of a FHIR server", () => {
  it.each(["https://a.example/fhir/", "https://a.example/fhir/metadata", "https://a.example/fhir/$export"])(
    "takes the address that people know: %s",
    (url) => {
      expect(fhirConfig.parse({ url }).url).toBe("https://a.example/fhir");
    },
  );

  it.each([
    [{ url: "ftp://a.example/fhir" }],
    [{ url: "https://user:pw@a.example/fhir" }],
    [{ url: "https://a.example/fhir?token=x" }],
    [{ url: "https://a.example/fhir", tenant: "../admin" }],
    [{ url: "https://a.example/fhir", patients: ["a/b"] }],
    [{ url: "https://a.example/fhir", types: ["Observation?x"] }],
    [{ url: "https://a.example/fhir", filters: ["Observation"] }],
    [{ url: "https://a.example/fhir", secret: "x" }],
  ])("refuses %j", (config) => {
    expect(fhirConfig.safeParse(config).success).toBe(false);
  });
});

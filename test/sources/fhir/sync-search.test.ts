import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { momentAt, observationOf, patientOf, startFhirServer, type FhirServer } from "../../support/fhir-server.ts";
import { recordingResources, type RecordingResources } from "../recording-resources.ts";
import { syncInTest } from "./sync-in-test.ts";

const server: FhirServer = await startFhirServer();
let target: RecordingResources;
const PAGE = { pageSize: 20 };

beforeEach(() => {
  server.faults = {};
  server.capabilities = {};
  server.resources = [
    patientOf("p0"),
    patientOf("p1", 5),
    ...Array.from({ length: 95 }, (_, index) => observationOf(index, index % 2 === 0 ? "p0" : "p1")),
  ];
  server.offers = ["Patient", "Observation"];
  server.requests = [];
  target = recordingResources();
});
afterAll(() => server.close());

describe("A FHIR server by its search", () => {
  it("gives every resource of every page, as its text came", async () => {
    server.resources.push({ ...observationOf(200), valueQuantity: { value: 1 } });
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toHaveLength(96);
    expect(target.expected.get("Observation")).toEqual({ expected: 96, received: 96, complete: true });
    expect(target.held.get("Observation/o200")).toBe(JSON.stringify(server.resources.at(-1)));
  });

  it("keeps a decimal as precise as it was written", async () => {
    const body =
      '{"resourceType":"Bundle","total":1,"entry":[{"resource":{"resourceType":"Observation","id":"a","valueQuantity":{"value":1.10}}}]}';
    server.faults.intercept = (_, response, url) => {
      if (!url.pathname.endsWith("/Observation")) return false;
      response.end(body);
      return true;
    };
    await syncInTest(server.url, target, { types: ["Observation"] });
    expect(target.held.get("Observation/a")).toContain("1.10");
  });

  it("asks the second time only for what changed, and adds up", async () => {
    await syncInTest(server.url, target, PAGE);
    server.resources.push(observationOf(300, "p0"));
    server.requests = [];
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toHaveLength(96);
    expect(target.puts).toBeLessThan(10);
    expect(server.asked().filter((path) => path.startsWith("Observation?_lastUpdated=ge"))).toHaveLength(1);
  });

  it("finds out by the count that something was deleted, reads all and forgets it", async () => {
    await syncInTest(server.url, target, PAGE);
    server.resources = server.resources.filter(({ id }) => id !== "o17");
    await syncInTest(server.url, target, PAGE);
    expect(target.ids("Observation")).toHaveLength(94);
    expect(target.held.has("Observation/o17")).toBe(false);
  });

  it("of which a page expires goes on where it stood, and leaves nothing out", async () => {
    server.faults.expireAfter = 2;
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toHaveLength(95);
    const again = server.asked().filter((path) => path.startsWith("Observation?_lastUpdated=ge2024"));
    expect(again.length).toBeGreaterThan(1);
  });

  it("of which each page expires at once, without an order, is told as incomplete", async () => {
    server.faults = { expireAfter: 1, ignores: ["_sort"] };
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(false);
    expect(target.expected.get("Observation")).toMatchObject({ expected: 95, received: 20, complete: false });
    expect(target.problems.get("Observation")?.reason).toContain("ended the search");
  });

  it("that counts more than it gives is asked again and then told as incomplete; nothing is removed", async () => {
    await syncInTest(server.url, target, PAGE);
    server.resources = server.resources.filter(({ id }) => id !== "o3");
    server.faults = { total: (real) => real + 7, count: (real) => real + 7 };
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(false);
    expect(target.problems.get("Observation")?.reason).toContain("counts 101, but gave 94");
    expect(target.held.has("Observation/o3")).toBe(true);
  });

  it("that counts less than it gives keeps all, and says so", async () => {
    server.faults = { total: (real) => real - 1, count: (real) => real - 1 };
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toHaveLength(95);
    expect(report.notices.join()).toContain("counts 94, but gave 95");
  });

  it("whose pages leave something out is read again with a page that holds all", async () => {
    server.faults = { skipsEvery: 9 };
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toHaveLength(95);
  });

  it("that gives no links at all is asked on from the last moment", async () => {
    server.faults = { noLinks: true, total: () => undefined };
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toHaveLength(95);
  });

  it("goes on over a page without anything", async () => {
    server.faults = { emptyFirstPage: true, total: (real) => real - 20, count: (real) => real - 20 };
    await syncInTest(server.url, target, { ...PAGE, types: ["Observation"] });
    expect(target.ids("Observation")).toHaveLength(75);
  });

  it("whose pages go in a circle is told, not followed for ever", async () => {
    server.faults = { circle: true };
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(false);
    expect(target.problems.get("Observation")?.reason).toContain("circle");
  });

  it("whose next page lies on another server is not followed there", async () => {
    const other = await startFhirServer();
    try {
      server.faults = { next: (url) => url.href.replace(server.origin, other.origin) };
      const report = await syncInTest(server.url, target, PAGE);
      expect(report.complete).toBe(false);
      expect(other.requests).toHaveLength(0);
      expect(target.problems.get("Observation")?.reason).toContain("another server");
    } finally {
      await other.close();
    }
  });

  it("that refuses an order is asked without one", async () => {
    server.faults = { refuses: ["_sort"] };
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toHaveLength(95);
  });

  it("that insists on a category is asked for each, and the rest is not promised", async () => {
    server.resources.push(observationOf(500, "p0", "vital-signs"));
    server.faults = { byCategory: ["Observation"] };
    const report = await syncInTest(server.url, target, PAGE);
    expect(target.ids("Observation")).toHaveLength(96);
    expect(target.expected.get("Observation")).toMatchObject({ expected: null, complete: false });
    expect(report.notices.join()).toContain("by category alone");
  });

  it("does not count twice what a search names twice", async () => {
    const twice = server.resources.find(({ id }) => id === "o5");
    if (twice !== undefined) server.resources.push(twice);
    server.faults = { count: (real) => real - 1, total: (real) => real - 1 };
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(true);
    expect(target.expected.get("Observation")).toEqual({ expected: 95, received: 95, complete: true });
  });

  it("without a CapabilityStatement is asked for the common types, and what it does not have is no fault", async () => {
    server.faults.intercept = (_, response, url) => {
      if (["Patient", "Observation", ""].includes(url.pathname.replace(/^\/fhir\/?/, ""))) return false;
      response.writeHead(404).end();
      return true;
    };
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(true);
    expect(target.types().sort()).toEqual(["Observation", "Patient"]);
    expect(report.notices.join()).toContain("does not describe itself");
  });
});

describe("A search that is interrupted", () => {
  /** The network is cut at a page, and stays so. */
  function cutAt(page: number): void {
    let asked = 0;
    server.faults.intercept = (_, response, url) => {
      if (!url.searchParams.has("_getpages") || ++asked < page) return false;
      response.destroy();
      return true;
    };
  }

  it("ends with what was read, and goes on from there at the next sync; the end is the same", async () => {
    const whole = recordingResources();
    await syncInTest(server.url, whole, { pageSize: 1 });
    cutAt(60);
    await expect(syncInTest(server.url, target, { pageSize: 1 })).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
    const before = target.held.size;
    expect(before).toBeGreaterThan(40);
    server.faults = {};
    const report = await syncInTest(server.url, target, { pageSize: 1 });
    expect(report.complete).toBe(true);
    expect(target.puts).toBeLessThan(97 - 30);
    expect(target.held).toEqual(whole.held);
  });

  it("by a cut that passes is not even noticed", async () => {
    let cut = 0;
    server.faults.intercept = (_, response, url) => {
      if (!url.searchParams.has("_getpages") || ++cut % 2 === 0) return false;
      response.writeHead(200);
      response.write('{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Observation","id":', () =>
        response.destroy(),
      );
      return true;
    };
    const report = await syncInTest(server.url, target, PAGE);
    expect(report.complete).toBe(true);
    expect(target.problems.size).toBe(0);
    expect(target.ids("Observation")).toHaveLength(95);
  });
});

describe("What is asked of a FHIR server", () => {
  it("is narrowed by filters, and what the server ignores of them Satchel looks at itself", async () => {
    server.resources.push(observationOf(500, "p0", "vital-signs"));
    const config = { ...PAGE, filters: ["Observation?category=vital-signs"] };
    await syncInTest(server.url, target, config);
    expect(target.ids("Observation")).toEqual(["o500"]);
    server.faults = { ignores: ["category"] };
    const other = recordingResources();
    const report = await syncInTest(server.url, other, config);
    expect(other.ids("Observation")).toEqual(["o500"]);
    expect(report.notices.join()).toContain("ignores category");
  });

  it("is refused where the server ignores what Satchel cannot look at", async () => {
    server.faults = { ignores: ["performer"] };
    const report = await syncInTest(server.url, target, { ...PAGE, filters: ["Observation?performer=Practitioner/1"] });
    expect(target.ids("Observation")).toEqual([]);
    expect(report.complete).toBe(false);
    expect(target.problems.get("Observation")?.reason).toContain("ignores the parameter performer");
  });

  it("of chosen patients is everything of them and of nobody else", async () => {
    const report = await syncInTest(server.url, target, { ...PAGE, patients: ["p1"] });
    expect(report.complete).toBe(true);
    expect(target.ids("Patient")).toEqual(["p1"]);
    expect(target.ids("Observation")).toHaveLength(47);
    expect(target.expected.get("Observation")).toEqual({ expected: null, received: 47, complete: true });
    expect(server.asked().some((path) => path.includes("$everything"))).toBe(true);
  });

  it("may be less for one sync: of other types and older times nothing is removed", async () => {
    await syncInTest(server.url, target, PAGE);
    const before = target.held.size;
    server.resources = [observationOf(1000)];
    const report = await syncInTest(server.url, target, PAGE, {
      options: { types: ["Observation"], since: momentAt(900) },
    });
    expect(report.complete).toBe(true);
    expect(target.held.size).toBe(before + 1);
    expect(server.asked().at(-1)).not.toContain("Patient");
  });

  it("goes below the tenant's path", async () => {
    await syncInTest(server.origin, target, { ...PAGE, tenant: "fhir" });
    expect(target.ids("Patient")).toEqual(["p0", "p1"]);
  });
});

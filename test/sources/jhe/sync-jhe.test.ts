import { afterEach, describe, expect, it } from "vitest";
import { GLUCOSE, HEART_RATE, jheData, observationOf } from "../../support/jhe-data.ts";
import { jheBench, RELEASES, type Synced } from "./jhe-bench.ts";

const bench = jheBench();
const { start, sync } = bench;
afterEach(() => bench.close());

function omhOf({ target }: Synced, id: number): unknown {
  const { valueAttachment } = JSON.parse(target.held.get(`Observation/${id}`) ?? "{}") as {
    valueAttachment: { data: string };
  };
  return JSON.parse(Buffer.from(valueAttachment.data, "base64").toString());
}

describe.each(RELEASES)("A JupyterHealth Exchange of release %s", (release) => {
  it("gives all patients, observations, studies and consents, each once, whatever its orders", async () => {
    const data = jheData([3, 1400, 0, 17, 900, 30]);
    const synced = await sync(await start(release, data));
    const { report, target } = synced;
    expect([...target.problems.values()]).toEqual([]);
    expect(report).toMatchObject({ complete: true, problems: 0 });
    expect(target.ids("Patient")).toEqual(data.patients.map(({ id }) => String(id)));
    expect(target.ids("Observation")).toEqual(data.observations.map(({ id }) => String(id)));
    expect(target.expected.get("Observation")).toEqual({ expected: 2350, received: 2350, complete: true });
    for (const { id, omh } of data.observations) expect(omhOf(synced, id)).toEqual(omh);
    expect(
      target.groups.map(({ id, name, organization, patients }) => [id, name, organization, patients.length]),
    ).toEqual([
      ["30001", "Study of glucose", "Clinic 1", 3],
      ["30002", "Study of hearts", "Clinic 2", 2],
    ]);
    expect(target.groups[0]?.scopes).toEqual([GLUCOSE, HEART_RATE]);
    expect(target.consents).toHaveLength(data.consents.length);
    expect(target.consents).toContainEqual({
      patient: "10001",
      scope: GLUCOSE,
      decision: "permit",
      decidedAt: "2025-02-03T04:05:06.789Z",
      origin: "study 30001",
    });
    expect(target.consents).toContainEqual(
      expect.objectContaining({ patient: "10001", scope: HEART_RATE, decision: "deny" }) as object,
    );
  });

  it("is never asked with reset, limit or offset, nor for anything but to read", async () => {
    const data = jheData([3, 1200, 5]);
    const server = await start(release, data);
    const consents = structuredClone(data.consents);
    await sync(server);
    expect(server.requests.filter((one) => /reset|limit|offset/i.test(one))).toEqual([]);
    expect(server.requests.filter((one) => one.includes("/consents"))).toEqual(
      data.patients.map(({ id }) => `/api/v1/patients/${id}/consents`),
    );
    expect(server.data.consents).toEqual(consents);
  });

  it("gives those of the chosen study alone", async () => {
    const data = jheData([3, 8, 5, 2]);
    const { report, target } = await sync(await start(release, data), { studies: ["30002"] });
    expect(report.complete).toBe(true);
    expect(target.ids("Patient")).toEqual(["10002"]);
    expect(target.ids("Observation")).toHaveLength(8);
    expect(target.groups.map(({ id }) => id)).toEqual(["30002"]);
  });

  it("and of the chosen organization alone", async () => {
    const data = jheData([3, 8, 5, 2]);
    const { target } = await sync(await start(release, data), { organizations: ["1"] });
    expect(target.ids("Patient")).toEqual(["10001", "10003"]);
    expect(target.ids("Observation")).toHaveLength(8);
  });

  it("tells nothing of patients whose consents are not shown, and the sync says so", async () => {
    const data = jheData([3, 8, 5]);
    const { report, target } = await sync(await start(release, data, { hiddenConsents: [10002] }));
    expect(report.complete).toBe(false);
    expect([...target.problems.values()]).toMatchObject([{ ref: "Patient/10002" }]);
    expect(target.ids("Observation")).toHaveLength(8);
  });

  it("keeps what came before of patients whose consents are no longer shown", async () => {
    const server = await start(release, jheData([3, 8, 5]));
    const first = await sync(server);
    server.quirks.hiddenConsents = [10002];
    const { report, target } = await sync(server, {}, first);
    expect(report.complete).toBe(false);
    expect(target.ids("Observation")).toHaveLength(16);
  });

  it("does not take a question without an answer for a decision", async () => {
    const data = jheData([3, 8]);
    for (const consent of data.consents) consent.consented = null;
    const { target } = await sync(await start(release, data));
    expect(target.consents).toEqual([]);
  });

  it("no longer has what was deleted there, and what was added comes with the next sync", async () => {
    const data = jheData([3, 8, 5]);
    const server = await start(release, data);
    const first = await sync(server);
    server.data.observations = [...data.observations.slice(1), observationOf(50_001, 10001, 9999, 0.5)];
    const { report, target } = await sync(server, {}, first);
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toEqual(server.data.observations.map(({ id }) => String(id)).sort());
  });
});

describe("The list of a release that can sort", () => {
  it("is asked for in an order that holds, and then gone through once", async () => {
    const server = await start("head", jheData([1400, 950]));
    await sync(server);
    const searches = server.requests.filter((one) => one.startsWith("/FHIR/R5/Observation"));
    expect(searches).toHaveLength(3);
    expect(searches.every((one) => one.includes("_sort=_lastUpdated"))).toBe(true);
  });
});

describe("What was changed since the last sync", () => {
  it("is all that is asked for where the exchange can tell, as long as the counts agree", async () => {
    const data = jheData([1500, 1500, 10]);
    const server = await start("head", data);
    const first = await sync(server);
    const before = server.requests.length;
    server.data.observations = [...data.observations, observationOf(90_001, 10001, 99_999, 0.5)];
    const { report, target } = await sync(server, {}, first);
    const searches = server.requests.slice(before).filter((one) => one.startsWith("/FHIR/R5/Observation"));
    expect(searches).toHaveLength(1);
    expect(searches[0]).toContain("_lastUpdated=ge");
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toHaveLength(3011);
    expect(target.expected.get("Observation")).toEqual({ expected: 3011, received: 3011, complete: true });
  });

  it("is asked for from further back where a person says so, and never from later than the last sync", async () => {
    const server = await start("head", jheData([100, 100, 10]));
    const first = await sync(server);
    const askedSince = async (since: string): Promise<string> => {
      const before = server.requests.length;
      await sync(server, {}, first, { since });
      const [search = ""] = server.requests.slice(before).filter((one) => one.startsWith("/FHIR/R5/Observation"));
      return new URL(search, server.url).searchParams.get("_lastUpdated") ?? "";
    };
    expect(await askedSince("2020-01-01")).toBe("ge2020-01-01T00:00:00.000Z");
    expect((await askedSince("2030-01-01")) < "ge2025-06-02").toBe(true);
  });

  it("is not believed to be all where one was deleted and another added", async () => {
    const data = jheData([100, 100, 10]);
    const server = await start("head", data);
    const first = await sync(server);
    server.data.observations = [...data.observations.slice(1), observationOf(90_001, 10001, 99_999, 0.5)];
    const { target } = await sync(server, {}, first);
    expect(target.ids("Observation")).toEqual(server.data.observations.map(({ id }) => String(id)).sort());
  });
});

describe("An exchange that is not as it should be", () => {
  it("bears what the guide says of it: data source and time of creation are kept beside the resource", async () => {
    const data = jheData([3, 4]);
    const { extras, target } = await sync(await start("0.0.13", data, { asInTheGuide: true }));
    expect(target.ids("Observation")).toHaveLength(7);
    expect(extras.get("Observation/40001")).toMatchObject({
      dataSource: "70001",
      dataSourceName: "iHealth",
      created: "2024-05-02T15:45:00Z",
    });
  });

  it("and answers for another patient than it was asked for does not bring that one in", async () => {
    const data = jheData([3, 4, 0]);
    const { report, target } = await sync(
      await start("0.0.9", data, {
        before: (_request, _response, { searchParams }) => {
          if (searchParams.get("patient") === "10001") searchParams.set("patient", "10002");
          return false;
        },
      }),
      { studies: ["30001"] },
    );
    expect(target.ids("Observation")).toEqual(["40001", "40002", "40003"]);
    expect(report.complete).toBe(false);
  });

  it("and counts more than it gives is told as incomplete", async () => {
    const data = jheData([3, 4, 0]);
    const server = await start("head", data, {
      before: (_request, response, { pathname }) => {
        if (pathname !== "/api/v1/observations") return false;
        response.writeHead(200).end(JSON.stringify({ count: 12, next: null, previous: null, results: [] }));
        return true;
      },
    });
    const { report, target } = await sync(server);
    expect(report.complete).toBe(false);
    expect(target.expected.get("Observation")).toEqual({ expected: 12, received: 7, complete: false });
  });

  it("and refuses a question that it cannot answer names it before anything is read", async () => {
    const server = await start("head", jheData([3]));
    for (const options of [{ bulk: true }, { group: "1" }, { types: ["Observation"] }])
      await expect(sync(server, {}, undefined, options)).rejects.toMatchObject({ code: "USAGE" });
    expect(server.requests).toEqual([]);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { jheData } from "../../support/jhe-data.ts";
import { jheBench } from "./jhe-bench.ts";

const bench = jheBench();
const { start, sync } = bench;
afterEach(() => bench.close());

describe("The limit of 1,000 observations up to 0.0.8", () => {
  it("is got round by kinds of data first, and what is left comes from the Admin API in the same form", async () => {
    const data = jheData([1900, 10]);
    const synced = await sync(await start("0.0.8", data));
    expect(synced.target.ids("Observation")).toHaveLength(1910);
    const fromAdmin = [...synced.extras].filter(([ref]) => ref.startsWith("Observation/"));
    // More than 1,000 are of glucose; and one patient is in no study.
    expect(fromAdmin.length).toBeGreaterThan(200);
    expect(fromAdmin.length).toBeLessThanOrEqual(276);
    expect(fromAdmin.every(([, extra]) => extra["api"] === "admin")).toBe(true);
    const [ref] = fromAdmin[0] ?? [""];
    expect(JSON.parse(synced.target.held.get(ref) ?? "{}")).toMatchObject({
      resourceType: "Observation",
      status: "final",
      code: { coding: [{ system: "https://w3id.org/openmhealth" }] },
      valueAttachment: { contentType: "application/json" },
    });
  });

  it("is got round within a study as well, where no count of the whole tells", async () => {
    const { report, target } = await sync(await start("0.0.8", jheData([1900, 10])), { studies: ["30001"] });
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toHaveLength(1900);
  });

  it("is told, patient by patient, where the Admin API is closed as well", async () => {
    const data = jheData([1900, 10, 0]);
    const { report, target } = await sync(
      await start("0.0.8", data, {
        before: (_request, response, { pathname, searchParams }) => {
          if (pathname !== "/api/v1/observations" || !searchParams.has("patient_id")) return false;
          response.writeHead(403).end("{}");
          return true;
        },
      }),
    );
    expect(report.complete).toBe(false);
    expect(target.problems.get("Patient/10001")?.reason).toContain("1,000");
    expect(target.expected.get("Observation")).toMatchObject({ expected: 1910, complete: false });
  });

  it("does not make exactly 1,000 look like all of them", async () => {
    const data = jheData([1000, 10, 0]);
    const { report, target } = await sync(await start("0.0.8", data));
    expect(report.complete).toBe(true);
    expect(target.ids("Observation")).toHaveLength(1010);
  });
});

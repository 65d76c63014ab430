import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { WatchEvent } from "../../src/contract/calls/watch.ts";
import type { FhirRecipe } from "../../src/contract/fhir-recipe.ts";
import { createWorkshop } from "../jobs/workshop.ts";
import { momentAt, observationOf, patientOf, startFhirServer } from "../support/fhir-server.ts";
import { untilAborted } from "./until-aborted.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

test("a FHIR server is asked for what changed since the last look, and a look that it refuses to answer is tried again", async () => {
  const root = makeTemporaryDirectory("watch-fhir");
  const server = await startFhirServer([patientOf("p0"), observationOf(1)]);
  server.offers = ["Patient", "Observation"];
  const workshop = await createWorkshop(root);
  const end = new AbortController();
  const asked: string[][] = [];
  const steps = [
    () => server.resources.push({ ...observationOf(2), meta: { lastUpdated: momentAt(500) } }),
    () =>
      (server.faults = {
        intercept: (_request, response) => {
          response.writeHead(200, { "content-type": "text/html" }).end("<p>Under repair</p>");
          return true;
        },
      }),
    () => {
      server.faults = {};
      server.resources.push({ ...observationOf(3), meta: { lastUpdated: momentAt(600) } });
    },
  ];
  let minutes = 0;
  const { app, client } = await workshop.open({
    now: () => new Date(Date.UTC(2026, 0, 31, 12, minutes)),
    sleep: (_milliseconds, signal) => {
      minutes++;
      asked.push(server.asked());
      server.requests = [];
      const step = steps.shift();
      if (step === undefined) return untilAborted(signal);
      step();
      return Promise.resolve();
    },
  });
  const recipe: FhirRecipe = {
    kind: "fhir",
    version: 1,
    selection: {},
    policy: { kind: "identified", reason: "test of watches", withoutConsent: "include" },
    layout: "ndjson",
    gzip: false,
    format: "folder",
    compress: 0,
    destination: join(root, "out"),
  };
  const events: WatchEvent[] = [];
  try {
    await client["sources.add"]({
      kind: "fhir",
      name: "server",
      config: {
        url: server.url,
        timeZone: "Asia/Kolkata",
        types: ["Patient", "Observation"],
        limits: { callsPerMinute: 60_000 },
      },
    });
    for await (const event of client["sources.watch"]({ name: "server", recipe }, end.signal)) {
      events.push(event);
      // What was told last has come.
      if (events.filter(({ type }) => type === "waiting").length === 4) end.abort();
    }
  } catch (thrown) {
    if (!end.signal.aborted) throw thrown;
  } finally {
    await app.close();
    await server.close();
  }
  const packages = events.flatMap((event) => (event.type === "exported" ? event.packages : []));
  const observations = packages.map(
    ({ path }) => readFileSync(join(path, "Observation.ndjson"), "utf8").trim().split("\n").length,
  );
  expect(observations).toEqual([1, 1, 1]);
  expect(events.filter(({ type }) => type === "failed")).toHaveLength(1);
  expect(asked[1]?.some((path) => path.includes("_lastUpdated"))).toBe(true);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { DatasetReceiptHead } from "../../../src/contract/dataset-receipt.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { App } from "../../../src/main/app.ts";
import { fhirTo, pseudonymised } from "../../jobs/dataset-workshop.ts";
import { createWorkshop, resultOf, syncAll } from "../../jobs/workshop.ts";
import { observationOf, patientOf, startFhirServer, type SearchFaults } from "../../support/fhir-server.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const SECRET = "Zyxqua";

const isSearch = (url: URL): boolean => url.pathname.endsWith("/Observation");

/** In place of what a search of observations would find. */
function answering(status: number, type: string, body: string): SearchFaults {
  return {
    intercept(_request, response, url) {
      if (!isSearch(url)) return false;
      response.writeHead(status, { "content-type": type }).end(body);
      return true;
    },
  };
}

function cutAfter(pages: number): SearchFaults {
  let served = 0;
  return {
    mostOnAPage: 50,
    intercept(request, _response, url) {
      if (!url.search.includes("_getpages") || ++served <= pages) return false;
      request.socket.destroy();
      return true;
    },
  };
}

const OUTCOME = JSON.stringify({
  resourceType: "OperationOutcome",
  issue: [{ severity: "error", code: "forbidden", diagnostics: SECRET }],
});

const LIARS: [string, SearchFaults][] = [
  ["counts more than it gives", { total: (real) => real + 50, count: (real) => real + 50 }],
  ["leaves entries out of its pages", { skipsEvery: 7, mostOnAPage: 50 }],
  ["sends on to another origin", { mostOnAPage: 50, next: (url) => url.href.replace("127.0.0.1", "localhost") }],
  ["leads in a circle", { circle: true, mostOnAPage: 50 }],
  ["refuses a type", answering(403, "application/fhir+json", OUTCOME)],
  ["answers with a page to sign in", answering(200, "text/html", `<html>${SECRET}</html>`)],
  ["answers 200 with an OperationOutcome", answering(200, "application/fhir+json", OUTCOME)],
  ["closes the connection in the middle of a first sync", cutAfter(2)],
];

describe("a package of a server that", () => {
  const root = temporaryDirectory("lying-servers");
  let app: App;
  let client: Client<Calls>;

  beforeAll(async () => {
    ({ app, client } = await (await createWorkshop(root)).open());
  });
  afterAll(async () => {
    await app.close();
  });

  it.each(LIARS)(
    "%s says of the type that it is not whole, and has as many lines as it says",
    async (_name, faults) => {
      const name = `source${LIARS.findIndex(([, one]) => one === faults)}`;
      const patients = [0, 1, 2].map((number) => patientOf(`p${number}`, number));
      const observations = Array.from({ length: 300 }, (_, number) => observationOf(number, `p${number % 3}`));
      const server = await startFhirServer([...patients, ...observations], faults);
      try {
        await client["sources.add"]({
          name,
          kind: "fhir",
          config: { url: server.url, limits: { callsPerMinute: 60_000 } },
        });
        // A cut is an error of the sync; what it left is exported all the same.
        await syncAll(client, name).catch(() => undefined);
      } finally {
        await server.close();
      }
      const destination = join(root, name);
      const recipe = fhirTo(destination, { selection: { sources: [name] }, policy: pseudonymised() });
      const { jobId } = await client["exports.start"]({ recipe });
      expect(await resultOf(client, jobId)).toMatchObject({ state: "complete" });
      const folder = join(destination, "fhir_export");
      const text = readFileSync(join(folder, "receipt.json"), "utf8");
      const receipt = JSON.parse(text) as DatasetReceiptHead;
      expect(receipt.sources).toMatchObject([{ name, complete: false }]);
      expect(receipt.sources[0]?.types).toContainEqual(
        expect.objectContaining({ type: "Observation", complete: false }),
      );
      expect(receipt.notices.join(" ")).toContain("Observation");
      expect(text).not.toContain(SECRET);
      for (const { type, exported } of receipt.types) {
        const file = `${type}.ndjson`;
        const lines = readdirSync(folder).includes(file) ? readFileSync(join(folder, file), "utf8").split("\n") : [""];
        expect(lines.length - 1, type).toBe(exported);
      }
    },
  );
});

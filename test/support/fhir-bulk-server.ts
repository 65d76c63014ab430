import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { JsonObject } from "../../src/main/fhir/json.ts";

/** A file that the server has ready. */
export interface ServedFile {
  kind?: "output" | "deleted" | "error";
  type?: string;
  /** As it is sent. */
  lines: string[];
  count?: number | undefined;
  /** Address in the manifest; left out: below the server. */
  url?: string;
}

export interface BulkFaults {
  /** Answers in place of the server; returns whether it did. */
  intercept?: (request: IncomingMessage, response: ServerResponse, url: URL) => boolean;
  /** Statuses of polls before there is a manifest, in turn. */
  polls?: { status: number; headers?: Record<string, string>; body?: unknown }[];
  /** How files are sent: `encoded` says gzip in a header, `packed` does not. */
  gzip?: "encoded" | "packed" | "both";
  /** Files are cut after half of their bytes, so many times each. */
  cuts?: number;
  /** Changes the manifest before it is sent. */
  manifest?: (manifest: JsonObject) => JsonObject;
  /** Needed for everything but files. */
  token?: string;
  /** Parameters that kick-off refuses, by name. */
  refuses?: string[];
  postOnly?: boolean;
  /** Files a page of the manifest. */
  filesAPage?: number;
}

export interface BulkServer {
  url: string;
  origin: string;
  files: ServedFile[];
  faults: BulkFaults;
  transactionTime: string;
  requests: { method: string; url: URL; headers: IncomingMessage["headers"]; body: string }[];
  kickOffs(): { method: string; url: URL; body: string }[];
  /** Export jobs that are still there. */
  jobs: Set<string>;
  close(): Promise<void>;
}

/** A server of bulk exports whose every step can go wrong. */
export async function startBulkServer(files: ServedFile[] = [], faults: BulkFaults = {}): Promise<BulkServer> {
  const cut = new Map<string, number>();
  const polled = new Map<string, number>();
  let number = 0;

  const refuse = (response: ServerResponse, status: number, code: string, diagnostics = ""): void => {
    response
      .writeHead(status, { "content-type": "application/fhir+json" })
      .end(JSON.stringify({ resourceType: "OperationOutcome", issue: [{ severity: "error", code, diagnostics }] }));
  };

  function kickOff(url: URL, method: string, body: string, response: ServerResponse): void {
    const { refuses = [], postOnly } = server.faults;
    if (postOnly === true && method === "GET") return refuse(response, 405, "not-supported");
    const refused = refuses.find((name) => url.searchParams.has(name) || body.includes(`"${name}"`));
    if (refused !== undefined)
      return refuse(response, 400, "not-supported", `The parameter ${refused} is not supported`);
    const id = `job${++number}`;
    server.jobs.add(id);
    response.writeHead(202, { "content-location": `${server.url}/$export-poll-status?_jobId=${id}` }).end();
  }

  function poll(url: URL, response: ServerResponse): void {
    const id = url.searchParams.get("_jobId") ?? "";
    if (!server.jobs.has(id)) return refuse(response, 404, "not-found");
    const { polls = [], filesAPage = 1000, manifest = (one) => one } = server.faults;
    const turn = polled.get(id) ?? 0;
    const answer = polls[turn];
    if (answer !== undefined) {
      polled.set(id, turn + 1);
      response
        .writeHead(answer.status, answer.headers)
        .end(answer.body === undefined ? "" : JSON.stringify(answer.body));
      return;
    }
    const page = Number(url.searchParams.get("page") ?? 0);
    const here = server.files.slice(page * filesAPage, (page + 1) * filesAPage);
    const more = (page + 1) * filesAPage < server.files.length;
    const of = (kind: string) =>
      here.flatMap((file) =>
        (file.kind ?? "output") === kind
          ? [
              {
                url: file.url ?? `${server.origin}/files/${server.files.indexOf(file)}.ndjson`,
                ...(file.type === undefined ? {} : { type: file.type }),
                ...("count" in file
                  ? file.count === undefined
                    ? {}
                    : { count: file.count }
                  : { count: file.lines.length }),
              },
            ]
          : [],
      );
    response.writeHead(200, { "content-type": "application/json", expires: new Date().toUTCString() }).end(
      JSON.stringify(
        manifest({
          transactionTime: server.transactionTime,
          request: "",
          requiresAccessToken: true,
          output: of("output"),
          deleted: of("deleted"),
          error: of("error"),
          ...(more
            ? { link: [{ relation: "next", url: `${url.origin}${url.pathname}?_jobId=${id}&page=${page + 1}` }] }
            : {}),
        }),
      ),
    );
  }

  function serveFile(index: number, response: ServerResponse): void {
    const { gzip, cuts = 0 } = server.faults;
    const file = server.files[index];
    if (file === undefined) return refuse(response, 404, "not-found");
    const key = String(index);
    const text = Buffer.from(file.lines.map((line) => `${line}\n`).join(""));
    const once = gzip === undefined ? text : gzipSync(text);
    const bytes = gzip === "both" ? gzipSync(once) : once;
    const headers = gzip === "encoded" || gzip === "both" ? { "content-encoding": "gzip" } : {};
    const done = cut.get(key) ?? 0;
    if (done < cuts) {
      cut.set(key, done + 1);
      response.writeHead(200, headers);
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
      return;
    }
    response.writeHead(200, { ...headers, "content-type": "application/fhir+ndjson" }).end(bytes);
  }

  const listener = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", server.origin);
      const body = Buffer.concat(chunks).toString();
      const method = request.method ?? "";
      server.requests.push({ method, url, headers: request.headers, body });
      if (server.faults.intercept?.(request, response, url) === true) return;
      const { token } = server.faults;
      if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
        return refuse(response, 401, "login");
      const file = /^\/files\/(\d+)\.ndjson$/.exec(url.pathname)?.[1];
      if (file !== undefined) serveFile(Number(file), response);
      else if (url.pathname.endsWith("/$export-poll-status")) {
        if (method === "DELETE") {
          server.jobs.delete(url.searchParams.get("_jobId") ?? "");
          response.writeHead(202).end();
        } else poll(url, response);
      } else if (url.pathname.endsWith("/$export")) kickOff(url, method, body, response);
      else if (url.pathname.endsWith("/metadata"))
        response.end(
          JSON.stringify({
            resourceType: "CapabilityStatement",
            fhirVersion: "4.0.1",
            rest: [{ mode: "server", resource: [], operation: [{ name: "export", definition: "x" }] }],
          }),
        );
      else refuse(response, 404, "not-found");
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const server: BulkServer = {
    url: `${origin}/fhir`,
    origin,
    files,
    faults,
    transactionTime: "2024-06-01T00:00:00Z",
    requests: [],
    kickOffs: () => server.requests.filter(({ url }) => url.pathname.endsWith("/$export")),
    jobs: new Set(),
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
  return server;
}

/** Lines of a type: ids from `from` on. */
export function linesOfType(type: string, count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({ resourceType: type, id: `${type}-${from + index}` }),
  );
}

export function deletionLine(type: string, id: string): string {
  return JSON.stringify({
    resourceType: "Bundle",
    type: "transaction",
    entry: [{ request: { method: "DELETE", url: `${type}/${id}` } }],
  });
}

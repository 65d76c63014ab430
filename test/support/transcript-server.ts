import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { sharedData } from "./samples.ts";

interface Exchange {
  label: string;
  request?: { method: string; url: string; headers: Record<string, string> };
  response: { status: number; headers: Record<string, string>; body?: string };
}

export const bulkSamples = sharedData("samples/fhir/bulk/special");
const RECORDED = "http://127.0.0.1:9443";
/** Of the connection that was recorded, not of this one. */
const OF_CONNECTION = new Set(["connection", "keep-alive", "content-length", "date", "expires", "etag"]);

function readTranscripts(): Exchange[] {
  return JSON.parse(readFileSync(join(bulkSamples.path, "http-transcripts.json"), "utf8")) as Exchange[];
}

/** Pages of a manifest that were recorded apart; of 13 only the first three were, so that the third is the last here. */
function pageOf(page: number): string | undefined {
  if (page !== 2 && page !== 3) return undefined;
  const text = readFileSync(join(bulkSamples.path, `paged-manifest.page${page}.json`), "utf8");
  if (page === 2) return text;
  const { link: _, ...last } = JSON.parse(text) as { link?: unknown };
  return JSON.stringify(last);
}

export interface TranscriptServer {
  /** Base of the FHIR API of the scenario. */
  url: string;
  /** Exchanges of the scenario that were asked for, by their place in it. */
  replayed: Set<number>;
  requests: { method: string; url: URL; headers: NodeJS.Dict<string | string[]> }[];
  close(): Promise<void>;
}

/**
 * Replays what a real server of bulk exports answered: each recorded request by method and path, several answers to one in their order.
 * Files come from the samples beside the record, or are made to the announced count.
 *
 * @param scenarios labels of exchanges up to their colon or bracket, in the order in which they are answered
 * @param fileOf lines of a file that was not recorded, by its last name
 */
export async function startTranscriptServer(
  scenarios: readonly string[],
  fileOf: (name: string) => string,
): Promise<TranscriptServer> {
  const exchanges = scenarios.flatMap((scenario) =>
    readTranscripts().filter(
      ({ label }) => `${label}:`.startsWith(`${scenario}:`) || label.startsWith(`${scenario} (`),
    ),
  );
  const used = new Map<string, number>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    replay.requests.push({ method: request.method ?? "", url, headers: request.headers });
    const key = `${request.method ?? ""} ${url.pathname}${url.searchParams.has("page") ? url.search : ""}`;
    const matching = exchanges.flatMap((exchange, index) => {
      const recorded = exchange.request;
      if (recorded === undefined) return [{ exchange, index }];
      const asked = new URL(recorded.url);
      const page = asked.searchParams.has("page") ? asked.search : "";
      return `${recorded.method} ${asked.pathname}${page}` === key ? [{ exchange, index }] : [];
    });
    const turn = used.get(key) ?? 0;
    used.set(key, turn + 1);
    const found = matching[Math.min(turn, matching.length - 1)];
    if (found === undefined) {
      const name = url.pathname.split("/").at(-1) ?? "";
      const page = pageOf(Number(url.searchParams.get("page") ?? 0));
      if (page !== undefined) {
        response.end(here(page));
        return;
      }
      if (name.endsWith(".ndjson")) response.end(fileOf(name));
      else if (request.method === "DELETE") response.writeHead(202).end();
      else response.writeHead(404).end();
      return;
    }
    replay.replayed.add(found.index);
    const { status, headers, body = "" } = found.exchange.response;
    const kept = Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name));
    response.writeHead(status, Object.fromEntries(kept.map(([name, value]) => [name, here(value)]))).end(here(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const here = (text: string): string => text.replaceAll(RECORDED, origin);
  const first =
    exchanges.find(({ request }) => request?.url.includes("$export"))?.request?.url ??
    `${RECORDED}/fhir/Patient/$export`;
  const replay: TranscriptServer = {
    url: here(first.replace(/\/fhir\/.*$/, "/fhir")),
    replayed: new Set(),
    requests: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return replay;
}

/**
 * A small HTTP/1.1 client for GET requests to one server: kept connections, timeouts, retries, bounded bodies.
 * node:http rather than fetch: about twice as many instances a second (DESIGN.md), and a body can be taken as it comes.
 */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { SatchelError } from "../../../contract/errors.ts";
import { authorization, readAuthorities } from "./credentials.ts";
import { describeStatus } from "./describe-status.ts";
import type { HttpServer, ServerWords } from "./http-server.ts";
import { describeNetworkError } from "./network-error.ts";
import { backOff, NETWORK_RETRIES, parseRetryAfter, realPatience, retriesFor, type Patience } from "./retry.ts";

/** Takes a body while it arrives. `begin` is called once for each attempt and must forget what came before. */
export interface BodySink {
  /** @param length Content-Length in bytes, undefined where the server did not say. Throwing ends the request for good. */
  begin(length: number | undefined): void;
  chunk(chunk: Buffer): void;
}

export interface HttpResponse {
  status: number;
  headers: IncomingHttpHeaders;
  /** Empty where the body of a 200 went to a sink. */
  body: Buffer;
}

export interface RequestOptions {
  signal: AbortSignal;
  /** Bodies beyond this are refused with TOO_LARGE. Default 16 MiB. */
  maximumBytes?: number;
  /** Receives the body of a 200 in place of `HttpResponse.body`. */
  sink?: BodySink;
}

export interface HttpClient {
  /**
   * GET of a path below the base address. 404 is an answer and returned; everything else than 200 is thrown:
   * SOURCE_REFUSED (401, 403), SOURCE_UNREACHABLE (network, TLS, 5xx that lasted, short body), SOURCE_ANSWER (the rest), TOO_LARGE.
   * An abort rejects with CANCELLED.
   */
  get(path: string, options: RequestOptions): Promise<HttpResponse>;
  close(): void;
}

/** Milliseconds. */
export interface Timeouts {
  /** Until the connection (and TLS) stands. */
  connect: number;
  /** Without a byte from the server. Generous: Orthanc answers some listings only after reading many files. */
  idle: number;
}

const DEFAULT_TIMEOUTS: Timeouts = { connect: 10_000, idle: 60_000 };
const MOST_REDIRECTS = 5;
const DEFAULT_MAXIMUM_BYTES = 16 * 1024 * 1024;

/**
 * @param secret the password (basic) or token (bearer)
 * @throws READ_FAILED where the CA file cannot be read, USAGE where authentication lacks its secret
 */
export function createHttpClient(
  server: HttpServer,
  secret: string | undefined,
  timeouts: Timeouts = DEFAULT_TIMEOUTS,
  patience: Patience = realPatience,
): HttpClient {
  const { words } = server;
  const base = new URL(server.url.endsWith("/") ? server.url : `${server.url}/`);
  const secure = base.protocol === "https:";
  // Not imported: an import of node:http evaluates all it exports, a WebSocket client among it, in every process and worker that never
  // speaks to a server (20 ms each).
  const http = process.getBuiltinModule("node:http");
  const https = process.getBuiltinModule("node:https");
  const agentOptions = {
    keepAlive: true,
    maxSockets: server.concurrency,
    // Orthanc announces "Keep-Alive: timeout=1". Node takes 1,000 ms off that by default and would so never keep a connection.
    agentKeepAliveTimeoutBuffer: 300,
  };
  const authorities = readAuthorities(server);
  const agent = secure
    ? new https.Agent({ ...agentOptions, minVersion: "TLSv1.2", ca: authorities })
    : new http.Agent(agentOptions);
  const headers: OutgoingHttpHeaders = { accept: "*/*", ...authorization(server, secret) };

  const attempt = (url: URL, options: RequestOptions): Promise<HttpResponse> =>
    new Promise((resolve, reject) => {
      const { signal, sink, maximumBytes = DEFAULT_MAXIMUM_BYTES } = options;
      const request = (secure ? https : http).get(url, { agent, headers, signal });
      request.setTimeout(timeouts.idle, () => request.destroy(networkError("ETIMEDOUT")));
      let reused = false;
      // Not before a socket is there: the request may have waited for its turn. (request.reusedSocket misses sockets that are handed on
      // to a waiting request.)
      request.once("socket", (socket) => {
        reused = !socket.connecting;
        if (reused) return;
        const connecting = setTimeout(() => request.destroy(networkError("ETIMEDOUT")), timeouts.connect);
        const stop = (): void => clearTimeout(connecting);
        socket.once(secure ? "secureConnect" : "connect", stop);
        request.once("close", stop);
      });
      request.on("error", (error) => {
        const broken = "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");
        reject(reused && broken ? new StaleConnection("", { cause: error }) : error);
      });
      request.on("response", (response) => {
        const announced = Number(response.headers["content-length"] ?? Number.NaN);
        const length = Number.isNaN(announced) ? undefined : announced;
        const target = response.statusCode === 200 ? sink : undefined;
        const chunks: Buffer[] = [];
        let received = 0;
        const fail = (error: unknown): void => {
          reject(error instanceof Error ? error : new Error(String(error)));
          request.destroy();
        };
        try {
          if (length !== undefined && length > maximumBytes) throw tooLarge(maximumBytes, words);
          target?.begin(length);
        } catch (error) {
          fail(error);
          return;
        }
        response.on("data", (chunk: Buffer) => {
          received += chunk.length;
          try {
            if (received > maximumBytes) throw tooLarge(maximumBytes, words);
            if (target === undefined) chunks.push(chunk);
            else target.chunk(chunk);
          } catch (error) {
            fail(error);
          }
        });
        response.on("error", fail);
        response.on("end", () => {
          if (!response.complete || (length !== undefined && received !== length)) reject(networkError("ECONNRESET"));
          else resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
        });
      });
    });

  return {
    async get(path, options) {
      let url = new URL(path.replace(/^\/+/, ""), base);
      let redirects = 0;
      const { signal } = options;
      for (let tries = 0, stale = 0; ; tries++) {
        if (signal.aborted) throw cancelled(words);
        let failure: SatchelError;
        let retries: number;
        let retryAfter: number | undefined;
        try {
          const response = await attempt(url, options);
          if (response.status === 200 || response.status === 404) return response;
          const target = server.redirects === "within-origin" ? redirectWithin(response, url) : undefined;
          if (target !== undefined && redirects < MOST_REDIRECTS) {
            redirects++;
            tries--;
            url = target;
            continue;
          }
          failure = describeStatus(response, base, words);
          retries = retriesFor(response.status);
          retryAfter = parseRetryAfter(response.headers["retry-after"], patience.now());
        } catch (thrown) {
          if (signal.aborted) throw cancelled(words);
          if (thrown instanceof SatchelError) throw thrown;
          // The server closed a kept connection in the moment it was used again: not an attempt that failed.
          if (thrown instanceof StaleConnection && stale < server.concurrency + 1) {
            stale++;
            tries--;
            continue;
          }
          const described = describeNetworkError(
            thrown instanceof StaleConnection ? thrown.cause : thrown,
            words.server,
          );
          failure = described.error;
          retries = described.retry ? NETWORK_RETRIES : 0;
        }
        if (tries >= retries) throw failure;
        try {
          await patience.sleep(retryAfter ?? backOff(tries, patience.random), signal);
        } catch (thrown) {
          throw signal.aborted ? cancelled(words) : thrown;
        }
      }
    },
    close: () => agent.destroy(),
  };
}

/** @returns where a redirect leads, where that is the same scheme, host and port: nobody else is to see token or answer */
function redirectWithin({ status, headers }: HttpResponse, from: URL): URL | undefined {
  const { location } = headers;
  if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, from.href)) return undefined;
  const target = new URL(location, from);
  return target.origin === from.origin ? target : undefined;
}

/** A kept connection broke before the server said anything. */
class StaleConnection extends Error {}

function networkError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function tooLarge(limit: number, words: ServerWords): SatchelError {
  return new SatchelError(
    "TOO_LARGE",
    `The ${words.server} answered with more than ${limit} bytes where less was expected.`,
    `Check that the address of the source is that of ${words.api}.`,
  );
}

function cancelled(words: ServerWords): SatchelError {
  return new SatchelError("CANCELLED", `The request to the ${words.server} was cancelled.`);
}

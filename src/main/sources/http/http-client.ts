/**
 * A small HTTP/1.1 client for GET requests to one server: kept connections, timeouts, retries, bounded bodies.
 * node:http rather than fetch: about twice as many instances a second (DESIGN.md), and a body can be taken as it comes.
 */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { SatchelError } from "../../../contract/errors.ts";
import { authorization } from "./credentials.ts";
import { describeStatus } from "./describe-status.ts";
import { createExchange, StaleConnection, type Timeouts } from "./exchange.ts";
import type { HttpServer, ServerWords } from "./http-server.ts";
import { describeNetworkError } from "./network-error.ts";
import { readBody, type BodySink } from "./read-body.ts";
import { backOff, NETWORK_RETRIES, parseRetryAfter, realPatience, retriesFor, type Patience } from "./retry.ts";

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
  const exchange = createExchange(server, timeouts);
  const headers: OutgoingHttpHeaders = { accept: "*/*", ...authorization(server, secret) };

  const attempt = async (url: URL, options: RequestOptions): Promise<HttpResponse> => {
    const { signal, sink, maximumBytes = DEFAULT_MAXIMUM_BYTES } = options;
    const response = await exchange.send({ method: "GET", url, headers, signal });
    const target = response.statusCode === 200 ? sink : undefined;
    const chunks: Buffer[] = [];
    const tooMuch = (): SatchelError => tooLarge(maximumBytes, words);
    await readBody(
      response,
      maximumBytes,
      tooMuch,
      target ?? { begin: noLength, chunk: (chunk) => chunks.push(chunk) },
    );
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
  };

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
    close: () => exchange.close(),
  };
}

/** @returns where a redirect leads, where that is the same scheme, host and port: nobody else is to see token or answer */
function redirectWithin({ status, headers }: HttpResponse, from: URL): URL | undefined {
  const { location } = headers;
  if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, from.href)) return undefined;
  const target = new URL(location, from);
  return target.origin === from.origin ? target : undefined;
}

function noLength(): void {
  // Chunks are gathered whatever their length.
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

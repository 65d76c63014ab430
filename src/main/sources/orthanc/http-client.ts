/**
 * A small HTTP/1.1 client for GET requests to one server: kept connections, timeouts, retries, bounded bodies.
 * node:http rather than fetch: about twice as many instances a second (DESIGN.md), and a body can be taken as it comes.
 */
import { readFileSync, statSync } from "node:fs";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { SatchelError } from "../../../contract/errors.ts";
import { describeNetworkError } from "./network-error.ts";
import type { OrthancConfig } from "./orthanc-config.ts";
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
const DEFAULT_MAXIMUM_BYTES = 16 * 1024 * 1024;

/**
 * @param secret the password (basic) or token (bearer)
 * @throws READ_FAILED where the CA file cannot be read, USAGE where authentication lacks its secret
 */
export function createHttpClient(
  config: OrthancConfig,
  secret: string | undefined,
  timeouts: Timeouts = DEFAULT_TIMEOUTS,
  patience: Patience = realPatience,
): HttpClient {
  const base = new URL(config.url.endsWith("/") ? config.url : `${config.url}/`);
  const secure = base.protocol === "https:";
  // Not imported: an import of node:http evaluates all it exports, a WebSocket client among it, in every process and worker that never
  // speaks to a server (20 ms each).
  const http = process.getBuiltinModule("node:http");
  const https = process.getBuiltinModule("node:https");
  const agentOptions = {
    keepAlive: true,
    maxSockets: config.concurrency,
    // Orthanc announces "Keep-Alive: timeout=1". Node takes 1,000 ms off that by default and would so never keep a connection.
    agentKeepAliveTimeoutBuffer: 300,
  };
  const authorities = readAuthorities(config.ca);
  const agent = secure
    ? new https.Agent({ ...agentOptions, minVersion: "TLSv1.2", ca: authorities })
    : new http.Agent(agentOptions);
  const headers: OutgoingHttpHeaders = { accept: "*/*", ...authorization(config, secret) };

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
          if (length !== undefined && length > maximumBytes) throw tooLarge(maximumBytes);
          target?.begin(length);
        } catch (error) {
          fail(error);
          return;
        }
        response.on("data", (chunk: Buffer) => {
          received += chunk.length;
          try {
            if (received > maximumBytes) throw tooLarge(maximumBytes);
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
      const url = new URL(path.replace(/^\/+/, ""), base);
      const { signal } = options;
      for (let tries = 0, stale = 0; ; tries++) {
        if (signal.aborted) throw cancelled();
        let failure: SatchelError;
        let retries: number;
        let retryAfter: number | undefined;
        try {
          const response = await attempt(url, options);
          if (response.status === 200 || response.status === 404) return response;
          failure = describeStatus(response, base);
          retries = retriesFor(response.status);
          retryAfter = parseRetryAfter(response.headers["retry-after"], patience.now());
        } catch (thrown) {
          if (signal.aborted) throw cancelled();
          if (thrown instanceof SatchelError) throw thrown;
          // The server closed a kept connection in the moment it was used again: not an attempt that failed.
          if (thrown instanceof StaleConnection && stale < config.concurrency + 1) {
            stale++;
            tries--;
            continue;
          }
          const described = describeNetworkError(thrown instanceof StaleConnection ? thrown.cause : thrown);
          failure = described.error;
          retries = described.retry ? NETWORK_RETRIES : 0;
        }
        if (tries >= retries) throw failure;
        try {
          await patience.sleep(retryAfter ?? backOff(tries, patience.random), signal);
        } catch (thrown) {
          throw signal.aborted ? cancelled() : thrown;
        }
      }
    },
    close: () => agent.destroy(),
  };
}

/** A kept connection broke before the server said anything. */
class StaleConnection extends Error {}

function authorization(config: OrthancConfig, secret: string | undefined): OutgoingHttpHeaders {
  const { auth } = config;
  if (auth.kind === "none") return {};
  if (secret === undefined || secret === "") {
    const lacking = auth.kind === "basic" ? "password" : "token";
    throw new SatchelError(
      "USAGE",
      `The Orthanc source has ${auth.kind} authentication but no ${lacking}.`,
      `Give the source its ${lacking}.`,
    );
  }
  if (auth.kind === "bearer") {
    if (!/^[\x21-\x7e]+$/.test(secret))
      throw new SatchelError(
        "USAGE",
        "The token of the Orthanc source holds characters that no token can hold.",
        "Give the token again, without spaces and line ends.",
      );
    return { authorization: `Bearer ${secret}` };
  }
  const pair = Buffer.from(`${auth.user}:${secret}`, "utf8").toString("base64");
  return { authorization: `Basic ${pair}` };
}

/** All authorities that the world's browsers trust take a quarter of a megabyte. */
const LARGEST_AUTHORITIES = 4 * 1024 * 1024;

/** The private authority is trusted besides the public ones, as browsers do. */
function readAuthorities(file: string | undefined): string[] | undefined {
  if (file === undefined) return undefined;
  const next = "Give the source a PEM file that holds the certificate of the authority.";
  let pem: string;
  try {
    // A pipe would be waited for, and a device read without end.
    const status = statSync(file);
    if (!status.isFile() || status.size > LARGEST_AUTHORITIES) throw new Error("not a file of certificates");
    pem = readFileSync(file, "utf8");
  } catch (cause) {
    throw new SatchelError("READ_FAILED", "The CA file of the Orthanc source could not be read.", next, { cause });
  }
  if (!pem.includes("-----BEGIN CERTIFICATE-----"))
    throw new SatchelError("READ_FAILED", "The CA file of the Orthanc source holds no PEM certificate.", next);
  return [...process.getBuiltinModule("node:tls").rootCertificates, pem];
}

function describeStatus(response: HttpResponse, base: URL): SatchelError {
  const { status, headers } = response;
  if (status === 401) {
    return new SatchelError(
      "SOURCE_REFUSED",
      "The Orthanc server does not accept the user and password (or token) of the source (401).",
      "Check them with the server's administrator and add the source again.",
    );
  }
  if (status === 403) {
    return new SatchelError(
      "SOURCE_REFUSED",
      "The Orthanc server knows this user but does not allow the request (403).",
      "Ask the server's administrator for read access to the REST API.",
    );
  }
  if (status >= 300 && status < 400) {
    // Not followed: credentials would go to wherever it points.
    const target = redirectOrigin(headers.location, base);
    return new SatchelError(
      "SOURCE_ANSWER",
      `The Orthanc server redirects${target === undefined ? "" : ` to ${target}`} (${status}), which is not followed.`,
      "Give the source the address to which the server redirects, if you trust it.",
    );
  }
  if (status >= 500 || status === 408 || status === 429) {
    return new SatchelError(
      status === 500 ? "SOURCE_ANSWER" : "SOURCE_UNREACHABLE",
      `The Orthanc server could not serve the request (${status}), and trying again did not help.`,
      "Look into the server's log, then try again.",
    );
  }
  return new SatchelError(
    "SOURCE_ANSWER",
    `The Orthanc server answered with the unexpected status ${status}.`,
    "Check that the address of the source is that of Orthanc's REST API.",
  );
}

function redirectOrigin(location: string | undefined, base: URL): string | undefined {
  if (location === undefined || !URL.canParse(location, base.href)) return undefined;
  const { origin } = new URL(location, base);
  return origin === "null" ? undefined : origin;
}

function networkError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function tooLarge(limit: number): SatchelError {
  return new SatchelError(
    "TOO_LARGE",
    `The Orthanc server answered with more than ${limit} bytes where less was expected.`,
    "Check that the address of the source is that of Orthanc's REST API.",
  );
}

function cancelled(): SatchelError {
  return new SatchelError("CANCELLED", "The request to the Orthanc server was cancelled.");
}

/**
 * One HTTP/1.1 request: kept connections and timeouts, nothing is tried again and no redirect followed. The body comes as a stream, so
 * that whoever reads it sets the pace.
 */
import type { Agent, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { readAuthorities } from "./credentials.ts";
import type { HttpServer } from "./http-server.ts";

/** Milliseconds. */
export interface Timeouts {
  /** Until the connection (and TLS) stands. */
  connect: number;
  /** Without a byte from the server. Generous: some servers answer only once they have gone through all they hold. */
  idle: number;
}

export interface ExchangeRequest {
  method: "GET" | "POST" | "DELETE";
  url: URL;
  headers: OutgoingHttpHeaders;
  body?: Buffer | undefined;
  signal: AbortSignal;
}

export interface Exchange {
  /**
   * @returns once the headers are there. Its body must be read to the end or destroyed; one that was cut is an error of the stream.
   * @throws StaleConnection, or what node:http throws; the signal's abort included
   */
  send(request: ExchangeRequest): Promise<IncomingMessage>;
  close(): void;
}

/** A kept connection broke before the server said anything: not an attempt that failed. */
export class StaleConnection extends Error {}

/** @throws READ_FAILED where the CA file cannot be read */
export function createExchange(server: Pick<HttpServer, "ca" | "concurrency" | "words">, timeouts: Timeouts): Exchange {
  // Not imported: an import of node:http evaluates all it exports, a WebSocket client among it, in every process and worker that never
  // speaks to a server (20 ms each).
  const http = process.getBuiltinModule("node:http");
  const https = process.getBuiltinModule("node:https");
  const options = {
    keepAlive: true,
    maxSockets: server.concurrency,
    // Orthanc announces "Keep-Alive: timeout=1". Node takes 1,000 ms off that by default and would so never keep a connection.
    agentKeepAliveTimeoutBuffer: 300,
  };
  const authorities = readAuthorities(server);
  const agents: Record<string, Agent> = {};
  const agentFor = (secure: boolean): Agent =>
    (agents[secure ? "https" : "http"] ??= secure
      ? new https.Agent({ ...options, minVersion: "TLSv1.2", ca: authorities })
      : new http.Agent(options));
  return {
    send: ({ method, url, headers, body, signal }) =>
      new Promise((resolve, reject) => {
        const secure = url.protocol === "https:";
        const request = (secure ? https : http).request(url, { method, agent: agentFor(secure), headers, signal });
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
        request.on("response", resolve);
        request.end(body);
      }),
    close: () => Object.values(agents).forEach((agent) => agent.destroy()),
  };
}

export function networkError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

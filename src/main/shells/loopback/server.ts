import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import { SatchelError } from "../../../contract/errors.ts";
import { MAXIMUM_FRAME } from "../../../contract/rpc.ts";
import type { App } from "../../app.ts";
import { answerPicture, isPicturePath } from "../picture-answer.ts";
import { limitConnections } from "./connections.ts";
import { allowedHosts, refuse, refuseUpgrade } from "./guard.ts";
import { contentSecurityPolicy } from "../content-security-policy.ts";
import { COMMON_HEADERS } from "./headers.ts";
import { PageFiles } from "./page-files.ts";
import { toWire } from "./socket-wire.ts";
import { Tickets } from "./tickets.ts";

/** More than a browser ever opens: pages, their wires and pictures. */
const MOST_CONNECTIONS = 256;
const MOST_PAGES = 16;
/** For what a request says of itself; a loopback connection needs milliseconds. */
const PATIENCE_MS = 10_000;
/** How long an address that was printed is good for. */
const ADDRESS_LIFETIME_MS = 15 * 60_000;
const WIRE_PROTOCOL = "satchel";

export interface LoopbackOptions {
  /** Further addresses under which the browser may call: the near end of a tunnel, "http://localhost:9000". */
  origins?: readonly string[];
  /** Called with the number of pages that are connected, whenever it changes. */
  onPages?: (pages: number) => void;
}

export interface LoopbackServer {
  /** Opens the window once, within the next quarter of an hour: a ticket stands in the fragment, which browsers do not send. */
  address: string;
  port: number;
  /** Another such address. @param onEnd called once, when it was used or is too old */
  newAddress(lifetime?: number, onEnd?: () => void): string;
  close(): Promise<void>;
}

/**
 * Serves the built window and the application's wire on 127.0.0.1, to this machine's browser and nobody else.
 *
 *     GET  /, /assets/...     the page: no secret, no patient
 *     POST /session           Authorization: Bearer TICKET -> { session }; a ticket is used up. 401 where it is old
 *     GET  /session           whether a session is (still) one: 204 or 401
 *     GET  /pictures/frame    with the session; see contract/pictures.ts
 *     GET  /wire              WebSocket, protocols "satchel" and the session; frames of contract/rpc.ts
 *
 * @param page folder of the built page
 * @param port 0 for any that is free
 * @throws SatchelError NOT_FOUND (the page is not built), IN_USE (the port), USAGE (an origin that is none of this machine)
 */
export async function serveLoopback(
  app: App,
  page: string,
  port: number,
  options: LoopbackOptions = {},
): Promise<LoopbackServer> {
  const files = new PageFiles(page);
  allowedHosts(port, options.origins ?? []);
  const tickets = new Tickets();
  const server = createServer({
    headersTimeout: PATIENCE_MS,
    requestTimeout: PATIENCE_MS,
    connectionsCheckingInterval: 2000,
  });
  server.keepAliveTimeout = 30_000;
  const connections = limitConnections(server, MOST_CONNECTIONS);
  const bound = await listen(server, port);
  const hosts = allowedHosts(bound, options.origins ?? []);
  const wires = new WebSocketServer({
    noServer: true,
    maxPayload: MAXIMUM_FRAME,
    // The session was offered as a protocol and must not come back in an answer.
    handleProtocols: () => WIRE_PROTOCOL,
  });

  server.on("request", (request, response) => {
    const { socket } = request;
    const done = connections.busy(socket);
    if (done === undefined) {
      socket.destroy();
      return;
    }
    response.on("close", done);
    void answer({ app, files, tickets, hosts, known: () => connections.release(socket) }, request, response);
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  server.on("upgrade", (request, socket: Socket, head) => {
    const path = pathOf(request);
    const [protocol, session = ""] = (request.headers["sec-websocket-protocol"] ?? "").split(/,\s*/);
    const refusal = refuseUpgrade({ path, headers: request.headers }, hosts);
    if (refusal !== undefined) end(socket, refusal.status);
    else if (path !== "/wire") end(socket, 404);
    else if (protocol !== WIRE_PROTOCOL || !tickets.isSession(session)) end(socket, 401);
    else if (wires.clients.size >= MOST_PAGES) end(socket, 503);
    else {
      connections.release(socket);
      wires.handleUpgrade(request, socket, head, (peer) => {
        options.onPages?.(wires.clients.size);
        peer.on("close", () => options.onPages?.(wires.clients.size));
        app.serve(toWire(peer));
      });
    }
  });

  const newAddress = (lifetime = ADDRESS_LIFETIME_MS, onEnd?: () => void): string =>
    `http://127.0.0.1:${bound}/#${tickets.issue(lifetime, onEnd)}`;
  return {
    port: bound,
    address: newAddress(),
    newAddress,
    async close() {
      tickets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const peer of wires.clients) peer.terminate();
      connections.closeAll();
      await closed;
    },
  };
}

interface Serving {
  app: App;
  files: PageFiles;
  tickets: Tickets;
  hosts: ReadonlySet<string>;
  /** The connection has shown a session: it is the window's own. */
  known(): void;
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request);
  const method = request.method ?? "";
  const say = (status: number, headers: Record<string, string | number>, body?: string | Buffer): void => {
    response.writeHead(status, { ...COMMON_HEADERS, "cache-control": "no-store", ...headers });
    response.end(method === "HEAD" ? undefined : body);
  };
  // Nobody sends a body; what comes of one is thrown away with the connection.
  if (request.headers["content-length"] !== undefined && request.headers["content-length"] !== "0")
    response.shouldKeepAlive = false;
  const refusal = refuse({ method, path, headers: request.headers }, serving.hosts);
  if (refusal !== undefined) {
    const allow: Record<string, string> = refusal.status === 405 ? { allow: "GET, HEAD" } : {};
    say(refusal.status, { "content-type": "text/plain", ...allow }, refusal.reason);
    return;
  }
  try {
    if (path === "/session") answerSession(serving.tickets, request, say);
    else if (isPicturePath(path)) {
      if (!serving.tickets.isSession(bearer(request))) {
        say(401, {});
        return;
      }
      serving.known();
      const gone = new AbortController();
      response.on("close", () => gone.abort());
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      const picture = await answerPicture(serving.app, url, gone.signal);
      say(picture.status, picture.headers, picture.body);
    } else await answerPage(serving.files, path, say);
  } catch {
    // The page is being built anew, or its folder has gone.
    if (response.headersSent) response.destroy();
    else say(404, {});
  }
}

type Say = (status: number, headers: Record<string, string | number>, body?: string | Buffer) => void;

function answerSession(tickets: Tickets, request: IncomingMessage, say: Say): void {
  if (request.method === "GET") {
    say(tickets.isSession(bearer(request)) ? 204 : 401, {});
    return;
  }
  const session = tickets.redeem(bearer(request));
  if (session === undefined) say(401, {});
  else say(200, { "content-type": "application/json" }, JSON.stringify({ session }));
}

async function answerPage(files: PageFiles, path: string, say: Say): Promise<void> {
  const file = files.find(path);
  if (file === undefined) {
    // Browsers ask for it unbidden; the window's icon is named in the page.
    say(path === "/favicon.ico" ? 204 : 404, {});
    return;
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = { "content-security-policy": contentSecurityPolicy(nonce) };
  if (path === "/" || path === "/index.html") {
    say(200, { "content-type": file.type, ...policy }, files.start(nonce));
    return;
  }
  const bytes = await file.read();
  const cache = file.hashed ? "public, max-age=31536000, immutable" : "no-cache";
  say(200, { "content-type": file.type, "content-length": bytes.length, ...policy, "cache-control": cache }, bytes);
}

function bearer(request: IncomingMessage): string {
  return /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
}

/** As it was written, not decoded: see PageFiles. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? "").replace(/\?.*$/s, "");
}

function end(socket: Socket, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once("error", (error: NodeJS.ErrnoException) =>
    reject(
      error.code === "EADDRINUSE" || error.code === "EACCES"
        ? new SatchelError("IN_USE", `Port ${port} of this machine is not free.`, "Choose another with --port.", {
            cause: error,
          })
        : error,
    ),
  );
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    resolve(typeof address === "object" && address !== null ? address.port : port);
  });
  return promise;
}

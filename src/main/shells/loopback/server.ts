import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { WebSocketServer, type WebSocket } from "ws";
import { MAXIMUM_FRAME, type Wire } from "../../../contract/rpc.ts";
import type { App } from "../../app.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".png": "image/png",
  ".json": "application/json",
};

export interface LoopbackServer {
  /** With the token in the fragment, which browsers do not send. */
  address: string;
  close(): Promise<void>;
}

/** Serves the built window and the application's wire on 127.0.0.1. */
export async function serveLoopback(app: App, page: string, port: number): Promise<LoopbackServer> {
  const token = randomBytes(32).toString("base64url");
  const server = createServer((request, response) => {
    void answer(page, request, response);
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAXIMUM_FRAME });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const bound = server.address();
  const origin = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : port}`;
  server.on("upgrade", (request, socket, head) => {
    const offered = (request.headers["sec-websocket-protocol"] ?? "").split(/,\s*/);
    if (request.headers.origin !== origin || !offered.some((one) => isToken(one, token))) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (peer) => app.serve(toWire(peer)));
  });
  return {
    address: `${origin}/#${token}`,
    async close() {
      for (const peer of sockets.clients) peer.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function isToken(offered: string, token: string): boolean {
  const given = Buffer.from(offered);
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function toWire(peer: WebSocket): Wire {
  return {
    send: (text) => peer.send(text),
    onText: (handler) => peer.on("message", (data: Buffer) => handler(data.toString("utf8"))),
    onClose: (handler) => peer.on("close", handler),
    close: () => peer.close(),
  };
}

async function answer(page: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
  const file = normalize(join(page, path === "/" ? "index.html" : path));
  if (!file.startsWith(page + sep)) {
    response.writeHead(404).end();
    return;
  }
  try {
    const nonce = randomBytes(16).toString("base64");
    const bytes = await readFile(file);
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-security-policy": `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self' ${"ws:"}//127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    });
    response.end(extname(file) === ".html" ? bytes.toString("utf8").replaceAll("__NONCE__", nonce) : bytes);
  } catch {
    response.writeHead(404).end();
  }
}

import { createServer, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { Wire } from "../../src/contract/rpc.ts";
import { toWire } from "../../src/main/shells/loopback/socket-wire.ts";

const MEBIBYTE = "x".repeat(1024 * 1024);
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** A page and the wire to it, over a real socket. */
async function connectPage(): Promise<{ page: WebSocket; peer: WebSocket; wire: Wire }> {
  const server = createServer();
  servers.push(server);
  const sockets = new WebSocketServer({ server });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const accepted = new Promise<WebSocket>((resolve) => sockets.once("connection", resolve));
  const page = new WebSocket(`ws://127.0.0.1:${port}`);
  const peer = await accepted;
  await new Promise((resolve) => (page.readyState === page.OPEN ? resolve(undefined) : page.once("open", resolve)));
  server.close();
  return { page, peer, wire: toWire(peer) };
}

it("takes no more questions from a page that does not read the answers, and goes on where it reads again", async () => {
  const { page, peer, wire } = await connectPage();
  const heard: string[] = [];
  wire.onText((text) => heard.push(text));
  page.pause();
  // Until more is left lying than the system takes.
  while (!peer.isPaused) wire.send(MEBIBYTE);
  expect(peer.bufferedAmount).toBeLessThan(16 * 1024 * 1024);
  page.send("a question");
  page.resume();
  await expect.poll(() => heard).toEqual(["a question"]);
  expect(peer.isPaused).toBe(false);
  page.terminate();
});

it("gives up a page that lets everything lie", async () => {
  const { page, peer, wire } = await connectPage();
  const closed = new Promise<void>((resolve) => wire.onClose(resolve));
  page.pause();
  for (let sent = 0; sent < 200 && peer.readyState === peer.OPEN; sent++) wire.send(MEBIBYTE);
  await closed;
  // Nothing is kept for it, and nothing thrown.
  wire.send("more");
  page.terminate();
});

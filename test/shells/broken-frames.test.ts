/** A page, or what pretends to be one, that breaks the WebSocket protocol: its wire ends, and nothing else does. */
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { startWindowProcess, type WindowProcess } from "../support/window-process.ts";

let satchel: WindowProcess;
let origin: string;
let session: string;

beforeAll(async () => {
  satchel = await startWindowProcess(join(temporaryDirectory("broken-frames"), "workspace"));
  const address = new URL(await satchel.newAddress());
  ({ origin } = address);
  const headers = { authorization: `Bearer ${address.hash.slice(1)}`, origin };
  const answer = await fetch(`${origin}/session`, { method: "POST", headers });
  expect(answer.status).toBe(200);
  ({ session } = (await answer.json()) as { session: string });
});
afterAll(() => satchel.end());

/** Opens a wire, sends bytes over it, and waits until the other side has ended it. */
async function sendRaw(bytes: Buffer): Promise<void> {
  const { host, hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const lines = [
    "GET /wire HTTP/1.1",
    `Host: ${host}`,
    `Origin: ${origin}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    `Sec-WebSocket-Protocol: satchel, ${session}`,
  ];
  socket.on("error", () => undefined);
  const ended = new Promise((resolve) => socket.once("close", resolve));
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  const first = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
  expect(first.toString("latin1")).toMatch(/^HTTP\/1\.1 101/);
  socket.resume().write(bytes);
  await ended;
}

it.each([
  // RFC 6455: 5.2 reserved bits, unknown opcode, 5.1 unmasked, 5.5 a long control frame, 8.1 text that is no UTF-8, 7.4 no such code
  ["reserved bits", [0xf1, 0x80, 0, 0, 0, 0]],
  ["an unknown opcode", [0x83, 0x80, 0, 0, 0, 0]],
  ["an unmasked frame", [0x81, 0x01, 0x78]],
  ["a ping that is too long", [0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0]],
  ["text that is no UTF-8", [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]],
  ["a closing that is none", [0x88, 0x82, 0, 0, 0, 0, 0x00, 0x01]],
])("outlives %s", async (_what, bytes) => {
  await sendRaw(Buffer.from(bytes));
  expect(new URL(await satchel.newAddress()).origin).toBe(origin);
});

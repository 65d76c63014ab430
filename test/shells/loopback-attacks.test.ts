import { createServer, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { MAXIMUM_FRAME } from "../../src/contract/rpc.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

interface Answer {
  status: number;
  text: string;
}

/** One attacker for each way in; after each of them the real page still works. */
describe("whoever is not the window", () => {
  let window: TestWindow;
  let port: number;
  let session: string;
  let other: Server;
  let otherOrigin: string;

  beforeAll(async () => {
    window = await openWindow({ passphrase: "correct horse" });
    await window.page.getByRole("navigation").waitFor();
    port = window.server.port;
    session = (await window.page.evaluate(`sessionStorage.getItem("satchel-session")`)) as string;
    expect(session).toMatch(/^[\w-]{43}$/);
    other = createServer((_request, response) =>
      response.setHeader("content-type", "text/html").end("<!doctype html><title>other</title>"),
    );
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    otherOrigin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  });
  afterAll(async () => {
    await window.close();
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  });

  /** The engine answers the page: its state comes over a wire that was opened anew. */
  async function expectTheWindowWorks(): Promise<void> {
    await window.page.reload();
    await window.page.getByRole("navigation").waitFor();
  }

  /** A request as it is, letter by letter: no library in between that would mend it. */
  function send(head: string): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const socket = connect(port, "127.0.0.1", () => socket.write(head.replaceAll("\n", "\r\n")));
    let text = "";
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => (text += chunk));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text }));
    return promise;
  }
  const get = (path: string, headers = "", host = `127.0.0.1:${port}`): Promise<Answer> =>
    send(`GET ${path} HTTP/1.1\nHost: ${host}\nConnection: close\n${headers}\n`);

  const UPGRADE =
    "Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\n";
  const upgrade = (headers: string, host = `127.0.0.1:${port}`): Promise<Answer> =>
    send(`GET /wire HTTP/1.1\nHost: ${host}\n${UPGRADE}${headers}\n`);
  const own = (): string => `Origin: http://127.0.0.1:${port}\n`;

  it("gets no wire without a session, with an old one, or with the ticket that was used", async () => {
    const used = new URL(window.address).hash.slice(1);
    for (const protocol of ["", "Sec-WebSocket-Protocol: satchel\n", `Sec-WebSocket-Protocol: satchel, ${used}\n`])
      expect((await upgrade(own() + protocol)).status).toBe(401);
    expect((await upgrade(`${own()}Sec-WebSocket-Protocol: satchel, ${"A".repeat(43)}\n`)).status).toBe(401);
    expect((await upgrade(`${own()}Sec-WebSocket-Protocol: ${session}\n`)).status).toBe(401);
    await expectTheWindowWorks();
  });

  it("gets no session for a ticket that was used, and none without one", async () => {
    const used = new URL(window.address).hash.slice(1);
    for (const ticket of [used, "", "x", "A".repeat(43), session]) {
      const head = `POST /session HTTP/1.1\nHost: 127.0.0.1:${port}\nConnection: close\nContent-Length: 0\nAuthorization: Bearer ${ticket}\n\n`;
      expect((await send(head)).status).toBe(401);
    }
    await expectTheWindowWorks();
  });

  it("gets no picture without a session", async () => {
    expect((await get("/pictures/frame?instance=1")).status).toBe(401);
    expect((await get("/pictures/frame?instance=1", `Authorization: Bearer ${"A".repeat(43)}\n`)).status).toBe(401);
    expect((await get("/pictures/frame?instance=1", `Cookie: satchel-session=${session}\n`)).status).toBe(401);
  });

  it("is refused under another host's name, even with the session: a foreign name may point here", async () => {
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      "127.0.0.1",
      `127.0.0.1.evil.example:${port}`,
      `[::1]:${port}`,
    ]) {
      expect((await get("/", "", host)).status, host).toBe(421);
      const headers = `Origin: http://${host}\nSec-WebSocket-Protocol: satchel, ${session}\n`;
      expect((await upgrade(headers, host)).status, host).toBe(421);
      expect((await get("/pictures/frame?instance=1", `Authorization: Bearer ${session}\n`, host)).status).toBe(421);
    }
    await expectTheWindowWorks();
  });

  it("is refused from another origin, even with the session", async () => {
    for (const origin of [
      otherOrigin,
      "null",
      "http://localhost",
      `https://127.0.0.1:${port}`,
      `http://localhost:${port}`,
    ]) {
      const from = `Origin: ${origin}\n`;
      expect((await upgrade(`${from}Sec-WebSocket-Protocol: satchel, ${session}\n`)).status, origin).toBe(403);
      expect((await get("/pictures/frame?instance=1", `${from}Authorization: Bearer ${session}\n`)).status).toBe(403);
      expect((await get("/", from)).status).toBe(403);
    }
    expect((await upgrade(`Sec-WebSocket-Protocol: satchel, ${session}\n`)).status, "none at all").toBe(403);
    const site = "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: image\n";
    expect((await get("/", site)).status).toBe(403);
    const frame = "Sec-Fetch-Site: same-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe\n";
    expect((await get("/", frame)).status).toBe(403);
    await expectTheWindowWorks();
  });

  it("may call it localhost, as a tunnel does", async () => {
    const host = `localhost:${port}`;
    expect((await get("/", "", host)).status).toBe(200);
  });

  it("reads no file but the page's, however the path is written", async () => {
    const up = [
      "../",
      "..%2f",
      "%2e%2e/",
      "%2e%2e%2f",
      "..%5c",
      "..\\",
      "..%252f",
      "..%c0%af",
      "%c0%ae%c0%ae/",
      "....//",
      "..;/",
      "..%00/",
    ];
    const targets = ["package.json", "etc/passwd", "etc%2fpasswd"];
    for (const step of up)
      for (const target of targets)
        for (const start of ["/", "/assets/", "//", "/./", "/%2e/"]) {
          const path = `${start}${step.repeat(6)}${target}`;
          const { status, text } = await get(path);
          expect([400, 404], path).toContain(status);
          expect(text).not.toMatch(/root:|"dependencies"/);
        }
    for (const path of [
      "file:///etc/passwd",
      "http://127.0.0.1/../etc/passwd",
      "*",
      "/assets",
      "/assets/",
      "/index.html/",
      "/INDEX.HTML",
      "/.",
      "/index.html%00.js",
    ])
      expect([400, 404], path).toContain((await get(path)).status);
    await expectTheWindowWorks();
  });

  it("can only read: no method changes anything", async () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]) {
      const { status } = await send(
        `${method} / HTTP/1.1\nHost: 127.0.0.1:${port}\nConnection: close\nContent-Length: 0\n\n`,
      );
      expect(status, method).toBe(405);
    }
  });

  it("finds every answer shut to others, and learns nothing of who serves", async () => {
    for (const path of ["/", "/none", "/session"]) {
      const { text } = await get(path);
      const head = text.split("\r\n\r\n")[0]?.toLowerCase() ?? "";
      for (const header of [
        "nosniff",
        "referrer-policy: no-referrer",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-embedder-policy: require-corp",
        "cross-origin-resource-policy: same-origin",
        "cache-control: no-store",
        "permissions-policy:",
        "x-frame-options: deny",
      ])
        expect(head, `${path} ${header}`).toContain(header);
      expect(head).not.toMatch(/^(?:server|x-powered-by|access-control-allow)/m);
      expect(text).not.toContain(session);
    }
    const { text } = await get("/");
    const policy = /content-security-policy: (.*)/i.exec(text)?.[1] ?? "";
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[A-Za-z0-9+/=]{24}';/);
    expect(policy).not.toMatch(/unsafe|\*|ws:/);
    expect((await get("/")).text).not.toContain(/'nonce-[^']+'/.exec(policy)?.[0]);
  });

  it("is refused as another page in the same browser: fetch, image, WebSocket, frame, opened window", async () => {
    const page = await window.context.newPage();
    await page.goto(otherOrigin);
    const target = `http://127.0.0.1:${port}`;
    const seen = await page.evaluate(`(async () => {
      const target = ${JSON.stringify(target)};
      const session = ${JSON.stringify(session)};
      const outcome = async (action) => { try { return String(await action()); } catch { return "refused"; } };
      const loaded = (make) => new Promise((resolve, reject) => {
        const element = make();
        element.onload = () => resolve("loaded");
        element.onerror = () => reject(new Error("refused"));
        document.body.append(element);
      });
      const socket = (protocols) => new Promise((resolve, reject) => {
        const peer = new WebSocket(target.replace("http", "ws") + "/wire", protocols);
        peer.onopen = () => resolve("open");
        peer.onerror = () => reject(new Error("refused"));
      });
      const opened = window.open(target + "/");
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return {
        fetch: await outcome(async () => (await fetch(target + "/")).status),
        fetchWithSession: await outcome(async () =>
          (await fetch(target + "/pictures/frame?instance=1", { headers: { authorization: "Bearer " + session } })).status),
        fetchBlind: await outcome(async () => (await (await fetch(target + "/", { mode: "no-cors" })).text()).length),
        ticket: await outcome(async () => (await fetch(target + "/session", { method: "POST" })).status),
        image: await outcome(() => loaded(() => Object.assign(new Image(), { src: target + "/pictures/frame?instance=1" }))),
        script: await outcome(() => loaded(() => Object.assign(document.createElement("script"), { src: target + "/" }))),
        socket: await outcome(() => socket([])),
        socketWithSession: await outcome(() => socket(["satchel", session])),
        storage: sessionStorage.getItem("satchel-session"),
        openedReadable: await outcome(() => opened.document.title),
        openedClosed: opened.closed,
      };
    })()`);
    expect(seen).toEqual({
      fetch: "refused",
      fetchWithSession: "refused",
      fetchBlind: "refused",
      ticket: "refused",
      image: "refused",
      script: "refused",
      socket: "refused",
      socketWithSession: "refused",
      storage: null,
      openedReadable: "refused",
      // Severed: the opener holds nothing of it any more.
      openedClosed: true,
    });
    await page.setContent(`<iframe src="${target}/"></iframe>`);
    const framed = page.frames().at(-1);
    await framed?.waitForLoadState();
    expect(await framed?.content()).not.toContain("satchel");
    await page.close();
    for (const one of window.context.pages()) if (one !== window.page) await one.close();
    await expectTheWindowWorks();
  });

  it("cannot make the server hold a frame of 100 MB, nor a body", async () => {
    const length = 100 * 1024 * 1024;
    // Text, whole, masked; its length in 64 bits (RFC 6455 5.2).
    const frame = Buffer.alloc(14);
    frame.writeUInt16BE(0x81ff);
    frame.writeBigUInt64BE(BigInt(length), 2);
    const wire = `GET /wire HTTP/1.1\nHost: 127.0.0.1:${port}\n${UPGRADE}${own()}Sec-WebSocket-Protocol: satchel, ${session}\n\n`;
    const body = `POST /session HTTP/1.1\nHost: 127.0.0.1:${port}\nContent-Length: ${length}\n\n`;
    for (const [head, start] of [
      [wire, frame],
      [body, Buffer.alloc(0)],
    ] as const) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(head.replaceAll("\n", "\r\n"));
      const first = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
      expect(first.toString("latin1")).toMatch(/^HTTP\/1\.1 (?:101|401)/);
      socket.resume().write(start);
      let taken = 0;
      const chunk = Buffer.alloc(64 * 1024);
      while (taken < length && !socket.destroyed && socket.writable) {
        if (!socket.write(chunk)) await new Promise((resolve) => socket.once("drain", resolve).once("close", resolve));
        taken += chunk.length;
      }
      // What the system's own buffers between the two hold.
      expect(taken).toBeLessThan(MAXIMUM_FRAME);
      socket.destroy();
    }
    await expectTheWindowWorks();
  });

  it("cannot send what is no frame, nor binary, nor a body without end", async () => {
    for (const message of ["", "x", "[]", '{"t":"request"}', Buffer.from([0xff, 0xfe])]) {
      const peer = new WebSocket(`ws://127.0.0.1:${port}/wire`, ["satchel", session], {
        origin: `http://127.0.0.1:${port}`,
      });
      await new Promise((resolve, reject) => peer.once("open", resolve).once("error", reject));
      const closed = new Promise<void>((resolve) => peer.once("close", () => resolve()));
      peer.send(message);
      await closed;
    }
    const { status } = await send(
      `POST /session HTTP/1.1\nHost: 127.0.0.1:${port}\nContent-Length: 5\nConnection: close\n\nhello`,
    );
    expect(status).toBe(401);
    await expectTheWindowWorks();
  });

  it("cannot open more wires than windows, not even with a session", async () => {
    const peers = Array.from({ length: 24 }, () => {
      const peer = new WebSocket(`ws://127.0.0.1:${port}/wire`, ["satchel", session], {
        origin: `http://127.0.0.1:${port}`,
      });
      const { promise, resolve } = Promise.withResolvers<boolean>();
      peer.once("open", () => resolve(true)).once("error", () => resolve(false));
      return { peer, opened: promise };
    });
    const opened = await Promise.all(peers.map((one) => one.opened));
    expect(opened.filter(Boolean).length).toBeLessThanOrEqual(16);
    expect(opened.filter(Boolean).length).toBeGreaterThan(0);
    for (const { peer } of peers) peer.terminate();
    await expectTheWindowWorks();
  });

  it("cannot keep the window out with 10,000 connections, silent or slow", async () => {
    const held = new Set<Socket>();
    let refused = 0;
    for (let count = 0; count < 10_000; count++) {
      const socket = connect(port, "127.0.0.1");
      held.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        refused++;
        held.delete(socket);
      });
      if (count % 2 === 0) socket.write("GET / HTTP/1.1\r\nHost: ");
      if (count % 100 === 99) await new Promise((resolve) => socket.once("connect", resolve).once("close", resolve));
      // In the midst of it, not only afterwards.
      if (count === 5_000) await expectTheWindowWorks();
    }
    await expectTheWindowWorks();
    await expect.poll(() => held.size).toBeLessThanOrEqual(256);
    expect(refused).toBeGreaterThan(9_000);
    for (const socket of held) socket.destroy();
    await expectTheWindowWorks();
  });
});

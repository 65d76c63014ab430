import { connect, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveLoopback } from "../../src/main/shells/loopback/server.ts";
import { builtPage } from "../support/built-page.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

describe("the window in a browser", () => {
  let window: TestWindow;
  beforeAll(async () => {
    window = await openWindow({ passphrase: "correct horse" });
  });
  afterAll(() => window.close());

  it("shows itself, and its address bar keeps no ticket", async () => {
    await window.page.getByRole("navigation").waitFor();
    expect(new URL(window.page.url()).hash).not.toContain(new URL(window.address).hash.slice(1));
    expect(window.complaints).toEqual([]);
  });

  it("comes back after it was loaded anew", async () => {
    await window.page.reload();
    await window.page.getByRole("navigation").waitFor();
    expect(window.complaints).toEqual([]);
  });

  it("asks nobody but its own server for anything", async () => {
    const asked: string[] = [];
    window.page.on("request", (request) => asked.push(request.url()));
    window.page.on("websocket", (socket) => asked.push(socket.url()));
    await window.page.reload();
    await window.page.getByRole("navigation").waitFor();
    expect(asked.length).toBeGreaterThan(2);
    const own = new RegExp(`^(?:(?:http|ws)://127\\.0\\.0\\.1:${window.server.port}/|data:|blob:)`);
    expect(asked.filter((url) => !own.test(url))).toEqual([]);
  });

  it("does not open at an address that was used before", async () => {
    const stranger = await window.browser.newContext();
    const page = await stranger.newPage();
    const refused = page.waitForResponse((response) => response.url().endsWith("/session"));
    await page.goto(window.address);
    expect((await refused).status()).toBe(401);
    await expect(page.getByRole("navigation").count()).resolves.toBe(0);
    await stranger.close();
  });

  it("opens at a new address", async () => {
    const other = await window.browser.newContext();
    const page = await other.newPage();
    await page.goto(window.server.newAddress());
    await page.getByRole("navigation").waitFor();
    await other.close();
  });

  it("starts with a clean console: the browser knows every header that it is sent", async () => {
    const other = await window.browser.newContext();
    const page = await other.newPage();
    const said: string[] = [];
    // "info" is React's, which is built for tests here.
    page.on("console", (message) => void (message.type() === "info" || said.push(message.text())));
    await page.goto(window.server.newAddress());
    await page.getByRole("navigation").waitFor();
    expect(said).toEqual([]);
    await other.close();
  });

  it("opens through a tunnel whose near end has another port, where that was named, and not otherwise", async () => {
    let target = 0;
    const tunnel = createServer((near) => {
      const far = connect(target, "127.0.0.1");
      near.pipe(far).pipe(near);
      for (const end of [near, far]) end.on("error", () => [near, far].forEach((one) => one.destroy()));
    });
    await new Promise<void>((resolve) => tunnel.listen(0, "127.0.0.1", resolve));
    const address = tunnel.address();
    const origin = `http://localhost:${typeof address === "object" && address !== null ? address.port : 0}`;
    const server = await serveLoopback(window.app, await builtPage(), 0, { origins: [origin] });
    const other = await window.browser.newContext();
    const page = await other.newPage();
    target = server.port;
    await page.goto(`${origin}/${new URL(server.address).hash}`);
    await page.getByRole("navigation").waitFor();
    await server.close();
    target = window.server.port;
    expect((await page.reload())?.status()).toBe(421);
    await other.close();
    await new Promise((resolve) => tunnel.close(resolve));
  });
});

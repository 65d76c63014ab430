import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWindow, type TestWindow } from "../../support/window.ts";

/** More than the server keeps of connections, and of answers more than the system's own buffers hold. */
const CONNECTIONS = 500;
const ANSWERS = 20;
const KEPT = 256;

describe("another program on the machine that asks for the page and does not read it", () => {
  let window: TestWindow;
  const held = new Set<Socket>();

  beforeAll(async () => {
    window = await openWindow({ passphrase: "correct horse" });
    await window.page.getByRole("navigation").waitFor();
  });
  afterAll(async () => {
    for (const socket of held) socket.destroy();
    await window.close();
  });

  it("is dropped when it comes too often: it uses up no connections and no memory, and keeps nobody out", async () => {
    const { port } = window.server;
    const script = (await window.page.evaluate(`document.querySelector("script[src]").getAttribute("src")`)) as string;
    const request = `GET ${script} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
    const before = process.memoryUsage().rss;
    for (let count = 0; count < CONNECTIONS; count++) {
      const socket = connect(port, "127.0.0.1");
      held.add(socket);
      socket.pause();
      socket.on("error", () => undefined);
      socket.on("close", () => held.delete(socket));
      socket.write(request.repeat(ANSWERS));
      if (count % 50 === 49) await new Promise((resolve) => setTimeout(resolve, 50));
      if (count === CONNECTIONS - 1) {
        await window.page.reload();
        await window.page.getByRole("navigation").waitFor();
      }
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(1.5 * 1024 ** 3);
    // A paused socket does not see its end. What is written to one that has been destroyed is answered by a reset, and fails then.
    for (let round = 0; round < 3; round++) {
      for (const socket of held) socket.write("\r\n");
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const alive = held.size;
    expect(alive).toBeLessThanOrEqual(KEPT);
    await window.page.reload();
    await window.page.getByRole("navigation").waitFor();
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
});

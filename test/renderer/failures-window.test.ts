import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WebSocketRoute } from "playwright-core";
import { serveLoopback } from "../../src/main/shells/loopback/server.ts";
import { syncAll } from "../jobs/workshop.ts";
import { builtPage } from "../support/built-page.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { engineOf } from "../support/window-engine.ts";
import { goTo } from "../support/window-steps.ts";
import { openWindow, type TestWindow } from "../support/window.ts";

let window: TestWindow;
const typed = makeTemporaryDirectory("failures-window");
/** The line between page and engine, in hand: it can be cut and kept cut. */
const line: { open: boolean; current: WebSocketRoute | undefined } = { open: true, current: undefined };

function cut(): void {
  line.open = false;
  void line.current?.close();
}

beforeAll(async () => {
  window = await openWindow({ passphrase: "a passphrase for tests" });
  const engine = engineOf(window);
  const { name } = await engine["sources.addDemo"]({});
  await syncAll(engine, name);
  await window.page.routeWebSocket(/\/wire$/, (socket) => {
    if (!line.open) {
      void socket.close();
      return;
    }
    socket.connectToServer();
    line.current = socket;
  });
  await window.page.reload();
  await window.page.getByRole("grid", { name: "Patients" }).waitFor();
});
afterAll(() => window.close());

describe("a connection that is lost", () => {
  it("is said at once, costs nothing that was typed, and comes back by itself", async () => {
    const { page } = window;
    await goTo(window, "#/exports/new");
    const folder = page.getByRole("textbox", { name: "Folder for the packages" });
    await folder.fill(typed);
    cut();
    const alert = page.getByText("The connection to Satchel is lost.");
    await alert.first().waitFor();
    expect(await folder.inputValue()).toBe(typed);
    line.open = true;
    await page
      .getByRole("alert")
      .filter({ hasText: "The connection to Satchel is lost." })
      .waitFor({ state: "detached" });
    expect(await folder.inputValue()).toBe(typed);
    await page.getByRole("button", { name: "Take everything" }).click();
    await page.getByText("Counted once How is complete.").waitFor();
    await page.getByRole("button", { name: "Make key" }).click();
    await page.getByText(/34 studies .* 663 instances/).waitFor();
  });

  it("shows afterwards what has changed meanwhile", async () => {
    const { page } = window;
    await goTo(window, "#/settings");
    await page.getByRole("heading", { name: "Project keys" }).waitFor();
    cut();
    await page.getByText("The connection to Satchel is lost.").first().waitFor();
    await engineOf(window)["keys.new"]({ name: "made-meanwhile" });
    expect(await page.getByText("made-meanwhile").count()).toBe(0);
    line.open = true;
    await page.getByText("made-meanwhile").waitFor();
  });
});

describe("a folder that cannot be used", () => {
  it("is named where it was chosen, and nothing is said to be counted meanwhile", async () => {
    const { page } = window;
    const file = join(typed, "no-folder.txt");
    writeFileSync(file, "");
    await goTo(window, "#/exports/new");
    await page.getByRole("textbox", { name: "Folder for the packages" }).fill(file);
    await page.getByText("Not counted: see under Where what is wrong.").waitFor();
    expect(await page.getByText("Counting what this is").count()).toBe(0);
    await page.getByRole("textbox", { name: "Folder for the packages" }).fill(typed);
    await page.getByText(/34 studies .* 663 instances/).waitFor();
  });
});

describe("a screen that fails", () => {
  it("says so, takes no other screen with it, and works again where the cause is gone", async () => {
    const { page } = window;
    await goTo(window, "#/browse/studies");
    await page.evaluate(() => {
      const whole = Object.getOwnPropertyDescriptor(Intl.ListFormat.prototype, "format") ?? {};
      Intl.ListFormat.prototype.format = () => {
        throw new Error("made to fail by a test");
      };
      Object.assign(globalThis, { mend: () => Object.defineProperty(Intl.ListFormat.prototype, "format", whole) });
    });
    await page.locator('[role=row][aria-rowindex="3"]:not([aria-busy])').first().click();
    await page.getByRole("button", { name: "Try again" }).waitFor();
    expect(await page.getByText("made to fail by a test").count()).toBe(0);
    await page.getByRole("navigation").getByText("Packages").click();
    await page.getByRole("heading", { name: "Packages", level: 1 }).waitFor();
    await page.getByRole("navigation").getByText("Browse").click();
    await page.getByRole("button", { name: "Try again" }).waitFor();
    await page.evaluate(() => (globalThis as unknown as { mend: () => void }).mend());
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("complementary", { name: "Study" }).waitFor();
  });
});

describe("an engine that was ended and started anew", () => {
  it("refuses the window of the one before, which says so instead of waiting for ever", async () => {
    const { page } = window;
    const port = Number(new URL(window.address).port);
    await window.server.close();
    await page.getByText("The connection to Satchel is lost.").first().waitFor();
    const next = await serveLoopback(window.app, await builtPage(), port);
    try {
      await page.getByRole("heading", { name: "This window is no longer let in" }).waitFor();
      expect(await page.getByRole("grid").count()).toBe(0);
      await page.goto(next.newAddress());
      await page.getByRole("grid").waitFor();
    } finally {
      await next.close();
    }
  });
});

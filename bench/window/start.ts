import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { browserArguments } from "../../src/main/shells/loopback/browser.ts";
import { sayMs } from "./figures.ts";
import { keyFileOf } from "./many-studies.ts";

const ROOT = resolve(import.meta.dirname, "..", "..");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Without a screen; a port is how the benchmark looks into the window that Satchel itself opened. */
const WITHOUT_SCREEN = ["--headless=new", "--disable-gpu"];
const PATIENCE_MS = 60_000;

/** The ways to start: as in a clone, and as built. */
const ENTRIES = {
  unbuilt: join(ROOT, "src", "main", "shells", "cli", "index.ts"),
  built: join(ROOT, "out", "main", "cli.js"),
} as const;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  await new Promise<void>((closed) => server.close(() => closed()));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A program in the browser's place that starts it without a screen. */
function writeBrowser(folder: string, port: number): string {
  const file = join(folder, "browser.sh");
  writeFileSync(file, `#!/bin/sh\nexec ${CHROMIUM} ${WITHOUT_SCREEN.join(" ")} --remote-debugging-port=${port} "$@"\n`);
  chmodSync(file, 0o700);
  return file;
}

async function attach(port: number): Promise<Browser> {
  for (const end = Date.now() + PATIENCE_MS; ; await wait(5)) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

async function firstPage(browser: Browser, isIt: (page: Page) => boolean): Promise<Page> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(5)) {
    const page = browser
      .contexts()
      .flatMap((context) => context.pages())
      .find(isIt);
    if (page !== undefined) return page;
  }
  throw new Error("the window did not come");
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((exit) => child.once("exit", () => exit()));
  child.kill("SIGTERM");
  await ended;
}

/** Milliseconds from the start of the process until rows are shown, and until a click on one is answered. */
async function startOnce(entry: string, workspace: string): Promise<{ rows: number; usable: number }> {
  const folder = mkdtempSync(join(tmpdir(), "satchel-start-"));
  const port = await freePort();
  const args = [
    entry,
    "open",
    "--workspace",
    workspace,
    "--key-file",
    keyFileOf(workspace),
    "--browser",
    writeBrowser(folder, port),
  ];
  const began = Date.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  try {
    const browser = await attach(port);
    const page = await firstPage(browser, (one) => one.url().startsWith("http://127.0.0.1"));
    const shown = await page.waitForFunction(
      () => document.querySelector("[role=row][data-index='2']:not([aria-busy])") !== null && Date.now(),
      undefined,
      { timeout: PATIENCE_MS },
    );
    const rows = Number(await shown.jsonValue()) - began;
    // The cell that picks: the answer is a row that says it is picked.
    await page.locator("[role=row][data-index='2'] [data-pick]").click();
    const answered = await page.waitForFunction(
      () => document.querySelector("[role=row][data-index='2'][aria-selected='true']") !== null && Date.now(),
    );
    const usable = Number(await answered.jsonValue()) - began;
    await browser.close();
    return { rows, usable };
  } finally {
    await end(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The same browser with the same arguments and a page with nothing in it: what no application can be faster than. */
async function startEmpty(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "satchel-empty-"));
  const port = await freePort();
  const file = join(folder, "empty.html");
  writeFileSync(file, "<!doctype html><title>Empty</title><p>Empty</p>");
  const args = browserArguments(join(folder, "profile"), pathToFileURL(file).href, process.getuid?.() === 0);
  const began = Date.now();
  const child = spawn(writeBrowser(folder, port), args, { stdio: "ignore" });
  try {
    const browser = await attach(port);
    const page = await firstPage(browser, (one) => one.url().startsWith("file:"));
    const shown = await page.waitForFunction(() => document.querySelector("p") !== null && Date.now());
    const ms = Number(await shown.jsonValue()) - began;
    await browser.close();
    return ms;
  } finally {
    await end(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** From the start of the process to a window that answers, alternately with the empty page. */
export async function measureStart(workspaces: Readonly<Record<string, string>>, runs: number): Promise<void> {
  console.log("\nStart to usable (limit 1,500)");
  for (const [kind, entry] of Object.entries(ENTRIES)) {
    if (!existsSync(entry)) continue;
    for (const [name, workspace] of Object.entries(workspaces)) {
      const empty: number[] = [];
      const rows: number[] = [];
      const usable: number[] = [];
      for (let run = 0; run < runs; run++) {
        empty.push(await startEmpty());
        const one = await startOnce(entry, workspace);
        rows.push(one.rows);
        usable.push(one.usable);
      }
      sayMs(`${kind}, ${name}: first of all`, [usable[0] ?? Number.NaN]);
      sayMs(`${kind}, ${name}: rows shown`, rows);
      sayMs(`${kind}, ${name}: usable`, usable);
      sayMs("baseline: the browser with an empty page", empty);
    }
  }
}

import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { createApp, type App, type AppPorts } from "../../src/main/app.ts";
import { workerEntry } from "../../src/main/places.ts";
import { serveLoopback, type LoopbackServer } from "../../src/main/shells/loopback/server.ts";
import { builtPage } from "./built-page.ts";
import { makeTemporaryDirectory } from "./temporary-directory.ts";
import { rmSync } from "node:fs";

export interface PageOptions {
  colorScheme?: "light" | "dark";
  /** "en-GB", "pt-BR", "ar" ... */
  locale?: string;
  viewport?: { width: number; height: number };
  /** 2 shows the page as a browser does at 200 %: half as many CSS pixels, each twice as large. */
  zoom?: number;
  /** Further ones, for Chromium. */
  browserArguments?: readonly string[];
  /** Of the browser, beside that of the test. */
  environment?: Record<string, string>;
}

export interface TestPage {
  page: Page;
  context: BrowserContext;
  browser: Browser;
  /** What the page wrote to its console as an error, and what it threw: a journey ends with none. */
  complaints: string[];
}

export interface WindowOptions extends PageOptions {
  /** Folder of the workspace; a new one of its own where left out, removed at the end. */
  workspace?: string;
  /** Opens or makes the workspace before the page is shown; left out, the page asks for it. */
  passphrase?: string;
  /** Further ports of the application. */
  ports?: Partial<AppPorts>;
}

export interface TestWindow extends TestPage {
  app: App;
  server: LoopbackServer;
  /** Of the first page; used up. `server.newAddress()` makes another. */
  address: string;
  workspace: string;
  close(): Promise<void>;
}

/** A little less than a test may take: what is waited for in vain is then named. A busy machine is no error of the window. */
const PATIENCE_MS = 55_000;

/** Chromium as the tests need it: Debian's, or another by CHROMIUM. */
function launchBrowser({ browserArguments = [], environment }: PageOptions): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", ...browserArguments],
    ...(environment === undefined ? {} : { env: { ...process.env, ...environment } }),
  });
}

/** Opens an address of the window in a browser of its own. Close the browser at the end, always. */
export async function openPage(address: string, options: PageOptions = {}): Promise<TestPage> {
  const { zoom = 1, viewport = { width: 1280, height: 800 } } = options;
  const browser = await launchBrowser(options);
  try {
    const context = await browser.newContext({
      viewport: { width: Math.round(viewport.width / zoom), height: Math.round(viewport.height / zoom) },
      deviceScaleFactor: zoom,
      colorScheme: options.colorScheme ?? "light",
      ...(options.locale === undefined ? {} : { locale: options.locale }),
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`.trim());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(address);
    return { page, context, browser, complaints };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** The whole application in its window: the built page over the loopback shell in a real browser. Call `close` at the end, always. */
export async function openWindow(options: WindowOptions = {}): Promise<TestWindow> {
  const own = options.workspace === undefined ? makeTemporaryDirectory("window") : undefined;
  const workspace = options.workspace ?? join(own!, "workspace");
  const { passphrase } = options;
  const endings: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const end of endings.splice(0).toReversed()) await end();
  };
  if (own !== undefined) endings.push(() => rmSync(own, { recursive: true, force: true, maxRetries: 3 }));
  try {
    const folder = await builtPage();
    const app = await createApp({
      paths: { workspace },
      access: "write",
      shell: "loopback",
      user: "tester",
      now: () => new Date(),
      workerFile: workerEntry("jobs/worker"),
      ...(passphrase === undefined ? {} : { secrets: () => ({ kind: "passphrase", passphrase }) as const }),
      ...options.ports,
    });
    endings.push(() => app.close());
    const server = await serveLoopback(app, folder, 0);
    endings.push(() => server.close());
    const opened = await openPage(server.address, options);
    endings.push(() => opened.browser.close());
    return { ...opened, app, server, address: server.address, workspace, close };
  } catch (error) {
    await close();
    throw error;
  }
}

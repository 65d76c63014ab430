/** A page in real Chromium behind the face of Electron's WebContents. Chromium knows no `app:` scheme: an address that no network has stands for it. */
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import {
  chromium,
  type BrowserContext,
  type Frame,
  type Page,
  type Request as Asked,
  type Route,
} from "playwright-core";
import { record, tell } from "./control.ts";

const STAND_IN = "https://satchel.invalid";
type Handler = (request: Request) => Promise<Response>;
type Decide = (answer: { cancel?: boolean }) => void;
interface FrameFace {
  readonly url: string;
}

/** What the application registered on its session; asked for every request that the page makes. */
export const network: {
  handlers: Map<string, Handler>;
  beforeRequest: ((details: { url: string }, decide: Decide) => void) | undefined;
  permits: (permission: string) => boolean;
} = { handlers: new Map(), beforeRequest: undefined, permits: () => true };

const outward = (url: string): string => url.replace(/^app:\/\/satchel/, STAND_IN);
const inward = (url: string): string => (url.startsWith(STAND_IN) ? `app://satchel${url.slice(STAND_IN.length)}` : url);

export class Contents extends EventEmitter {
  readonly ipc: EventEmitter;
  readonly #preload: string;
  #page: Page | undefined;
  #own = false;
  #open: (details: { url: string }) => { action: string } = () => ({ action: "allow" });
  readonly mainFrame: FrameFace;

  constructor(preload: string, ipc: EventEmitter) {
    super();
    this.#preload = preload;
    this.ipc = ipc;
    this.mainFrame = Object.defineProperty({ url: "" }, "url", { get: () => this.getURL() });
  }

  getURL(): string {
    return inward(this.#page?.url() ?? "");
  }

  isDestroyed(): boolean {
    return this.#page?.isClosed() ?? false;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#open = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    const deliver = `globalThis[Symbol.for("double")]?.(${JSON.stringify(channel)}, ${JSON.stringify(args)})`;
    // A page that is just being left does not hear.
    this.#page?.evaluate(deliver).catch(() => undefined);
  }

  startDrag(item: unknown): void {
    record("webContents.startDrag", item);
  }

  reload(): void {
    void this.load(this.getURL());
  }

  async load(url: string): Promise<void> {
    this.#own = true;
    await this.#page?.goto(outward(url), { waitUntil: "domcontentloaded" }).catch(() => undefined);
    this.#own = false;
  }

  async start(userData: string): Promise<BrowserContext> {
    const context = await chromium.launchPersistentContext(userData, {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"],
      viewport: null,
    });
    const page = context.pages()[0] ?? (await context.newPage());
    this.#page = page;
    const asked = ["notifications", "geolocation", "clipboard-read", "camera", "microphone"];
    await context.grantPermissions(asked.filter((permission) => network.permits(permission)));
    await page.exposeBinding("__double", ({ frame }, channel: string, args: unknown[]) => {
      const senderFrame = frame === page.mainFrame() ? this.mainFrame : this.#face(frame);
      this.ipc.emit(channel, { sender: this, senderFrame }, ...args);
    });
    await page.addInitScript({ content: inPage(readFileSync(this.#preload, "utf8")) });
    await context.route(
      () => true,
      (route) => this.#answer(route),
    );
    context.on("page", (popup) => {
      const { action } = this.#open({ url: inward(popup.url()) });
      record("window.open", action);
      if (action === "deny") void popup.close();
    });
    // Unlike Playwright's own event, this one is not told of a change of the fragment.
    const session = await context.newCDPSession(page);
    await session.send("Page.enable");
    session.on("Page.frameNavigated", ({ frame }) => {
      if (frame.parentId === undefined) this.emit("did-navigate", {}, inward(frame.url));
    });
    tell({ debugger: readFileSync(`${userData}/DevToolsActivePort`, "utf8").split("\n")[0] ?? "" });
    return context;
  }

  #face(frame: Frame): FrameFace {
    return { url: inward(frame.url()) };
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = inward(request.url());
    const frame = frameOf(request);
    // Of a window that the page opens: its handler decides, and nothing is loaded into it before.
    if (frame === undefined || frame.page() !== this.#page) {
      await route.abort();
      return;
    }
    if (request.isNavigationRequest() && !this.#own && !this.#mayNavigate(url, frame)) {
      record("refused navigation", url);
      // 204 leaves the page as it is, as a navigation that was prevented does.
      await route.fulfill({ status: 204 });
      return;
    }
    const { cancel } = await new Promise<{ cancel?: boolean }>((resolve) =>
      network.beforeRequest === undefined ? resolve({}) : network.beforeRequest({ url }, resolve),
    );
    const handler = network.handlers.get(new URL(url).protocol.slice(0, -1));
    if (cancel === true || handler === undefined) {
      record(cancel === true ? "refused request" : "request that left", url);
      await route.abort();
      return;
    }
    const answer = await handler(new Request(url, { method: request.method() }));
    const body = Buffer.from(await answer.arrayBuffer());
    await route
      .fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body })
      .catch(() => undefined);
  }

  #mayNavigate(url: string, frame: Frame): boolean {
    let allowed = true;
    const preventDefault = (): void => void (allowed = false);
    const isMainFrame = frame === this.#page?.mainFrame();
    if (isMainFrame) this.emit("will-navigate", { url, isMainFrame, preventDefault });
    this.emit("will-frame-navigate", { url, isMainFrame, preventDefault });
    return allowed;
  }
}

/** Undefined while the window that asks is still being opened. */
function frameOf(request: Asked): Frame | undefined {
  try {
    return request.frame();
  } catch {
    return undefined;
  }
}

/** Runs the real preload before the page's own scripts, with the two parts of Electron that a sandboxed one may ask for. */
function inPage(preload: string): string {
  return `(() => {
    const toMain = globalThis.__double;
    delete globalThis.__double;
    const heard = {};
    Object.defineProperty(globalThis, Symbol.for("double"), {
      value: (channel, args) => (heard[channel] ?? []).forEach((handler) => handler({}, ...args)),
    });
    const electron = {
      contextBridge: { exposeInMainWorld: (name, value) => Object.defineProperty(globalThis, name, { value }) },
      ipcRenderer: {
        send: (channel, ...args) => void toMain(channel, args),
        on: (channel, handler) => void (heard[channel] ??= []).push(handler),
      },
      webUtils: { getPathForFile: (file) => "/dropped/" + file.name },
    };
    const require = (name) => {
      if (name === "electron") return electron;
      throw new Error("a sandboxed preload cannot require " + name);
    };
    ((require, module, exports) => { ${preload} })(require, { exports: {} }, {});
  })();`;
}

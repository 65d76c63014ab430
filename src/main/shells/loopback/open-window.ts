import { SatchelError } from "../../../contract/errors.ts";
import { createApp, type AppPorts } from "../../app.ts";
import { findBrowser } from "./browser.ts";
import { openBrowserWindow, type BrowserWindow } from "./browser-window.ts";
import { hangDoorbell } from "./doorbell.ts";
import { fileManager } from "./reveal.ts";
import { serveLoopback } from "./server.ts";
import { watchWindow } from "./window-life.ts";

export interface WindowOptions {
  /** Folder of the built page. */
  page: string;
  /** 0 for any that is free. */
  port: number;
  origins: readonly string[];
  /** Path or name of a browser; the first that is found where left out. */
  browser: string | undefined;
  /** Serves, and opens nothing. */
  headless: boolean;
  /** Goes on when the window is closed. */
  stay: boolean;
  signal: AbortSignal;
  /** What a person should know. */
  note(text: string): void;
  /** Headless: an address that works once. */
  onAddress(address: string): void;
}

/**
 * Runs the application in a browser's window until that is closed, or the signal is aborted.
 *
 * @param ports without what this shell supplies itself
 * @throws SatchelError NOT_FOUND (no browser, no built page), IN_USE (the port), USAGE, CONNECTION_LOST (the window never came)
 */
export async function openLoopbackWindow(
  ports: Omit<AppPorts, "shell" | "onBusy" | "resumeJobs" | "reveal">,
  options: WindowOptions,
): Promise<void> {
  const { headless, signal } = options;
  const browser = headless ? undefined : findBrowser(options.browser);
  let busy = false;
  let shown = false;
  const life = watchWindow(
    () => busy,
    () => options.note("The window is closed; Satchel ends when its jobs have. `satchel open` shows them again."),
  );
  const reveal = fileManager(headless);
  const app = await createApp({
    ...ports,
    shell: "loopback",
    resumeJobs: true,
    onBusy: (now) => (busy = now),
    ...(reveal === undefined ? {} : { reveal }),
  });
  const endings: (() => Promise<void>)[] = [() => app.close()];
  try {
    const server = await serveLoopback(app, options.page, options.port, {
      origins: options.origins,
      onPages: (count) => {
        if (count > 0 && !shown) options.note("The window is open.");
        shown ||= count > 0;
        life.pages(count);
      },
    });
    endings.push(() => server.close());
    const newAddress = (lifetime?: number, onEnd?: () => void): string =>
      inTunnel(server.newAddress(lifetime, onEnd), options.origins);
    let window: BrowserWindow | undefined;
    const doorbell = await hangDoorbell(ports.paths.workspace, (ask) => {
      if (ask === "address") return newAddress();
      // A headless one has no browser of its own: whoever asks is told where to look.
      if (window === undefined) return newAddress();
      window.open();
      return null;
    });
    endings.push(() => doorbell.close());
    if (browser === undefined) options.onAddress(newAddress());
    else {
      const opened = await openBrowserWindow(browser, (lifetime, onEnd) => server.newAddress(lifetime, onEnd));
      window = opened;
      endings.push(() => opened.close());
      void opened.ended.then(() => life.browserEnded());
    }
    const aborted = new Promise<"aborted">((resolve) => {
      if (signal.aborted) resolve("aborted");
      signal.addEventListener("abort", () => resolve("aborted"), { once: true });
    });
    const end = await (headless || options.stay ? aborted : Promise.race([aborted, life.over]));
    if (end === "never shown")
      throw new SatchelError(
        "CONNECTION_LOST",
        "The browser ended before it had shown the window.",
        "Name another with --browser, or take --headless and open the address yourself.",
      );
  } finally {
    life.stop();
    for (const close of endings.toReversed()) await close();
  }
}

/** The address as the browser at the near end of a tunnel has to call it. */
function inTunnel(address: string, origins: readonly string[]): string {
  const [origin] = origins;
  return origin === undefined ? address : `${origin.replace(/\/$/, "")}/${new URL(address).hash}`;
}

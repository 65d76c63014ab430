import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { SatchelError } from "../../../contract/errors.ts";
import { browserArguments } from "./browser.ts";
import { makePrivateFolder } from "./private-folder.ts";

/** Time for a browser to start on a slow machine; a ticket that was not used by then is worth nothing. */
const TICKET_LIFETIME_MS = 120_000;
/** A browser asked to end writes down its profile first; nobody needs that. */
const ENDING_MS = 3_000;

export interface BrowserWindow {
  /** Another window of the same browser. */
  open(): void;
  /** Settles when the browser that was started first has ended. */
  readonly ended: Promise<void>;
  /** Ends the browser and removes what it wrote. */
  close(): Promise<void>;
}

/**
 * Opens the window in a browser of its own. The ticket travels in a file that only this user can read, and that is gone as soon as the
 * ticket was used.
 *
 * @param newAddress makes an address that works once
 * @throws SatchelError NOT_FOUND where the browser cannot be started
 */
export async function openBrowserWindow(
  browser: string,
  newAddress: (lifetime: number, onEnd: () => void) => string,
): Promise<BrowserWindow> {
  const folder = makePrivateFolder();
  const children = new Set<ChildProcess>();
  // Where the process ends without a word: at the second Ctrl-C, for example.
  const clear = (): void => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", clear);
  const launch = (): ChildProcess => {
    const file = join(folder, `open-${randomBytes(8).toString("hex")}.html`);
    const address = newAddress(TICKET_LIFETIME_MS, () => rmSync(file, { force: true }));
    writeFileSync(file, redirectTo(address), { mode: 0o600, flag: "wx" });
    const args = browserArguments(join(folder, "profile"), pathToFileURL(file).href, process.getuid?.() === 0);
    // What browsers say on their streams is of no use to anybody here.
    const child = spawn(browser, args, { stdio: "ignore" });
    children.add(child);
    child.once("exit", () => children.delete(child));
    return child;
  };
  const first = launch();
  const ended = new Promise<void>((resolve) => first.once("exit", () => resolve()));
  try {
    await new Promise<void>((resolve, reject) => {
      first.once("spawn", resolve);
      first.once("error", reject);
    });
  } catch (cause) {
    process.off("exit", clear);
    rmSync(folder, { recursive: true, force: true });
    throw new SatchelError("NOT_FOUND", "The browser could not be started.", "Name another with --browser.", { cause });
  }
  return {
    // Chromium hands the address on to the process that has the profile.
    open: () => void launch().on("error", () => undefined),
    ended,
    async close() {
      const all = [...children].map((child) => new Promise<void>((resolve) => child.once("exit", () => resolve())));
      for (const child of children) child.kill("SIGTERM");
      await Promise.race([Promise.all(all), wait(ENDING_MS, undefined, { ref: false })]);
      for (const child of children) child.kill("SIGKILL");
      await Promise.all(all);
      // Its helpers may write for a moment after it has gone.
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      process.off("exit", clear);
    },
  };
}

/** A page that leads on at once and leaves no trace in the history. The address holds no character that HTML knows. */
function redirectTo(address: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Satchel</title><meta http-equiv="refresh" content="0;url=${address}">\n`;
}

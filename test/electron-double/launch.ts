/** Starts the built application: under real Electron where its binary is present, otherwise under the double. Tests see no difference. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { projectRoot } from "../support/run-command.ts";
import type { Recorded, ToDouble, ToTest } from "./control.ts";
import { launchElectron } from "./launch-electron.ts";

export interface Launched {
  page: Page;
  /** What the application asked of the platform so far, by name, oldest first. */
  recorded: (what: string) => Promise<unknown[][]>;
  /** What the next dialog of this kind is answered with. */
  answer: (dialog: string, value: unknown) => Promise<void>;
  /** A person does something to the window; `load` shows an address as nothing but the main process can. */
  act: (act: Extract<ToDouble, { act: string }>["act"], value?: unknown) => Promise<void>;
  /** Resolves with the exit code. */
  exited: Promise<number | null>;
  /** Ends it whatever it does. */
  kill: () => Promise<void>;
}

export interface LaunchOptions {
  /** A built tree: support/built-tree.ts. */
  tree: string;
  workspace: string;
  userData: string;
  /** "basic_text" is Chromium's password from its source code, "none" no key store at all. */
  keyStore?: "gnome_libsecret" | "basic_text" | "none";
  /** Work areas, the primary one first; the double's alone. */
  displays?: { x: number; y: number; width: number; height: number }[];
}

const ELECTRON = join(projectRoot, "node_modules", "electron", "dist", "electron");
export const RUNS_ON = existsSync(ELECTRON) ? "real Electron" : "the double in real Chromium";

export function launch(options: LaunchOptions): Promise<Launched> {
  return existsSync(ELECTRON) ? launchElectron(ELECTRON, options) : launchDouble(options);
}

/** Of the double's process, without a window: what a second start meets. */
export function startDouble({ tree, workspace, userData, keyStore, displays }: LaunchOptions) {
  return spawn(
    process.execPath,
    [
      "--import",
      join(import.meta.dirname, "register.ts"),
      join(tree, "out", "main", "index.js"),
      `--workspace=${workspace}`,
      `--user-data-dir=${userData}`,
      `--password-store=${keyStore ?? "gnome_libsecret"}`,
      ...(displays === undefined ? [] : [`--double-displays=${JSON.stringify(displays)}`]),
    ],
    { stdio: ["ignore", "inherit", "inherit", "ipc"], cwd: tree },
  );
}

async function launchDouble(options: LaunchOptions): Promise<Launched> {
  const child = startDouble(options);
  const records: Recorded[] = [];
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const port = await new Promise<string>((resolve, reject) => {
    child.on("message", (message: ToTest) => {
      if ("recorded" in message) records.push(message.recorded);
      else resolve(message.debugger);
    });
    void exited.then((code) => reject(new Error(`the application ended with ${code} before its window was there`)));
  });
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error("the double shows no page");
  const send = (message: ToDouble): Promise<void> =>
    new Promise((resolve, reject) => child.send(message, (error) => (error === null ? resolve() : reject(error))));
  return {
    page,
    recorded: (what) => Promise.resolve(records.filter((one) => one.what === what).map(({ args }) => args)),
    answer: (dialog, value) => send({ answer: dialog, value }),
    act: (act, value) => send({ act, value }),
    exited,
    async kill() {
      await browser.close().catch(() => undefined);
      if (child.exitCode === null) child.kill("SIGKILL");
      await exited;
    },
  };
}

import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { findProgram } from "./browser.ts";

/**
 * A way to show a file in the platform's file manager, where there is one: on Linux its folder, as no common word selects a file.
 *
 * @returns undefined where there is none, or nobody sits before this machine
 */
export function fileManager(headless: boolean): ((path: string) => Promise<void>) | undefined {
  if (headless) return undefined;
  if (process.platform === "win32") return (path) => start("explorer.exe", [`/select,${path}`]);
  if (process.platform === "darwin") return (path) => start("/usr/bin/open", ["-R", path]);
  const opener = findProgram("xdg-open", process.env);
  const screen = process.env.WAYLAND_DISPLAY ?? process.env.DISPLAY;
  return opener === undefined || screen === undefined ? undefined : (path) => start(opener, [dirname(path)]);
}

/** Never through a shell: a path may hold anything. */
function start(program: string, args: readonly string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(program, args, { stdio: "ignore", detached: true });
  child.once("spawn", resolve);
  child.once("error", reject);
  child.unref();
  return promise;
}

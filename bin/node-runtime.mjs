// Plain JavaScript for Node.js 18 and later: it runs before it is known which Node.js there is.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Satchel's sources are TypeScript run unbuilt, which Node.js does without a warning from 24.3 on. */
const OLDEST = [24, 3];

/** @param {string} version "24.21.0" */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/**
 * Finds a Node.js that can run Satchel: the one that runs this if it is new enough, otherwise the one that npm installed as an
 * optional dependency (a package that carries the binary and runs no install script).
 *
 * @param {{ version?: string, executable?: string, from?: string }} [running] the running Node.js; for tests
 * @returns {string | undefined} absolute path of the executable
 */
export function findNode({
  version = process.versions.node,
  executable = process.execPath,
  from = import.meta.url,
} = {}) {
  if (isNewEnough(version)) return executable;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const binary = process.platform === "win32" ? "node.exe" : "node";
  try {
    const manifest = createRequire(from).resolve(`node-${platform}-${process.arch}/package.json`);
    const path = join(dirname(manifest), "bin", binary);
    return existsSync(path) ? path : undefined;
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/** What to say where `findNode` finds none. */
export const RUNTIME_MISSING =
  `UNSUPPORTED_RUNTIME: Satchel needs Node.js ${OLDEST.join(".")} or later; this is ${process.versions.node}, and the one that npm ` +
  "installs beside Satchel is missing.\nRun `npm ci` in Satchel's folder, or start Satchel with a newer Node.js.";

/**
 * Runs a command in this process's place: same terminal, same signals, same ending.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>} the exit code; 127 where the command cannot be started. Where a signal ended the command, it ends this
 *   process too and the promise stays pending.
 */
export function runInPlace(command, args, options = {}) {
  return new Promise((resolve) => {
    // Listeners first: a signal that comes while the command is being started is handed on too, not obeyed here.
    let child;
    const forward = (signal) => {
      // A terminal sends Ctrl-C to every process of the group itself; passing it on would make it two.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    child = spawn(command, args, { stdio: "inherit", ...options });
    const release = () => {
      for (const signal of signals) process.off(signal, forward);
    };
    child.on("error", (error) => {
      release();
      console.error(`${command} could not be started: ${error.message}`);
      resolve(127);
    });
    child.on("exit", (code, signal) => {
      release();
      if (signal === null) resolve(code ?? 1);
      else process.kill(process.pid, signal);
    });
  });
}

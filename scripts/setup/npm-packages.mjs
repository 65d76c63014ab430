import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInPlace } from "../../bin/node-runtime.mjs";

/** The same lock file needs other packages on another platform: a folder may be shared between two machines. */
function lockStamp(root) {
  const digest = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  return `${process.platform}-${process.arch} ${digest}\n`;
}

/** Whether what npm noted when it last finished an installation is what package-lock.json asks for. */
function installedAsLocked(root) {
  const notePath = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(notePath)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(notePath, "utf8")).packages;
  const same = Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = installed[path];
    // Optional packages are those for other platforms.
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
  return same && Object.keys(installed).every((path) => path in wanted);
}

/**
 * Whether node_modules holds what package-lock.json asks for. Takes about a millisecond when nothing has changed since the last time;
 * a node_modules made by a plain `npm ci` is as good.
 *
 * @public the tests call it in a process of its own
 * @param {string} root the project's folder
 */
export function npmPackagesAreCurrent(root) {
  const stampPath = join(root, "node_modules", ".satchel-lock-stamp");
  const stamp = lockStamp(root);
  if (existsSync(stampPath) && readFileSync(stampPath, "utf8") === stamp) return true;
  if (!installedAsLocked(root)) return false;
  writeFileSync(stampPath, stamp);
  return true;
}

/**
 * Runs `npm ci` where it is needed. The only step that needs the network.
 *
 * @param {string} root the project's folder
 * @returns {Promise<number>} 0, or npm's exit code after saying what to do
 */
export async function ensureNpmPackages(root) {
  if (npmPackagesAreCurrent(root)) return 0;
  console.log("Installing npm packages (npm ci) …");
  // Not the `node` on the path: that may be the one inside node_modules, which `npm ci` is about to remove.
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  // None of the packages needs its install script; versions of npm before 11 do not know package.json's allowScripts, which says so.
  const args = ["ci", "--ignore-scripts", "--no-update-notifier"];
  const code =
    node !== undefined && npm !== undefined && npm.endsWith(".js")
      ? await runInPlace(node, [npm, ...args], { cwd: root })
      : await runInPlace("npm", args, { cwd: root, shell: process.platform === "win32" });
  if (code !== 0) {
    console.error("npm ci failed; it needs the network this first time. Once it has worked, everything runs off line.");
    return code;
  }
  writeFileSync(join(root, "node_modules", ".satchel-lock-stamp"), lockStamp(root));
  return 0;
}

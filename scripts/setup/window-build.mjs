import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInPlace } from "../../bin/node-runtime.mjs";

/** What the build is made of. */
const SOURCES = ["src", "resources", "electron.vite.config.ts", "package.json", "package-lock.json"];

/** By code unit, whatever the locale. */
const compare = (one, other) => (one < other ? -1 : Number(one > other));

/** Names, sizes and times of the sources: reading them all would take longer than it takes to start. */
function sourceStamp(root) {
  const digest = createHash("sha256");
  for (const source of SOURCES) {
    const path = join(root, source);
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) continue;
    const names = status.isDirectory() ? readdirSync(path, { recursive: true, encoding: "utf8" }).sort(compare) : [""];
    for (const name of names) {
      const { size, mtimeMs } = statSync(join(path, name));
      digest.update(`${source}/${name}\n${size} ${mtimeMs}\n`);
    }
  }
  return digest.digest("hex");
}

/**
 * Whether `out/` was built from the sources as they are.
 *
 * @public the tests call it in a process of its own
 * @param {string} root the project's folder
 */
export function windowIsCurrent(root) {
  const stampPath = join(root, "out", ".sources-stamp");
  return (
    existsSync(join(root, "out", "renderer", "index.html")) &&
    existsSync(stampPath) &&
    readFileSync(stampPath, "utf8") === sourceStamp(root)
  );
}

/**
 * Builds the window where it is missing or older than its sources.
 *
 * @param {string} root the project's folder
 * @param {string} node the Node.js that runs Satchel
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} 0, or the exit code of the build
 */
export async function ensureWindow(root, node, env) {
  if (windowIsCurrent(root)) return 0;
  console.error("Building the window …");
  const stamp = sourceStamp(root);
  // stdout is for the address alone.
  const code = await runInPlace(node, [join(root, "scripts", "build.ts")], {
    cwd: root,
    env,
    stdio: ["ignore", process.stderr, "inherit"],
  });
  if (code === 0) writeFileSync(join(root, "out", ".sources-stamp"), stamp);
  return code;
}

/**
 * The Electron binary, where the package has one: its installation fetches it from a host that not every machine reaches.
 *
 * @param {string} root the project's folder
 * @returns {string | undefined}
 */
export function findElectron(root) {
  const folder = join(root, "node_modules", "electron");
  const note = join(folder, "path.txt");
  const names = existsSync(note)
    ? [readFileSync(note, "utf8").trim()]
    : ["electron", "electron.exe", "Electron.app/Contents/MacOS/Electron"];
  return names.map((name) => join(folder, "dist", name)).find((path) => existsSync(path));
}

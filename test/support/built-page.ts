import react from "@vitejs/plugin-react";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { projectRoot } from "./run-command.ts";

const CACHE = join(projectRoot, "node_modules", ".cache", "satchel-test-pages");
const OLD_MS = 3_600_000;

/**
 * The folder of the window's page, built from the sources as they are now. Built once for all test files: the folder's name is the
 * digest of what it was built from.
 */
export async function builtPage(): Promise<string> {
  const folder = join(CACHE, digestOf(["src/renderer", "src/contract", "package-lock.json"]));
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  for (const name of readdirSync(CACHE)) {
    const old = join(CACHE, name);
    if (Date.now() - (statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > OLD_MS)
      rmSync(old, { recursive: true, force: true });
  }
  const made = `${folder}.${randomBytes(4).toString("hex")}`;
  // The page as it is shipped, and not React's development build, which Vitest's own environment would give.
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = "production";
  await build({
    configFile: false,
    root: join(projectRoot, "src", "renderer"),
    plugins: [react()],
    logLevel: "warn",
    build: { outDir: made, emptyOutDir: true, minify: false, assetsInlineLimit: 0, target: "chrome120" },
  }).finally(() => (process.env.NODE_ENV = environment));
  try {
    renameSync(made, folder);
  } catch (error) {
    // Another test file has built the same meanwhile.
    rmSync(made, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function digestOf(parts: readonly string[]): string {
  const digest = createHash("sha256");
  for (const part of parts) {
    const path = join(projectRoot, part);
    const names = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: "utf8" }).sort() : [""];
    for (const name of names) {
      const file = join(path, name);
      if (statSync(file).isFile()) digest.update(name).update("\0").update(readFileSync(file)).update("\0");
    }
  }
  return digest.digest("hex").slice(0, 32);
}

import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface ProductTree {
  /** The clone, with its packages installed. */
  root: string;
  /** What `npm run build` made. */
  out: string;
  /** Folder of the package that carries Node.js for the target. */
  runtime: string;
  /** "linux-x64": names the one prebuilt database that is taken along. */
  target: string;
}

/** Lays out what the loopback window and the command line need: Node.js, the built program without Electron's entry, and the database. */
export function layOutProduct(tree: ProductTree, folder: string): void {
  const { root, out, runtime, target } = tree;
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, unknown>;
  const { name, version, description, license, type } = manifest;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    `${JSON.stringify({ name, version, description, license, type }, null, 2)}\n`,
  );
  const electronsOwn = join(out, "main", "index.js");
  for (const part of ["main", "renderer", "licences.json"]) {
    cpSync(join(out, part), join(folder, "out", part), { recursive: true, filter: (path) => path !== electronsOwn });
  }
  copy(join(runtime, "bin", "node"), join(folder, "bin", "node"));
  chmodSync(join(folder, "bin", "node"), 0o755);
  const database = join(root, "node_modules", "better-sqlite3");
  const place = join(folder, "node_modules", "better-sqlite3");
  for (const part of ["package.json", "LICENSE"]) copy(join(database, part), join(place, part));
  cpSync(join(database, "lib"), join(place, "lib"), { recursive: true });
  copy(join(database, "prebuilds", `${target}.node`), join(place, "prebuilds", `${target}.node`));
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

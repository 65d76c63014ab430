import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "./run-command.ts";

/**
 * Builds the whole product with the project's own build into a folder of the caller's, laid out as an installed one: package.json,
 * out/, resources/icons and the one package that is not bundled.
 */
export async function buildTree(folder: string): Promise<string> {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  mkdirSync(join(folder, "resources"));
  copyFileSync(join(projectRoot, "package.json"), join(folder, "package.json"));
  cpSync(join(projectRoot, "resources", "icons"), join(folder, "resources", "icons"), { recursive: true });
  symlinkSync(join(projectRoot, "node_modules", "better-sqlite3"), join(folder, "node_modules", "better-sqlite3"));
  await promisify(execFile)(process.execPath, [join(projectRoot, "scripts", "build.ts"), join(folder, "out")], {
    cwd: projectRoot,
  });
  return folder;
}

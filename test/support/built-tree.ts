import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "./run-command.ts";

/**
 * Builds the whole product with the project's own build into a folder of the caller's, laid out as the project: package.json, out/,
 * resources/icons and the packages.
 */
export async function buildTree(folder: string): Promise<string> {
  mkdirSync(join(folder, "resources"), { recursive: true });
  copyFileSync(join(projectRoot, "package.json"), join(folder, "package.json"));
  cpSync(join(projectRoot, "resources", "icons"), join(folder, "resources", "icons"), { recursive: true });
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  await promisify(execFile)(process.execPath, [join(projectRoot, "scripts", "build.ts"), join(folder, "out")], {
    cwd: projectRoot,
  });
  return folder;
}

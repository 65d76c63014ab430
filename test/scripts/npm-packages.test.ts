import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { projectRoot, runChecked, runCommand } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const module = pathToFileURL(join(projectRoot, "scripts", "setup", "npm-packages.mjs")).href;

/** Asks in a process of its own, as `npm test` does. */
async function isCurrent(root: string): Promise<boolean> {
  const script = `import { npmPackagesAreCurrent } from ${JSON.stringify(module)};
    console.log(npmPackagesAreCurrent(${JSON.stringify(root)}));`;
  return (await runChecked(process.execPath, ["--input-type=module", "-e", script])).trim() === "true";
}

interface LockedPackage {
  version: string;
  integrity: string;
  optional?: boolean;
}

function writePackages(path: string, packages: Record<string, LockedPackage | { name: string }>): void {
  writeFileSync(path, JSON.stringify({ lockfileVersion: 3, packages }));
}

describe("npm packages", () => {
  const folder = temporaryDirectory("npm-packages");
  const root = join(folder, "project");
  const lock = join(root, "package-lock.json");
  const note = join(root, "node_modules", ".package-lock.json");
  const used = { version: "1.0.0", integrity: "sha512-used" };
  const elsewhere = { version: "2.0.0", integrity: "sha512-elsewhere", optional: true };

  beforeEach(() => {
    rmSync(root, { recursive: true, force: true });
    mkdirSync(join(root, "node_modules"), { recursive: true });
    writePackages(lock, { "": { name: "project" }, "node_modules/used": used, "node_modules/elsewhere": elsewhere });
  });

  it("are installed where node_modules is missing", async () => {
    rmSync(join(root, "node_modules"), { recursive: true });
    expect(await isCurrent(root)).toBe(false);
  });

  it("are installed again where an installation was broken off", async () => {
    mkdirSync(join(root, "node_modules", "used"));
    expect(await isCurrent(root)).toBe(false);
  });

  it("made by a plain npm ci are taken as they are, without those for other platforms", async () => {
    writePackages(note, { "node_modules/used": used });
    expect(await isCurrent(root)).toBe(true);
    expect(await isCurrent(root), "the second time").toBe(true);
  });

  it.each([
    ["of another version", { "node_modules/used": { ...used, version: "0.9.0" } }],
    ["of other bytes", { "node_modules/used": { ...used, integrity: "sha512-other" } }],
    ["that lack one", {}],
    ["with one too many", { "node_modules/used": used, "node_modules/left-over": used }],
  ])("%s are installed anew", async (_, packages) => {
    writePackages(note, packages);
    expect(await isCurrent(root)).toBe(false);
  });

  it("are installed anew after the lock file has changed", async () => {
    writePackages(note, { "node_modules/used": used });
    expect(await isCurrent(root)).toBe(true);
    writeFileSync(lock, readFileSync(lock, "utf8").replace("1.0.0", "1.0.1"));
    expect(await isCurrent(root)).toBe(false);
  });

  it("name no registry in the lock file, so that every machine asks its own", () => {
    const { packages } = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as {
      packages: Record<string, { resolved?: string }>;
    };
    const resolved = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined);
    expect(resolved).toEqual([]);
  });
});

describe("Debian packages", () => {
  it("that are missing are named in one line that can be typed, where one is not root", async () => {
    const debian = pathToFileURL(join(projectRoot, "scripts", "setup", "debian-packages.mjs")).href;
    const script = `import { ensureDebianPackages } from ${JSON.stringify(debian)};
      process.getuid = () => 1000;
      process.exitCode = await ensureDebianPackages([{ name: "no-such-package", command: "no-such-command" }, { name: "sh", command: "sh" }]);`;
    const result = await runCommand(process.execPath, ["--input-type=module", "-e", script]);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toBe(
      "The tests need Debian packages that are not here; install them with: sudo apt-get install --yes --no-install-recommends no-such-package\n",
    );
  });
});

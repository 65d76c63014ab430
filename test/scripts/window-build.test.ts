import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { projectRoot, runChecked } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const module = pathToFileURL(join(projectRoot, "scripts", "setup", "window-build.mjs")).href;

describe("npm start", () => {
  const root = join(temporaryDirectory("window-build"), "project");

  /** In a process of its own, as `npm start` does. */
  const run = (expression: string): Promise<string> =>
    runChecked(process.execPath, [
      "--input-type=module",
      "-e",
      `import { ensureWindow, findElectron, windowIsCurrent } from ${JSON.stringify(module)};
       const root = ${JSON.stringify(root)};
       console.log(JSON.stringify((await (${expression})) ?? null));`,
    ]).then((text) => text.trim());
  const build = (): Promise<string> => run("ensureWindow(root, process.execPath, process.env)");

  beforeEach(() => {
    rmSync(root, { recursive: true, force: true });
    mkdirSync(join(root, "src"), { recursive: true });
    mkdirSync(join(root, "scripts"));
    writeFileSync(join(root, "src", "page.ts"), "one");
    const script = `const { mkdirSync, writeFileSync } = await import("node:fs");
      console.log("said by the build");
      if (process.env.FAIL) process.exit(3);
      mkdirSync("out/renderer", { recursive: true });
      writeFileSync("out/renderer/index.html", "");`;
    writeFileSync(join(root, "scripts", "build.ts"), script);
  });

  it("builds the window once, and again when a source has changed", async () => {
    expect(await run("windowIsCurrent(root)")).toBe("false");
    expect(await build()).toBe("0");
    expect(await run("windowIsCurrent(root)")).toBe("true");
    writeFileSync(join(root, "src", "page.ts"), "two!");
    expect(await run("windowIsCurrent(root)")).toBe("false");
    expect(await build()).toBe("0");
    utimesSync(join(root, "src", "page.ts"), 1, 1);
    expect(await run("windowIsCurrent(root)")).toBe("false");
    expect(await build()).toBe("0");
    writeFileSync(join(root, "src", "new.ts"), "");
    expect(await run("windowIsCurrent(root)")).toBe("false");
  });

  it("says nothing on standard output: that is for the address", async () => {
    expect(await build()).not.toContain("said by the build");
  });

  it("does not take a build that failed for one", async () => {
    expect(await run("ensureWindow(root, process.execPath, { ...process.env, FAIL: '1' })")).toBe("3");
    expect(await run("windowIsCurrent(root)")).toBe("false");
  });

  it("opens Electron only where its binary is", async () => {
    expect(await run("findElectron(root)")).toBe("null");
    const folder = join(root, "node_modules", "electron");
    mkdirSync(join(folder, "dist"), { recursive: true });
    writeFileSync(join(folder, "path.txt"), "electron");
    expect(await run("findElectron(root)")).toBe("null");
    writeFileSync(join(folder, "dist", "electron"), "");
    expect(await run("findElectron(root)")).toBe(JSON.stringify(join(folder, "dist", "electron")));
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { projectRoot, runChecked, runCommand } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const module = pathToFileURL(join(projectRoot, "bin", "node-runtime.mjs")).href;

async function evaluate(expression: string): Promise<string> {
  const script = `import * as runtime from ${JSON.stringify(module)}; console.log(${expression});`;
  return (await runChecked(process.execPath, ["--input-type=module", "-e", script])).trim();
}

describe("findNode", () => {
  const nowhere = temporaryDirectory("runtime");

  it("stays with a Node.js that is new enough", async () => {
    expect(await evaluate(`runtime.findNode({ version: "24.3.0", executable: "running" })`)).toBe("running");
    expect(await evaluate(`runtime.findNode({ version: "26.0.0", executable: "running" })`)).toBe("running");
  });

  it("takes the one npm installed where an older one runs, and it starts", async () => {
    const found = await evaluate(`runtime.findNode({ version: "20.20.2", executable: "running" })`);
    expect(found).toContain("node_modules");
    expect(await runChecked(found, ["--version"])).toMatch(/^v24\./);
  });

  it("does not take a Node.js 24 that still warns about TypeScript", async () => {
    expect(await evaluate(`runtime.findNode({ version: "24.2.0", executable: "running" })`)).not.toBe("running");
  });

  it("finds none where npm has installed none", async () => {
    const elsewhere = pathToFileURL(join(nowhere, "file.mjs")).href;
    expect(await evaluate(`runtime.findNode({ version: "20.20.2", from: ${JSON.stringify(elsewhere)} })`)).toBe(
      "undefined",
    );
  });
});

describe("runInPlace", () => {
  const inPlace = (command: string): string =>
    `import { runInPlace } from ${JSON.stringify(module)}; process.exitCode = await runInPlace("sh", ["-c", ${JSON.stringify(command)}]);`;

  it("ends with the exit code of the command", async () => {
    const result = await runCommand(process.execPath, ["--input-type=module", "-e", inPlace("exit 3")]);
    expect(result.exitCode).toBe(3);
  });

  it("ends by the signal that ended the command", async () => {
    const result = await runCommand(process.execPath, ["--input-type=module", "-e", inPlace("kill -KILL $$")]);
    expect(result.signal).toBe("SIGKILL");
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "hands %s on and waits for what the command makes of it",
    async (signal) => {
      const command = "trap 'exit 42' INT TERM HUP; echo ready; while :; do sleep 0.05; done";
      const child = spawn(process.execPath, ["--input-type=module", "-e", inPlace(command)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      child.kill(signal);
      expect(await once(child, "exit")).toEqual([42, null]);
    },
  );
});

describe("The command satchel", () => {
  const clone = temporaryDirectory("clone");

  it("says what to do where no Node.js can run it", async () => {
    // The files stand alone, as in a clone before npm ci, and believe themselves to be run by an old Node.js.
    mkdirSync(join(clone, "bin"));
    await runChecked("cp", [
      join(projectRoot, "bin", "satchel.mjs"),
      join(projectRoot, "bin", "node-runtime.mjs"),
      join(clone, "bin"),
    ]);
    const old = join(clone, "old-node.mjs");
    writeFileSync(
      old,
      `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });`,
    );
    const result = await runCommand(process.execPath, ["--import", old, join(clone, "bin", "satchel.mjs"), "--help"]);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/^UNSUPPORTED_RUNTIME: .*this is 20\.20\.2.*\nRun `npm ci`/);
  });
});

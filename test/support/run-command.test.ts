import { describe, expect, it } from "vitest";
import { runChecked, runCommand } from "./run-command.ts";

describe("runCommand", () => {
  it("captures both streams and the exit code of a tool that fails", async () => {
    const result = await runCommand("sh", ["-c", "printf out; printf err >&2; exit 3"]);
    expect(result).toEqual({ exitCode: 3, signal: null, stdout: "out", stderr: "err" });
  });

  it("hands over standard input", async () => {
    expect(await runChecked("cat", [], { input: "grüße" })).toBe("grüße");
  });

  it("survives a tool that never reads its input", async () => {
    const result = await runCommand("true", [], { input: Buffer.alloc(1 << 20) });
    expect(result.exitCode).toBe(0);
  });

  it("kills a tool that outlives its time", async () => {
    await expect(runCommand("sleep", ["30"], { timeout: 100 })).rejects.toThrow("longer than 100 ms");
  });

  it("kills a tool when asked to", async () => {
    const controller = new AbortController();
    const running = runCommand("sleep", ["30"], { signal: controller.signal });
    controller.abort();
    expect((await running).signal).toBe("SIGKILL");
  });

  it("says which tool could not be started", async () => {
    await expect(runCommand("no-such-tool-here", [])).rejects.toThrow("no-such-tool-here could not be started");
  });

  it("turns a failure of a tool that must succeed into an error with its own words", async () => {
    await expect(runChecked("sh", ["-c", "echo wrong flag >&2; exit 9"])).rejects.toThrow(/exit code 9: wrong flag/);
  });
});

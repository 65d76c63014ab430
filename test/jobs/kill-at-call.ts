/**
 * Preloaded into the command line (`--import`): ends the process with SIGKILL right before the nth call that changes the file system
 * at a place whose name holds SATCHEL_KILL_NEAR. Without SATCHEL_KILL_AT it counts them and says how many on stderr. With SATCHEL_KILL_SYNCS=no
 * flushes are no such calls: for who is killed, unlike for a power cut, they change nothing.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";

const NAMES = ["openSync", "mkdirSync", "linkSync", "unlinkSync", "renameSync", "rmSync", "rmdirSync"] as const;
const SYNCS = process.env.SATCHEL_KILL_SYNCS === "no" ? [] : (["fsyncSync", "fdatasyncSync"] as const);
const BY_NUMBER = [...SYNCS, "ftruncateSync", "writevSync"] as const;

const near = process.env.SATCHEL_KILL_NEAR ?? "";
const at = Number(process.env.SATCHEL_KILL_AT ?? "0");
let count = 0;
const open = new Set<number>();

function step(): void {
  if (++count === at) process.kill(process.pid, "SIGKILL");
}

type Call = (...args: unknown[]) => unknown;
const calls = fs as unknown as Record<string, Call>;

if (isMainThread && near !== "") {
  for (const name of NAMES) {
    const original = calls[name];
    if (original === undefined) throw new Error(`node:fs has no ${name}`);
    calls[name] = (...args) => {
      const concerned = args.slice(0, 2).some((arg) => typeof arg === "string" && arg.includes(near));
      if (concerned && (name !== "openSync" || args[1] !== "r")) step();
      const result = original(...args);
      if (name === "openSync" && typeof result === "number") {
        if (concerned) open.add(result);
        else open.delete(result);
      }
      return result;
    };
  }
  for (const name of BY_NUMBER) {
    const original = calls[name];
    if (original === undefined) throw new Error(`node:fs has no ${name}`);
    calls[name] = (...args) => {
      if (open.has(args[0] as number)) step();
      return original(...args);
    };
  }
  syncBuiltinESMExports();
  if (at === 0) process.on("exit", () => process.stderr.write(`CALLS ${count}\n`));
}

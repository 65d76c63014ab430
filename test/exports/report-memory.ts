/**
 * Preloaded into the command line (`--import`): says on stderr, at the end, how much memory the process had at most. From /proc, since
 * what getrusage tells begins with the memory of the process that started this one.
 */
import { readFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  process.on("exit", () => {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    process.stderr.write(`PEAK ${peak} kB\n`);
  });
}

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** One command line, run as a process of its own. */
export interface Command {
  command: string;
  args: readonly string[];
  env?: Record<string, string>;
  /** Exit codes that count as done. Default [0]. */
  accept?: readonly number[];
}

/** One side of a comparison: commands run one after the other, timed together. */
export interface Side {
  name: string;
  commands: (output: string) => readonly Command[];
  /** Runs before each measurement, untimed; `output` is an empty folder. */
  prepare?: (output: string) => Promise<void> | void;
  /** Runs after each measurement, untimed. Throws where the side did not do its work. */
  check?: (output: string) => Promise<void> | void;
}

export interface Measurement {
  seconds: number;
  /** Highest resident memory of the process and its children, in bytes; of the largest command where there are several. */
  peakBytes: number;
}

const POLL_MS = 20;

function readNumber(path: string, pattern: RegExp): number {
  try {
    return Number(pattern.exec(readFileSync(path, "utf8"))?.[1] ?? 0);
  } catch (error) {
    // The process may end at any moment between two looks.
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return 0;
    throw error;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    return listed === "" ? [] : listed.split(" ").map(Number);
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}

function residentBytes(pid: number): number {
  const own = readNumber(`/proc/${pid}/status`, /VmRSS:\s+(\d+)/) * 1024;
  return childrenOf(pid).reduce((sum, child) => sum + residentBytes(child), own);
}

/** Runs a command to its end, watching its memory. Rejects, with what the command said, where it fails. */
export async function measureCommand(run: Command): Promise<Measurement> {
  const start = performance.now();
  const child = spawn(run.command, run.args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...run.env },
  });
  let said = "";
  const keepEnd = (chunk: Buffer): void => {
    said = (said + chunk.toString("utf8")).slice(-2000);
  };
  child.stdout.on("data", keepEnd);
  child.stderr.on("data", keepEnd);
  let peakBytes = 0;
  const look = (): void => {
    if (child.pid === undefined) return;
    // VmHWM is the kernel's own high-water mark of the process: a look misses only what grows in the last moments.
    const highest = readNumber(`/proc/${child.pid}/status`, /VmHWM:\s+(\d+)/) * 1024;
    peakBytes = Math.max(peakBytes, highest, residentBytes(child.pid));
  };
  const timer = setInterval(look, POLL_MS);
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exitCode, signal) => resolve(exitCode ?? signal ?? "no exit code"));
    });
    const seconds = (performance.now() - start) / 1000;
    if (!(run.accept ?? [0]).includes(Number(code))) {
      throw new Error(`${run.command} ${run.args.slice(0, 3).join(" ")} … ended with ${code}: ${said}`);
    }
    return { seconds, peakBytes };
  } finally {
    clearInterval(timer);
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

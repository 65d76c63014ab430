import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** The root of the project. */
export const projectRoot = resolve(import.meta.dirname, "..", "..");

export interface CommandResult {
  /** null where a signal ended the process. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Decoded as UTF-8. */
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  cwd?: string;
  /** Added to this process's own environment; undefined removes a variable. */
  env?: Record<string, string | undefined>;
  /** Written to standard input, which is then closed. */
  input?: string | Buffer;
  /** Aborting kills the process (SIGKILL) by its own id. */
  signal?: AbortSignal;
  /** Milliseconds after which the process is killed and the promise rejects. Default 60,000. */
  timeout?: number;
}

/**
 * Runs a tool to its end and captures what it says. A non-zero exit code is a result, not an error;
 * rejects where the tool cannot be started or outlives the time allowed.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const timeout = options.timeout ?? 60_000;
  const child = spawn(command, args, {
    cwd: options.cwd ?? projectRoot,
    env: { ...process.env, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  // A tool may well end before it has read all of its input.
  child.stdin.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") child.kill("SIGKILL");
  });
  child.stdin.end(options.input ?? "");
  const abort = (): void => void child.kill("SIGKILL");
  options.signal?.addEventListener("abort", abort, { once: true });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill("SIGKILL");
  }, timeout);
  try {
    return await new Promise<CommandResult>((resolveResult, reject) => {
      child.on("error", (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
      child.on("close", (exitCode, signal) => {
        const result = {
          exitCode,
          signal,
          stdout: Buffer.concat(stdout).toString("utf8"),
          stderr: Buffer.concat(stderr).toString("utf8"),
        };
        if (timedOut) reject(new Error(`${command} ran longer than ${timeout} ms; it said: ${result.stderr}`));
        else resolveResult(result);
      });
    });
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", abort);
  }
}

/** Like `runCommand`, for tools that must succeed: resolves with standard output, rejects with what the tool said otherwise. */
export async function runChecked(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await runCommand(command, args, options);
  if (result.exitCode === 0) return result.stdout;
  const ending = result.exitCode === null ? `signal ${result.signal}` : `exit code ${result.exitCode}`;
  throw new Error(`${command} ended with ${ending}: ${result.stderr || result.stdout}`);
}

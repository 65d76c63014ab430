import { appendFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";

const LARGEST = 1024 * 1024;
const KEPT = 5;

/** The local log of a workspace: what a developer needs of an unexpected error, and nothing of a patient. */
export interface WorkspaceLog {
  /**
   * Notes something thrown: its class, codes and where it came from, never its message, which may hold a value of a data set or a path.
   * @param where the step that failed, as a fixed word of the code, "job" for example.
   */
  error(where: string, thrown: unknown): void;
}

/** Opens `satchel.log` in a folder. At 1 MiB it becomes satchel.1.log; five are kept. Writing to it never throws. */
export function openLog(folder: string): WorkspaceLog {
  const path = join(folder, "satchel.log");
  return {
    error(where, thrown) {
      const line = JSON.stringify({ time: new Date().toISOString(), process: process.pid, where, ...describe(thrown) });
      try {
        rotate(folder, path);
        appendFileSync(path, `${line}\n`, { mode: 0o600 });
      } catch (failure) {
        // A log on a full disk must not turn one error into another; the console is all that is left.
        process.emitWarning(`The local log could not be written (${errorCode(failure) ?? "unknown"}).`);
      }
    },
  };
}

function rotate(folder: string, path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size < LARGEST) return;
  const old = (number: number) => join(folder, `satchel.${number}.log`);
  rmSync(old(KEPT - 1), { force: true });
  for (let number = KEPT - 2; number >= 1; number -= 1) {
    if (statSync(old(number), { throwIfNoEntry: false }) !== undefined) renameSync(old(number), old(number + 1));
  }
  renameSync(path, old(1));
}

interface Description {
  class: string;
  code?: string;
  stack?: string[];
  cause?: Description;
}

function describe(thrown: unknown, depth = 0): Description {
  if (!(thrown instanceof Error)) return { class: typeof thrown };
  const code = errorCode(thrown);
  const description: Description = { class: thrown.constructor.name, stack: stackFrames(thrown) };
  if (code !== undefined) description.code = code;
  if (thrown.cause !== undefined && depth < 4) description.cause = describe(thrown.cause, depth + 1);
  return description;
}

/** ENOENT, SQLITE_FULL, LEAK: a word of a closed list, never a sentence. */
function errorCode(thrown: unknown): string | undefined {
  if (thrown instanceof SatchelError) return thrown.code;
  if (!(thrown instanceof Error) || !("code" in thrown) || typeof thrown.code !== "string") return undefined;
  return /^[A-Z][A-Z0-9_]{0,63}$/.test(thrown.code) ? thrown.code : undefined;
}

/**
 * The frames without the message above them, which may have several lines that look like anything. A frame ends in a position in a
 * file of code; only the file's name and position are kept, so that no home folder stands in a log that is sent to somebody.
 */
function stackFrames(error: Error): string[] {
  const stack = error.stack ?? "";
  const message = stack.indexOf(error.message);
  // A message changed since the stack was taken cannot be told from the frames.
  if (message < 0) return [];
  const frames = stack.slice(message + error.message.length);
  return frames
    .split("\n")
    .map((line) => /^ {4}at (?:([\w$.<># [\]]+) \()?.*?([\w.-]+\.(?:ts|js|mjs|cjs|tsx)):(\d+):(\d+)\)?$/.exec(line))
    .filter((match) => match !== null)
    .slice(0, 30)
    .map(([, name, file, line, column]) => `${name ?? "-"} ${file}:${line}:${column}`);
}

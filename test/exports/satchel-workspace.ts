import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { projectRoot, runCommand } from "../support/run-command.ts";

const COMMAND_LINE = join(projectRoot, "src", "main", "shells", "cli", "index.ts");
const PASSPHRASE = { SATCHEL_PASSPHRASE: "correct horse" };

export interface SatchelOptions {
  cwd?: string;
  environment?: Record<string, string>;
  /** Milliseconds, of a command that has much to do. */
  timeout?: number;
}

/** The command line over a workspace of its own, as a user types it. */
export interface Satchel {
  folder: string;
  run(args: string[], options?: SatchelOptions): ReturnType<typeof runCommand>;
  /** The same, where anything but success is a mistake of the test. @returns what it printed */
  must(args: string[], options?: SatchelOptions): Promise<string>;
  /** The last document that it prints with --json. */
  json<Document>(args: string[]): Promise<Document>;
  /** Begins a command that speaks JSON; the caller ends it by its own id. */
  start(args: string[]): ChildProcess;
}

export function satchelIn(folder: string): Satchel {
  const typed = (args: readonly string[]): string[] => [
    COMMAND_LINE,
    "--workspace",
    join(folder, "workspace"),
    ...args,
  ];
  const run: Satchel["run"] = (args, { environment, ...options } = {}) =>
    runCommand(process.execPath, typed(args), { env: { ...PASSPHRASE, ...environment }, ...options });
  return {
    folder,
    run,
    async must(args, options) {
      const { exitCode, stdout, stderr } = await run(args, options);
      if (exitCode !== 0) throw new Error(`satchel ${args.join(" ")} ended with ${exitCode}: ${stderr}`);
      return stdout;
    },
    async json(args) {
      const { stdout } = await run(["--json", ...args]);
      return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as never;
    },
    start: (args) =>
      spawn(process.execPath, typed(["--json", ...args]), {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...PASSPHRASE },
      }),
  };
}

import { join } from "node:path";
import { projectRoot, runCommand } from "../support/run-command.ts";

const COMMAND_LINE = join(projectRoot, "src", "main", "shells", "cli", "index.ts");

/** The command line over a workspace of its own, as a user types it. */
export interface Satchel {
  folder: string;
  run(args: string[], options?: { cwd?: string; environment?: Record<string, string> }): ReturnType<typeof runCommand>;
  /** The same, where anything but success is a mistake of the test. @returns what it printed */
  must(args: string[], options?: { cwd?: string; environment?: Record<string, string> }): Promise<string>;
  /** The last document that it prints with --json. */
  json<Document>(args: string[]): Promise<Document>;
}

export function satchelIn(folder: string): Satchel {
  const run: Satchel["run"] = (args, { cwd, environment } = {}) =>
    runCommand(process.execPath, [COMMAND_LINE, "--workspace", join(folder, "workspace"), ...args], {
      env: { ...process.env, SATCHEL_PASSPHRASE: "correct horse", ...environment },
      ...(cwd === undefined ? {} : { cwd }),
    });
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
  };
}

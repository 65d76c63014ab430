import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { builtPage } from "./built-page.ts";
import { projectRoot } from "./run-command.ts";

/** Satchel in a process of its own, as people start it. It asks for its passphrase in the window. */
export interface WindowProcess {
  pid: number;
  /** Opens the window once. */
  newAddress(): Promise<string>;
  /** Ends it in order: jobs stop so that they can go on. */
  end(): Promise<void>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
}

/** @param workspace its folder; made in the window where it is not there yet */
export async function startWindowProcess(workspace: string): Promise<WindowProcess> {
  const entry = join(projectRoot, "test", "support", "window-child.ts");
  const child = spawn(process.execPath, [entry, await builtPage(), workspace], { stdio: ["pipe", "pipe", "pipe"] });
  const said: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const next = waiting.shift();
    if (next === undefined) said.push(line);
    else next(line);
  });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString("utf8")));
  const ended = once(child, "exit");
  const failed = ended.then((): never => {
    throw new Error(`Satchel has ended: ${complaint.slice(-2000)}`);
  });
  failed.catch(() => undefined);
  const nextLine = async (): Promise<string> =>
    said.shift() ?? (await Promise.race([new Promise<string>((resolve) => waiting.push(resolve)), failed]));
  let first: string | undefined = await nextLine();
  return {
    pid: child.pid ?? -1,
    async newAddress() {
      if (first !== undefined) {
        const address = first;
        first = undefined;
        return address;
      }
      child.stdin.write("address\n");
      return await nextLine();
    },
    async end() {
      child.stdin.end();
      await ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

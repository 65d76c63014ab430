import type { Command } from "commander";
import { calls, type Calls } from "../../../contract/calls.ts";
import { SatchelError } from "../../../contract/errors.ts";
import { createMemoryWire } from "../../../contract/memory-wire.ts";
import { connect, type Client } from "../../../contract/rpc.ts";
import { isWorkspace } from "../../access/workspace.ts";
import { createApp } from "../../app.ts";
import { EXIT, exitCodeOfError } from "./exit-codes.ts";
import { createOutput, type Output } from "./output.ts";
import { commandLinePorts, type PortOptions } from "./ports.ts";
import { signInAs, type AccountOptions } from "./sign-in.ts";

/** What a command works with: the application over a wire, and where to write. */
export interface Session {
  client: Client<Calls>;
  output: Output;
  /** Aborted by Ctrl-C; a second one ends the process. */
  signal: AbortSignal;
  options: GlobalOptions;
}

export interface GlobalOptions extends PortOptions, AccountOptions {
  json?: boolean;
}

/**
 * What a command needs of the workspace: to write (one process at a time), to write and make it where there is none, to write and to work
 * through instances, or to make tables, to read beside a writer, or nothing. Few make one: a mistyped --workspace must not leave an empty
 * one behind, in which nothing is found.
 */
export type Access = "make" | "write" | "work" | "tables" | "read" | "none";

/**
 * Runs a command's action with an open workspace and turns what it throws into a message and an exit code.
 *
 * @param action returns the exit code.
 */
export function withSession<Arguments extends unknown[]>(
  access: Access,
  action: (session: Session, ...args: Arguments) => Promise<number>,
): (...args: [...Arguments, Command]) => Promise<void> {
  return withOutput((output, signal, options, ...args: Arguments) =>
    runInSession(access, options, output, signal, (session) => action(session, ...args)),
  );
}

/**
 * For looks at jobs: opens the workspace as its writer where it is free, so that a job whose process died is known to be interrupted,
 * and beside its writer otherwise.
 */
export function withAnySession<Arguments extends unknown[]>(
  action: (session: Session, ...args: Arguments) => Promise<number>,
): (...args: [...Arguments, Command]) => Promise<void> {
  return withOutput(async (output, signal, options, ...args: Arguments) => {
    const run = (access: Access): Promise<number> =>
      runInSession(access, options, output, signal, (session) => action(session, ...args));
    try {
      return await run("write");
    } catch (thrown) {
      if (!(thrown instanceof SatchelError) || thrown.code !== "IN_USE") throw thrown;
    }
    return run("read");
  });
}

/** As withSession, for commands that open their workspaces themselves. */
export function withOutput<Arguments extends unknown[]>(
  action: (output: Output, signal: AbortSignal, options: GlobalOptions, ...args: Arguments) => Promise<number>,
): (...args: [...Arguments, Command]) => Promise<void> {
  return async (...all) => {
    const command = all.at(-1) as Command;
    const args = all.slice(0, -1) as unknown as Arguments;
    const options = command.optsWithGlobals<GlobalOptions>();
    const output = createOutput(options.json === true);
    const abort = new AbortController();
    let interrupts = 0;
    const interrupt = (): void => {
      if (++interrupts > 1) process.exit(EXIT.cancelled);
      output.note("Cancelling ...");
      abort.abort(new SatchelError("CANCELLED", "Cancelled."));
    };
    process.on("SIGINT", interrupt);
    process.on("SIGTERM", interrupt);
    try {
      process.exitCode = await action(output, abort.signal, options, ...args);
    } catch (thrown) {
      process.exitCode = exitCodeOfError(output.error(thrown).code);
    } finally {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    }
  };
}

/** Opens the application, lets `action` use it, and closes it whatever happens. */
export async function runInSession<Result>(
  access: Access,
  options: GlobalOptions,
  output: Output,
  signal: AbortSignal,
  action: (session: Session) => Promise<Result>,
): Promise<Result> {
  const ports = commandLinePorts(options, access);
  if ((access === "write" || access === "work" || access === "tables") && !isWorkspace(ports.paths.workspace)) {
    throw new SatchelError(
      "NOT_FOUND",
      "There is no workspace yet where this command looks for it.",
      "Check --workspace, or make one: satchel source add folder PATH --name NAME",
    );
  }
  const app = await createApp(ports);
  try {
    const [server, client] = createMemoryWire();
    app.serve(server);
    const connected = connect(calls, client);
    if (access !== "none") await signInAs(connected, options);
    return await action({ client: connected, output, signal, options });
  } finally {
    await app.close();
  }
}

import { setTimeout as wait } from "node:timers/promises";
import { SatchelError, toErrorRecord, type ErrorRecord } from "../../contract/errors.ts";
import { changePassphrase } from "./workspace-header.ts";
import type { WorkspaceSecret } from "./workspace-key.ts";
import { isWorkspace, openWorkspace, type Workspace } from "./workspace.ts";

/** Wrong passphrases that are nothing but mistyped; after each further one the next attempt waits twice as long. */
const FREE_ATTEMPTS = 5;
const LONGEST_WAIT_MS = 30_000;

export interface GateOptions {
  paths: { workspace: string };
  access: "write" | "read" | "none";
  /** Lets that many milliseconds pass. */
  pause?: (milliseconds: number) => Promise<void>;
}

/**
 * The workspace of an application, open or still locked. Opened once and closed with the application. A wrong passphrase costs its scrypt
 * and, when it goes on, time: whoever sits at an unlocked screen cannot try a word list through the window. (Who has the files can, at
 * scrypt's price: that is what the passphrase must be long for.)
 */
export class WorkspaceGate {
  readonly #options: GateOptions;
  #workspace: Workspace | undefined;
  #busy = false;
  #wrong = 0;
  #closed = false;
  /** Why the last attempt failed. */
  problem: ErrorRecord | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#workspace !== undefined;
  }

  get state(): "new" | "locked" | "open" {
    if (this.isOpen) return "open";
    return isWorkspace(this.#options.paths.workspace) ? "locked" : "new";
  }

  /** @throws INTERNAL where the application was opened without one; LOCKED */
  get workspace(): Workspace {
    if (this.#workspace !== undefined) return this.#workspace;
    if (this.#options.access === "none")
      throw new SatchelError("INTERNAL", "This call needs a workspace and none is open.");
    throw new SatchelError("LOCKED", "The workspace is not open yet.", "Give its passphrase.");
  }

  /** Opens or makes the workspace; nothing where it is open. One attempt at a time. @throws what openWorkspace throws; IN_USE */
  async open(secrets: () => WorkspaceSecret | Promise<WorkspaceSecret>): Promise<void> {
    if (this.isOpen) return;
    try {
      await this.#attempt(async () => {
        const { access, paths } = this.#options;
        const opened = await openWorkspace(paths.workspace, secrets, { readOnly: access === "read" });
        // The application was closed meanwhile.
        if (this.#closed) opened.close();
        else this.#workspace = opened;
      });
      this.problem = undefined;
    } catch (thrown) {
      this.problem = toErrorRecord(thrown);
      throw thrown;
    }
  }

  /** @throws LOCKED, and as changePassphrase */
  async changePassphrase(current: string, next: string): Promise<void> {
    const { folder } = this.workspace;
    await this.#attempt(() => changePassphrase(folder, current, next));
  }

  log(name: string, thrown: unknown): void {
    this.#workspace?.log.error(name, thrown);
  }

  close(): void {
    this.#closed = true;
    this.#workspace?.close();
    this.#workspace = undefined;
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    if (this.#busy) throw new SatchelError("IN_USE", "A passphrase is just being tried.", "Wait a moment.");
    this.#busy = true;
    try {
      const over = this.#wrong - FREE_ATTEMPTS;
      if (over >= 0) await (this.#options.pause ?? wait)(Math.min(1000 * 2 ** over, LONGEST_WAIT_MS));
      await action();
      this.#wrong = 0;
    } catch (thrown) {
      if (thrown instanceof SatchelError && thrown.code === "WRONG_KEY") this.#wrong++;
      throw thrown;
    } finally {
      this.#busy = false;
    }
  }
}

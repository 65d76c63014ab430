import { SatchelError, toErrorRecord, type ErrorRecord } from "../../contract/errors.ts";
import type { WorkspaceSecret } from "./workspace-key.ts";
import { isWorkspace, openWorkspace, type Workspace } from "./workspace.ts";

/** The workspace of an application, open or still locked. Opened once and closed with the application. */
export class WorkspaceGate {
  readonly #folder: string;
  readonly #access: "write" | "read" | "none";
  #workspace: Workspace | undefined;
  #opening: Promise<void> | undefined;
  /** Why the last attempt failed. */
  problem: ErrorRecord | undefined;

  constructor(settings: { paths: { workspace: string }; access: "write" | "read" | "none" }) {
    this.#folder = settings.paths.workspace;
    this.#access = settings.access;
  }

  get isOpen(): boolean {
    return this.#workspace !== undefined;
  }

  get state(): "new" | "locked" | "open" {
    if (this.isOpen) return "open";
    return isWorkspace(this.#folder) ? "locked" : "new";
  }

  /** @throws INTERNAL where the application was opened without one; LOCKED */
  get workspace(): Workspace {
    if (this.#workspace !== undefined) return this.#workspace;
    if (this.#access === "none") throw new SatchelError("INTERNAL", "This call needs a workspace and none is open.");
    throw new SatchelError("LOCKED", "The workspace is not open yet.", "Give its passphrase.");
  }

  /** Opens or makes the workspace; nothing where it is open. One attempt at a time. @throws what openWorkspace throws; IN_USE */
  async open(secrets: () => WorkspaceSecret | Promise<WorkspaceSecret>): Promise<void> {
    if (this.isOpen) return;
    if (this.#opening !== undefined)
      throw new SatchelError("IN_USE", "The workspace is just being opened.", "Wait a moment.");
    const opening = (async () => {
      this.#workspace = await openWorkspace(this.#folder, secrets, { readOnly: this.#access === "read" });
    })();
    this.#opening = opening;
    try {
      await opening;
      this.problem = undefined;
    } catch (thrown) {
      this.problem = toErrorRecord(thrown);
      throw thrown;
    } finally {
      this.#opening = undefined;
    }
  }

  log(name: string, thrown: unknown): void {
    this.#workspace?.log.error(name, thrown);
  }

  close(): void {
    this.#workspace?.close();
    this.#workspace = undefined;
  }
}

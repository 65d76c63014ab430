import { homedir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import type { WorkspaceSecret } from "../../access/workspace-key.ts";
import { isWorkspace } from "../../access/workspace.ts";
import type { AppPorts } from "../../app.ts";
import { newPassphrase, passphraseFor } from "./passphrase.ts";
import type { Access } from "./session.ts";

export interface PortOptions {
  workspace?: string;
  passphraseEnv: string;
  keyFile?: string;
}

/** Where this platform keeps the data of its users' programs. */
function defaultWorkspace(): string {
  const home = homedir();
  switch (process.platform) {
    case "win32":
      return join(process.env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "Satchel");
    case "darwin":
      return join(home, "Library", "Application Support", "Satchel");
    default:
      return join(process.env.XDG_DATA_HOME ?? join(home, ".local", "share"), "satchel");
  }
}

/** The ports of the command line: arguments for dialogs, a passphrase or key file for secrets. */
export function commandLinePorts(options: PortOptions, access: Access): AppPorts {
  const folder = options.workspace === undefined ? defaultWorkspace() : resolve(options.workspace);
  const secrets = async (): Promise<WorkspaceSecret> => {
    if (options.keyFile !== undefined) return { kind: "key-file", path: resolve(options.keyFile) };
    const passphrase = isWorkspace(folder)
      ? await passphraseFor("Passphrase of the workspace", options.passphraseEnv)
      : await newPassphrase("Passphrase for the workspace", options.passphraseEnv);
    return { kind: "passphrase", passphrase };
  };
  return {
    paths: { workspace: folder },
    access: access === "work" ? "write" : access,
    warm: access === "work",
    secrets,
    workerFile: new URL("../../jobs/worker.ts", import.meta.url),
    user: userInfo().username,
    now: () => new Date(),
  };
}

import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { WorkspaceSecret } from "../../access/workspace-key.ts";
import { isWorkspace } from "../../access/workspace.ts";
import type { AppPorts } from "../../app.ts";
import { currentUser } from "../../audit/audit-record.ts";
import { workerEntry } from "../../places.ts";
import { pathArgument } from "./arguments.ts";
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
    default: {
      // Empty or relative counts as not set, by the XDG Base Directory Specification.
      const data = process.env.XDG_DATA_HOME ?? "";
      return join(isAbsolute(data) ? data : join(home, ".local", "share"), "satchel");
    }
  }
}

/** Absolute. @throws USAGE where the name given is empty: a variable of a script that is not set must not mean "here" */
function workspaceFolder(options: PortOptions): string {
  return options.workspace === undefined ? defaultWorkspace() : pathArgument(options.workspace, "--workspace");
}

/** The ports of the command line: arguments for dialogs, a passphrase or key file for secrets. */
export function commandLinePorts(options: PortOptions, access: Access): AppPorts {
  const folder = workspaceFolder(options);
  const secrets = async (): Promise<WorkspaceSecret> => {
    if (options.keyFile !== undefined) return { kind: "key-file", path: pathArgument(options.keyFile, "--key-file") };
    const passphrase = isWorkspace(folder)
      ? await passphraseFor("Passphrase of the workspace", options.passphraseEnv)
      : await newPassphrase("Passphrase for the workspace", options.passphraseEnv);
    return { kind: "passphrase", passphrase };
  };
  return {
    paths: { workspace: folder },
    access: access === "work" || access === "make" ? "write" : access,
    warm: access === "work",
    secrets,
    workerFile: workerEntry("jobs/worker"),
    user: currentUser(),
    now: () => new Date(),
    shell: "cli",
  };
}

import { defaultWorkspace } from "../../access/default-workspace.ts";
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
    access: access === "read" || access === "none" ? access : "write",
    warm: access === "work" ? "imaging" : access === "tables" ? "table" : undefined,
    secrets,
    workerFile: workerEntry("jobs/worker"),
    user: currentUser(),
    now: () => new Date(),
    shell: "cli",
  };
}

import { errorRecord } from "../job.ts";
import { call, stream } from "../rpc.ts";
import { z } from "../schema.ts";
import { done, none } from "./common.ts";

const workspaceState = z.object({
  /** `new`: none is there yet; `locked`: it waits for its passphrase; `open`: everything can be asked for. */
  state: z.enum(["new", "locked", "open"]),
  /** Why it did not open by itself (the platform's key store refused, another process has it). */
  problem: errorRecord.nullable(),
});
export type WorkspaceState = z.infer<typeof workspaceState>;

/** What has changed, so that a screen asks anew. `workspace` also when it is opened. */
export const CHANGE_TOPICS = [
  "workspace",
  "sources",
  "catalog",
  "keys",
  "recipes",
  "jobs",
  "packages",
  "audit",
  "settings",
  "users",
] as const;
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];

export const workspaceCalls = {
  "workspace.state": call(none, workspaceState),
  /**
   * Opens the workspace, or makes it where there is none yet. Without a passphrase by the shell's own way (the platform's key store, a key
   * file) once more: another process may have had the workspace. @throws WRONG_KEY, IN_USE; USAGE where the shell has no way of its own
   */
  "workspace.open": call(z.object({ passphrase: z.string().min(1).optional() }).strict(), workspaceState),
  /** @throws WRONG_KEY; USAGE where the workspace does not open with a passphrase */
  "workspace.changePassphrase": call(z.object({ current: z.string(), next: z.string().min(1) }).strict(), done),
  /** Never ends by itself. Works while the workspace is locked too. */
  "changes.watch": stream(none, z.object({ topics: z.array(z.enum(CHANGE_TOPICS)) })),
};

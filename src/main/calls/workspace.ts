import type { WorkspaceState } from "../../contract/calls/workspace.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { WorkspaceSecret } from "../access/workspace-key.ts";
import { appendAudit } from "../audit/audit-log.ts";
import type { CallContext, HandlersOf } from "./context.ts";

export function workspaceHandlers(context: CallContext): HandlersOf<"workspace" | "changes"> {
  const { gate, changes, ports } = context;
  const state = (): WorkspaceState => ({ state: gate.state, problem: gate.problem ?? null });
  return {
    "workspace.state": state,
    "workspace.open": async ({ passphrase }) => {
      await gate.open(() => secretOf(context, passphrase));
      // Jobs that a dead process left are known as interrupted from here on.
      void context.jobs;
      changes.tell("workspace");
      return state();
    },
    "workspace.changePassphrase": async ({ current, next }) => {
      await gate.changePassphrase(current, next);
      appendAudit(context.workspace.audit, {
        at: ports.now().toISOString(),
        user: ports.user,
        action: "change passphrase",
        subjects: [],
        policy: "",
        destination: "",
        counts: {},
        result: "complete",
      });
      changes.tell("audit");
      return { ok: true };
    },
    "changes.watch": (_input, signal) => changes.watch(signal),
  };
}

/** @throws USAGE where no passphrase is given and the shell has no way of its own */
function secretOf(context: CallContext, passphrase: string | undefined): WorkspaceSecret | Promise<WorkspaceSecret> {
  if (passphrase !== undefined) return { kind: "passphrase", passphrase };
  const own = context.ports.secrets?.();
  if (own !== undefined) return own;
  throw new SatchelError("USAGE", "The workspace opens with a passphrase.", "Give its passphrase.");
}

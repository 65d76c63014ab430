import type { WorkspaceState } from "../../contract/calls/workspace.ts";
import type { CallContext, HandlersOf } from "./context.ts";

export function workspaceHandlers(context: CallContext): HandlersOf<"workspace" | "changes"> {
  const { gate, changes } = context;
  const state = (): WorkspaceState => ({ state: gate.state, problem: gate.problem ?? null });
  return {
    "workspace.state": state,
    "workspace.open": async ({ passphrase }) => {
      await gate.open(() => ({ kind: "passphrase", passphrase }));
      // Jobs that a dead process left are known as interrupted from here on.
      void context.jobs;
      changes.tell("workspace");
      return state();
    },
    "changes.watch": (_input, signal) => changes.watch(signal),
  };
}

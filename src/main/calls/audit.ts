import { listAudit, verifyAudit } from "../audit/audit-log.ts";
import type { CallContext, HandlersOf } from "./context.ts";

export function auditHandlers(context: CallContext): HandlersOf<"audit"> {
  return {
    "audit.list": ({ limit }) => {
      const rows = listAudit(context.workspace.audit, { limit });
      return { total: rows.length, rows, actions: [], users: [] };
    },
    "audit.verify": () => {
      const { ok, records, broken } = verifyAudit(context.workspace.audit);
      if (broken === undefined) return { ok, records };
      const message = `Record ${broken.sequence}: ${broken.reason}.`;
      const next = "Keep the workspace as it is and compare it with a backup.";
      return { ok, records, problem: { code: "AUDIT_BROKEN", message, next } };
    },
  };
}

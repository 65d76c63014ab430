import { isAbsolute } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { writeNewFile } from "../access/new-file.ts";
import { auditCsv } from "../audit/audit-csv.ts";
import { appendAudit, verifyAudit } from "../audit/audit-log.ts";
import { findAudit, iterateAudit, wordsOfAudit } from "../audit/find-audit.ts";
import type { CallContext, HandlersOf } from "./context.ts";

export function auditHandlers(context: CallContext): HandlersOf<"audit"> {
  return {
    "audit.list": ({ limit, offset, ...filter }) => {
      const { audit, catalog } = context.workspace;
      return catalog.read(() => ({ ...findAudit(audit, filter, { limit, offset }), ...wordsOfAudit(audit) }));
    },
    "audit.verify": () => {
      const { ok, records, broken } = verifyAudit(context.workspace.audit);
      if (broken === undefined) return { ok, records };
      const message = `Record ${broken.sequence}: ${broken.reason}.`;
      const next = "Keep the workspace as it is and compare it with a backup.";
      return { ok, records, problem: { code: "AUDIT_BROKEN", message, next } };
    },
    "audit.export": ({ file, ...filter }) => {
      if (!isAbsolute(file)) throw new SatchelError("USAGE", "The file is not named by its whole path.", "Choose one.");
      const { audit, catalog } = context.workspace;
      const lines = catalog.read(() => [...auditCsv(iterateAudit(audit, filter))]);
      const records = lines.length - 1;
      writeNewFile(file, lines.join(""));
      appendAudit(audit, {
        at: context.ports.now().toISOString(),
        user: context.ports.user,
        action: "export audit log",
        subjects: [],
        policy: "",
        destination: file,
        counts: { records },
        result: "complete",
      });
      context.changes.tell("audit");
      return { records };
    },
  };
}

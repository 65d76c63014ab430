import { toErrorRecord } from "../../contract/errors.ts";
import { getProjectKey } from "../access/project-keys.ts";
import { appendAudit } from "../audit/audit-log.ts";
import { deidentifyFiles, type DeidentifyReport } from "../jobs/deidentify-files.ts";
import { openPolicy } from "../jobs/job-policy.ts";
import { assertApart } from "./destination.ts";
import { latestOf } from "./latest-of.ts";
import type { CallContext, HandlersOf } from "./context.ts";

interface FileProblem {
  file: number;
  code: string;
  reason: string;
}

export function fileHandlers(context: CallContext): HandlersOf<"files"> {
  return {
    "files.deidentify": async function* ({ paths, destination, key, options, includeHeld }, signal) {
      const { workspace, ports, pool } = context;
      assertApart(context, destination);
      const policy = openPolicy({ kind: "pseudonymised", key, options, includeHeld }, (name) =>
        getProjectKey(workspace.catalog, name),
      );
      const problems: FileProblem[] = [];
      const events = latestOf<{ done: number; total: number }, DeidentifyReport>((onProgress) =>
        deidentifyFiles({
          paths,
          destination,
          policy,
          pool,
          scratch: workspace.scratch,
          signal,
          onProgress,
          onProblem: (problem) => problems.push(problem),
        }),
      );
      const record = (counts: Record<string, number>, result: string): void => {
        appendAudit(workspace.audit, {
          at: ports.now().toISOString(),
          user: ports.user,
          action: "deidentify",
          subjects: [],
          policy: ["pseudonymised", policy.receipt.edition ?? "", policy.receipt.key ?? "", ...options].join(" "),
          destination,
          counts,
          result,
          ...(includeHeld === undefined ? {} : { reason: includeHeld }),
        });
      };
      try {
        for await (const event of events) {
          for (const problem of problems.splice(0)) yield { type: "problem", ...problem };
          if (event.kind === "progress") {
            yield { type: "progress", ...event.value };
            continue;
          }
          const report = event.value;
          record({ ...report }, report.failed > 0 ? "incomplete" : "complete");
          yield { type: "result", ...report };
        }
      } catch (thrown) {
        const { code } = toErrorRecord(thrown);
        record({}, code === "CANCELLED" ? "cancelled" : `failed (${code})`);
        throw thrown;
      }
    },
  };
}

import type { Command } from "commander";
import { countArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatTable } from "../format.ts";
import { withSession } from "../session.ts";

export function addAuditCommand(program: Command): void {
  const audit = program.command("audit").description("who exported what, when and where to");
  audit
    .command("list")
    .description("the newest records")
    .option("--limit <count>", "how many", "100")
    .action(
      withSession("read", async ({ client, output }, options: { limit: string }) => {
        const { rows } = await client["audit.list"]({ limit: countArgument(options.limit, "--limit", [1, 1_000_000]) });
        output.document(rows);
        if (rows.length === 0) output.note("Nothing was exported yet.");
        else if (!output.json) {
          output.line(
            formatTable(
              [
                { title: "No", right: true },
                { title: "Time" },
                { title: "Who" },
                { title: "What" },
                { title: "Subjects" },
                { title: "Policy" },
                { title: "Result" },
                { title: "Where" },
              ],
              rows.map((row) => [
                String(row.sequence),
                row.at,
                row.user,
                row.action,
                row.subjects.length > 3
                  ? `${row.subjects.slice(0, 3).join(", ")} and ${row.subjects.length - 3} more`
                  : row.subjects.join(", "),
                row.policy,
                row.result,
                row.destination,
              ]),
            ),
          );
        }
        return EXIT.done;
      }),
    );
  audit
    .command("verify")
    .description("whether any record was changed, removed or added by hand")
    .action(
      withSession("read", async ({ client, output }, _options: object) => {
        const report = await client["audit.verify"]({});
        output.document(report);
        output.line(
          report.ok
            ? `${counted(report.records, "record")} verified; the chain is whole.`
            : `NOT VERIFIED: ${report.problem?.message ?? ""}`,
        );
        return report.ok ? EXIT.done : EXIT.verification;
      }),
    );
}

import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import { countArgument, pathArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatTable } from "../format.ts";
import { withSession } from "../session.ts";

interface FilterOptions {
  text?: string;
  action?: string;
  user?: string;
  since?: string;
  until?: string;
}

/** @throws USAGE where a date is none */
function filterOf({ text, action, user, since, until }: FilterOptions) {
  for (const [name, date] of [
    ["--since", since],
    ["--until", until],
  ] as const) {
    if (date !== undefined && !isDate(date))
      throw new SatchelError("USAGE", `The date given as ${name} cannot be read.`, "Write it as 2026-03-31.");
  }
  return { text, action, user, from: since, to: until };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** `--to` is where an export goes, here as everywhere: hence other words for days. */
function withFilter(command: Command): Command {
  return command
    .option("--text <words>", "each of which must stand in the record")
    .option("--action <action>", '"export imaging", "export key", ...')
    .option("--user <name>", "who did it")
    .option("--since <date>", "the first day (UTC), as 2026-03-31")
    .option("--until <date>", "the last day (UTC)");
}

export function addAuditCommand(program: Command): void {
  const audit = program.command("audit").description("who exported what, when and where to");
  withFilter(audit.command("list").description("the newest records"))
    .option("--limit <count>", "how many", "100")
    .action(
      withSession("read", async ({ client, output }, options: FilterOptions & { limit: string }) => {
        const filter = filterOf(options);
        const limit = countArgument(options.limit, "--limit", [1, 1_000_000]);
        const { rows } = await client["audit.list"]({ ...filter, limit });
        const filtered = Object.values(filter).some((value) => value !== undefined);
        output.document(rows);
        if (rows.length === 0) output.note(filtered ? "No record matches." : "Nothing was exported yet.");
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
  withFilter(audit.command("export").description("the records that match as CSV, in a new file for spreadsheets"))
    .requiredOption("--to <file>", "a file that is not there yet; only its owner can read it")
    .action(
      withSession("write", async ({ client, output }, options: FilterOptions & { to: string }) => {
        const file = pathArgument(options.to, "--to");
        const report = await client["audit.export"]({ ...filterOf(options), file });
        output.document(report);
        output.line(`${counted(report.records, "record")} written to ${file}.`);
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

import type { Command } from "commander";
import { syncOptions, type SyncOptions } from "../../../../contract/calls/sources.ts";
import { SatchelError } from "../../../../contract/errors.ts";
import { listArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatCount } from "../format.ts";
import { createProgressLine } from "../progress-line.ts";
import { withSession, type Session } from "../session.ts";

/** Syncs one source with progress. @returns whether everything at the source was seen and readable */
export async function syncSource(
  { client, output, signal }: Session,
  name: string,
  options: SyncOptions = {},
): Promise<boolean> {
  const progress = createProgressLine(output);
  for await (const event of client["sources.sync"]({ name, options }, signal)) {
    if (event.type === "progress") {
      progress.show({ step: `${name}: ${event.step}`, done: event.done, total: event.total });
      continue;
    }
    progress.end();
    const { type: _type, ...result } = event;
    output.document({ result });
    const parts = [
      `${formatCount(event.added)} new`,
      `${formatCount(event.changed)} changed`,
      `${formatCount(event.unchanged)} as before`,
      ...(event.removed > 0 ? [`${formatCount(event.removed)} gone`] : []),
      ...(event.skipped > 0 ? [`${formatCount(event.skipped)} not DICOM`] : []),
      ...(event.analyses > 0 ? [counted(event.analyses, "AI result")] : []),
    ];
    output.line(`${name}: ${parts.join(", ")}`);
    for (const notice of event.notices) output.line(`  ${notice}`);
    if (event.problems > 0) {
      output.line(`  ${counted(event.problems, "problem")}:`);
      const problems = await client["sources.problems"]({ name, limit: 20 });
      for (const { ref, code, reason } of problems) output.line(`    ${ref}: ${reason} [${code}]`);
      if (event.problems > problems.length) output.line(`    and ${event.problems - problems.length} more`);
    }
    if (!event.complete) output.line("  The sync did not go through everything; run it again.");
    return event.complete && event.problems === 0;
  }
  return false;
}

interface SyncArguments {
  bulk?: boolean;
  group?: string;
  types?: string;
  since?: string;
  filter?: string[];
}

export function addSyncCommand(program: Command): void {
  program
    .command("sync [name]")
    .description("read what is new at one source, or at all, into the catalog")
    .option("--bulk", "of a FHIR server: by a bulk export")
    .option("--no-bulk", "of a FHIR server: by searches")
    .option("--group <id>", "of a FHIR server: a bulk export of the patients of this group")
    .option("--types <types>", "of a FHIR server: only these types this time, as Patient,Observation")
    .option("--since <moment>", "of a FHIR server: only what changed since a day, or a moment with its zone")
    .option("--filter <filter...>", "of a FHIR server: only what matches, as 'Observation?category=laboratory'")
    .action(
      withSession("write", async (session, name: string | undefined, given: SyncArguments) => {
        const options = optionsOf(given);
        if (name === undefined && Object.keys(options).length > 0)
          throw new SatchelError("USAGE", "Options of a sync are for one source.", "Name it: satchel sync NAME …");
        const names = name === undefined ? (await session.client["sources.list"]({})).map((one) => one.name) : [name];
        if (names.length === 0)
          session.output.note("No sources yet. Add one: satchel source add folder PATH --name NAME");
        let whole = true;
        for (const one of names) whole = (await syncSource(session, one, options)) && whole;
        return whole ? EXIT.done : EXIT.incomplete;
      }),
    );
}

/** @throws USAGE */
function optionsOf({ bulk, group, types, since, filter }: SyncArguments): SyncOptions {
  const parsed = syncOptions.safeParse({
    ...(bulk === undefined ? {} : { bulk }),
    ...(group === undefined ? {} : { group }),
    ...(types === undefined ? {} : { types: listArgument(types) }),
    ...(since === undefined ? {} : { since }),
    ...(filter === undefined ? {} : { filters: filter }),
  });
  if (parsed.success) return parsed.data;
  const wrong = String(parsed.error.issues[0]?.path[0] ?? "");
  throw new SatchelError(
    "USAGE",
    `--${wrong === "filters" ? "filter" : wrong} is not as it should be.`,
    WANTED[wrong] ?? "See satchel sync --help.",
  );
}

const WANTED: Readonly<Record<string, string>> = {
  types: "Give names of resource types: Patient,Observation.",
  since: "Give a day as 2024-01-31, or a moment as 2024-01-31T12:00:00Z.",
};

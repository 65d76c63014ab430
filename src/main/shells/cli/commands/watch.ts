import type { Command } from "commander";
import { WATCH_SECONDS, watchRecipe, type WatchEvent, type WatchRecipe } from "../../../../contract/calls/watch.ts";
import { SatchelError } from "../../../../contract/errors.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatCount } from "../format.ts";
import type { Output } from "../output.ts";
import { createProgressLine, type ProgressLine } from "../progress-line.ts";
import { runInSession, withOutput } from "../session.ts";
import { readRecipeFile } from "./export-recipe.ts";

const EXAMPLES = `
With --recipe a package is made at once, and then whenever something changed, named by its time. FHIR as NDJSON holds what was added or changed
since the package before, with deleted.ndjson where the source deleted something; tables, Bundles, reports and quality are made whole each time.
How far a recipe has come is kept in the workspace: a watch that is begun again goes on from there. It ends by Ctrl-C.

Examples
  satchel watch camp --every 5m
  satchel export fhir --to ./out --key lung --save-recipe camp.json
  satchel watch camp --every 1h --recipe camp.json`;

export function addWatchCommand(program: Command): void {
  program
    .command("watch <name>")
    .description("look at a source of FHIR resources again and again for what is new, and export it")
    .option("--every <time>", "10s to 24h: 30s, 5m, 1h (default 60s)")
    .option("--recipe <file>", "run this recipe whenever something changed")
    .addHelpText("after", EXAMPLES)
    .action(
      withOutput(async (output, signal, global, name: string, options: { every?: string; recipe?: string }) => {
        const seconds = secondsOf(options.every ?? `${WATCH_SECONDS.usual}s`);
        const recipe = options.recipe === undefined ? undefined : recipeOf(options.recipe);
        const asked = { name, seconds, ...(recipe === undefined ? {} : { recipe }) };
        return runInSession("work", global, output, signal, async ({ client }) => {
          const progress = createProgressLine(output);
          try {
            for await (const event of client["sources.watch"](asked, signal)) tell(output, progress, event);
          } finally {
            progress.end();
          }
          return EXIT.done;
        });
      }),
    );
}

/** "60s", "5m", "1h". @throws USAGE */
export function secondsOf(time: string): number {
  const [, digits = "", unit = ""] = /^(\d{1,5})(s|m|h)$/.exec(time) ?? [];
  const seconds = Number(digits) * (unit === "h" ? 3_600 : unit === "m" ? 60 : 1);
  if (seconds >= WATCH_SECONDS.least && seconds <= WATCH_SECONDS.most) return seconds;
  throw new SatchelError("USAGE", "--every is not a time from 10s to 24h.", "Write it as 30s, 5m or 1h.");
}

/** @throws USAGE */
function recipeOf(file: string): WatchRecipe {
  const read = readRecipeFile(file, undefined);
  const parsed = watchRecipe.safeParse(read);
  if (parsed.success) return parsed.data;
  throw new SatchelError(
    "USAGE",
    `A watch does not run recipes of the kind ${read.kind}.`,
    "Give one of FHIR, tables, observations, a report or quality.",
  );
}

function tell(output: Output, progress: ProgressLine, event: WatchEvent): void {
  if (event.type === "progress") {
    progress.show(event);
    return;
  }
  progress.end();
  output.document({ watch: event });
  const line = lineOf(event);
  if (line !== undefined) output.line(line);
  if (event.type === "read") for (const notice of event.notices) output.line(`  ${notice}`);
}

function lineOf(event: WatchEvent): string | undefined {
  switch (event.type) {
    case "read": {
      const what = event.types.map(({ type, changed, deleted }) =>
        [`${type} ${formatCount(changed)}`, ...(deleted > 0 ? [`${formatCount(deleted)} deleted`] : [])].join(", "),
      );
      const found = what.length === 0 ? "nothing new" : what.join("; ");
      return `${event.at}  ${found}${event.complete ? "" : "  (not everything could be read)"}`;
    }
    case "exported": {
      const made = event.packages.map(({ path, resources }) =>
        resources === null ? path : `${path} (${counted(resources, "resource")})`,
      );
      return `  ${event.state}: ${made.join(", ")}`;
    }
    case "failed":
      return `${event.at}  ${event.error.message}${event.error.next === undefined ? "" : ` ${event.error.next}`} [${event.error.code}]`;
    default:
      return undefined;
  }
}

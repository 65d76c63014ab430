import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import type { PlanSummary } from "../../../../contract/job.ts";
import { z } from "../../../../contract/schema.ts";
import type { Recipe } from "../../../../contract/recipe.ts";
import { pathArgument } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { formatBytes, formatCount, formatTable } from "../format.ts";
import type { Output } from "../output.ts";
import type { Session } from "../session.ts";
import { readRecipeFile, saveRecipe } from "./export-recipe.ts";
import { reportJob, watchJob } from "./jobs.ts";

/** Options of all kinds of table beside those of its delivery. */
export interface TableOptions {
  recipe?: string;
  saveRecipe?: string;
  exportedAt?: string;
  dryRun?: boolean;
}

/** The name of a key that is made where there is none. */
const FIRST_KEY = "records";

/** Adds the options that all kinds of table have. */
export function withTableOptions(command: Command): Command {
  return command
    .option("--to <folder>", "make a package there, in place of an output file")
    .option("--package <form>", "with --to: zip (default) or folder, with description, codebook, receipt and manifest")
    .option("--with-description", "beside an output file: the same four, as files next to it")
    .option("--compress <level>", "with --package zip: 0 stores, 1 to 9 deflates (default 6)")
    .option("--formulas <how>", "guard (default): cells that a spreadsheet would run are made harmless; keep")
    .option("--recipe <file>", "take everything from a recipe; --to overrides its destination")
    .option("--save-recipe <file>", "write the recipe to a file, and start nothing")
    .option("--exported-at <time>", "the time that stands in the package, to make the same bytes again")
    .option("--dry-run", "say what would be made, and make nothing");
}

/** @throws USAGE */
export function assertTime(time: string | undefined): void {
  if (time !== undefined && !z.iso.datetime().safeParse(time).success)
    throw new SatchelError("USAGE", "--exported-at is not a time.", "Write it as 2026-01-31T12:00:00Z, in UTC.");
}

/**
 * The recipe that a file holds; with it nothing else may be given, since it would be ignored.
 *
 * @param given all options as commander has them
 * @throws USAGE
 */
export function recipeFromFile<Kind extends Recipe["kind"]>(
  kind: Kind,
  file: string,
  output: string | undefined,
  given: object & TableOptions & { to?: string },
): Extract<Recipe, { kind: Kind }> {
  const beside = ["recipe", "to", "exportedAt", "dryRun", "saveRecipe", "review", "showText"];
  const other = Object.entries(given).find(([name, value]) => value !== undefined && !beside.includes(name));
  if (other !== undefined || output !== undefined)
    throw new SatchelError(
      "USAGE",
      `${other === undefined ? "An output file" : `--${other[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`} cannot be given with --recipe, which says it itself.`,
      "Change the recipe, or leave --recipe away.",
    );
  const read = readRecipeFile(file, given.to);
  if (read.kind === kind) return read as Extract<Recipe, { kind: Kind }>;
  throw new SatchelError(
    "USAGE",
    `The recipe is one of the kind ${read.kind}.`,
    `Use: satchel ${commandOf(read.kind)}`,
  );
}

/**
 * The key that pseudonyms are made with, where none was named: the only one there is, or a new one. Either is said.
 *
 * @throws KEY_NEEDED where there are several
 */
export async function onlyKey({ client, output }: Session): Promise<string> {
  const keys = await client["keys.list"]({});
  const [first] = keys;
  if (keys.length > 1)
    throw new SatchelError(
      "KEY_NEEDED",
      "There are several project keys, and none was named.",
      `Give --key with one of: ${keys.map(({ name }) => name).join(", ")}.`,
    );
  if (first !== undefined) {
    output.note(`Pseudonyms are made with the project key ${first.name}, the only one there is.`);
    return first.name;
  }
  await client["keys.new"]({ name: FIRST_KEY });
  output.note(
    `There was no project key: one named ${FIRST_KEY} was made. Keep it with: satchel key export ${FIRST_KEY} FILE`,
  );
  return FIRST_KEY;
}

/** The words that make what a recipe says: "export notes". */
function commandOf(kind: Recipe["kind"]): string {
  if (kind === "quality") return "quality";
  return `export ${kind === "view" ? "table" : kind}`;
}

/** Plans, saves or runs what a recipe says, as the options have it. @returns the exit code */
export async function runTable(session: Session, recipe: Recipe, options: TableOptions): Promise<number> {
  const { client, output, signal } = session;
  if (options.dryRun === true) {
    const plan = await client["exports.plan"](recipe, signal);
    output.document({ plan });
    if (!output.json) showTablePlan(output, plan);
    return plan.packages.some(({ exists }) => exists) || plan.bytes > plan.freeBytes ? EXIT.failed : EXIT.done;
  }
  const { exportedAt } = options;
  const { jobId } = await client["exports.start"]({ recipe, ...(exportedAt === undefined ? {} : { exportedAt }) });
  return reportJob(output, await watchJob(session, jobId));
}

/** @throws ALREADY_EXISTS */
export function saveTableRecipe(output: Output, file: string, recipe: Recipe): number {
  saveRecipe(pathArgument(file, "--save-recipe"), recipe);
  output.document({ recipe });
  output.line(`Recipe written. Repeat it with: satchel ${commandOf(recipe.kind)} --recipe FILE`);
  return EXIT.done;
}

function showTablePlan(output: Output, plan: PlanSummary): void {
  output.line(
    formatTable(
      [
        { title: "File" },
        { title: "Patients", right: true },
        { title: plan.packages.some(({ resources }) => resources !== undefined) ? "Resources" : "Rows", right: true },
        { title: "About", right: true },
      ],
      plan.packages.map((one) => [
        `${one.name}${one.exists ? " (IS THERE ALREADY)" : ""}`,
        formatCount(one.patients),
        formatCount(one.rows ?? one.resources ?? 0),
        formatBytes(one.bytes),
      ]),
    ),
  );
  output.line(`About ${formatBytes(plan.bytes)}; ${formatBytes(plan.freeBytes)} are free.`);
  for (const notice of plan.notices) output.line(notice);
}

import { existsSync, readFileSync, statSync } from "node:fs";
import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import type { ObservationsRecipe, ViewRecipe } from "../../../../contract/fhir-recipe.ts";
import { runInSession, withOutput } from "../session.ts";
import {
  assertTime,
  recipeFromFile,
  runTable,
  saveTableRecipe,
  withTableOptions,
  type TableOptions,
} from "./export-table.ts";
import {
  policyDraftOf,
  selectionOf,
  tableFormatOf,
  withNamedKey,
  withOwnKey,
  withPolicyOptions,
  withResourcesOptions,
  type FhirPolicyOptions,
  type PolicyDraft,
  type ResourcesOptions,
} from "./fhir-arguments.ts";
import { deliveryOf, wordsArgument, type DeliveryOptions } from "./table-arguments.ts";

interface TabledOptions extends TableOptions, DeliveryOptions, ResourcesOptions, FhirPolicyOptions {
  format?: string;
}
interface ViewOptions extends TabledOptions {
  view?: string[];
}
interface ObservationsOptions extends TabledOptions {
  type?: string[];
  tidy?: boolean;
}

/** A ViewDefinition is some kilobytes. */
const LARGEST_VIEW = 4 * 1024 * 1024;

const VIEW_EXAMPLES = `
Views are ViewDefinitions of SQL on FHIR. They see resources as the policy has treated them, never as they came.

Examples
  Observations as a CSV in the current folder:
    satchel export table observation.csv --view observation
  Two tables as a package, in Parquet:
    satchel export table --view patient,condition --to ./out --format parquet
  A view of one's own:
    satchel export table --view ./glucose.json --to ./out`;

const OBSERVATION_EXAMPLES = `
Examples
  Glucose of a study:
    satchel export observations glucose.csv --type omh:blood-glucose:4.0 --study 10001
  Everything in one table, a row for each thing that was measured:
    satchel export observations --tidy --to ./out --format xlsx`;

export function addExportViews(program: Command): void {
  const table = program
    .command("table [output]")
    .description("tables of FHIR resources, by ViewDefinitions of SQL on FHIR")
    .option("--view <view...>", "built-in views by name, or files of one's own")
    .option("--format <format>", "csv (default), xlsx or parquet");
  withOptions(table)
    .addHelpText("after", VIEW_EXAMPLES)
    .action(
      withOutput(async (output, signal, global, file: string | undefined, options: ViewOptions) => {
        assertTime(options.exportedAt);
        const whole = options.recipe === undefined ? undefined : recipeFromFile("view", options.recipe, file, options);
        return run(output, signal, global, whole ?? viewDraft(file, options), options);
      }),
    );
  const observations = program
    .command("observations [output]")
    .description("Open mHealth data points, a table a type")
    .option("--type <type...>", "of these types: omh:blood-glucose:4.0 (default: all)")
    .option("--tidy", "one table for all types, a row for each thing that was measured")
    .option("--format <format>", "csv (default), xlsx or parquet");
  withOptions(observations)
    .addHelpText("after", OBSERVATION_EXAMPLES)
    .action(
      withOutput(async (output, signal, global, file: string | undefined, options: ObservationsOptions) => {
        assertTime(options.exportedAt);
        const whole =
          options.recipe === undefined ? undefined : recipeFromFile("observations", options.recipe, file, options);
        return run(output, signal, global, whole ?? observationsDraft(file, options), options);
      }),
    );
}

function withOptions(command: Command): Command {
  withResourcesOptions(command);
  withPolicyOptions(command);
  return withTableOptions(command);
}

/** A recipe whose key may still have to be found. */
type Draft = (Omit<ViewRecipe, "policy"> | Omit<ObservationsRecipe, "policy">) & { policy: PolicyDraft };
type Given = Parameters<Parameters<typeof withOutput>[0]>;

function run(
  output: Given[0],
  signal: Given[1],
  global: Given[2],
  draft: Draft,
  options: TabledOptions,
): number | Promise<number> {
  if (options.saveRecipe !== undefined)
    return saveTableRecipe(output, options.saveRecipe, { ...draft, policy: withNamedKey(draft.policy) });
  return runInSession("work", global, output, signal, async (session) =>
    runTable(session, { ...draft, policy: await withOwnKey(session, draft.policy) }, options),
  );
}

/** @throws USAGE */
function viewDraft(file: string | undefined, options: ViewOptions): Draft {
  const views = wordsArgument(options.view?.flatMap(namesIn), "--view");
  if (views === undefined)
    throw new SatchelError("USAGE", "--view is missing: which table should be made?", "See --help.");
  return {
    kind: "view",
    version: 1,
    selection: selectionOf(options),
    policy: policyDraftOf(options),
    views: views.map(viewOf),
    table: tableFormatOf(options.format, file),
    ...deliveryOf(file, options),
  };
}

/** "patient,condition" are two; a file may have a comma in its name. */
function namesIn(view: string): string[] {
  return /[./\\]/.test(view) || existsSync(view) ? [view] : view.split(",").map((name) => name.trim());
}

/** A name, or a document where it is a file's. @throws USAGE */
function viewOf(view: string): ViewRecipe["views"][number] {
  if (!/[./\\]/.test(view) && !existsSync(view)) return { name: view };
  try {
    const status = statSync(view);
    if (!status.isFile() || status.size > LARGEST_VIEW) throw new Error("no file of a view");
    const document: unknown = JSON.parse(readFileSync(view, "utf8"));
    if (typeof document !== "object" || document === null || Array.isArray(document)) throw new Error("no object");
    return { document: document as Record<string, unknown> };
  } catch (cause) {
    throw new SatchelError(
      "USAGE",
      "A view could not be read: it must be a built-in name, or a file with a ViewDefinition as JSON.",
      "Check --view.",
      { cause },
    );
  }
}

/** @throws USAGE */
function observationsDraft(file: string | undefined, options: ObservationsOptions): Draft {
  const types = wordsArgument(options.type, "--type");
  const selection = selectionOf(options);
  if (types !== undefined && selection.codes !== undefined)
    throw new SatchelError("USAGE", "--type and --code say the same.", "Give one of them.");
  return {
    kind: "observations",
    version: 1,
    selection: { ...selection, ...(types === undefined ? {} : { codes: types }) },
    policy: policyDraftOf(options),
    tidy: options.tidy === true,
    table: tableFormatOf(options.format, file),
    ...deliveryOf(file, options),
  };
}

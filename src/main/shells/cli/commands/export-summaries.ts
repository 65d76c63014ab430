import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import { REPORT_MEASURES } from "../../../../contract/fhir.ts";
import type { ReportRecipe } from "../../../../contract/fhir-recipe.ts";
import { countArgument } from "../arguments.ts";
import { runInSession, withOutput } from "../session.ts";
import { assertTime, onlyKey, recipeFromFile, runTable, saveTableRecipe, type TableOptions } from "./export-table.ts";
import {
  listArgument,
  packageOf,
  selectionOf,
  withPackageOptions,
  withResourcesOptions,
  type PackageOptions,
  type ResourcesOptions,
} from "./fhir-arguments.ts";
import { showQuality } from "./quality.ts";
import { choiceArgument, choicesArgument } from "./table-arguments.ts";

interface ReportOptions extends TableOptions, ResourcesOptions, PackageOptions {
  measure?: string[];
  minimumCount?: string;
  region?: string;
}
export interface QualityOptions extends TableOptions, ResourcesOptions, PackageOptions {
  key?: string;
  expect?: string[];
}

/** Counts below this may show a single person. */
const MINIMUM = "5";

export function addExportReport(program: Command): void {
  const command = program
    .command("report")
    .description("counts, never rows: FHIR MeasureReport and a table for each measure")
    .option("--measure <measure...>", `of ${REPORT_MEASURES.join(", ")} (default: all)`)
    .option("--minimum-count <count>", `counts below this are left out (default ${MINIMUM})`)
    .option("--region <region>", "district (default) or state");
  withResourcesOptions(command);
  withPackageOptions(command).action(
    withOutput(async (output, signal, global, options: ReportOptions) => {
      assertTime(options.exportedAt);
      const recipe =
        options.recipe === undefined ? reportOf(options) : recipeFromFile("report", options.recipe, undefined, options);
      if (options.saveRecipe !== undefined) return saveTableRecipe(output, options.saveRecipe, recipe);
      return runInSession("work", global, output, signal, (session) => runTable(session, recipe, options));
    }),
  );
}

/** @throws USAGE */
function reportOf(options: ReportOptions): ReportRecipe {
  return {
    kind: "report",
    version: 1,
    selection: selectionOf(options),
    measures: choicesArgument(options.measure, "--measure", REPORT_MEASURES) ?? [...REPORT_MEASURES],
    minimumCount: countArgument(options.minimumCount ?? MINIMUM, "--minimum-count", [1, 1_000_000]),
    region: choiceArgument(options.region ?? "district", "--region", ["district", "state"]),
    ...packageOf(options),
  };
}

export function addQualityCommand(program: Command): void {
  const command = program
    .command("quality")
    .description("what is missing, doubled, impossible or far from the rest; with --to as tables and pictures")
    .option("--expect <types...>", "types, or Open mHealth codes, that each patient should have")
    .option("--types <types...>", "look at these types only")
    .option("--key <name>", "project key for the names of patients (default: the only one, or a new one)");
  withResourcesOptions(command);
  withPackageOptions(command).action(
    withOutput(async (output, signal, global, options: QualityOptions) => {
      assertTime(options.exportedAt);
      if (options.to === undefined && options.recipe === undefined && options.saveRecipe === undefined)
        return showQuality(output, signal, global, options);
      const whole =
        options.recipe === undefined ? undefined : recipeFromFile("quality", options.recipe, undefined, options);
      const { key } = options;
      const draft = {
        kind: "quality" as const,
        version: 1 as const,
        selection: selectionOf(options),
        expect: listArgument(options.expect, "--expect") ?? [],
        // Where the terminal is, unless something else is said.
        ...packageOf({ ...options, to: options.to ?? "." }),
      };
      if (options.saveRecipe !== undefined) {
        if (whole === undefined && key === undefined)
          throw new SatchelError("KEY_NEEDED", "Pseudonyms need a project key.", "Name it with --key.");
        return saveTableRecipe(output, options.saveRecipe, whole ?? { ...draft, key: key ?? "" });
      }
      return runInSession("work", global, output, signal, async (session) =>
        runTable(session, whole ?? { ...draft, key: key ?? (await onlyKey(session)) }, options),
      );
    }),
  );
}

import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import type { FhirRecipe } from "../../../../contract/fhir-recipe.ts";
import { runInSession, withOutput } from "../session.ts";
import { assertTime, recipeFromFile, runTable, saveTableRecipe, type TableOptions } from "./export-table.ts";
import {
  packageOf,
  policyDraftOf,
  selectionOf,
  withNamedKey,
  withOwnKey,
  withPackageOptions,
  withPolicyOptions,
  withResourcesOptions,
  type FhirPolicyOptions,
  type PackageOptions,
  type PolicyDraft,
  type ResourcesOptions,
} from "./fhir-arguments.ts";
import { choiceArgument } from "./table-arguments.ts";

interface FhirOptions extends TableOptions, ResourcesOptions, FhirPolicyOptions, PackageOptions {
  format?: string;
  gzip?: boolean;
}

const EXAMPLES = `
By default identities are replaced: only what a rule lets pass leaves, ids are pseudonyms, all dates of a patient are moved by one number of
days, free text and pictures stay here. Beside the receipt lies manifest.json in the form of the FHIR Bulk Data specification.

Examples
  A research data set, one NDJSON file a type:
    satchel export fhir --to ./out --key lung
  Glucose of one study, for a tool that reads Bundles:
    satchel export fhir --to ./out --types Patient,Observation --study 10001 --format bundle
  By the rules of Microsoft's anonymizer:
    satchel export fhir --to ./out --rules configuration.json`;

export function addExportFhir(program: Command): void {
  const command = program
    .command("fhir")
    .description("FHIR resources as NDJSON, one Bundle, or a Bundle for each patient")
    .option("--format <format>", "ndjson (default): a file a type; bundle; per-patient")
    .option("--gzip", "NDJSON files compressed one by one")
    .option("--types <types...>", "of these types: Patient,Observation (default: all)");
  withResourcesOptions(command);
  withPolicyOptions(command);
  withPackageOptions(command)
    .addHelpText("after", EXAMPLES)
    .action(
      withOutput(async (output, signal, global, options: FhirOptions) => {
        // Before a passphrase is asked for.
        assertTime(options.exportedAt);
        const whole =
          options.recipe === undefined ? undefined : recipeFromFile("fhir", options.recipe, undefined, options);
        const draft = whole === undefined ? draftOf(options) : undefined;
        if (options.saveRecipe !== undefined)
          return saveTableRecipe(
            output,
            options.saveRecipe,
            whole ?? { ...draft!, policy: withNamedKey(draft!.policy) },
          );
        return runInSession("work", global, output, signal, async (session) => {
          const recipe = whole ?? { ...draft!, policy: await withOwnKey(session, draft!.policy) };
          return runTable(session, recipe, options);
        });
      }),
    );
}

/** @throws USAGE */
function draftOf(options: FhirOptions): Omit<FhirRecipe, "policy"> & { policy: PolicyDraft } {
  const layout = choiceArgument(options.format ?? "ndjson", "--format", ["ndjson", "bundle", "per-patient"]);
  if (options.gzip === true && layout !== "ndjson")
    throw new SatchelError("USAGE", "--gzip belongs to --format ndjson.", "Leave it out.");
  return {
    kind: "fhir",
    version: 1,
    selection: selectionOf(options),
    policy: policyDraftOf(options),
    layout,
    gzip: options.gzip === true,
    ...packageOf(options),
  };
}

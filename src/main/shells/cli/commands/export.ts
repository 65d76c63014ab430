import type { Command } from "commander";
import type { PlanSummary } from "../../../../contract/job.ts";
import type { ImagingRecipe } from "../../../../contract/recipe.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatBytes, formatCount, formatTable } from "../format.ts";
import type { Output } from "../output.ts";
import { pathArgument } from "../arguments.ts";
import { runInSession, withOutput, type Session } from "../session.ts";
import { addExportFhir } from "./export-fhir.ts";
import { addExportNotes } from "./export-notes.ts";
import { recipeOf, saveRecipe, type ExportOptions } from "./export-recipe.ts";
import { addExportStudies } from "./export-studies.ts";
import { addExportReport } from "./export-summaries.ts";
import { assertTime } from "./export-table.ts";
import { addExportViews } from "./export-views.ts";
import { reportJob, watchJob } from "./jobs.ts";

const EXAMPLES = `
Examples
  One patient, as the bytes came, ready for another hospital:
    satchel export imaging --patient 4711 --to /media/usb --policy identified
  A research data set of two studies, pseudonymised under the key "lung":
    satchel export imaging --study 1.2.3 1.2.4 --to ./out --policy pseudonymised --key lung --option clean-descriptors
  Everything the catalog holds, metadata only:
    satchel export imaging --all --to ./out --policy identified
  What would leave, without writing anything:
    satchel export imaging --all --images --to ./out --policy pseudonymised --key lung --dry-run

Options of the policy (--option), each by its name in DICOM PS3.15 Annex E:
  retain-uids                      Retain UIDs
  retain-device                    Retain Device Identity
  retain-institution               Retain Institution Identity
  retain-patient-characteristics   Retain Patient Characteristics (age, sex, size, weight)
  full-dates                       Retain Longitudinal Temporal Information with Full Dates
  modified-dates                   ... with Modified Dates: all dates of a patient shifted by the same whole days
  clean-descriptors                Clean Descriptors: descriptions keep known anatomical and technical words
  clean-graphics                   Clean Graphics
  retain-safe-private              Retain Safe Private`;

export function addExportCommand(program: Command): void {
  const command = program.command("export").description("make packages");
  addExportImaging(command);
  addExportNotes(command);
  addExportStudies(command);
  addExportFhir(command);
  addExportViews(command);
  addExportReport(command);
}

function addExportImaging(program: Command): void {
  program
    .command("imaging")
    .description("DICOM files, previews, AI results and metadata as verified packages")
    .option("--patient <id...>", "Patient IDs: one package each")
    .option("--issuer <issuer>", "issuer of these Patient IDs, where two share one")
    .option("--study <uid...>", "Study Instance UIDs: one package each")
    .option("--all", "everything in the catalog; metadata only unless --images is given")
    .option("--to <folder>", "where the packages go")
    .option("--policy <policy>", "identified (bytes as they came) or pseudonymised (default)")
    .option("--key <name>", "project key for pseudonymised")
    .option("--option <name...>", "options of the policy, see below")
    .option("--include-held <reason>", "let held-back objects pass; the reason is written down")
    .option("--images", "hold the DICOM files also with --all")
    .option("--no-images", "metadata only")
    .option("--no-previews", "no PNG for each frame")
    .option("--format <format>", "zip (default), folder or json")
    .option("--compress <level>", "0 stores, 1 to 9 deflates DICOM files (default 0)")
    .option("--together", "one package for all that is selected")
    .option("--per-patient", "one package for each patient, whatever is selected")
    .option("--recipe <file>", "take everything from a recipe; --to overrides its destination")
    .option("--save-recipe <file>", "write the recipe to a file, and start nothing")
    .option("--exported-at <time>", "the time that stands in the package, to make the same bytes again")
    .option("--dry-run", "say what would be made, and make nothing")
    .addHelpText("after", EXAMPLES)
    .action(
      withOutput(async (output, signal, global, options: ExportOptions) => {
        // Before a passphrase is asked for.
        const recipe = recipeOf(options);
        const { exportedAt } = options;
        assertTime(exportedAt);
        if (options.saveRecipe !== undefined) {
          saveRecipe(pathArgument(options.saveRecipe, "--save-recipe"), recipe);
          output.document({ recipe });
          output.line("Recipe written. Repeat it with: satchel export imaging --recipe FILE");
          return EXIT.done;
        }
        return runInSession("work", global, output, signal, (session) => runExport(session, recipe, options));
      }),
    );
}

async function runExport(session: Session, recipe: ImagingRecipe, options: ExportOptions): Promise<number> {
  const { client, output } = session;
  if (options.dryRun === true) {
    const plan = await client["exports.plan"](recipe);
    output.document({ plan });
    if (!output.json) showPlan(output, plan);
    return plan.packages.some((one) => one.exists) || plan.bytes > plan.freeBytes ? EXIT.failed : EXIT.done;
  }
  const { exportedAt } = options;
  const { jobId } = await client["exports.start"]({ recipe, ...(exportedAt === undefined ? {} : { exportedAt }) });
  return reportJob(output, await watchJob(session, jobId));
}

function showPlan(output: Output, plan: PlanSummary): void {
  output.line(
    formatTable(
      [
        { title: "Package" },
        { title: "Patients", right: true },
        { title: "Studies", right: true },
        { title: "Instances", right: true },
        { title: "Previews", right: true },
        { title: "About", right: true },
      ],
      plan.packages.map((one) => [
        `${one.name}${one.exists ? " (IS THERE ALREADY)" : ""}`,
        formatCount(one.patients),
        formatCount(one.studies),
        formatCount(one.instances),
        formatCount(one.previews),
        formatBytes(one.bytes),
      ]),
    ),
  );
  output.line(
    `${counted(plan.packages.length, "package")}, about ${formatBytes(plan.bytes)}; ${formatBytes(plan.freeBytes)} are free.`,
  );
  for (const notice of plan.notices) output.line(notice);
}

import type { Command } from "commander";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { SatchelError } from "../../../../contract/errors.ts";
import type { PlanSummary } from "../../../../contract/job.ts";
import { POLICY_OPTIONS } from "../../../../contract/policy.ts";
import { recipe as recipeSchema, type Recipe } from "../../../../contract/recipe.ts";
import { EXIT } from "../exit-codes.ts";
import { counted, formatBytes, formatCount, formatTable } from "../format.ts";
import type { Output } from "../output.ts";
import { withSession } from "../session.ts";
import { reportJob, watchJob } from "./jobs.ts";

interface ExportOptions {
  patient?: string[];
  issuer?: string;
  study?: string[];
  all?: boolean;
  to?: string;
  policy?: string;
  key?: string;
  option?: string[];
  includeHeld?: string;
  images?: boolean;
  previews?: boolean;
  format?: string;
  compress?: string;
  together?: boolean;
  recipe?: string;
  saveRecipe?: string;
  exportedAt?: string;
  dryRun?: boolean;
}

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
  program
    .command("export")
    .description("make packages")
    .command("imaging")
    .description("DICOM files, previews, AI results and metadata as verified packages")
    .option("--patient <id...>", "Patient IDs: one package each")
    .option("--issuer <issuer>", "issuer of these Patient IDs, where two share one")
    .option("--study <uid...>", "Study Instance UIDs: one package each")
    .option("--all", "everything in the catalog; metadata only unless --images is given")
    .option("--to <folder>", "where the packages go")
    .option("--policy <policy>", "identified (bytes as they came) or pseudonymised", "pseudonymised")
    .option("--key <name>", "project key for pseudonymised")
    .option("--option <name...>", "options of the policy, see below")
    .option("--include-held <reason>", "let held-back objects pass; the reason is written down")
    .option("--images", "hold the DICOM files also with --all")
    .option("--no-images", "metadata only")
    .option("--no-previews", "no PNG for each frame")
    .option("--format <format>", "zip, folder or json", "zip")
    .option("--compress <level>", "0 stores, 1 to 9 deflates DICOM files", "0")
    .option("--together", "one package for all that is selected")
    .option("--recipe <file>", "take everything from a recipe; --to overrides its destination")
    .option("--save-recipe <file>", "write the recipe to a file, and start nothing")
    .option("--exported-at <time>", "the time that stands in the package, to make the same bytes again")
    .option("--dry-run", "say what would be made, and make nothing")
    .addHelpText("after", EXAMPLES)
    .action(
      withSession("work", async (session, options: ExportOptions) => {
        const { client, output } = session;
        const recipe = options.recipe === undefined ? toRecipe(options) : readRecipe(options.recipe, options.to);
        if (options.saveRecipe !== undefined) {
          saveRecipe(options.saveRecipe, recipe);
          output.line("Recipe written. Repeat it with: satchel export imaging --recipe FILE");
          return EXIT.done;
        }
        if (options.dryRun === true) {
          const plan = await client["exports.plan"](recipe);
          output.document({ plan });
          if (!output.json) showPlan(output, plan);
          return plan.packages.some((one) => one.exists) || plan.bytes > plan.freeBytes ? EXIT.failed : EXIT.done;
        }
        const { exportedAt } = options;
        const { jobId } = await client["exports.start"]({
          recipe,
          ...(exportedAt === undefined ? {} : { exportedAt }),
        });
        return reportJob(output, await watchJob(session, jobId));
      }),
    );
}

function toRecipe(options: ExportOptions): Recipe {
  const given = [options.patient, options.study, options.all].filter((one) => one !== undefined).length;
  if (given !== 1)
    throw new SatchelError(
      "USAGE",
      "Give exactly one of --patient, --study and --all.",
      "See satchel export imaging --help.",
    );
  if (options.to === undefined) throw new SatchelError("USAGE", "--to is missing: where should the packages go?");
  const all = options.all === true;
  const { issuer } = options;
  const selection =
    options.patient !== undefined
      ? { scope: "patients", patients: options.patient.map((id) => (issuer === undefined ? { id } : { id, issuer })) }
      : options.study !== undefined
        ? { scope: "studies", studies: options.study }
        : { scope: "all" };
  const policyOptions = options.option ?? [];
  const unknown = policyOptions.find((name) => !(POLICY_OPTIONS as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new SatchelError("USAGE", `There is no option ${unknown}.`, `Options: ${POLICY_OPTIONS.join(", ")}.`);
  const pseudonymised = options.policy !== "identified";
  if (!pseudonymised && (policyOptions.length > 0 || options.key !== undefined || options.includeHeld !== undefined)) {
    throw new SatchelError("USAGE", "--key, --option and --include-held belong to --policy pseudonymised.");
  }
  if (pseudonymised && options.key === undefined) {
    throw new SatchelError(
      "KEY_NEEDED",
      "A pseudonymised export needs --key NAME.",
      "Make a key with: satchel key new NAME",
    );
  }
  // --all is metadata only by default, as the viewer's guide has it. commander's --no-images and --images share one value.
  const images = options.images ?? !all;
  return parse({
    kind: "imaging",
    version: 1,
    selection,
    policy: pseudonymised
      ? {
          kind: options.policy,
          key: options.key,
          options: policyOptions,
          ...(options.includeHeld === undefined ? {} : { includeHeld: options.includeHeld }),
        }
      : { kind: "identified" },
    images,
    previews: images && options.previews !== false,
    format: options.format,
    compress: Number(options.compress),
    grouping: options.together === true || all ? "one" : "each",
    destination: resolve(options.to),
  });
}

function parse(value: unknown): Recipe {
  const parsed = recipeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SatchelError(
    "USAGE",
    `The export is not valid: ${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? ""}.`,
    "See satchel export imaging --help.",
  );
}

function readRecipe(file: string, to: string | undefined): Recipe {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new SatchelError(
      "USAGE",
      "The recipe could not be read: it must be a JSON file.",
      "Make one with --save-recipe.",
      { cause },
    );
  }
  const destination = to === undefined ? {} : { destination: resolve(to) };
  return parse(typeof value === "object" && value !== null ? { ...value, ...destination } : value);
}

function saveRecipe(file: string, recipe: Recipe): void {
  try {
    writeFileSync(file, `${JSON.stringify(recipe, null, 2)}\n`, { flag: "wx", mode: 0o600 });
  } catch (cause) {
    throw new SatchelError(
      "ALREADY_EXISTS",
      "The recipe could not be written: the file is there already, or its folder is not.",
      "Choose another name.",
      { cause },
    );
  }
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

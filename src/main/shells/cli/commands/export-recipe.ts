import { readFileSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { SatchelError } from "../../../../contract/errors.ts";
import { POLICY_OPTIONS } from "../../../../contract/policy.ts";
import { recipe as recipeSchema, type ImagingRecipe, type Recipe } from "../../../../contract/recipe.ts";
import { countArgument, pathArgument } from "../arguments.ts";

/** A million studies by their UIDs. */
const LARGEST_RECIPE = 64 * 1024 * 1024;

/** What the command line was given; commander fills in nothing of its own but `previews`. */
export interface ExportOptions {
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
  perPatient?: boolean;
  recipe?: string;
  saveRecipe?: string;
  exportedAt?: string;
  dryRun?: boolean;
}

/** What a recipe does not leave open: beside one, these would be ignored, and an identified export taken for a pseudonymised one. */
const OF_THE_RECIPE = {
  patient: "--patient",
  issuer: "--issuer",
  study: "--study",
  all: "--all",
  policy: "--policy",
  key: "--key",
  option: "--option",
  includeHeld: "--include-held",
  images: "--images",
  format: "--format",
  compress: "--compress",
  together: "--together",
  perPatient: "--per-patient",
} as const satisfies Partial<Record<keyof ExportOptions, string>>;

/** The recipe that the words of the command line make, or that the file they name holds. @throws USAGE, KEY_NEEDED */
export function recipeOf(options: ExportOptions): ImagingRecipe {
  if (options.recipe === undefined) return toRecipe(options);
  const names = Object.keys(OF_THE_RECIPE) as (keyof typeof OF_THE_RECIPE)[];
  const other = names.find((name) => options[name] !== undefined);
  if (other === undefined && options.previews !== false) return imagingOnly(readRecipeFile(options.recipe, options.to));
  throw new SatchelError(
    "USAGE",
    `${other === undefined ? "--no-previews" : OF_THE_RECIPE[other]} cannot be given with --recipe, which says it itself.`,
    "Change the recipe, or leave --recipe away.",
  );
}

function imagingOnly(read: Recipe): ImagingRecipe {
  if (read.kind === "imaging") return read;
  throw new SatchelError("USAGE", `The recipe is one of the kind ${read.kind}.`, `Use: satchel export ${read.kind}`);
}

/** @throws USAGE, KEY_NEEDED */
function toRecipe(options: ExportOptions): ImagingRecipe {
  const given = [options.patient, options.study, options.all].filter((one) => one !== undefined).length;
  if (given !== 1)
    throw new SatchelError(
      "USAGE",
      "Give exactly one of --patient, --study and --all.",
      "See satchel export imaging --help.",
    );
  if (options.to === undefined) throw new SatchelError("USAGE", "--to is missing: where should the packages go?");
  const all = options.all === true;
  const { issuer, policy = "pseudonymised", format = "zip" } = options;
  if (issuer !== undefined && options.patient === undefined)
    throw new SatchelError("USAGE", "--issuer belongs to --patient.", "See satchel export imaging --help.");
  if (!["identified", "pseudonymised"].includes(policy))
    throw new SatchelError("USAGE", "There is no such --policy.", "Give identified or pseudonymised.");
  if (!["zip", "folder", "json"].includes(format))
    throw new SatchelError("USAGE", "There is no such --format.", "Give zip, folder or json.");
  const selection =
    options.patient !== undefined
      ? { scope: "patients", patients: options.patient.map((id) => (issuer === undefined ? { id } : { id, issuer })) }
      : options.study !== undefined
        ? { scope: "studies", studies: options.study }
        : { scope: "all" };
  if (options.together === true && options.perPatient === true)
    throw new SatchelError("USAGE", "--together and --per-patient exclude each other.", "Give one of them.");
  const policyOptions = options.option ?? [];
  const unknown = policyOptions.find((name) => !(POLICY_OPTIONS as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new SatchelError("USAGE", `There is no option ${unknown}.`, `Options: ${POLICY_OPTIONS.join(", ")}.`);
  const pseudonymised = policy === "pseudonymised";
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
  return imagingOnly(
    parse({
      kind: "imaging",
      version: 1,
      selection,
      policy: pseudonymised
        ? {
            kind: policy,
            key: options.key,
            options: policyOptions,
            ...(options.includeHeld === undefined ? {} : { includeHeld: options.includeHeld }),
          }
        : { kind: "identified" },
      images,
      previews: images && options.previews !== false,
      format,
      compress: countArgument(options.compress ?? "0", "--compress", [0, 9]),
      grouping: options.perPatient === true ? "patient" : options.together === true || all ? "one" : "each",
      destination: pathArgument(options.to, "--to"),
    }),
  );
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

/** The recipe of any kind that a file holds. @param to takes the place of its destination @throws USAGE */
export function readRecipeFile(file: string, to: string | undefined): Recipe {
  let value: unknown;
  try {
    const stat = statSync(file);
    if (!stat.isFile() || stat.size > LARGEST_RECIPE) throw new Error("not a recipe's file");
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new SatchelError(
      "USAGE",
      "The recipe could not be read: it must be a JSON file.",
      "Make one with --save-recipe.",
      { cause },
    );
  }
  const read = parse(
    to === undefined || typeof value !== "object" ? value : { ...value, destination: pathArgument(to, "--to") },
  );
  // A job may go on from another folder than it was started in.
  return { ...read, destination: resolve(read.destination) };
}

/** @throws ALREADY_EXISTS */
export function saveRecipe(file: string, recipe: Recipe): void {
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

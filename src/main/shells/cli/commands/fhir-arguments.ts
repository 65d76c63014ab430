import { readFileSync, statSync } from "node:fs";
import { basename, extname } from "node:path";
import type { Command } from "commander";
import { SatchelError } from "../../../../contract/errors.ts";
import type { FhirPolicy, ResourcesFilter } from "../../../../contract/fhir.ts";
import { countArgument, pathArgument } from "../arguments.ts";
import type { Session } from "../session.ts";
import { onlyKey } from "./export-table.ts";
import { choiceArgument, daysArgument, wordsArgument } from "./table-arguments.ts";

/** Options that say which resources leave. */
export interface ResourcesOptions {
  source?: string[];
  types?: string[];
  patient?: string[];
  study?: string[];
  code?: string[];
  from?: string;
  until?: string;
}

/** Options that say what becomes of identity. */
export interface FhirPolicyOptions {
  policy?: string;
  rules?: string;
  key?: string;
  reason?: string;
  dates?: string;
  birth?: string;
  text?: string;
  phones?: string;
  images?: string;
  codeSystem?: string[];
  withoutConsent?: string;
}

/** Rules of a hospital are some kilobytes. */
const LARGEST_RULES = 8 * 1024 * 1024;

export function withResourcesOptions(command: Command): Command {
  return command
    .option("--source <name...>", "of these sources")
    .option("--patient <id...>", "of these patients: their ids at the source")
    .option("--study <id...>", "of the patients of these studies (FHIR Groups, studies of JupyterHealth Exchange)")
    .option("--code <code...>", "with these codes: system|code, or a code of any system")
    .option("--from <day>", "about this day and later, 2026-01-31, in the hospital's time zone")
    .option("--until <day>", "about this day and before");
}

export function withPolicyOptions(command: Command): Command {
  return command
    .option("--policy <policy>", "pseudonymised (default) or identified, which needs --reason")
    .option("--rules <file>", "in place of --policy: rules of Microsoft's anonymizer or of MIRACUM, JSON or YAML")
    .option("--key <name>", "project key for pseudonyms (default: the only one, or a new one)")
    .option("--reason <text>", "why identified data leave; written to the receipt and the audit log")
    .option("--dates <dates>", "shift (default): all of a patient by one number of days; year; keep")
    .option("--birth <birth>", "year (default), band5 or band10: bands of 5 or 10 years of age")
    .option("--text <text>", "free text: drop (default) or scrub")
    .option("--phones <phones>", "remove (default) or hash")
    .option("--images <images>", "pictures: exclude (default) or include")
    .option("--code-system <url...>", "local code systems whose codes may leave, beside international ones")
    .option("--without-consent <choice>", "patients of whom no consent was recorded: include (default) or exclude");
}

/** @throws USAGE */
export function selectionOf(options: ResourcesOptions): ResourcesFilter {
  const sources = wordsArgument(options.source, "--source");
  const types = listArgument(options.types, "--types");
  const patients = wordsArgument(options.patient, "--patient");
  const studies = wordsArgument(options.study, "--study");
  const codes = wordsArgument(options.code, "--code");
  return {
    ...(sources === undefined ? {} : { sources }),
    ...(types === undefined ? {} : { types }),
    ...(patients === undefined ? {} : { patients }),
    ...(studies === undefined ? {} : { studies }),
    ...(codes === undefined ? {} : { codes }),
    ...daysArgument(options.from, options.until),
  };
}

/** "Patient,Observation" and "Patient Observation" are two. @throws USAGE */
export function listArgument(values: readonly string[] | undefined, what: string): string[] | undefined {
  return wordsArgument(
    values?.flatMap((value) => value.split(",")),
    what,
  );
}

/** A policy whose key may still have to be found. */
export type PolicyDraft = Exclude<FhirPolicy, { kind: "pseudonymised" }> | PseudonymisedDraft;
type PseudonymisedDraft = Omit<Extract<FhirPolicy, { kind: "pseudonymised" }>, "key"> & { key?: string };

/** Options that belong to the policy of Satchel itself. */
const OWN = {
  dates: "--dates",
  birth: "--birth",
  text: "--text",
  phones: "--phones",
  images: "--images",
  codeSystem: "--code-system",
} as const satisfies Partial<Record<keyof FhirPolicyOptions, string>>;

/** @throws USAGE */
export function policyDraftOf(options: FhirPolicyOptions): PolicyDraft {
  const { rules, key, reason, policy = "pseudonymised" } = options;
  const kind = choiceArgument(policy, "--policy", ["pseudonymised", "identified"]);
  const withoutConsent = choiceArgument(options.withoutConsent ?? "include", "--without-consent", [
    "include",
    "exclude",
  ]);
  const names = Object.keys(OWN) as (keyof typeof OWN)[];
  const own = names.find((name) => options[name] !== undefined);
  if (own !== undefined && (rules !== undefined || kind === "identified"))
    throw new SatchelError("USAGE", `${OWN[own]} belongs to --policy pseudonymised.`, "Leave it out.");
  if (reason !== undefined && kind !== "identified")
    throw new SatchelError("USAGE", "--reason belongs to --policy identified.", "Leave it out.");
  if (rules !== undefined) {
    if (options.policy !== undefined)
      throw new SatchelError("USAGE", "--rules takes the place of --policy.", "Give one of them.");
    const file = readRules(rules);
    return { kind: "rules", ...file, withoutConsent, ...(key === undefined ? {} : { key }) };
  }
  if (kind === "identified") {
    if (reason === undefined || reason.trim() === "")
      throw new SatchelError(
        "USAGE",
        "--policy identified needs --reason: why identified data leave.",
        'Give --reason "...".',
      );
    if (key !== undefined) throw new SatchelError("USAGE", "--key belongs to --policy pseudonymised.", "Leave it out.");
    return { kind, reason, withoutConsent };
  }
  const codeSystems = wordsArgument(options.codeSystem, "--code-system");
  return {
    kind,
    ...(key === undefined ? {} : { key }),
    dates: choiceArgument(options.dates ?? "shift", "--dates", ["shift", "year", "keep"]),
    birth: choiceArgument(options.birth ?? "year", "--birth", ["year", "band5", "band10"]),
    text: choiceArgument(options.text ?? "drop", "--text", ["drop", "scrub"]),
    phones: choiceArgument(options.phones ?? "remove", "--phones", ["remove", "hash"]),
    images: choiceArgument(options.images ?? "exclude", "--images", ["exclude", "include"]),
    withoutConsent,
    ...(codeSystems === undefined ? {} : { codeSystems }),
  };
}

function readRules(file: string): { name: string; document: string } {
  const path = pathArgument(file, "--rules");
  try {
    const status = statSync(path);
    if (!status.isFile() || status.size > LARGEST_RULES) throw new Error("no file of rules");
    return { name: basename(path), document: readFileSync(path, "utf8") };
  } catch (cause) {
    throw new SatchelError("USAGE", "The rules could not be read.", "Check --rules: it must be a JSON or YAML file.", {
      cause,
    });
  }
}

/** With the only key there is, or a new one, where none was named. @throws KEY_NEEDED where there are several */
export async function withOwnKey(session: Session, draft: PolicyDraft): Promise<FhirPolicy> {
  if (draft.kind !== "pseudonymised") return draft;
  return { ...draft, key: draft.key ?? (await onlyKey(session)) };
}

/** @throws KEY_NEEDED where a recipe that is saved has no key to be made with */
export function withNamedKey(draft: PolicyDraft): FhirPolicy {
  if (draft.kind !== "pseudonymised") return draft;
  if (draft.key === undefined)
    throw new SatchelError("KEY_NEEDED", "Pseudonyms need a project key.", "Name it with --key.");
  return { ...draft, key: draft.key };
}

/** Where a package of several files goes. */
export interface PackageOptions {
  to?: string;
  package?: string;
  compress?: string;
  name?: string;
}

/** @throws USAGE */
export function packageOf(options: PackageOptions): {
  format: "folder" | "zip";
  compress: number;
  destination: string;
  name?: string;
} {
  if (options.to === undefined) throw new SatchelError("USAGE", "--to is missing: where should the package go?");
  return {
    format: choiceArgument(options.package ?? "zip", "--package", ["zip", "folder"]),
    compress: countArgument(options.compress ?? "6", "--compress", [0, 9]),
    destination: pathArgument(options.to, "--to"),
    ...(options.name === undefined ? {} : { name: options.name }),
  };
}

export function withPackageOptions(command: Command): Command {
  return command
    .option("--to <folder>", "where the package goes")
    .option("--package <form>", "zip (default) or folder")
    .option("--compress <level>", "with --package zip: 0 stores, 1 to 9 deflates (default 6)")
    .option("--name <name>", "name of the package, without extension")
    .option("--recipe <file>", "take everything from a recipe; --to overrides its destination")
    .option("--save-recipe <file>", "write the recipe to a file, and start nothing")
    .option("--exported-at <time>", "the time that stands in the package, to make the same bytes again")
    .option("--dry-run", "say what would be made, and make nothing");
}

export const TABLE_FORMATS = ["csv", "xlsx", "parquet"] as const;

/** By option, else by the ending of the output, else CSV. @throws USAGE */
export function tableFormatOf(option: string | undefined, output: string | undefined): (typeof TABLE_FORMATS)[number] {
  const ending = TABLE_FORMATS.find(
    (format) =>
      format ===
      extname(output ?? "")
        .slice(1)
        .toLowerCase(),
  );
  if (option === undefined) return ending ?? "csv";
  const format = choiceArgument(option, "--format", TABLE_FORMATS);
  if (ending !== undefined && ending !== format)
    throw new SatchelError("USAGE", `The output ends in .${ending}, and --format is ${format}.`, "Make them agree.");
  return format;
}

import { basename, dirname, extname } from "node:path";
import { SatchelError } from "../../../../contract/errors.ts";
import type { TableRecipe } from "../../../../contract/table-recipe.ts";
import { countArgument, pathArgument } from "../arguments.ts";

/** One of a list of words. @param what as the message names it: "--text" @throws USAGE with what is allowed */
export function choiceArgument<Word extends string>(value: string, what: string, allowed: readonly Word[]): Word {
  const found = allowed.find((word) => word === value.toLowerCase());
  if (found !== undefined) return found;
  throw new SatchelError("USAGE", `${what} cannot be ${JSON.stringify(value)}.`, `Give ${listOf(allowed)}.`);
}

/** @throws USAGE */
export function choicesArgument<Word extends string>(
  values: readonly string[] | undefined,
  what: string,
  allowed: readonly Word[],
): Word[] | undefined {
  return values?.map((value) => choiceArgument(value, what, allowed));
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** A day as 2026-01-31. @throws USAGE where there is no such day */
function dayArgument(value: string | undefined, what: string): string | undefined {
  if (value === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return value;
  throw new SatchelError("USAGE", `The day given as ${what} cannot be read.`, "Write it as 2026-01-31.");
}

/** Both days included. @throws USAGE */
export function daysArgument(from: string | undefined, until: string | undefined): { from?: string; to?: string } {
  const first = dayArgument(from, "--from");
  const last = dayArgument(until, "--until");
  if (first !== undefined && last !== undefined && first > last)
    throw new SatchelError("USAGE", "--from is later than --until: nothing can match.", "Exchange the two.");
  return { ...(first === undefined ? {} : { from: first }), ...(last === undefined ? {} : { to: last }) };
}

/** What is there and not empty, so that a variable that a script left empty is not taken for a wish. @throws USAGE */
export function wordsArgument(values: readonly string[] | undefined, what: string): string[] | undefined {
  if (values === undefined) return undefined;
  if (values.some((value) => value.trim() === ""))
    throw new SatchelError("USAGE", `A value given as ${what} is empty.`, "Give it a value, or leave it out.");
  return [...values];
}

/** Options that say where a table goes. */
export interface DeliveryOptions {
  to?: string;
  package?: string;
  withDescription?: boolean;
  compress?: string;
  formulas?: string;
}

/** How much smaller a table gets is worth more than the time it takes. */
const DEFLATE_LEVEL = "6";

/**
 * Where a table goes: a file of its own, or a package in a folder.
 *
 * @param output the path of a file; undefined for the file that the kind names, in the current folder
 * @throws USAGE
 */
export function deliveryOf(
  output: string | undefined,
  options: DeliveryOptions,
): Pick<TableRecipe, "format" | "compress" | "name" | "formulas" | "destination"> {
  const { to, package: form, withDescription, formulas = "guard", compress = DEFLATE_LEVEL } = options;
  const common = {
    formulas: choiceArgument(formulas, "--formulas", ["guard", "keep"]),
    compress: countArgument(compress, "--compress", [0, 9]),
  };
  if (to === undefined) {
    if (form !== undefined)
      throw new SatchelError("USAGE", "--package belongs to --to: it is made in a folder.", "Give --to FOLDER.");
    if (options.compress !== undefined)
      throw new SatchelError("USAGE", "--compress belongs to a package.", "Give --to FOLDER --package zip.");
    const format = withDescription === true ? "beside" : "file";
    if (output === undefined) return { ...common, format, destination: pathArgument(".", "the output") };
    const path = pathArgument(output, "the output");
    if (/[\\/]$/.test(output))
      throw new SatchelError("USAGE", "The output is a folder, and not a file.", "Name the file, or give --to FOLDER.");
    return { ...common, format, name: basename(path), destination: dirname(path) };
  }
  if (output !== undefined)
    throw new SatchelError("USAGE", "Give an output file, or --to FOLDER, not both.", "See --help.");
  if (withDescription === true)
    throw new SatchelError("USAGE", "--with-description belongs to an output file: a package has it anyway.");
  return {
    ...common,
    format: choiceArgument(form ?? "zip", "--package", ["zip", "folder"]),
    destination: pathArgument(to, "--to"),
  };
}

/** The extension that a file name has, without its dot, in lower case. */
export function extensionOf(path: string): string {
  return extname(path).slice(1).toLowerCase();
}

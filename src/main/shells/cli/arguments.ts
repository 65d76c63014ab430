import { resolve } from "node:path";
import { SatchelError } from "../../../contract/errors.ts";

/**
 * The absolute path that a person typed.
 *
 * @param what as the message names it: "--to", for example.
 * @throws USAGE where it is empty: what a script meant by an unset variable is never the folder it happens to run in.
 */
export function pathArgument(path: string, what: string): string {
  if (path !== "") return resolve(path);
  throw new SatchelError("USAGE", `The path given as ${what} is empty.`, "Give a path; . is the folder you are in.");
}

/**
 * A whole number that a person typed in digits.
 *
 * @param range both ends included.
 * @throws USAGE
 */
export function countArgument(text: string, what: string, [least, most]: readonly [number, number]): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
  throw new SatchelError("USAGE", `${what} is not a whole number from ${least} to ${most}.`, "Give it in digits.");
}

/** "Patient,Observation" as a list; without what is empty. */
export function listArgument(text: string): string[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

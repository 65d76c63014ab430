import { SatchelError } from "../../../../contract/errors.ts";

/** The value of an environment variable. @throws USAGE where it is named and not set */
export function secretFrom(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const value = process.env[name];
  if (value !== undefined && value !== "") return value;
  throw new SatchelError(
    "USAGE",
    `The environment variable ${name} is not set.`,
    "Set it, then run the command again.",
  );
}

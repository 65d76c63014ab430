import { SatchelError } from "../../contract/errors.ts";
import type { z } from "../../contract/schema.ts";
import type { SourceKind } from "./source.ts";

export interface Registered {
  readonly kind: string;
  /** For screens and tables. */
  readonly label: string;
  /** Fills in defaults. Throws USAGE with the first thing that is wrong, never with the values. */
  parseConfig(value: unknown): Record<string, unknown>;
}

/** What sources of every kind have. */
export function registered<Config extends Record<string, unknown>>(
  source: Pick<SourceKind<Config>, "kind" | "check">,
  label: string,
  schema: z.ZodType<Config>,
): Registered & Pick<SourceKind<unknown>, "check"> & { parse: (value: unknown) => Config } {
  const parse = (value: unknown): Config => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const where = issue?.path.join(".") ?? "";
    throw new SatchelError(
      "USAGE",
      `The settings of the ${label} source are not valid${where === "" ? "" : ` (${where})`}: ${issue?.message ?? "unknown"}.`,
      "Correct them, or remove the source and add it again.",
    );
  };
  return {
    kind: source.kind,
    label,
    parse,
    parseConfig: parse,
    check: async (config, secret, signal) => await source.check(parse(config), secret, signal),
  };
}

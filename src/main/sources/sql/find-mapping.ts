import { SatchelError } from "../../../contract/errors.ts";
import { mapping, type Mapping } from "./mapping.ts";
import { eqmdMapping } from "./mappings/eqmd.ts";
import { studiesPlatformMapping } from "./mappings/studies-platform.ts";

/** Those that come with Satchel. */
export const MAPPING_NAMES = ["eqmd", "studies-platform"] as const;

const BUILT_IN: Record<(typeof MAPPING_NAMES)[number], Mapping> = {
  eqmd: mapping.parse(eqmdMapping),
  "studies-platform": mapping.parse(studiesPlatformMapping),
};

/** The mapping that a configuration names or holds. */
export function findMapping(given: (typeof MAPPING_NAMES)[number] | Mapping): Mapping {
  return typeof given === "string" ? BUILT_IN[given] : given;
}

/**
 * Reads a mapping that a user wrote.
 *
 * @param text a JSON document, or the name of a mapping that comes with Satchel
 * @returns what a configuration takes as `mapping`
 * @throws USAGE with the first place that is wrong
 */
export function parseMapping(text: string): (typeof MAPPING_NAMES)[number] | Mapping {
  const builtIn = MAPPING_NAMES.find((name) => name === text.trim());
  if (builtIn !== undefined) return builtIn;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new SatchelError("USAGE", "The mapping is not valid JSON.", "Correct the file.", { cause });
  }
  const result = mapping.safeParse(document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join(".") ?? "";
  throw new SatchelError(
    "USAGE",
    `The mapping is not valid${where === "" ? "" : ` at ${where}`}: ${issue?.message ?? "unknown"}.`,
    "Correct the file; the mappings that come with Satchel show the shape.",
  );
}

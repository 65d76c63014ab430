import { SatchelError } from "../../../contract/errors.ts";
import type { UnknownValues } from "../../catalog/unknown-values.ts";

const WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  sources: ["source", "sources"],
  wards: ["ward", "wards"],
  patients: ["patient", "patients"],
  examStatus: ["exam status", "exam statuses"],
  examSource: ["exam source", "exam sources"],
  examEquipment: ["equipment", "equipment"],
  examItem: ["exam item", "exam items"],
  examRoom: ["room", "rooms"],
  examDescription: ["description", "descriptions"],
  gender: ["gender", "genders"],
  applicationOrderNo: ["order number", "order numbers"],
  examIds: ["exam", "exams"],
};

/**
 * A filter that names what is not there is refused: a misspelt ward would otherwise be a table that silently lacks one. What was given
 * stands in no message, since it may be somebody's number.
 *
 * @throws USAGE
 */
export function refuseUnknown(unknown: readonly UnknownValues[]): void {
  const [first] = unknown;
  if (first === undefined) return;
  const [one, many] = WORDS[first.part] ?? ["value", "values"];
  const { values, asked, there } = first;
  const found =
    asked === 1
      ? `The ${one} asked for is not in the catalog.`
      : `Of the ${asked} ${many} asked for, ${values.length} ${values.length === 1 ? "is" : "are"} not in the catalog.`;
  throw new SatchelError(
    "USAGE",
    found,
    there.length === 0
      ? "Correct the filter, or sync the sources first."
      : `There are: ${there.join(", ")}. Correct the filter, or sync the sources first.`,
  );
}

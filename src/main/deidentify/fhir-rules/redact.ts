import type { Around, Method } from "./method.ts";
import type { TypedNode } from "./node.ts";
import { isOldAge, readDate, shortenPostalCode, tellsOldAge } from "./partial-values.ts";
import type { RuleParameters } from "./rules.ts";

const DATES: ReadonlySet<string> = new Set(["date", "dateTime", "instant"]);

export function isDate({ type }: TypedNode): boolean {
  return DATES.has(type);
}

/**
 * Values go, one by one; the switches of the parameters leave the year of a date, an age up to 89 and the first three digits of a ZIP code.
 *
 * @param today ISO date
 */
export function createRedact(parameters: RuleParameters, today: string): Method {
  return (node, around) => {
    if (node.text === "") return;
    if (isDate(node)) redactDate(node, around, parameters, today);
    else if (node.type === "decimal" && node.parent?.type === "Age") redactAge(node, around, parameters);
    else if (node.name.toLowerCase() === "postalcode") redactPostalCode(node, around, parameters);
    else drop(node, around);
  };
}

/** @param today ISO date */
export function redactDate(node: TypedNode, around: Around, parameters: RuleParameters, today: string): void {
  const date = readDate(node.text, node.type);
  // What is no date at all could be anything, so it does not stay as it does with Microsoft's tool.
  if (!parameters.enablePartialDatesForRedact || date === undefined || tellsOldAge(date, today)) {
    drop(node, around);
    return;
  }
  around.record("redact", node.value === date.year ? undefined : "generalised");
  node.value = date.year;
}

function redactAge(node: TypedNode, around: Around, { enablePartialAgesForRedact }: RuleParameters): void {
  if (!enablePartialAgesForRedact || isOldAge(Number(node.value))) drop(node, around);
  else around.record("redact", undefined);
}

function redactPostalCode(node: TypedNode, around: Around, parameters: RuleParameters): void {
  if (!parameters.enablePartialZipCodesForRedact) {
    drop(node, around);
    return;
  }
  node.value = shortenPostalCode(node.text, parameters.restrictedZipCodeTabulationAreas);
  around.record("abstract", "generalised");
}

function drop(node: TypedNode, { record }: Around): void {
  node.value = null;
  record("redact", "dropped");
}

import { aboutNode, type Chance } from "./chance.ts";
import type { Method } from "./method.ts";
import type { TypedNode } from "./node.ts";
import type { RuleMethod } from "./rules.ts";

const WHOLE: ReadonlySet<string> = new Set(["integer", "positiveInt", "unsignedInt"]);
/** Of R4, with the profiles on Quantity. */
const QUANTITIES: ReadonlySet<string> = new Set([
  "Age",
  "Count",
  "Duration",
  "Distance",
  "Money",
  "MoneyQuantity",
  "Quantity",
  "SimpleQuantity",
]);

/** Adds noise, evenly from minus half the span to plus half of it, to numbers and to the values of quantities. */
export function createPerturb(
  { span, rangeType, roundTo }: RuleMethod & { method: "perturb" },
  chance: Chance,
): Method {
  return (node, { visited, record, origin }) => {
    const number = numberOf(node);
    if (number === undefined || typeof number.value !== "number" || visited.has(number)) return;
    const range = rangeType === "proportional" ? number.value * span : span;
    const noise = (chance.fraction(aboutNode(number, origin)) - 0.5) * range;
    number.value = withinType(number.type, round(number.value + noise, WHOLE.has(number.type) ? 0 : roundTo));
    for (const below of node.below()) visited.add(below);
    record("perturb", "replaced");
  };
}

function numberOf(node: TypedNode): TypedNode | undefined {
  if (node.type === "decimal" || WHOLE.has(node.type)) return node;
  return QUANTITIES.has(node.type) ? node.named("value")[0] : undefined;
}

function round(value: number, digits: number): number {
  // Adding 0 makes 0 of minus 0, which JSON does not have.
  return Number(value.toFixed(digits)) + 0;
}

function withinType(type: string, value: number): number {
  if (type === "positiveInt") return Math.max(1, value);
  return type === "unsignedInt" ? Math.max(0, value) : value;
}

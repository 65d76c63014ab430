import { SatchelError } from "../../../contract/errors.ts";
import type { Json } from "../../fhir/json.ts";
import { truthOf } from "../../fhir/path/operators.ts";
import { single } from "../../fhir/path/item.ts";
import { compileNodePath } from "./compile-node-path.ts";
import { compileByLibrary } from "./fhirpath-value.ts";
import type { Method } from "./method.ts";
import type { TypedNode } from "./node.ts";
import { RuleFailure } from "./refusals.ts";
import type { Dialect, RuleMethod } from "./rules.ts";

/**
 * By our own engine where it can, by fhirpath.js where it cannot.
 *
 * @throws USAGE where the expression cannot be followed
 */
export function compileValuePath(text: string): ReturnType<typeof compileNodePath> {
  try {
    return compileNodePath(text);
  } catch (own) {
    if (!(own instanceof SatchelError)) throw own;
    return compileByLibrary(text);
  }
}

/** The value of the first case whose condition holds takes the place of a primitive. */
export function createGeneralize(
  { cases, otherValues }: RuleMethod & { method: "generalize" },
  dialect: Dialect,
): Method {
  const compiled = cases.map(([condition, value]) => ({
    holds: compileValuePath(condition),
    value: compileValuePath(value),
  }));
  return (node, { record }) => {
    if (!node.isPrimitive) {
      if (dialect === "miracum") return;
      throw new RuleFailure(`generalize is for primitives, and this is a ${node.type}`, true);
    }
    if (node.value === null) return;
    const chosen = compiled.find(({ holds }) => truthOf(holds(node)) === true);
    const before = node.value;
    if (chosen !== undefined) node.value = scalarOf(chosen.value, node);
    else if (otherValues === "redact") node.value = null;
    record("generalize", node.value === before ? undefined : node.value === null ? "dropped" : "generalised");
  };
}

function scalarOf(evaluate: ReturnType<typeof compileNodePath>, node: TypedNode): Json {
  const values = evaluate(node);
  if (values.length > 1) throw new RuleFailure("a case gives more than one value");
  return single(values) ?? null;
}

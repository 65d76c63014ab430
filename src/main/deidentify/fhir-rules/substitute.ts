import { isJsonObject, type Json } from "../../fhir/json.ts";
import { buildReplacement } from "./build-nodes.ts";
import type { Method } from "./method.ts";
import { TypedNode } from "./node.ts";
import { RuleFailure } from "./refusals.ts";

const NUMBERS: ReadonlySet<string> = new Set(["decimal", "integer", "positiveInt", "unsignedInt"]);

/**
 * Puts a value in the place of a node; what earlier rules have touched below it stays as they left it (SubstituteProcessor).
 *
 * @param replaceWith text of a primitive, JSON of anything else; undefined empties
 */
export function createSubstitute(replaceWith: string | undefined): Method {
  return (node, { visited, record }) => {
    if (node.isResource) throw new RuleFailure("substitute is not for whole resources", true);
    const replacement = replacementFor(node, replaceWith);
    const kept = new Set<TypedNode>();
    noteKept(node, visited, kept);
    replace(node, replacement, visited, kept);
    for (const below of node.below()) visited.add(below);
    record("substitute", "replaced");
  };
}

function replacementFor(node: TypedNode, replaceWith: string | undefined): TypedNode {
  if (node.isPrimitive) return new TypedNode(node.place, node.shape, false, primitiveOf(node, replaceWith));
  let value: Json;
  try {
    value = JSON.parse(replaceWith ?? "{}") as Json;
  } catch {
    throw new RuleFailure(`replaceWith is no JSON, and this is a ${node.type}`, true);
  }
  if (!isJsonObject(value)) throw new RuleFailure(`replaceWith is no object, and this is a ${node.type}`, true);
  return buildReplacement(value, node.place, node.shape);
}

function primitiveOf({ type }: TypedNode, text: string | undefined): Json {
  if (text === undefined) return null;
  if (type === "boolean" && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if (!NUMBERS.has(type) && type !== "boolean") return text;
  if (text === "" || !Number.isFinite(Number(text)) || type === "boolean")
    throw new RuleFailure(`replaceWith is no ${type}`, true);
  return Number(text);
}

/** Also what has something below it that was touched. */
function noteKept(node: TypedNode, visited: ReadonlySet<TypedNode>, kept: Set<TypedNode>): boolean {
  let keeps = visited.has(node);
  for (const child of node.children) if (noteKept(child, visited, kept)) keeps = true;
  if (keeps) kept.add(node);
  return keeps;
}

function replace(node: TypedNode, by: TypedNode, visited: ReadonlySet<TypedNode>, kept: ReadonlySet<TypedNode>): void {
  if (visited.has(node)) return;
  const names = new Set(by.children.map(({ name }) => name));
  for (const name of names) replaceNamed(node, by.named(name), name, visited, kept);
  for (const child of node.children) if (!names.has(child.name)) clear(node, child, visited, kept);
  node.value = by.value;
}

/** The first by the first, the second by the second; more are added, fewer take the rest away. */
function replaceNamed(
  node: TypedNode,
  by: readonly TypedNode[],
  name: string,
  visited: ReadonlySet<TypedNode>,
  kept: ReadonlySet<TypedNode>,
): void {
  let next = 0;
  for (const child of node.named(name)) {
    const replacement = by[next];
    if (replacement === undefined) clear(node, child, visited, kept);
    else if (child.place.key !== replacement.place.key && !visited.has(child)) {
      // Another type of a choice: valueString in the place of valueQuantity.
      node.remove(child);
      continue;
    } else replace(child, replacement, visited, kept);
    next++;
  }
  for (const added of by.slice(next)) node.add(added);
}

function clear(node: TypedNode, child: TypedNode, visited: ReadonlySet<TypedNode>, kept: ReadonlySet<TypedNode>): void {
  if (visited.has(child)) return;
  if (kept.has(child)) replace(child, new TypedNode(child.place, child.shape, false, null), visited, kept);
  else node.remove(child);
}

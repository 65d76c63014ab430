import { SatchelError } from "../../../contract/errors.ts";
import type { Json } from "../../fhir/json.ts";
import type { Evaluate, PathScope } from "../../fhir/path/compile-path.ts";
import { functionNamed } from "../../fhir/path/functions.ts";
import { isOfType, NOTHING, single, type Collection, type Item } from "../../fhir/path/item.ts";
import { compileOperator, unite } from "../../fhir/path/operators.ts";
import { parsePath, type PathNode } from "../../fhir/path/parse-path.ts";
import { TypedNode } from "./node.ts";
import { RuleFailure } from "./refusals.ts";

/** Constants of FHIRPath would need the resource as JSON; rules have none. */
const SCOPE: PathScope = { resource: { resourceType: "" }, rowIndex: 0 };
const ORDERING: ReadonlySet<string> = new Set(["<", ">", "<=", ">="]);

/**
 * A FHIRPath expression over typed nodes: what it gives are the nodes themselves, so that what a rule has touched can be told from what it has
 * not. Conditions and functions are those of src/main/fhir/path; what leads from node to node is here, with `nodesByType` and `nodesByName`
 * of Microsoft's tool.
 *
 * @throws USAGE where it cannot be read, or needs something of FHIRPath that is not served: then the rules are refused
 */
export function compileNodePath(text: string): (focus: TypedNode) => Collection {
  const evaluate = compile(parsePath(text));
  return (focus) => evaluate([focus], SCOPE);
}

function compile(node: PathNode): Evaluate {
  switch (node.kind) {
    case "this":
      return (focus) => focus;
    case "empty":
      return () => NOTHING;
    case "literal": {
      const value: Collection = [node.value];
      return () => value;
    }
    case "variable":
      throw new SatchelError("USAGE", `The constant %${node.name} is not served.`, "Write the expression without it.");
    case "member":
      return compileMember(node);
    case "index":
      return compileIndex(compile(node.of), compile(node.index));
    case "negative": {
      const of = compile(node.of);
      return (focus, scope) => {
        const value = single(of(focus, scope));
        return typeof value === "number" ? [-value] : NOTHING;
      };
    }
    case "operator":
      return compileBinary(node.operator, compile(node.left), compile(node.right));
    default:
      return compileCall(node);
  }
}

function compileMember({ of, name }: PathNode & { kind: "member" }): Evaluate {
  const before = compile(of);
  // "Patient.name" is what is named so of a Patient (FHIRPath 1.4).
  const isTyped = of.kind === "this" && /^[A-Z]/.test(name);
  return (focus, scope) => {
    const found: TypedNode[] = [];
    for (const item of nodesOf(before(focus, scope))) {
      if (isTyped && item.isResource && (item.type === name || name === "Resource" || name === "DomainResource"))
        found.push(item);
      else for (const child of item.children) if (child.name === name) found.push(child);
    }
    return found;
  };
}

function compileIndex(of: Evaluate, index: Evaluate): Evaluate {
  return (focus, scope) => {
    const place = single(index(focus, scope));
    const item = typeof place === "number" ? of(focus, scope)[place] : undefined;
    return item === undefined ? NOTHING : [item];
  };
}

function compileBinary(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  if (operator === "|") return (focus, scope) => together(left(focus, scope), right(focus, scope));
  const evaluate = compileOperator(operator, left, right);
  if (!ORDERING.has(operator)) return evaluate;
  // A text has no order with a number (FHIRPath 6.2). That such a condition does not hold would be a guess.
  return (focus, scope) => {
    const one = single(left(focus, scope));
    const other = single(right(focus, scope));
    if (one !== undefined && other !== undefined && typeof one !== typeof other)
      throw new RuleFailure("a condition compares what cannot be compared");
    return evaluate(focus, scope);
  };
}

/** Nodes are told apart by themselves, values by being equal. */
function together(left: Collection, right: Collection): Collection {
  const all = [...left, ...right];
  return all.some((item) => item instanceof TypedNode) ? [...new Set(all)] : unite(left, right);
}

function compileCall(node: PathNode & { kind: "call" }): Evaluate {
  const { name, of } = node;
  const before = compile(of);
  if (name === "ofType" || name === "as" || name === "is") {
    const type = typeOf(node);
    if (name === "is") return (focus, scope) => before(focus, scope).map((item) => isOfType(item, type));
    return (focus, scope) => before(focus, scope).filter((item) => isOfType(item, type));
  }
  if (name === "nodesByType" || name === "nodesByName") {
    const wanted = textOfLiteral(node);
    const fits = (one: TypedNode): boolean => (name === "nodesByType" ? one.type : one.name) === wanted;
    return (focus, scope) => nodesOf(before(focus, scope)).flatMap((one) => [...one.withinResource()].filter(fits));
  }
  const parameters = node.arguments.map(compile);
  const walk = Object.hasOwn(WALKS, name) ? WALKS[name] : undefined;
  if (walk !== undefined) {
    return (focus, scope) => {
      const items = before(focus, scope);
      return walk(items, parameters[0]?.(focus, scope) ?? NOTHING);
    };
  }
  return functionNamed(name, before, parameters, undefined);
}

/** Functions that lead to other nodes. */
const WALKS: Readonly<Record<string, (items: Collection, parameter: Collection) => Collection>> = {
  children: (items) => nodesOf(items).flatMap(({ children }) => children),
  descendants: (items) => nodesOf(items).flatMap((one) => [...one.below()]),
  extension(items, parameter) {
    const url = single(parameter);
    return nodesOf(items).flatMap((one) =>
      one.named("extension").filter((extension) => extension.named("url").some(({ value }) => value === url)),
    );
  },
  union: together,
  distinct: (items) => together(items, NOTHING),
  hasValue: (items) => [items.length === 1 && valueOf(items[0]!) !== null],
};

export function nodesOf(items: Collection): TypedNode[] {
  return items.filter((item): item is TypedNode => item instanceof TypedNode);
}

function valueOf(item: Item): Json {
  return item instanceof TypedNode ? item.value : (item as Json);
}

/** The name of a type as an argument: Quantity, FHIR.Quantity. */
function typeOf(node: PathNode & { kind: "call" }): string {
  const [argument] = node.arguments;
  if (node.arguments.length === 1 && argument?.kind === "member") return argument.name;
  throw new SatchelError("USAGE", `${node.name}() wants the name of one type.`, "Correct the expression.");
}

function textOfLiteral(node: PathNode & { kind: "call" }): string {
  const [argument] = node.arguments;
  if (node.arguments.length === 1 && argument?.kind === "literal" && typeof argument.value === "string")
    return argument.value;
  throw new SatchelError("USAGE", `${node.name}() wants one name in quotes.`, "Correct the expression.");
}

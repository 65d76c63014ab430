import { compileNodePath, nodesOf } from "./compile-node-path.ts";
import type { TypedNode } from "./node.ts";

/** "nodesByType('Address').state", the whole path: looked up, where the rest of a path is evaluated. */
const OF_ALL = /^nodesBy(Type|Name)\(['"]([A-Za-z0-9]+)['"]\)(?:\.([A-Za-z0-9]+))?$/;
const PARTS = /^([A-Z][a-zA-Z]*)?\.?(.*)$/s;

export interface RulePathSelector {
  /** The resource type that the path begins with; "" where it is for all. */
  type: string;
  /** The nodes of a resource that the rule is for. */
  select(root: TypedNode, nodes: NodeLookUp): readonly TypedNode[];
}

/** @throws USAGE where the path cannot be followed */
export function compileRulePath(path: string): RulePathSelector {
  const [, type = "", rest = ""] = PARTS.exec(path) ?? [];
  // "Patient" alone is the resource itself.
  if (rest === "") return { type, select: (root) => [root] };
  // To read it is to check it, also where it is looked up.
  const evaluate = compileNodePath(rest);
  const [, kind, name = "", member] = OF_ALL.exec(path) ?? [];
  if (kind === undefined) return { type, select: (root) => nodesOf(evaluate(root)) };
  return {
    type,
    select: (_, nodes) => {
      const found = kind === "Type" ? nodes.ofType(name) : nodes.ofName(name);
      return member === undefined ? found : found.flatMap((node) => node.named(member));
    },
  };
}

/** True of a rule that may be for a resource of the type. */
export function isForType({ type }: RulePathSelector, resourceType: string): boolean {
  return type === "" || type === resourceType || type === "Resource" || type === "DomainResource";
}

/** All that is below a resource, by type and by name, as it was before the first rule. */
export class NodeLookUp {
  readonly #types = new Map<string, TypedNode[]>();
  readonly #names = new Map<string, TypedNode[]>();

  constructor(root: TypedNode) {
    this.#note(root);
  }

  ofType(type: string): readonly TypedNode[] {
    return this.#types.get(type) ?? [];
  }

  ofName(name: string): readonly TypedNode[] {
    return this.#names.get(name) ?? [];
  }

  /** Another resource within is one node here: what is in it is that resource's own. */
  #note(node: TypedNode): void {
    for (const child of node.children) {
      add(this.#types, child.type, child);
      add(this.#names, child.name, child);
      if (!child.isResource) this.#note(child);
    }
  }
}

function add(map: Map<string, TypedNode[]>, name: string, node: TypedNode): void {
  const there = map.get(name);
  if (there === undefined) map.set(name, [node]);
  else there.push(node);
}

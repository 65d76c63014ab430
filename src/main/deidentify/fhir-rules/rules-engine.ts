import type { ElementTreatment } from "../../../contract/fhir.ts";
import type { Resource } from "../../fhir/json.ts";
import type { ResourceContext } from "../fhir/resource-policy.ts";
import { buildNodes } from "./build-nodes.ts";
import { compileRulePath, isForType, NodeLookUp, type RulePathSelector } from "./compile-rule-path.ts";
import { createMethod } from "./create-method.ts";
import type { Around, Method, Operation } from "./method.ts";
import type { TypedNode } from "./node.ts";
import { nameRule, RuleFailure } from "./refusals.ts";
import type { RuleKeys } from "./rule-keys.ts";
import type { Rule, Rules } from "./rules.ts";
import { addSecurityLabels } from "./security-labels.ts";
import { removeEmpty, writeNodes } from "./write-nodes.ts";

export interface CompiledRule {
  rule: Rule;
  selector: RulePathSelector;
  method: Method;
}

export interface Anonymized {
  resource: Resource;
  treatments: Partial<Record<ElementTreatment, number>>;
}

/** Follows rules on one resource after the other, as both tools do: in their order, and of several for one node the first. Of one thread. */
export class RulesEngine {
  readonly #rules: readonly CompiledRule[];
  readonly #byType = new Map<string, readonly CompiledRule[]>();

  /** @param today ISO date */
  constructor(rules: Rules, keys: RuleKeys, today: string) {
    this.#rules = rules.rules.map((rule) => ({
      rule,
      selector: compileRulePath(rule.path),
      method: createMethod(rule, rules, keys, today),
    }));
  }

  /** Rules that may be for resources of a type. */
  rulesFor(type: string): readonly CompiledRule[] {
    let found = this.#byType.get(type);
    if (found === undefined)
      this.#byType.set(type, (found = this.#rules.filter(({ selector }) => isForType(selector, type))));
    return found;
  }

  /**
   * @param resource is not changed
   * @param rules for the resource itself, where only some of them matter
   * @throws RuleFailure where a rule cannot be followed; it names the rule, and no value
   */
  anonymize(
    resource: Resource,
    context: Around["context"],
    rules: readonly CompiledRule[] = this.rulesFor(resource.resourceType),
  ): Anonymized {
    const { root, unknown } = buildNodes(resource);
    const { id } = resource;
    const run = new Run(this, context, `${resource.resourceType}/${typeof id === "string" ? id : ""}`);
    if (unknown > 0) run.treatments.dropped = unknown;
    run.resource(root, rules);
    removeEmpty(root);
    return { resource: writeNodes(root), treatments: run.treatments };
  }
}

/** One resource with all that is in it. */
class Run {
  readonly treatments: Partial<Record<ElementTreatment, number>> = {};
  readonly #engine: RulesEngine;
  readonly #visited = new Set<TypedNode>();
  readonly #around: Around;
  /** Of the resource that the rules are at. */
  #operations = new Set<Operation>();

  constructor(engine: RulesEngine, context: Pick<ResourceContext, "issuer" | "identityOf">, origin: string) {
    this.#engine = engine;
    this.#around = {
      visited: this.#visited,
      context,
      origin,
      record: (operation, treatment) => {
        this.#operations.add(operation);
        if (treatment !== undefined) this.treatments[treatment] = (this.treatments[treatment] ?? 0) + 1;
      },
    };
  }

  /** Its own rules first, then those of the resources in it, of which each is one of its own. */
  resource(node: TypedNode, rules: readonly CompiledRule[]): ReadonlySet<Operation> {
    const before = this.#operations;
    const own = new Set<Operation>();
    this.#operations = own;
    const nodes = new NodeLookUp(node);
    for (const { rule, selector, method } of rules) this.#follow(rule, selector, method, node, nodes);
    for (const within of resourcesIn(node))
      for (const operation of this.resource(within, this.#engine.rulesFor(within.type))) own.add(operation);
    if (node.name !== "contained") addSecurityLabels(node, own);
    this.#operations = before;
    return own;
  }

  #follow(rule: Rule, selector: RulePathSelector, method: Method, root: TypedNode, nodes: NodeLookUp): void {
    try {
      for (const node of selector.select(root, nodes)) this.#treat(node, method);
    } catch (error) {
      if (error instanceof RuleFailure) throw new RuleFailure(`${nameRule(rule)}: ${error.message}`, error.isMisplaced);
      throw error;
    }
  }

  #treat(node: TypedNode, method: Method): void {
    if (this.#visited.has(node)) return;
    method(node, this.#around);
    this.#visited.add(node);
    for (const child of node.children.slice()) if (!child.isResource) this.#treat(child, method);
  }
}

/** Those directly within it. */
function resourcesIn(node: TypedNode): TypedNode[] {
  return node.children.flatMap((child) => (child.isResource ? [child] : resourcesIn(child)));
}

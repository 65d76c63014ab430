import { SatchelError } from "../../../contract/errors.ts";
import type { Resource } from "../../fhir/json.ts";
import { buildNodes } from "./build-nodes.ts";
import { NodeLookUp } from "./compile-rule-path.ts";
import type { Around } from "./method.ts";
import { RuleFailure } from "./refusals.ts";
import type { RuleKeys } from "./rule-keys.ts";
import type { CompiledRule, RulesEngine } from "./rules-engine.ts";
import { shapesOf } from "./shapes.ts";

/** A path with a condition; and what of a path may lead to an id. */
const CONDITION = /[[=<>|~]|\b(?:where|select|iif|exists|all|first|last|tail|skip|take|ofType|as|is)\b/;
const MAY_BE_ID = /\bid\b|^[A-Za-z]+$|children|descendants|repeat/;

interface RulesForIds {
  /** Those that touch a resource that has nothing but an id. */
  rules: readonly CompiledRule[];
  /** Whether what becomes of an id depends on nothing else. */
  isCertain: boolean;
}

/**
 * Says under which id a resource leaves, without reading it. Where the rules take ids away, or decide by what else is in the resource, it is a keyed
 * digest: files of patients are named by it and resources sorted by it, so it must not be the id of the source.
 */
export class ExportedIds {
  readonly #engine: RulesEngine;
  readonly #nameId: RuleKeys["nameId"];
  readonly #types = new Map<string, RulesForIds>();

  constructor(engine: RulesEngine, nameId: RuleKeys["nameId"]) {
    this.#engine = engine;
    this.#nameId = nameId;
  }

  /** @throws KEY_NEEDED where an id must be named, and there is no key to do so */
  exportedId(type: string, id: string, context: Around["context"]): string {
    if (!shapesOf(type).has("implicitRules")) return this.#named(type, id);
    const { rules, isCertain } = this.#rulesFor(type);
    if (!isCertain) return this.#named(type, id);
    try {
      const left = this.#engine.anonymize({ resourceType: type, id }, context, rules).resource["id"];
      return typeof left === "string" ? left : this.#named(type, id);
    } catch (error) {
      if (error instanceof RuleFailure) return this.#named(type, id);
      throw error;
    }
  }

  #rulesFor(type: string): RulesForIds {
    let found = this.#types.get(type);
    if (found === undefined) this.#types.set(type, (found = this.#look(type)));
    return found;
  }

  #look(type: string): RulesForIds {
    const bare: Resource = { resourceType: type, id: "1" };
    const { root } = buildNodes(bare);
    const nodes = new NodeLookUp(root);
    const all = this.#engine.rulesFor(type);
    return {
      rules: all.filter(({ selector }) => selector.select(root, nodes).length > 0),
      isCertain: !all.some(({ rule: { path } }) => CONDITION.test(path) && MAY_BE_ID.test(path)),
    };
  }

  #named(type: string, id: string): string {
    if (this.#nameId === undefined)
      throw new SatchelError(
        "KEY_NEEDED",
        "The rules take ids away, and neither the order of an export nor names of files may tell them.",
        "Name a project key.",
      );
    return this.#nameId(type, id);
  }
}

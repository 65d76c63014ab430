import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { parseAllowed, type Allowed } from "./allow-text.ts";
import { elementsOf, type ElementDefinition } from "./element-tables.ts";
import { DEEPEST, saysSomething, type Rule, type Treatment } from "./treatment.ts";

/** How one element is treated. */
export interface ElementRule {
  rule: Rule;
  isModifier: boolean;
}

/** The elements of an object that may pass, by the names they have in JSON ("valueQuantity"). */
export type ObjectRule = ReadonlyMap<string, ElementRule>;

/** What elements are treated by: datatypes by name, and elements with a rule of their own by path ("Patient.birthDate"). */
interface RuleBook {
  datatypes: ReadonlyMap<string, Rule>;
  elements: ReadonlyMap<string, Rule>;
  /** Of codes that the standard lists. */
  listed(codes: ReadonlySet<string>): Rule;
}

/** Compiles the list of one type once; what recurs ("section" within "section") is looked up by its path. */
export class ElementCompiler {
  readonly #book: RuleBook;
  readonly #backbones = new Map<string, ObjectRule>();

  constructor(book: RuleBook) {
    this.#book = book;
  }

  /** @param path a type, or what is within one @param text elements that may pass */
  compile(path: string, text: string): ObjectRule {
    return this.#compile(path, parseAllowed(text));
  }

  #compile(path: string, allowed: Allowed): ObjectRule {
    const rules = new Map<string, ElementRule>();
    this.#backbones.set(path, rules);
    const definitions = elementsOf(path);
    for (const [name, definition] of definitions) {
      const inner = allowed.get(name);
      if (inner === undefined) this.#denyModifier(rules, name, definition);
      else this.#allow(rules, path, name, definition, inner);
    }
    const extension = this.#book.datatypes.get("Extension");
    if (extension !== undefined && definitions.has("extension"))
      rules.set("extension", { rule: extension, isModifier: false });
    for (const name of allowed.keys())
      if (!definitions.has(name)) throw new Error(`FHIR has no element ${path}.${name}`);
    return rules;
  }

  #allow(
    rules: Map<string, ElementRule>,
    parent: string,
    name: string,
    definition: ElementDefinition,
    inner: Allowed | null,
  ): void {
    const { datatypes, isModifier } = definition;
    const ruleOf = (datatype: string): Rule => this.#ruleOf(datatype, definition, inner);
    for (const { key, alternatives } of keysOf(name, datatypes)) {
      const own = this.#book.elements.get(`${parent}.${key}`);
      // A rule of its own knows what is left to say.
      if (own !== undefined) rules.set(key, { rule: own, isModifier: false });
      else if (alternatives.length === 1) rules.set(key, { rule: ruleOf(alternatives[0]!), isModifier });
      else {
        const rule = chooseByShape(alternatives.map((datatype) => ({ datatype, rule: ruleOf(datatype) })));
        rules.set(key, { rule, isModifier });
      }
    }
  }

  #ruleOf(datatype: string, definition: ElementDefinition, inner: Allowed | null): Rule {
    if (datatype === "code" && definition.codes !== undefined) return this.#book.listed(definition.codes);
    if (!datatype.includes(".")) return this.#book.datatypes.get(datatype) ?? dropValue;
    const compiled = inner === null ? undefined : this.#compile(datatype, inner);
    return (value, treatment) => {
      const rule = compiled ?? this.#backbones.get(datatype);
      if (rule === undefined || !isJsonObject(value)) return treatment.drop(value);
      if (compiled !== undefined) return treatObject(rule, value, treatment);
      // Sections within sections.
      if (treatment.depth >= DEEPEST) return treatment.withhold("unreadable");
      treatment.depth++;
      const treated = treatObject(rule, value, treatment);
      treatment.depth--;
      return treated;
    };
  }

  /** What modifies and may not pass holds the resource back, or the rest would say something else. */
  #denyModifier(rules: Map<string, ElementRule>, name: string, { isModifier, datatypes }: ElementDefinition): void {
    if (!isModifier || name === "modifierExtension") return;
    for (const { key } of keysOf(name, datatypes)) rules.set(key, { rule: dropValue, isModifier });
  }
}

/** The names that an element has in JSON: of a choice one for each datatype. */
function keysOf(name: string, datatypes: readonly string[]): { key: string; alternatives: readonly string[] }[] {
  if (!name.endsWith("[x]")) return [{ key: name, alternatives: datatypes }];
  return datatypes.map((datatype) => ({
    key: name.slice(0, -3) + datatype.charAt(0).toUpperCase() + datatype.slice(1),
    alternatives: [datatype],
  }));
}

function dropValue(value: Json, treatment: Treatment): undefined {
  return treatment.drop(value);
}

/** @returns undefined where nothing is left */
export function treatObject(rules: ObjectRule, source: JsonObject, treatment: Treatment): JsonObject | undefined {
  const result: JsonObject = {};
  let filled = false;
  for (const name in source) {
    const value = source[name]!;
    const element = rules.get(name);
    if (element === undefined) {
      if (name === "modifierExtension" && saysSomething(value)) treatment.withhold("unknown-modifier");
      treatment.drop(value);
      continue;
    }
    const treated = treatValue(element.rule, value, treatment);
    if (treated !== undefined) {
      result[name] = treated;
      filled = true;
    } else if (element.isModifier) treatment.withhold("unknown-modifier");
  }
  return filled ? result : undefined;
}

/** Of one value or of each of many; what is left out of many leaves no gap. */
export function treatValue(rule: Rule, value: Json, treatment: Treatment): Json | undefined {
  if (!Array.isArray(value)) return rule(value, treatment);
  const treated: Json[] = [];
  for (const item of value) {
    const one = Array.isArray(item) ? treatment.drop(item) : rule(item, treatment);
    if (one !== undefined) treated.push(one);
  }
  return treated.length === 0 ? undefined : treated;
}

/** Where R4 and R5 disagree about the datatype of an element, what it looks like decides. */
function chooseByShape(alternatives: readonly { datatype: string; rule: Rule }[]): Rule {
  return (value, treatment) => {
    for (const { datatype, rule } of alternatives) if (fits(datatype, value)) return rule(value, treatment);
    return treatment.drop(value);
  };
}

const PRIMITIVE_TYPES: Readonly<Record<string, string>> = {
  boolean: "boolean",
  integer: "number",
  positiveInt: "number",
  unsignedInt: "number",
  decimal: "number",
};

function fits(datatype: string, value: Json): boolean {
  if (!isJsonObject(value)) return /^[a-z]/.test(datatype) && typeof value === (PRIMITIVE_TYPES[datatype] ?? "string");
  if (datatype === "CodeableReference") return "concept" in value || isJsonObject(value["reference"]);
  if (datatype === "Reference" && isJsonObject(value["reference"])) return false;
  const definitions = elementsOf(datatype);
  return definitions.size > 0 && Object.keys(value).every((key) => key.startsWith("_") || hasElement(definitions, key));
}

function hasElement(definitions: ReadonlyMap<string, ElementDefinition>, key: string): boolean {
  if (definitions.has(key)) return true;
  for (const name of definitions.keys()) if (name.endsWith("[x]") && key.startsWith(name.slice(0, -3))) return true;
  return false;
}

import type { Json, JsonObject } from "../json.ts";
import type { Evaluate, PathScope } from "./compile-path.ts";
import { referenceKey } from "./functions.ts";
import { addMember, bare, type Collection, type Item } from "./item.ts";
import type { PathNode } from "./parse-path.ts";

/** What `EvaluateSingle` answers where it has met several values: only a collection says what becomes of them. */
export const SEVERAL = Symbol("several");

/** The one value of an expression, undefined where it has none. */
export type EvaluateSingle = (focus: Collection, scope: PathScope) => Json | undefined | typeof SEVERAL;

/** The same with collections, for what is not followed here. */
type CompileWhole = (node: PathNode) => Evaluate;

/**
 * An expression of which one value is wanted, as of most columns of a view. What those are made of (names, the first of several, choices of type,
 * keys) is followed without a list for each step, which takes four times as long; the rest is evaluated as ever.
 */
export function compileSingle(node: PathNode, whole: CompileWhole): EvaluateSingle {
  switch (node.kind) {
    case "member":
      return compileChain(node, whole, false) ?? ofCollection(whole(node));
    case "call":
      return compileCall(node, whole) ?? ofCollection(whole(node));
    case "variable":
      if (node.name === "rowIndex") return (_, scope) => scope.rowIndex;
      return ofCollection(whole(node));
    case "literal":
      return () => node.value;
    default:
      return ofCollection(whole(node));
  }
}

function ofCollection(evaluate: Evaluate): EvaluateSingle {
  return (focus, scope) => {
    const values = evaluate(focus, scope);
    return values.length === 0 ? undefined : values.length === 1 ? bare(values[0]!) : SEVERAL;
  };
}

const focusItself: EvaluateSingle = (focus) =>
  focus.length === 0 ? undefined : focus.length === 1 ? bare(focus[0]!) : SEVERAL;

function compileCall(node: PathNode & { kind: "call" }, whole: CompileWhole): EvaluateSingle | undefined {
  const { name, of } = node;
  const [argument] = node.arguments;
  switch (name) {
    case "first":
      return of.kind === "member" ? compileChain(of, whole, true) : undefined;
    case "exists":
      return argument === undefined ? compileExists(compileSingle(of, whole)) : undefined;
    case "iif":
      return of.kind === "this" ? compileChoiceOfTwo(node.arguments, whole) : undefined;
    case "ofType":
      return compileOfType(node, whole);
    case "getResourceKey":
      return compileKey(of, whole, ({ id }) => (typeof id === "string" ? id : undefined));
    case "getReferenceKey":
      return node.arguments.length === 0 || (node.arguments.length === 1 && argument?.kind === "member")
        ? compileKey(of, whole, rememberingLast(argument?.kind === "member" ? argument.name : undefined))
        : undefined;
    default:
      return undefined;
  }
}

function compileExists(of: EvaluateSingle): EvaluateSingle {
  return (focus, scope) => {
    const value = of(focus, scope);
    return value === SEVERAL ? SEVERAL : value !== undefined;
  };
}

function compileChoiceOfTwo(parameters: readonly PathNode[], whole: CompileWhole): EvaluateSingle {
  const [criteria, then, otherwise] = parameters.map((parameter) => compileSingle(parameter, whole));
  return (focus, scope) => {
    const truth = criteria?.(focus, scope);
    if (truth === SEVERAL) return SEVERAL;
    // Anything that is no truth is true by being there (FHIRPath 5.1.1).
    return (truth !== undefined && truth !== false ? then : otherwise)?.(focus, scope);
  };
}

/** `value.ofType(Quantity)` is the member `valueQuantity`. */
function compileOfType(node: PathNode & { kind: "call" }, whole: CompileWhole): EvaluateSingle | undefined {
  const { of } = node;
  const [argument] = node.arguments;
  if (of.kind !== "member" || node.arguments.length !== 1 || argument?.kind !== "member") return undefined;
  const choice = of.name + argument.name.slice(0, 1).toUpperCase() + argument.name.slice(1);
  const before = compileBase(of.of, whole);
  if (choice in Object.prototype || of.name in Object.prototype) return undefined;
  return (focus, scope) => {
    const value = before(focus, scope);
    if (value === undefined || !isPlainObject(value)) return value === SEVERAL ? SEVERAL : undefined;
    const chosen = value[choice];
    if (chosen === undefined) return value[of.name] === undefined ? undefined : SEVERAL;
    return Array.isArray(chosen) ? SEVERAL : (chosen ?? undefined);
  };
}

function compileKey(
  of: PathNode,
  whole: CompileWhole,
  keyOf: (object: JsonObject) => string | undefined,
): EvaluateSingle {
  const before = compileBase(of, whole);
  return (focus, scope) => {
    const value = before(focus, scope);
    if (value === SEVERAL) return SEVERAL;
    return value !== undefined && isPlainObject(value) ? keyOf(value) : undefined;
  };
}

/** Resources of one patient come one after another. */
function rememberingLast(type: string | undefined): (object: JsonObject) => string | undefined {
  let last: Json | undefined;
  let key: string | undefined;
  return ({ reference }) => {
    if (reference !== last) {
      last = reference;
      key = reference === undefined ? undefined : referenceKey(reference, type);
    }
    return key;
  };
}

function compileBase(of: PathNode, whole: CompileWhole): EvaluateSingle {
  return of.kind === "this" ? focusItself : compileSingle(of, whole);
}

/** A chain of names. @param first whether the first value is enough */
function compileChain(
  node: PathNode & { kind: "member" },
  whole: CompileWhole,
  first: boolean,
): EvaluateSingle | undefined {
  const names = [node.name];
  let of = node.of;
  while (of.kind === "member") {
    names.unshift(of.name);
    of = of.of;
  }
  // "Patient.name" may be what is named so of a Patient, and is left to collections, as are names that every object of JavaScript has.
  if (names.some((name) => name in Object.prototype)) return undefined;
  if (of.kind === "this" && /^[A-Z]/.test(names[0]!)) return undefined;
  const before = compileBase(of, whole);
  return (focus, scope) => {
    const start = before(focus, scope);
    return start === SEVERAL || start === undefined ? start : follow(start, names, 0, first);
  };
}

function follow(
  start: Json,
  names: readonly string[],
  from: number,
  first: boolean,
): Json | undefined | typeof SEVERAL {
  let value = start;
  for (let at = from; at < names.length; at++) {
    if (!isPlainObject(value)) return undefined;
    const name = names[at]!;
    const member = value[name];
    if (member === undefined || member === null) {
      if (member === null) return undefined;
      if (!hasChoice(value, name)) return undefined;
      const [choice, ...others] = choicesOf(value, name);
      if (choice === undefined || choice === null || others.length > 0) return SEVERAL;
      value = choice;
      continue;
    }
    if (Array.isArray(member)) {
      if (member.length !== 1) return followAll(member, names, at + 1, first);
      const [one] = member;
      if (one === null || Array.isArray(one)) return followAll(member, names, at + 1, first);
      value = one!;
    } else value = member;
  }
  return value;
}

function followAll(
  values: readonly Json[],
  names: readonly string[],
  from: number,
  first: boolean,
): Json | undefined | typeof SEVERAL {
  let found: Json | undefined;
  for (const value of values) {
    if (value === null) continue;
    const one = Array.isArray(value) ? followAll(value, names, from, first) : follow(value, names, from, first);
    if (one === undefined) continue;
    if (one === SEVERAL || found !== undefined) return SEVERAL;
    if (first) return one;
    found = one;
  }
  return found;
}

/** As `addChoice` in item.ts finds them. */
function hasChoice(object: JsonObject, name: string): boolean {
  const initial = name.charCodeAt(0);
  for (const key in object) {
    if (key.charCodeAt(0) !== initial || key.length <= name.length || !key.startsWith(name)) continue;
    const code = key.charCodeAt(name.length);
    if (code >= 65 && code <= 90) return true;
  }
  return false;
}

function choicesOf(object: JsonObject, name: string): Json[] {
  const items: Item[] = [];
  addMember(object, name, items);
  return items.map(bare);
}

function isPlainObject(value: Json | typeof SEVERAL): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

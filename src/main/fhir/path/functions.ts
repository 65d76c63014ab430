import { SatchelError } from "../../../contract/errors.ts";
import type { Json } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { boundaryOf } from "./boundaries.ts";
import type { Evaluate, PathScope } from "./compile-path.ts";
import { addMember, addValue, bare, NOTHING, single, textOf, TypedItem, type Collection, type Item } from "./item.ts";
import { truthOf, unite } from "./operators.ts";
import { TEXT_FUNCTIONS } from "./text-functions.ts";

/** @param parameters each evaluated by the function itself: some on every item, some on the focus */
type PathFunction = (
  input: Collection,
  parameters: readonly Evaluate[],
  around: { focus: Collection; scope: PathScope; type: string | undefined },
) => Collection;

/**
 * A function of what stands before it.
 *
 * @param type the name of a type, of those functions that want one
 * @throws USAGE where there is no such function
 */
export function functionNamed(
  name: string,
  before: Evaluate,
  parameters: readonly Evaluate[],
  type: string | undefined,
): Evaluate {
  const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (found === undefined && !Object.hasOwn(TEXT_FUNCTIONS, name))
    throw new SatchelError("USAGE", `The function ${name}() is not served.`, "Write the expression without it.");
  if (found !== undefined) return (focus, scope) => found(before(focus, scope), parameters, { focus, scope, type });
  const ofText = TEXT_FUNCTIONS[name]!;
  return (focus, scope) => {
    const text = single(before(focus, scope));
    if (text === undefined || typeof text === "object") return NOTHING;
    const values = parameters.map((parameter) => single(parameter(focus, scope)));
    const result = ofText(typeof text === "string" ? text : String(text), values);
    return result === undefined ? NOTHING : [result];
  };
}

const holds = (criteria: Evaluate | undefined, item: Item, index: number, scope: PathScope): boolean =>
  criteria === undefined || truthOf(criteria([item], { ...scope, rowIndex: index })) === true;

const booleans = (input: Collection): boolean[] => input.map((item) => bare(item) === true);

const FUNCTIONS: Readonly<Record<string, PathFunction>> = {
  where: (input, [criteria], { scope }) => input.filter((item) => holds(criteria, item, scope.rowIndex, scope)),
  select(input, [projection], { scope }) {
    const found: Item[] = [];
    for (const item of input) addAll(projection?.([item], scope) ?? NOTHING, found);
    return found;
  },
  exists: (input, [criteria], { scope }) => [input.some((item) => holds(criteria, item, scope.rowIndex, scope))],
  all: (input, [criteria], { scope }) => [input.every((item) => holds(criteria, item, scope.rowIndex, scope))],
  empty: (input) => [input.length === 0],
  not(input) {
    const truth = truthOf(input);
    return truth === undefined ? NOTHING : [!truth];
  },
  allTrue: (input) => [booleans(input).every(Boolean)],
  anyTrue: (input) => [booleans(input).some(Boolean)],
  allFalse: (input) => [!booleans(input).some(Boolean)],
  anyFalse: (input) => [!booleans(input).every(Boolean)],
  count: (input) => [input.length],
  first: (input) => input.slice(0, 1),
  last: (input) => input.slice(-1),
  tail: (input) => input.slice(1),
  single: (input) => (input.length === 1 ? input : NOTHING),
  skip: (input, [count], around) => input.slice(numberFrom(count, around)),
  take: (input, [count], around) => input.slice(0, Math.max(0, numberFrom(count, around))),
  distinct: (input) => unite(input, NOTHING),
  isDistinct: (input) => [unite(input, NOTHING).length === input.length],
  union: (input, [other], { focus, scope }) => unite(input, other?.(focus, scope) ?? NOTHING),
  combine: (input, [other], { focus, scope }) => [...input, ...(other?.(focus, scope) ?? NOTHING)],
  iif(input, [criteria, then, otherwise], { scope }) {
    const chosen = truthOf(criteria?.(input, scope) ?? NOTHING) === true ? then : otherwise;
    return chosen?.(input, scope) ?? NOTHING;
  },
  repeat(input, [projection], { scope }) {
    const found: Item[] = [];
    let level = input;
    while (level.length > 0 && projection !== undefined) {
      const next: Item[] = [];
      for (const item of level) addAll(projection([item], scope), next);
      addAll(next, found);
      level = next;
    }
    return found;
  },
  children: (input) => input.flatMap(childrenOf),
  descendants(input) {
    const found: Item[] = [];
    for (let level = input.flatMap(childrenOf); level.length > 0; level = level.flatMap(childrenOf))
      found.push(...level);
    return found;
  },
  extension(input, [url], { focus, scope }) {
    const wanted = single(url?.(focus, scope) ?? NOTHING);
    return input.flatMap((item) => {
      const object = bare(item);
      if (!isJsonObject(object)) return [];
      const extensions: Item[] = [];
      addMember(object, "extension", extensions);
      return extensions.filter((one) => isJsonObject(bare(one)) && (bare(one) as { url?: Json }).url === wanted);
    });
  },
  hasValue: (input) => [input.length === 1 && typeof bare(input[0]!) !== "object"],
  join(input, [separator], { focus, scope }) {
    const between = single(separator?.(focus, scope) ?? NOTHING) ?? "";
    // Of nothing, the joined text is empty, not missing (SQL on FHIR, fn_join).
    return [input.map((item) => textOf(bare(item))).join(textOf(between))];
  },
  /** Key of the resource itself (SQL on FHIR, getResourceKey). */
  getResourceKey: (input) =>
    input.flatMap((item) => {
      const value = bare(item);
      return isJsonObject(value) && typeof value["id"] === "string" ? [value["id"]] : [];
    }),
  /** Key of the resource that is referred to, where it is of the type asked for. */
  getReferenceKey: (input, _, { type }) =>
    input.flatMap((item) => {
      const value = bare(item);
      const key = isJsonObject(value) ? referenceKey(value["reference"] ?? null, type) : undefined;
      return key === undefined ? [] : [key];
    }),
  lowBoundary: (input) => boundaries(input, "low"),
  highBoundary: (input) => boundaries(input, "high"),
};

/** An expression that finds more in one resource does not come to an end: `repeat($this & 'x')`. */
const MOST_ITEMS = 1_000_000;

/** @throws TOO_LARGE */
function addAll(items: Collection, found: Item[]): void {
  if (found.length + items.length > MOST_ITEMS) throw tooMuch();
  for (const item of items) found.push(item);
}

export function tooMuch(cause?: unknown): SatchelError {
  return new SatchelError(
    "TOO_LARGE",
    "An expression makes more of one resource than can be held.",
    "Look for a repeat() or select() that goes on from what it found itself.",
    { cause },
  );
}

function numberFrom(evaluate: Evaluate | undefined, around: { focus: Collection; scope: PathScope }): number {
  const value = single(evaluate?.(around.focus, around.scope) ?? NOTHING);
  return typeof value === "number" ? value : 0;
}

function childrenOf(item: Item): Item[] {
  const value = bare(item);
  const found: Item[] = [];
  if (isJsonObject(value)) for (const name in value) addValue(value[name] ?? null, found);
  return found;
}

function boundaries(input: Collection, end: "low" | "high"): Collection {
  return input.flatMap((item) => {
    const boundary = boundaryOf(bare(item), end, item instanceof TypedItem ? item.type : undefined);
    return boundary === undefined ? [] : [boundary];
  });
}

const REFERENCE = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]+)?$/;

/** @param type of the resource that is wanted */
export function referenceKey(reference: Json, type: string | undefined): string | undefined {
  if (typeof reference !== "string") return undefined;
  const parts = REFERENCE.exec(reference);
  if (parts === null)
    return type === undefined && reference.startsWith("urn:uuid:") ? reference.slice("urn:uuid:".length) : undefined;
  return type === undefined || parts[1] === type ? parts[2] : undefined;
}

import { SatchelError } from "../../../contract/errors.ts";
import type { Json } from "../json.ts";
import { compare, equals } from "./compare.ts";
import type { Evaluate } from "./compile-path.ts";
import { bare, NOTHING, single, textOf, type Collection } from "./item.ts";

const TRUE: Collection = [true];
const FALSE: Collection = [false];

type Truth = boolean | undefined;

/** @throws USAGE where there is no such operator */
export function compileOperator(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  const logic = LOGIC[operator];
  if (logic !== undefined)
    return (focus, scope) => of(logic(truthOf(left(focus, scope)), () => truthOf(right(focus, scope))));
  const collections = ON_COLLECTIONS[operator];
  if (collections !== undefined) return (focus, scope) => collections(left(focus, scope), right(focus, scope));
  const values = ON_VALUES[operator];
  if (values === undefined)
    throw new SatchelError("USAGE", `The operator ${operator} is not served.`, "Write the expression without it.");
  return (focus, scope) => {
    const one = single(left(focus, scope));
    const other = single(right(focus, scope));
    if (one === undefined || other === undefined) return NOTHING;
    const value = values(one, other);
    return value === undefined ? NOTHING : [value];
  };
}

/** What a collection says as a condition (FHIRPath 5.1.1, singleton evaluation). */
export function truthOf(collection: Collection): Truth {
  if (collection.length !== 1) return undefined;
  const value = bare(collection[0]!);
  return typeof value === "boolean" ? value : true;
}

function of(truth: Truth): Collection {
  return truth === undefined ? NOTHING : truth ? TRUE : FALSE;
}

/** Three-valued (FHIRPath 6.5). */
const LOGIC: Readonly<Record<string, (left: Truth, right: () => Truth) => Truth>> = {
  and(left, right) {
    if (left === false) return false;
    const other = right();
    return other === false ? false : left === undefined || other === undefined ? undefined : true;
  },
  or(left, right) {
    if (left === true) return true;
    const other = right();
    return other === true ? true : left === undefined || other === undefined ? undefined : false;
  },
  xor(left, right) {
    const other = right();
    return left === undefined || other === undefined ? undefined : left !== other;
  },
  implies(left, right) {
    if (left === false) return true;
    const other = right();
    return other === true ? true : left === undefined || other === undefined ? undefined : false;
  },
};

function equalCollections(left: Collection, right: Collection): Truth {
  if (left.length === 0 || right.length === 0) return undefined;
  if (left.length !== right.length) return false;
  let all: Truth = true;
  for (const [index, item] of left.entries()) {
    const same = equals(bare(item), bare(right[index]!));
    if (same === false) return false;
    if (same === undefined) all = undefined;
  }
  return all;
}

const has = (collection: Collection, value: Json): boolean =>
  collection.some((item) => equals(bare(item), value) === true);

function loosely(value: Json): Json {
  return typeof value === "string" ? value.toLowerCase().replace(/\s+/g, " ").trim() : value;
}

function equivalent(left: Collection, right: Collection): boolean {
  if (left.length !== right.length) return false;
  const others = right.map((item) => loosely(bare(item)));
  return left.every((item) => has(others, loosely(bare(item))));
}

const ON_COLLECTIONS: Readonly<Record<string, (left: Collection, right: Collection) => Collection>> = {
  "=": (left, right) => of(equalCollections(left, right)),
  "!="(left, right) {
    const same = equalCollections(left, right);
    return of(same === undefined ? undefined : !same);
  },
  "~": (left, right) => of(equivalent(left, right)),
  "!~": (left, right) => of(!equivalent(left, right)),
  "|": (left, right) => unite(left, right),
  in: (left, right) => (left.length === 1 ? of(has(right, bare(left[0]!))) : NOTHING),
  contains: (left, right) => (right.length === 1 ? of(has(left, bare(right[0]!))) : NOTHING),
  "&": (left, right) => [`${textOfSingle(left)}${textOfSingle(right)}`],
};

/** Both without what is there already (FHIRPath 6.3.1). */
export function unite(left: Collection, right: Collection): Collection {
  const united: Json[] = [];
  for (const item of [...left, ...right]) if (!has(united, bare(item))) united.push(bare(item));
  return united;
}

function textOfSingle(collection: Collection): string {
  const value = single(collection);
  return value === undefined ? "" : textOf(value);
}

const ordered =
  (holds: (order: number) => boolean) =>
  (left: Json, right: Json): Json | undefined => {
    const order = compare(left, right);
    return order === undefined ? undefined : holds(order);
  };

const counted =
  (count: (left: number, right: number) => number | undefined) =>
  (left: Json, right: Json): Json | undefined =>
    typeof left === "number" && typeof right === "number" ? count(left, right) : undefined;

const ON_VALUES: Readonly<Record<string, (left: Json, right: Json) => Json | undefined>> = {
  "<": ordered((order) => order < 0),
  ">": ordered((order) => order > 0),
  "<=": ordered((order) => order <= 0),
  ">=": ordered((order) => order >= 0),
  "+": (left, right) =>
    typeof left === "string" && typeof right === "string" ? left + right : counted((a, b) => tidy(a + b))(left, right),
  "-": counted((left, right) => tidy(left - right)),
  "*": counted((left, right) => tidy(left * right)),
  "/": counted((left, right) => (right === 0 ? undefined : tidy(left / right))),
  div: counted((left, right) => (right === 0 ? undefined : Math.trunc(left / right))),
  mod: counted((left, right) => (right === 0 ? undefined : tidy(left % right))),
};

/** Decimals of FHIR are decimal: 0.1 + 0.2 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(15));
}

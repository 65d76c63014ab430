import type { Json, JsonObject } from "../json.ts";

/** A value of which the type is known, since its name told it: `valueQuantity` is what `value` gives. */
export class TypedItem {
  readonly type: string;
  readonly value: Json;

  constructor(type: string, value: Json) {
    this.type = type;
    this.value = value;
  }
}

/** One member of a collection. */
export type Item = Json | TypedItem;

/** What an expression gives: never null within, never nested. */
export type Collection = readonly Item[];

export const NOTHING: Collection = [];

export function bare(item: Item): Json {
  return item instanceof TypedItem ? item.value : item;
}

/** The one value of a collection; undefined where there is none or more than one. */
export function single(collection: Collection): Json | undefined {
  return collection.length === 1 ? bare(collection[0]!) : undefined;
}

/** Adds what stands under a name; members of arrays one by one. */
export function addMember(object: JsonObject, name: string, into: Item[]): void {
  const value = object[name];
  if (value !== undefined) addValue(value, into);
  else addChoice(object, name, into);
}

export function addValue(value: Json, into: Item[]): void {
  if (Array.isArray(value)) for (const one of value) addValue(one, into);
  else if (value !== null) into.push(value);
}

/** `value[x]`: the member whose name goes on with the name of a type (FHIR R4, 2.6.1.4 choice of data types). */
function addChoice(object: JsonObject, name: string, into: Item[]): void {
  for (const key in object) {
    if (key.length <= name.length || !key.startsWith(name)) continue;
    const code = key.charCodeAt(name.length);
    if (code < 65 || code > 90) continue;
    const value = object[key];
    const type = key.slice(name.length);
    if (Array.isArray(value)) for (const one of value) into.push(new TypedItem(type, one));
    else if (value !== undefined && value !== null) into.push(new TypedItem(type, value));
  }
}

/** What tells whether an item is of a type, as far as JSON tells: primitives by their form, others by the name they stood under. */
export function isOfType(item: Item, type: string): boolean {
  if (item instanceof TypedItem) return item.type === type || item.type.toLowerCase() === type.toLowerCase();
  switch (typeof item) {
    case "boolean":
      return type === "boolean" || type === "Boolean";
    case "number":
      return Number.isInteger(item)
        ? /^(?:integer|positiveInt|unsignedInt|Integer)$/.test(type)
        : /^decimal$/i.test(type);
    case "string":
      return /^[a-z]|^String$/.test(type) && !/^(?:boolean|integer|decimal|positiveInt|unsignedInt)$/.test(type);
    default:
      return item !== null && !Array.isArray(item) && item["resourceType"] === type;
  }
}

/** A value as text: what is no primitive, as its JSON. */
export function textOf(value: Json): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

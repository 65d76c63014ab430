import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** The values at a path of element names, through lists: of "participant.actor" the actors of all participants. */
export function valuesAt(object: JsonObject, path: readonly string[], from = 0): Json[] {
  const name = path[from];
  const value = name === undefined ? undefined : object[name];
  if (value === undefined) return [];
  const last = from === path.length - 1;
  if (!Array.isArray(value)) {
    if (last) return [value];
    return isJsonObject(value) ? valuesAt(value, path, from + 1) : [];
  }
  if (last) return value;
  return value.flatMap((one) => (isJsonObject(one) ? valuesAt(one, path, from + 1) : []));
}

/** Elements of a list, or the one that stands in its place: servers do not always keep to the cardinality. */
export function listOf(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function objectsOf(value: Json | undefined): JsonObject[] {
  return listOf(value).filter(isJsonObject);
}

/** "" where it is no text. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

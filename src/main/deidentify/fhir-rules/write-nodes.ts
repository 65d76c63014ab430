import type { Json, JsonObject, Resource } from "../../fhir/json.ts";
import type { TypedNode } from "./node.ts";

/** Takes away what says nothing any more: no value, nothing below, and no resource. */
export function removeEmpty(node: TypedNode): void {
  for (const child of node.children) removeEmpty(child);
  node.children = node.children.filter(
    (child) => child.children.length > 0 || child.value !== null || child.isResource,
  );
}

/** JSON with the elements in the order of their definitions, which is that of the other tools' output. */
export function writeNodes(root: TypedNode): Resource {
  return writeObject(root) as Resource;
}

function writeObject(node: TypedNode): JsonObject {
  const object: JsonObject = node.isResource ? { resourceType: node.shape } : {};
  const byKey = new Map<string, TypedNode[]>();
  for (const child of node.children.toSorted((one, other) => one.place.order - other.place.order)) {
    const there = byKey.get(child.place.key);
    if (there === undefined) byKey.set(child.place.key, [child]);
    else there.push(child);
  }
  for (const [key, nodes] of byKey) writeElement(object, key, nodes);
  return object;
}

function writeElement(object: JsonObject, key: string, nodes: readonly TypedNode[]): void {
  const [first] = nodes;
  if (first === undefined) return;
  const isList = nodes.length > 1 || first.place.isList;
  if (!first.isPrimitive) {
    const values = nodes.map(writeObject);
    object[key] = isList ? values : values[0]!;
    return;
  }
  const values = nodes.map(({ value }) => value);
  const beside: Json[] = nodes.map((node) => (node.children.length > 0 ? writeObject(node) : null));
  if (values.some((value) => value !== null)) object[key] = isList ? values : values[0]!;
  if (beside.some((value) => value !== null)) object[`_${key}`] = isList ? beside : beside[0]!;
}

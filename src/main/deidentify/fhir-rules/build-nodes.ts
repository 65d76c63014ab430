import { isJsonObject, type Json, type JsonObject, type Resource } from "../../fhir/json.ts";
import { TypedNode, type NodePlace } from "./node.ts";
import { RuleFailure, UnreadableResource } from "./refusals.ts";
import { bareName, datatypeOf, isPrimitive, shapesOf, type Shape } from "./shapes.ts";

/** Deeper than any record; deeper ones were made to end the stack. */
const DEEPEST = 100;
const ROOT: NodePlace = { name: "", key: "", order: 0, isList: false };

export interface Built {
  root: TypedNode;
  /** Elements that FHIR does not have. No rule can reach them, so they do not leave. */
  unknown: number;
}

/** @throws UnreadableResource where it, or one within it, is no resource of FHIR R4 or R5, or is nested too deeply */
export function buildNodes(resource: Resource): Built {
  const builder = new Builder();
  return { root: builder.resource(resource, ROOT, 0), unknown: builder.unknown };
}

/** Of a datatype, for a replacement. @throws RuleFailure where something in it is no element of the datatype */
export function buildReplacement(value: JsonObject, place: NodePlace, shape: string): TypedNode {
  const builder = new Builder();
  const node = new TypedNode(place, shape, false, null);
  builder.elements(node, value, 0);
  if (builder.unknown > 0) throw new RuleFailure(`replaceWith has an element that ${shape} does not have`, true);
  return node;
}

class Builder {
  unknown = 0;

  resource(value: JsonObject, place: NodePlace, depth: number): TypedNode {
    const type = value["resourceType"];
    if (typeof type !== "string" || !shapesOf(type).has("implicitRules"))
      throw new UnreadableResource("it is no resource of FHIR R4 or R5");
    const node = new TypedNode(place, type, true, null);
    this.elements(node, value, depth);
    return node;
  }

  elements(node: TypedNode, object: JsonObject, depth: number): void {
    if (depth > DEEPEST) throw new UnreadableResource("it is nested too deeply");
    const shapes = shapesOf(node.shape);
    const found = new Map<string, Shape>();
    for (const name of Object.keys(object)) {
      if (name === "resourceType" && node.isResource) continue;
      const shape = shapes.get(bareName(name));
      if (shape === undefined) this.unknown++;
      else found.set(bareName(name), shape);
    }
    for (const [key, shape] of found) this.#element(node, key, shape, object, depth);
  }

  #element(parent: TypedNode, key: string, shape: Shape, object: JsonObject, depth: number): void {
    const value = object[key] ?? null;
    const extension = object[`_${key}`] ?? null;
    const isList = Array.isArray(value) || Array.isArray(extension);
    const values = isList ? listFrom(value) : [value];
    const extensions = isList ? listFrom(extension) : [extension];
    const place: NodePlace = { name: shape.name, key, order: shape.order, isList: isList || shape.isList };
    for (let index = 0; index < Math.max(values.length, extensions.length); index++) {
      const one = values[index] ?? null;
      const around = extensions[index] ?? null;
      if (one === null && around === null) continue;
      const node = this.#node(place, shape, one, around, depth + 1);
      if (node === undefined) this.unknown++;
      else parent.add(node);
    }
  }

  /** @returns undefined where it is not what FHIR has in its place */
  #node(place: NodePlace, shape: Shape, value: Json, around: Json, depth: number): TypedNode | undefined {
    const datatype = value === null ? shape.datatypes.find(isPrimitive) : datatypeOf(shape, value);
    if (datatype === undefined || Array.isArray(value) || (around !== null && !isJsonObject(around))) return undefined;
    if (isPrimitive(datatype)) {
      const node = new TypedNode(place, datatype, false, value);
      // What is beside a primitive is an Element: id and extension.
      if (around !== null) this.#beside(node, around, depth);
      return node;
    }
    if (!isJsonObject(value) || around !== null) return undefined;
    if (holdsResource(datatype)) return this.resource(value, place, depth);
    const node = new TypedNode(place, datatype, false, null);
    this.elements(node, value, depth);
    return node;
  }

  #beside(node: TypedNode, around: JsonObject, depth: number): void {
    const element = new TypedNode(node.place, "Element", false, null);
    this.elements(element, around, depth);
    for (const child of element.children) node.add(child);
  }
}

/** Also a type of its own, where tables say which it is. */
function holdsResource(datatype: string): boolean {
  return datatype === "Resource" || datatype === "DomainResource" || shapesOf(datatype).has("implicitRules");
}

function listFrom(value: Json): Json[] {
  return Array.isArray(value) ? value : value === null ? [] : [value];
}

import { TypedItem } from "../../fhir/path/item.ts";
import type { Json } from "../../fhir/json.ts";
import { isPrimitive } from "./shapes.ts";

/** Where a node stands in JSON. */
export interface NodePlace {
  /** As FHIRPath calls it: "value". */
  name: string;
  /** In JSON: "valueQuantity". */
  key: string;
  order: number;
  /** One of a list. */
  isList: boolean;
}

/**
 * An element of a resource with its type, as rules meet it: what one rule has touched is known by the node itself, however it changes. It is an
 * item of a FHIRPath collection; `value` is null of all but primitives.
 */
export class TypedNode extends TypedItem {
  declare value: Json;
  readonly place: NodePlace;
  /** Of the tables: "Patient.contact" where the type is BackboneElement. */
  readonly shape: string;
  /** A resource of its own, within another or not. */
  readonly isResource: boolean;
  parent: TypedNode | undefined;
  children: TypedNode[] = [];

  constructor(place: NodePlace, shape: string, isResource: boolean, value: Json) {
    super(shape.includes(".") ? "BackboneElement" : shape, value);
    this.place = place;
    this.shape = shape;
    this.isResource = isResource;
  }

  get name(): string {
    return this.place.name;
  }

  get isPrimitive(): boolean {
    return isPrimitive(this.shape);
  }

  /** "" where there is none: an empty text counts as none with the other tools as well. */
  get text(): string {
    const { value } = this;
    if (value === null || typeof value === "object") return "";
    return typeof value === "boolean" ? asDotNet(value) : String(value);
  }

  named(name: string): TypedNode[] {
    return this.children.filter((child) => child.name === name);
  }

  add(child: TypedNode): void {
    child.parent = this;
    this.children.push(child);
  }

  remove(child: TypedNode): void {
    this.children = this.children.filter((one) => one !== child);
  }

  /** Itself and what is below it, but not other resources and what is in them. */
  *withinResource(): Generator<TypedNode> {
    yield this;
    for (const child of this.children) if (!child.isResource) yield* child.withinResource();
  }

  *below(): Generator<TypedNode> {
    for (const child of this.children) {
      yield child;
      yield* child.below();
    }
  }

  /** "name[0].given[1]", from the outermost resource. */
  location(): string {
    if (this.parent === undefined) return "";
    const { key } = this.place;
    const index = this.parent.children.filter((one) => one.place.key === key).indexOf(this);
    return `${this.parent.location()}.${key}[${index}]`;
  }

  outermost(): TypedNode {
    return this.parent?.outermost() ?? this;
  }
}

/** As .NET writes it: what Microsoft's tool hashes. */
function asDotNet(value: boolean): string {
  return value ? "True" : "False";
}

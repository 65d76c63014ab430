import { elementsOf } from "../fhir/element-tables.ts";
import { isJsonObject, type Json } from "../../fhir/json.ts";

/** What may stand under a name of JSON. */
export interface Shape {
  /** Place among the elements of its type, as FHIR defines them: the order in which elements are written. */
  order: number;
  /** As FHIRPath calls it: of `valueQuantity` "value". */
  name: string;
  /** Of the tables: "Quantity", "date", "Patient.contact". More than one where releases of FHIR differ. */
  datatypes: readonly string[];
  /** There may be more than one, so that JSON has a list. */
  isList: boolean;
}

const SHAPES = new Map<string, ReadonlyMap<string, Shape>>();

/** What a type has, by names of JSON without the underscore of extensions; none of a type that FHIR does not have. */
export function shapesOf(type: string): ReadonlyMap<string, Shape> {
  const known = SHAPES.get(type);
  if (known !== undefined) return known;
  const shapes = new Map<string, Shape>();
  // R4 comes first, and what it has under a name stands: R5 has Consent.sourceAttachment where R4 has a choice.
  const add = (key: string, shape: Shape): void => {
    if (!shapes.has(key)) shapes.set(key, shape);
  };
  let order = 0;
  for (const [name, { datatypes, isList }] of elementsOf(type)) {
    order++;
    if (!name.endsWith("[x]")) {
      // A resource's id is an id; an element's is a text.
      const isId = name === "id" && elementsOf(type).has("implicitRules");
      add(name, { order, name, datatypes: isId ? ["id"] : datatypes, isList });
      continue;
    }
    const base = name.slice(0, -3);
    for (const datatype of datatypes)
      add(base + datatype.slice(0, 1).toUpperCase() + datatype.slice(1), {
        order,
        name: base,
        datatypes: [datatype],
        isList,
      });
  }
  SHAPES.set(type, shapes);
  return shapes;
}

/** Names of FHIRPath that a type has: "value", not "valueQuantity". */
export function namesOf(type: string): ReadonlySet<string> {
  return new Set([...shapesOf(type).values()].map(({ name }) => name));
}

export function isPrimitive(datatype: string): boolean {
  return /^[a-z]/.test(datatype);
}

/** Of the datatypes that releases of FHIR have in one place, the one that the value is of; undefined where it is of none. */
export function datatypeOf({ datatypes }: Shape, value: Json): string | undefined {
  const isObject = isJsonObject(value);
  const fitting = datatypes.filter((datatype) => isPrimitive(datatype) !== isObject);
  if (fitting.length < 2 || !isObject) return fitting[0];
  return (
    fitting.find((datatype) => Object.keys(value).every((name) => shapesOf(datatype).has(bareName(name)))) ?? fitting[0]
  );
}

export function bareName(name: string): string {
  return name.startsWith("_") ? name.slice(1) : name;
}

import tables from "../../../../resources/fhir-elements.json" with { type: "json" };

/** One element of a type, of FHIR R4 and R5 together. */
export interface ElementDefinition {
  /** More than one where the releases differ, or the element is a choice ("value[x]"). What is within a type is "Observation.component". */
  datatypes: readonly string[];
  /** Where the standard says all codes. */
  codes: ReadonlySet<string> | undefined;
  /** There may be more than one. */
  isList: boolean;
  /** What the rest says may mean something else without it (isModifier). */
  isModifier: boolean;
}

const LISTS = new Map<string, ReadonlySet<string>>();
const TYPES = new Map<string, ReadonlyMap<string, ElementDefinition>>();
const NONE: ReadonlyMap<string, ElementDefinition> = new Map();

/** SHA-256 is taken over them: they are part of the policy. */
export const ELEMENT_TABLES: unknown = tables;

/** The elements of a datatype, a type of resource, or what is within one; none where FHIR has no such type. */
export function elementsOf(type: string): ReadonlyMap<string, ElementDefinition> {
  const known = TYPES.get(type);
  if (known !== undefined) return known;
  if (!Object.hasOwn(tables.types, type)) return NONE;
  const texts = (tables.types as Record<string, Record<string, string>>)[type]!;
  const elements = new Map(Object.entries(texts).map(([name, text]) => [name, readDefinition(text)]));
  TYPES.set(type, elements);
  return elements;
}

/** "code@observation-status*!" */
function readDefinition(text: string): ElementDefinition {
  const isModifier = text.endsWith("!");
  const isList = text.includes("*");
  const [datatypes = "", lists] = text.replace(/\*?!?$/, "").split("@");
  return {
    datatypes: datatypes.split("|"),
    codes: lists === undefined ? undefined : codesOf(lists),
    isList,
    isModifier,
  };
}

function codesOf(names: string): ReadonlySet<string> {
  const known = LISTS.get(names);
  if (known !== undefined) return known;
  const codes = new Set(
    names.split("+").flatMap((name) => (tables.lists as Record<string, string>)[name]?.split(" ") ?? []),
  );
  LISTS.set(names, codes);
  return codes;
}

/** Types of resources that FHIR R4 or R5 has. */
export function isResourceType(type: string): boolean {
  const elements = elementsOf(type);
  return elements.has("implicitRules") && !type.includes(".");
}

/** Of all lists together. */
export function allCodes(): string[] {
  return Object.values(tables.lists).flatMap((codes) => codes.split(" "));
}

/** Types of resources and datatypes. */
export function allTypes(): string[] {
  return Object.keys(tables.types).filter((type) => !type.includes("."));
}

/**
 * Makes resources/fhir-elements.json: the elements of every datatype and type of resource of FHIR R4 and R5 together, and the codes of
 * elements that are bound to a closed list.
 *
 * `types` holds, by type ("Observation"; "Observation.component" for what is within it), the elements by name ("value[x]" for a choice) as
 * "datatype|datatype@list*!": the datatypes that it may have in either release, the list of its codes, "*" where there may be more than one
 * (in R4, where it has the element), and "!" where it modifies what the rest says (isModifier). `lists` holds the codes, with those that either release has.
 *
 * From the npm packages that scripts/read-fhir-definitions.ts names.
 *
 *     node scripts/make-fhir-elements.ts
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  conceptsWithin,
  readR4,
  readR5,
  type CodeSystem,
  type Definition,
  type ElementDefinition,
  type Include,
  type Structure,
  type ValueSet,
} from "./read-fhir-definitions.ts";

interface MergedElement {
  datatypes: Set<string>;
  lists: Set<string>;
  isList: boolean;
  isModifier: boolean;
}

/** Lists that no package writes out, or that would be every type there is; the policy has patterns for them. */
const OPEN_LISTS =
  /\/(?:mimetypes|languages|all-languages|currencies|ucum-units|all-types|defined-types|fhir-types|spdx-license)$/;
const types = new Map<string, Map<string, MergedElement>>();
const lists = new Map<string, Set<string>>();

for (const definitions of [readR4(), readR5()]) {
  const codes = codesOf(definitions);
  for (const definition of definitions)
    if (definition.resourceType === "StructureDefinition" && isType(definition)) addType(definition, codes);
}

function isType({ kind, derivation, snapshot }: Structure): boolean {
  return snapshot !== undefined && derivation !== "constraint" && (kind === "resource" || kind === "complex-type");
}

function addType({ name, snapshot }: Structure, codes: (url: string) => Set<string> | undefined): void {
  for (const element of snapshot?.element ?? []) {
    const end = element.path.lastIndexOf(".");
    if (end < 0) continue;
    const parent = element.path.slice(0, end);
    const elements = types.get(parent) ?? new Map<string, MergedElement>();
    types.set(parent, elements);
    const key = element.path.slice(end + 1);
    const merged = elements.get(key) ?? {
      datatypes: new Set(),
      lists: new Set(),
      isList: element.max !== "0" && element.max !== "1",
      isModifier: false,
    };
    elements.set(key, merged);
    for (const datatype of datatypesOf(element)) merged.datatypes.add(datatype);
    merged.isModifier ||= element.isModifier === true;
    addList(merged, element, codes);
    if (name === "Resource" && key === "id") merged.datatypes.add("id");
  }
}

function datatypesOf(element: ElementDefinition): string[] {
  if (element.contentReference !== undefined)
    return [element.contentReference.slice(element.contentReference.indexOf("#") + 1)];
  const codes = (element.type ?? []).map(({ code }) => code.replace("http://hl7.org/fhirpath/System.String", "string"));
  return codes.map((code) => (code === "BackboneElement" || code === "Element" ? element.path : code));
}

function addList(
  merged: MergedElement,
  element: ElementDefinition,
  codes: (url: string) => Set<string> | undefined,
): void {
  const { strength, valueSet } = element.binding ?? {};
  if (strength !== "required" || valueSet === undefined || !datatypesOf(element).includes("code")) return;
  const url = valueSet.split("|")[0]!;
  if (OPEN_LISTS.test(url)) return;
  const found = codes(url);
  if (found === undefined) return;
  const name = url.slice(url.lastIndexOf("/") + 1);
  merged.lists.add(name);
  const known = lists.get(name) ?? new Set();
  lists.set(name, known);
  for (const code of found) known.add(code);
}

/** @returns the codes of a value set, or undefined where its definition does not say them all */
function codesOf(definitions: readonly Definition[]): (url: string) => Set<string> | undefined {
  const systems = new Map<string, CodeSystem>();
  const sets = new Map<string, ValueSet>();
  for (const definition of definitions) {
    if (definition.resourceType === "CodeSystem") systems.set(definition.url, definition);
    if (definition.resourceType === "ValueSet") sets.set(definition.url, definition);
  }
  const included = (include: Include): string[] | undefined => {
    if (include.concept !== undefined) return include.concept.map(({ code }) => code);
    if (include.valueSet !== undefined) {
      const parts = include.valueSet.map((url) => expand(url.split("|")[0]!));
      return parts.includes(undefined) ? undefined : parts.flatMap((part) => [...part!]);
    }
    const concepts = systems.get(include.system ?? "")?.concept;
    // A filter only takes away: more codes than the list has are still codes of the standard.
    return concepts === undefined ? undefined : conceptsWithin(concepts).map(({ code }) => code);
  };
  const expand = (url: string): Set<string> | undefined => {
    const parts = sets.get(url)?.compose?.include.map(included);
    return parts === undefined || parts.includes(undefined) ? undefined : new Set(parts.flatMap((part) => part!));
  };
  return expand;
}

/** In one order on every machine. */
function byName<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const written = Object.fromEntries(
  byName(types).map(([type, elements]) => [
    type,
    Object.fromEntries(
      [...elements].map(([name, { datatypes, lists, isList, isModifier }]) => [
        name,
        [...datatypes].join("|") +
          (lists.size > 0 ? `@${[...lists].toSorted().join("+")}` : "") +
          (isList ? "*" : "") +
          (isModifier ? "!" : ""),
      ]),
    ),
  ]),
);
writeFileSync(
  join(import.meta.dirname, "..", "resources", "fhir-elements.json"),
  `${JSON.stringify(
    {
      source: "FHIR R4 4.0.1 and R5 5.0.0, by scripts/make-fhir-elements.ts",
      lists: Object.fromEntries(byName(lists).map(([name, codes]) => [name, [...codes].join(" ")])),
      types: written,
    },
    undefined,
    1,
  )}\n`,
);

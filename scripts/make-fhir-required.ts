/**
 * Makes resources/fhir-required.json: by type of resource the elements that none may lack (minimum cardinality 1 or more), where both FHIR R4
 * and R5 say so. "value[x]" stands for a choice.
 *
 * From the npm packages that scripts/read-fhir-definitions.ts names.
 *
 *     node scripts/make-fhir-required.ts
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readR4, readR5, type Definition } from "./read-fhir-definitions.ts";

function requiredOf(definitions: readonly Definition[]): Map<string, string[]> {
  const required = new Map<string, string[]>();
  for (const definition of definitions) {
    if (definition.resourceType !== "StructureDefinition" || definition.kind !== "resource") continue;
    if (definition.derivation !== "specialization") continue;
    const elements = (definition.snapshot?.element ?? []).flatMap(({ path, min }) => {
      const [, name, ...deeper] = path.split(".");
      return name !== undefined && deeper.length === 0 && (min ?? 0) > 0 ? [name] : [];
    });
    required.set(definition.name, elements);
  }
  return required;
}

const [r4, r5] = [requiredOf(readR4()), requiredOf(readR5())];
const both = [...r4].flatMap(([type, elements]) => {
  const others = r5.get(type);
  const common = elements.filter((element) => others?.includes(element) ?? true);
  return common.length === 0 ? [] : [[type, common] as const];
});
const lines = both
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([type, elements]) => `${JSON.stringify(type)}:${JSON.stringify(elements)}`);
writeFileSync(join(import.meta.dirname, "..", "resources", "fhir-required.json"), `{\n${lines.join(",\n")}\n}\n`);

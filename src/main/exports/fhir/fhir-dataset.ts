import type { FhirRecipe } from "../../../contract/fhir-recipe.ts";
import type { DatasetKind, PartNeed } from "../dataset/kinds.ts";
import { toldType } from "../dataset/told-type.ts";

/** Resources as FHIR: NDJSON by type, one Bundle, or a Bundle a patient. */
export const fhirDataset: DatasetKind<FhirRecipe> = {
  shape(_catalog, { layout, gzip, policy }, kinds) {
    const stem = "fhir_export";
    if (layout !== "ndjson") {
      const bundle: PartNeed = {
        part: { path: "bundle.json", role: "fhir", encoding: { kind: "bundle" }, keepEmpty: false },
        takes: () => true,
      };
      return { stem, layout: layout === "bundle" ? "parts" : "patients", parts: [bundle] };
    }
    const types = [...new Set(kinds.map(({ type }) => toldType(type, policy.kind)))].sort();
    const parts = types.map((type): PartNeed => ({
      part: {
        path: `${type}.ndjson${gzip ? ".gz" : ""}`,
        role: "fhir",
        encoding: { kind: "ndjson", gzip },
        keepEmpty: false,
      },
      takes: (kind) => toldType(kind.type, policy.kind) === type,
    }));
    return { stem, layout: "parts", parts };
  },
};

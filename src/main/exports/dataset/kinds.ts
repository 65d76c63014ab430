import type { ReceiptResourceSource, DatasetReceiptHead } from "../../../contract/dataset-receipt.ts";
import type { DatasetRecipe, FhirRecipe, ObservationsRecipe, ViewRecipe } from "../../../contract/fhir-recipe.ts";
import type { ResourcesFilter } from "../../../contract/fhir.ts";
import type { Catalog } from "../../catalog/database.ts";
import type { ResourceKind } from "../../catalog/resource-types.ts";
import type { ProjectKey } from "../../deidentify/pseudonym.ts";
import type { DatasetChunk, DatasetPart, DatasetSource } from "./dataset.ts";

/** What a job or a review knows when it opens a recipe of a dataset. */
export interface DatasetOccasion {
  /** The time that stands in the package and in names with a time. ISO 8601, UTC: the same after every interruption. */
  startedAt: string;
  /** @throws KEY_NEEDED where there is no key of that name */
  keyNamed(name: string): ProjectKey;
}

/** A part, and which resources it is made of. */
export interface PartNeed {
  part: DatasetPart;
  /** @param kind type and codes of a resource; asked once for each kind that the catalog knows */
  takes: (kind: ResourceKind) => boolean;
}

/** The shape of a package: its parts in their order. */
export interface DatasetShape {
  /** Name of the package where the recipe gives none, without extension; of one table alone that of its file: "fhir_export". */
  stem: string;
  /** `patients`: each patient has a file, in place of the parts; there is one part then, whose encoding they have. */
  layout: "parts" | "patients";
  parts: readonly PartNeed[];
}

/**
 * One kind of dataset. What it says of its parts is what plan, workers, receipt and descriptions go by; rows are made by its entry in
 * row-makers.ts.
 */
export interface DatasetKind<Recipe extends DatasetRecipe> {
  /**
   * @param kinds of all resources that the selection's types, codes and sources leave
   * @throws USAGE where the recipe asks for what there is not
   */
  shape(catalog: Catalog, recipe: Recipe, kinds: readonly ResourceKind[]): DatasetShape;
}

/** A new kind of dataset is a folder in exports/, a line here and one in row-makers.ts. */
export interface DatasetKinds {
  fhir: DatasetKind<FhirRecipe>;
  view: DatasetKind<ViewRecipe>;
  observations: DatasetKind<ObservationsRecipe>;
}

/** What is known of a dataset once it is planned. */
export interface DatasetPlanEnd {
  /** Chunks of each part, by its index. */
  chunks: readonly number[];
  patients: number;
  resources: number;
  /** Resources that a filter by days left out, since they have none. */
  withoutDay: number;
  /** Deletions that the package names. */
  deleted: number;
  /** Whose consent was withdrawn since they last left by this recipe, by the names under which they left. */
  withdrawn: readonly { patient: string; scopes: readonly string[] }[];
}

/** A recipe of a dataset with its key in hand: what planning, workers, receipt and review need of it. */
export interface OpenDataset {
  stem: string;
  layout: DatasetShape["layout"];
  parts: readonly DatasetPart[];
  source: Pick<DatasetSource, "kind" | "settings">;
  policy: DatasetReceiptHead["policy"];
  /** What the receiver should read, the handling notice first. */
  notices: readonly string[];
  sources: readonly ReceiptResourceSource[];
  selection: ResourcesFilter;
  /** Who is meant, in words for the audit log. */
  subjects: readonly string[];
  /** References to what was deleted since an earlier package, as it left in that one; none where everything is selected. */
  deleted(): Iterable<string>;
  /** Tells this recipe from others: who left by it is remembered. */
  digest: string;
  /**
   * All chunks, part after part. Between two of its steps it does nothing for long: a chunk, or nothing (undefined) where finding the next
   * takes longer than some milliseconds.
   *
   * @throws USAGE (the selection)
   */
  plan(): Generator<DatasetChunk | undefined, DatasetPlanEnd>;
}

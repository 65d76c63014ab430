import {
  fhirRecipe,
  observationsRecipe,
  qualityRecipe,
  reportRecipe,
  viewRecipe,
  type DatasetRecipe,
  type SummaryRecipe,
} from "./fhir-recipe.ts";
import { policy } from "./policy.ts";
import { z } from "./schema.ts";
import { searchFilter } from "./search.ts";
import { notesRecipe, studiesRecipe, type TableRecipe } from "./table-recipe.ts";

/** What the user picked: explicit ids, all that a filter finds when the export is planned, or everything. Patient ids are DICOM Patient IDs; `issuer` disambiguates where two share one. */
export const imagingSelection = z.discriminatedUnion("scope", [
  z
    .object({
      scope: z.literal("patients"),
      patients: z.array(z.object({ id: z.string(), issuer: z.string().optional() }).strict()).min(1),
    })
    .strict(),
  z.object({ scope: z.literal("studies"), studies: z.array(z.string().min(1)).min(1) }).strict(),
  z
    .object({
      scope: z.literal("matching"),
      /** `patients`: all studies of those patients of whom one matches; `studies`: the studies that match. */
      of: z.enum(["patients", "studies"]),
      filter: searchFilter,
      /** Taken out again by hand: Patient IDs with issuers, or Study Instance UIDs. */
      exceptPatients: z.array(z.object({ id: z.string(), issuer: z.string().optional() }).strict()).default([]),
      exceptStudies: z.array(z.string()).default([]),
    })
    .strict(),
  z.object({ scope: z.literal("all") }).strict(),
]);
export type ImagingSelection = z.infer<typeof imagingSelection>;

/**
 * Selection + kind + policy + format + destination, as one JSON document: what a screen builds, the command line reads and a
 * schedule repeats.
 */
export const imagingRecipe = z
  .object({
    kind: z.literal("imaging"),
    version: z.literal(1),
    selection: imagingSelection,
    policy,
    /** DICOM files in the package. The default is true, but for `all` false, as the viewer's guide has it. */
    images: z.boolean(),
    /** One PNG per frame. Only with images. */
    previews: z.boolean(),
    format: z.enum(["zip", "folder", "json"]),
    /** 0 stores, 1 to 9 deflates DICOM and JSON; PNG is always stored. */
    compress: z.int().min(0).max(9),
    /** Several patients or studies: one package for each of what was picked, one for all, or one a patient whatever was picked. */
    grouping: z.enum(["each", "one", "patient"]),
    destination: z.string().min(1),
  })
  .strict();
export type ImagingRecipe = z.infer<typeof imagingRecipe>;

/** Grows with the kinds of export. */
export const recipe = z.discriminatedUnion("kind", [
  imagingRecipe,
  notesRecipe,
  studiesRecipe,
  fhirRecipe,
  viewRecipe,
  observationsRecipe,
  reportRecipe,
  qualityRecipe,
]);
export type Recipe = z.infer<typeof recipe>;

/** By what makes a package: rows of a table, many resources, a few computed documents. */
export function isTableRecipe(one: Recipe): one is TableRecipe {
  return one.kind === "notes" || one.kind === "studies";
}

export function isDatasetRecipe(one: Recipe): one is DatasetRecipe {
  return one.kind === "fhir" || one.kind === "view" || one.kind === "observations";
}

export function isSummaryRecipe(one: Recipe): one is SummaryRecipe {
  return one.kind === "report" || one.kind === "quality";
}

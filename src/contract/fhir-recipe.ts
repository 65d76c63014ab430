import { fhirPolicy, REPORT_MEASURES, resourcesFilter } from "./fhir.ts";
import { z } from "./schema.ts";

const common = { version: z.literal(1), selection: resourcesFilter, policy: fhirPolicy };

/** A package of several files: a folder or a ZIP, always with receipt and manifest. */
const packaged = {
  format: z.enum(["folder", "zip"]),
  /** Of entries of a ZIP: 0 stores, 1 to 9 deflates. */
  compress: z.int().min(0).max(9),
  /** Name of the package without its extension; left out, the kind's own with the time. */
  name: z.string().min(1).optional(),
  destination: z.string().min(1),
};

/** The same for what may also be one bare table, alone or with its description beside it. */
const tabled = { ...packaged, format: z.enum(["file", "beside", "folder", "zip"]) };

const tableFormat = z.enum(["csv", "xlsx", "parquet"]);
const formulas = z.enum(["guard", "keep"]);

/** Resources as FHIR: NDJSON by type, one Bundle, or one JSON document (a Bundle) for each patient. */
export const fhirRecipe = z
  .object({
    kind: z.literal("fhir"),
    ...common,
    ...packaged,
    layout: z.enum(["ndjson", "bundle", "per-patient"]),
    /** NDJSON files compressed one by one: "Observation.ndjson.gz". */
    gzip: z.boolean(),
  })
  .strict();
export type FhirRecipe = z.infer<typeof fhirRecipe>;

/** One table a ViewDefinition (SQL on FHIR), of resources that the policy has treated. */
export const viewRecipe = z
  .object({
    kind: z.literal("view"),
    ...common,
    ...tabled,
    /** Built-in views by name, or documents of the user's own. */
    views: z
      .array(
        z.union([
          z.object({ name: z.string().min(1) }).strict(),
          z.object({ document: z.record(z.string(), z.unknown()) }).strict(),
        ]),
      )
      .min(1),
    table: tableFormat,
    formulas,
  })
  .strict();
export type ViewRecipe = z.infer<typeof viewRecipe>;

/** Open mHealth data points: a table for each type, or a tidy one for all. `selection.codes` chooses types. */
export const observationsRecipe = z
  .object({ kind: z.literal("observations"), ...common, ...tabled, tidy: z.boolean(), table: tableFormat, formulas })
  .strict();
export type ObservationsRecipe = z.infer<typeof observationsRecipe>;

/** Counts, never rows: MeasureReport and a table for each measure. */
export const reportRecipe = z
  .object({
    kind: z.literal("report"),
    version: z.literal(1),
    selection: resourcesFilter,
    ...packaged,
    measures: z.array(z.enum(REPORT_MEASURES)).min(1),
    /** Counts from 1 to below this are left out, and as many others as keep them from being worked out. */
    minimumCount: z.int().min(1),
    region: z.enum(["state", "district"]),
  })
  .strict();
export type ReportRecipe = z.infer<typeof reportRecipe>;

/** What is missing, doubled, impossible or far from the rest, as tables and pictures. Ids of patients are pseudonyms. */
export const qualityRecipe = z
  .object({
    kind: z.literal("quality"),
    version: z.literal(1),
    selection: resourcesFilter,
    ...packaged,
    /** Name of a project key. */
    key: z.string().min(1),
    /** Types (or Open mHealth codes) that each patient should have. */
    expect: z.array(z.string().min(1)),
  })
  .strict();
export type QualityRecipe = z.infer<typeof qualityRecipe>;

/** Made by workers from many resources. */
export const datasetRecipe = z.discriminatedUnion("kind", [fhirRecipe, viewRecipe, observationsRecipe]);
export type DatasetRecipe = z.infer<typeof datasetRecipe>;

/** A few documents, computed from all that was selected. */
export const summaryRecipe = z.discriminatedUnion("kind", [reportRecipe, qualityRecipe]);
export type SummaryRecipe = z.infer<typeof summaryRecipe>;

import { datasetRecipe, qualityRecipe, summaryRecipe } from "../fhir-recipe.ts";
import { call, stream } from "../rpc.ts";
import { z } from "../schema.ts";
import { none, windowOf } from "./common.ts";

const column = z.object({ name: z.string(), type: z.string(), description: z.string() });

const viewSummary = z.object({
  /** What a recipe calls it. */
  name: z.string(),
  title: z.string(),
  /** Type of the resources that it reads. */
  resource: z.string(),
  columns: z.array(column),
  /** The ViewDefinition as JSON with line ends, to begin one's own with; null where no ViewDefinition can say it. */
  document: z.string().nullable(),
});
export type ViewSummary = z.infer<typeof viewSummary>;

const viewVerdict = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    name: z.string(),
    title: z.string(),
    resource: z.string(),
    columns: z.array(column),
    document: z.record(z.string(), z.unknown()),
  }),
  z.object({
    ok: z.literal(false),
    message: z.string(),
    next: z.string().nullable(),
    /** From 1, where it is known where in the text it is. */
    line: z.int().nullable(),
  }),
]);
export type ViewVerdict = z.infer<typeof viewVerdict>;

/** A document larger than this is no view. */
const MOST_VIEW_TEXT = 1_000_000;

const tablePreview = z.object({
  /** Paths of all tables of the export, in their order. */
  tables: z.array(z.string()),
  path: z.string(),
  title: z.string(),
  columns: z.array(column),
  rows: z.array(z.array(z.union([z.string(), z.number()]).nullable())),
  /** Resources that were read for these rows, and those of them that the policy or consent withholds. */
  resources: z.int(),
  withheld: z.int(),
  /** Resources that the whole table is made of. */
  total: z.int(),
});
export type TablePreview = z.infer<typeof tablePreview>;

/** Findings of quality, each with the table in which its rows stand. */
export const QUALITY_TABLES = [
  "completeness",
  "measures",
  "outliers",
  "duplicates",
  "dates",
  "missing",
  "schemas",
] as const;
export type QualityTable = (typeof QUALITY_TABLES)[number];

const measureSummary = z.object({
  measure: z.string(),
  unit: z.string(),
  count: z.int(),
  mean: z.number(),
  standardDeviation: z.number(),
  minimum: z.number(),
  lowerQuartile: z.number(),
  median: z.number(),
  upperQuartile: z.number(),
  maximum: z.number(),
  outliers: z.int(),
  /** Most values of the measure are in another unit. */
  unexpected: z.boolean(),
});
export type MeasureSummary = z.infer<typeof measureSummary>;

/** The most measures that an examination tells; the table has all. */
export const MOST_MEASURES = 200;

const qualitySummary = z.object({
  patients: z.int(),
  resources: z.int(),
  /** Patients who have each of the types that were expected, or that any patient has. */
  completeness: z.array(z.object({ type: z.string(), patients: z.int() })),
  findings: z.array(z.object({ table: z.enum(QUALITY_TABLES), count: z.int() })),
  /** The most frequent first, at most MOST_MEASURES. */
  measures: z.array(measureSummary),
  notices: z.array(z.string()),
});
export type QualityExamination = z.infer<typeof qualitySummary>;

const resourceCounts = z.object({
  patients: z.int(),
  types: z.array(
    z.object({
      type: z.string(),
      count: z.int(),
      /** Of those, kept here since consent was refused or withdrawn, or since none was recorded and the recipe asks for it. */
      refused: z.int(),
      withoutConsent: z.int(),
    }),
  ),
});
export type ResourceCounts = z.infer<typeof resourceCounts>;

export const fhirExportCalls = {
  /** What the selection of a recipe holds, by type, and what of it consent keeps here. @throws USAGE (the selection) */
  "exports.countResources": call(
    z.object({ recipe: z.discriminatedUnion("kind", [...datasetRecipe.options, ...summaryRecipe.options]) }).strict(),
    resourceCounts,
  ),
  /** The views that come with Satchel. */
  "views.list": call(none, z.array(viewSummary)),
  /** Whether a text is a ViewDefinition that can be run, and what it makes, or what is wrong and where. */
  "views.check": call(z.object({ text: z.string().max(MOST_VIEW_TEXT) }).strict(), viewVerdict),
  /** The first rows of one table of a dataset as they will leave: after the policy. @throws as `exports.reviewResource` */
  "views.preview": call(
    z.object({ recipe: datasetRecipe, table: z.int().min(0).default(0), limit: z.int().min(1).max(100) }).strict(),
    tablePreview,
  ),
  /** Quality of the data of a selection; nothing is written. @throws KEY_NEEDED, USAGE, SOURCE_ANSWER where a sync changes the catalog */
  "quality.examine": stream(
    z.object({ recipe: qualityRecipe }).strict(),
    z.discriminatedUnion("type", [
      z.object({ type: z.literal("progress"), resources: z.int() }),
      qualitySummary.extend({ type: z.literal("result") }),
    ]),
  ),
  /** Rows behind a figure, by the ids under which they leave. Examines anew where the catalog has changed. @throws as `quality.examine` */
  "quality.rows": call(
    z.object({ recipe: qualityRecipe, table: z.enum(QUALITY_TABLES), ...windowOf }).strict(),
    z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())), total: z.int() }),
  ),
};

import { datasetRecipe, summaryRecipe } from "../fhir-recipe.ts";
import { errorRecord, jobState } from "../job.ts";
import { stream } from "../rpc.ts";
import { z } from "../schema.ts";

/** Seconds between two looks at a source. */
export const WATCH_SECONDS = { least: 10, usual: 60, most: 86_400 } as const;

/** What a watch may run: FHIR, tables, observations, report, quality. */
export const watchRecipe = z.union([datasetRecipe, summaryRecipe]);
export type WatchRecipe = z.infer<typeof watchRecipe>;

const moment = z.iso.datetime();

const watchEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("reading"), at: moment }),
  z.object({ type: z.literal("progress"), step: z.string(), done: z.int(), total: z.int().nullable() }),
  /** What one look brought, by type; empty where nothing is new. */
  z.object({
    type: z.literal("read"),
    at: moment,
    types: z.array(z.object({ type: z.string(), changed: z.int(), deleted: z.int() })),
    /** The source was read to the end, without problems. */
    complete: z.boolean(),
    notices: z.array(z.string()),
  }),
  /** `changes`: only what changed since the run before; else all that the recipe selects. */
  z.object({ type: z.literal("exporting"), jobId: z.string(), holds: z.enum(["changes", "everything"]) }),
  z.object({
    type: z.literal("exported"),
    jobId: z.string(),
    state: jobState,
    packages: z.array(z.object({ name: z.string(), path: z.string(), resources: z.int().nullable() })),
  }),
  /** The look, or the run, failed; it is tried again. */
  z.object({ type: z.literal("failed"), at: moment, error: errorRecord }),
  z.object({ type: z.literal("waiting"), until: moment }),
]);
export type WatchEvent = z.infer<typeof watchEvent>;

export const watchCalls = {
  /**
   * Looks at a source of FHIR resources again and again for what is new, and runs a recipe on it where something is: a package a run, named by
   * its time. FHIR as NDJSON holds what changed since the run before and names what was deleted; anything else is made whole. Ends with its
   * consumer only, or where trying again cannot help. @throws USAGE (another kind of source, watched already, the recipe), NOT_FOUND,
   * KEY_NEEDED, SOURCE_REFUSED, CANCELLED
   */
  "sources.watch": stream(
    z
      .object({
        name: z.string(),
        seconds: z.int().min(WATCH_SECONDS.least).max(WATCH_SECONDS.most).default(WATCH_SECONDS.usual),
        recipe: watchRecipe.optional(),
      })
      .strict(),
    watchEvent,
  ),
};

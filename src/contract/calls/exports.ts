import { countedReason, HELD_CODES } from "../held.ts";
import { jobLogRow } from "../job-log.ts";
import { jobEvent, jobProgress, jobSummary, planSummary } from "../job.ts";
import { imagingRecipe, recipe } from "../recipe.ts";
import { call, stream } from "../rpc.ts";
import { z } from "../schema.ts";
import { fhirExportCalls } from "./fhir-exports.ts";
import { resourceReviewCalls } from "./resource-review.ts";
import { elementRow } from "./find.ts";
import { done, none } from "./common.ts";

const jobStarted = z.object({ jobId: z.string() });

/** What happens to an element. `shifted`: a date moved; `cleaned`: identifying words taken out; `emptied`: there, without a value. */
export const CHANGES = ["kept", "removed", "emptied", "replaced", "shifted", "cleaned", "added"] as const;
export type Change = (typeof CHANGES)[number];

const reviewRow = elementRow.omit({ value: true }).extend({
  /** Null where the element was not there before, or is not there after. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  change: z.enum(CHANGES),
});
export type ReviewRow = z.infer<typeof reviewRow>;

const review = z.object({
  /** Instances of the selection, and which of them (from 0) this is, in the plan's order. */
  instances: z.int(),
  index: z.int(),
  /** Names as they will be in the package. */
  package: z.string(),
  path: z.string(),
  rows: z.array(reviewRow),
  /** Of elements, at every depth; items of sequences are not counted. */
  counts: z.record(z.enum(CHANGES), z.int()),
  /** Why this instance is held back; empty where it is not. */
  held: z.array(z.object({ code: z.enum(HELD_CODES), reason: z.string() })),
  /** Attributes of the result in which the sweep found an identifying value: must be empty. */
  leaks: z.array(z.string()),
  /** The catalog's number of the instance, for its picture; null where it has none. */
  picture: z.int().nullable(),
  /**
   * The JSON document as it will be in the package, of this instance's study alone; shortened where long. Of other instances it tells
   * no bytes and checksums (null), which are known when they are made.
   */
  metadata: z.string(),
  metadataTruncated: z.boolean(),
});
export type Review = z.infer<typeof review>;

/** `clean`, `heldBack` and `failed` together make `done`. */
const examination = z.object({
  done: z.int(),
  total: z.int(),
  clean: z.int(),
  heldBack: z.array(countedReason),
  /** Could not be read or de-identified. */
  failed: z.array(countedReason),
  /** How many of the failed ones failed because the sweep found an identifying value. */
  leaks: z.int(),
});

export const exportCalls = {
  ...resourceReviewCalls,
  ...fhirExportCalls,
  "exports.plan": call(recipe, planSummary),
  /** One instance before and after the policy; nothing is written. @throws SOURCE_*, READ_FAILED, BAD_DICOM, NOT_FOUND */
  "exports.review": call(z.object({ recipe: imagingRecipe, index: z.int().min(0) }).strict(), review),
  /** Takes every instance of the selection through the policy without writing anything: what will be held back, what fails. */
  "exports.examine": stream(
    z.object({ recipe: imagingRecipe }).strict(),
    z.discriminatedUnion("type", [
      examination.extend({ type: z.literal("progress") }),
      examination.extend({ type: z.literal("result") }),
    ]),
  ),
  /** Plans a job and starts it; watch it by its id. `exportedAt` fixes the time in the package, so that it can be made again. */
  "exports.start": call(z.object({ recipe, exportedAt: z.iso.datetime().optional() }).strict(), jobStarted),
  "recipes.list": call(none, z.array(z.object({ name: z.string(), recipe, savedAt: z.string() }))),
  /** @throws ALREADY_EXISTS unless `replace` */
  "recipes.save": call(z.object({ name: z.string(), recipe, replace: z.boolean().default(false) }).strict(), done),
  "recipes.remove": call(z.object({ name: z.string() }).strict(), done),
  "jobs.list": call(none, z.array(jobSummary)),
  "jobs.show": call(z.object({ id: z.string() }), jobSummary),
  /** The recipe of a job: what "export again" starts from. */
  "jobs.recipe": call(z.object({ id: z.string() }).strict(), recipe),
  /** Also a job that waits; it takes its place in the queue. @throws USAGE where it has ended */
  "jobs.resume": call(z.object({ id: z.string() }), jobStarted),
  /** Stops a job, or takes a waiting one out of the queue, so that it goes on later where it stopped. @throws USAGE where it has ended */
  "jobs.pause": call(z.object({ id: z.string() }).strict(), jobSummary),
  /** A new job that makes the packages of an ended one anew in which something failed, beside the old ones. @throws USAGE where nothing failed */
  "jobs.retry": call(z.object({ id: z.string() }).strict(), jobStarted),
  /** What happened to a job, oldest first. */
  "jobs.log": call(z.object({ id: z.string() }).strict(), z.array(jobLogRow)),
  /** Forgets an ended job; its packages stay where they are. @throws USAGE where it has not ended: cancel it first */
  "jobs.remove": call(z.object({ id: z.string() }).strict(), done),
  /** Progress of a running job, then its result. A job goes on whether it is watched or not. */
  "jobs.watch": stream(z.object({ id: z.string() }), jobEvent),
  /** Of all jobs that run or wait for their turn, now and as they come: for a status line. Never ends by itself. */
  "jobs.progress": stream(none, z.array(jobProgress)),
  "jobs.cancel": call(z.object({ id: z.string() }), jobSummary),
};

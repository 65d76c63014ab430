import { countedReason } from "./held.ts";
import { noticeMeaning } from "./notice.ts";
import { z } from "./schema.ts";

/**
 * planned (waits for its turn) -> running -> complete | incomplete | failed | cancelled; running -> paused (by a person, or by a full disk
 * or a source that has gone: then with an error) -> running. `interrupted` is a job whose process ended. It and a paused one keep what
 * was written and can be resumed.
 */
export const jobState = z.enum([
  "planned",
  "running",
  "paused",
  "interrupted",
  "complete",
  "incomplete",
  "failed",
  "cancelled",
]);
export type JobState = z.infer<typeof jobState>;

export const errorRecord = z.object({ code: z.string(), message: z.string(), next: z.string().optional() });

/**
 * What a job is at, for a screen to say in its own language. `waiting`: for its turn; `waiting-for-sync`: for a
 * sync of records to end; `reading`: its plan, and what an earlier run left;
 * `finishing`: document, receipt, manifest.
 */
export const JOB_PHASES = ["waiting", "waiting-for-sync", "reading", "writing", "finishing", "verifying"] as const;
export type JobPhase = (typeof JOB_PHASES)[number];

/** At most ten of these a second, and always a last one. */
export const jobProgress = z.object({
  jobId: z.string(),
  state: jobState,
  phase: z.enum(JOB_PHASES),
  /** The package that is being made; null before the first. */
  package: z.string().nullable(),
  /** Its number, from 1, of so many; 0 before the first. */
  packageNumber: z.int(),
  packagesTotal: z.int(),
  /** How far `verifying` is, 0 to 1; null in other phases. */
  verified: z.number().nullable(),
  /** A phrase: "Writing patient_X_export.zip (2 of 12)". */
  step: z.string(),
  /** Instances, or rows of a table. */
  itemsDone: z.int(),
  itemsTotal: z.int(),
  bytesDone: z.int(),
  bytesTotal: z.int(),
  /** Bytes per second over the last seconds; null until known. */
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export type JobProgress = z.infer<typeof jobProgress>;

/** One finished package of a job. */
export const packageResult = z.object({
  name: z.string(),
  path: z.string(),
  bytes: z.int(),
  files: z.int(),
  result: z.enum(["complete", "incomplete"]),
  instances: z.object({ expected: z.int(), exported: z.int(), heldBack: z.int(), failed: z.int() }),
  previews: z.object({ expected: z.int(), exported: z.int(), failed: z.int(), withoutInstance: z.int() }),
  /** Of a table; null in packages of images. */
  rows: z.object({ expected: z.int(), written: z.int() }).nullable(),
  /** Of FHIR resources and what is made of them; null in other packages, and left out in results of earlier versions. */
  resources: z
    .object({
      expected: z.int(),
      exported: z.int(),
      withheld: z.int(),
      /** Lines, entries or rows. */
      rows: z.int(),
    })
    .nullable()
    .optional(),
  /** Held-back and failed things grouped by reason, for the screen. */
  reasons: z.array(countedReason),
  /** When it was verified and got its name. ISO 8601, UTC; null in results of earlier versions. */
  verifiedAt: z.string().nullable(),
});
export type PackageResult = z.infer<typeof packageResult>;

export const jobResult = z.object({
  jobId: z.string(),
  state: jobState,
  seconds: z.number(),
  packages: z.array(packageResult),
  error: errorRecord.optional(),
});
export type JobResult = z.infer<typeof jobResult>;

/** What an export says while it runs: progress, then exactly one result. */
export const jobEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), progress: jobProgress }),
  z.object({ type: z.literal("result"), result: jobResult }),
]);
export type JobEvent = z.infer<typeof jobEvent>;

export const jobSummary = z.object({
  id: z.string(),
  state: jobState,
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  kind: z.string(),
  policy: z.string(),
  destination: z.string(),
  /** What was picked, counted: for words on a screen. `records`: rows of a table. */
  scope: z.enum(["patients", "studies", "matching", "all", "records"]),
  picked: z.int(),
  itemsTotal: z.int(),
  packages: z.array(packageResult),
  error: errorRecord.nullable(),
});
export type JobSummary = z.infer<typeof jobSummary>;

/** The plan as a person reads it before anything is written. */
export const planSummary = z.object({
  packages: z.array(
    z.object({
      name: z.string(),
      exists: z.boolean(),
      patients: z.int(),
      studies: z.int(),
      series: z.int(),
      instances: z.int(),
      previews: z.int(),
      /** Of a table; null in packages of images. */
      rows: z.int().nullable(),
      /** Of FHIR and what is made of it: how many resources are read for it. Left out of other packages. */
      resources: z.int().optional(),
      bytes: z.int(),
    }),
  ),
  bytes: z.int(),
  freeBytes: z.int(),
  notices: z.array(z.string()),
  /** What each of `notices` says, in their order. */
  noticeMeanings: z.array(noticeMeaning.nullable()),
});
export type PlanSummary = z.infer<typeof planSummary>;

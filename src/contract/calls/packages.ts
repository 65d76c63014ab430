import { finding } from "../finding.ts";
import { heldCodes } from "../held.ts";
import { jobSummary, packageResult } from "../job.ts";
import { noticeMeaning } from "../notice.ts";
import { policyOption } from "../policy.ts";
import { datasetReceipt, imagingReceipt, receiptMissing, summaryReceipt, tableReceipt } from "../receipt.ts";
import { call, stream } from "../rpc.ts";
import { z } from "../schema.ts";
import { TABLE_OPTION_CODES } from "../table-notice.ts";
import { done, windowOf } from "./common.ts";

const verifyEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), filesDone: z.int(), filesTotal: z.int(), bytesDone: z.int() }),
  z.object({
    type: z.literal("result"),
    ok: z.boolean(),
    files: z.int(),
    bytes: z.int(),
    /** The receipt's own verdict: a sound package may be incomplete, and says so. */
    result: z.enum(["complete", "incomplete", "unknown"]),
    findings: z.array(finding),
  }),
]);

/** The receipt of a package; of very long lists the first part. */
const shortened = {
  /** Entries of the lists that are in the package's own receipt and not in this answer. */
  leftOut: z.object({ files: z.int(), missing: z.int() }),
  missing: z.array(receiptMissing.extend({ held: heldCodes })),
  /** What each of `notices` says, in their order; null where it is a sentence of another version. */
  noticeMeanings: z.array(noticeMeaning.nullable()),
};
const readReceipt = z.discriminatedUnion("kind", [
  imagingReceipt.extend(shortened),
  datasetReceipt.extend(shortened),
  summaryReceipt.extend(shortened),
  tableReceipt.extend({
    ...shortened,
    /** The same of `policy.options`. */
    optionMeanings: z.array(z.enum(TABLE_OPTION_CODES).nullable()),
  }),
]);
export type ReadReceipt = z.infer<typeof readReceipt>;

/** What a verification said, and when. */
const check = z.object({ at: z.string(), ok: z.boolean(), files: z.int(), findings: z.int() });

/**
 * Where the bytes of a copy were read back from: the medium itself, or the system's memory of what was written, where the platform or the
 * file system knows no way past it. Then only pulling the medium out, putting it in again and verifying says more.
 */
const readBack = z.enum(["medium", "cache"]);

const packageEntry = packageResult.extend({
  jobId: z.string(),
  createdAt: z.string(),
  policy: jobSummary.shape.policy,
  /** `file`: a table alone; `beside`: a table with its description, receipt and manifest next to it. */
  format: z.enum(["zip", "folder", "json", "file", "beside"]),
  /** Whether it still is where it was made; false also where that place did not answer within a second. */
  present: z.boolean(),
  /** The latest; the one that gave it its name counts. */
  check: check.nullable(),
  /** Copies that were made and read back, newest first. */
  copies: z.array(
    z.object({
      path: z.string(),
      /** The file system, by its name: "FAT32", "exFAT", "ext4"; empty where unknown. */
      medium: z.string(),
      readBack,
      /** Whether it can be reached now: a stick that was pulled cannot. */
      present: z.boolean(),
      /** The latest. */
      check,
    }),
  ),
  /** The catalog's number of an instance, for a thumbnail. */
  picture: z.int().nullable(),
});
export type PackageEntry = z.infer<typeof packageEntry>;

const copyEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("progress"),
    step: z.enum(["copying", "flushing", "reading-back", "verifying"]),
    /** Of this step. */
    bytesDone: z.int(),
    bytesTotal: z.int(),
  }),
  z.object({
    type: z.literal("result"),
    /** True only where every byte was read back and found right, and the copy was verified as a package. Otherwise it has been removed. */
    ok: z.boolean(),
    readBack,
    /** Of the copy, as it is or would have been. */
    path: z.string(),
    files: z.int(),
    bytes: z.int(),
    findings: z.array(finding),
  }),
]);

export type CopyEvent = z.infer<typeof copyEvent>;

const deidentifyEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), done: z.int(), total: z.int() }),
  /** `file` is the place among the inputs, counted from 1; `name` the file made. Source names may identify: they stay out. */
  z.object({ type: z.literal("problem"), file: z.int(), code: z.string(), reason: z.string() }),
  z.object({
    type: z.literal("result"),
    files: z.int(),
    written: z.int(),
    heldBack: z.int(),
    failed: z.int(),
    skipped: z.int(),
  }),
]);

export const packageCalls = {
  /** Newest first. */
  "packages.list": call(
    z.object({ text: z.string().optional(), ...windowOf }).strict(),
    z.object({ total: z.int(), rows: z.array(packageEntry) }),
  ),
  /** What it finds is kept with the package or copy, where it is one that is listed. */
  "packages.verify": stream(z.object({ path: z.string() }), verifyEvent),
  /**
   * Copies a finished package into a folder, flushes it, reads it back past the cache where the platform can, and verifies it. Aborting
   * removes what was written.
   *
   * @throws NOT_FOUND, ALREADY_EXISTS, DISK_FULL, TOO_LARGE (the file system holds no file of that size), WRITE_FAILED, READ_FAILED,
   * PACKAGE_DAMAGED (no package), USAGE (the place)
   */
  "packages.copy": stream(z.object({ path: z.string(), destination: z.string() }).strict(), copyEvent),
  /** Compared with the manifest's digest of it. @throws NOT_FOUND, PACKAGE_DAMAGED, TOO_LARGE */
  "packages.receipt": call(z.object({ path: z.string() }).strict(), readReceipt),
  /** Takes a package off the list; the file stays where it is. */
  "packages.forget": call(z.object({ path: z.string() }).strict(), done),
  "files.deidentify": stream(
    z
      .object({
        paths: z.array(z.string()).min(1),
        destination: z.string(),
        key: z.string(),
        options: z.array(policyOption),
        includeHeld: z.string().min(1).optional(),
      })
      .strict(),
    deidentifyEvent,
  ),
};

import { ERROR_CODES, type ErrorCode } from "./errors.ts";
import { z } from "./schema.ts";

const errorCode = z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One payload file of a package. */
export const receiptFile = z
  .object({
    path: z.string(),
    bytes: z.int().nonnegative(),
    sha256,
    /** What the file is. `metadata` is the JSON document of the guide. */
    role: z.enum(["dicom", "preview", "metadata", "missing"]),
  })
  .strict();
export type ReceiptFile = z.infer<typeof receiptFile>;

/**
 * Something that should have been in the package and is not, with the reason.
 * `path` is the name it would have had: never a source value in a pseudonymised package.
 */
export const receiptMissing = z
  .object({
    path: z.string(),
    what: z.enum(["dicom", "preview", "analysis"]),
    code: errorCode,
    reason: z.string(),
  })
  .strict();
export type ReceiptMissing = z.infer<typeof receiptMissing>;

/**
 * The JSON record of a job, at `receipt.json` in the package. The package is complete exactly when `result` is "complete".
 * Held-back instances are a decision of the policy, not a failure: they are listed in `missing` with the code HELD_BACK and do
 * not make the result "incomplete".
 */
export const receipt = z
  .object({
    format: z.literal("satchel-receipt"),
    version: z.literal(1),
    software: z.object({ name: z.literal("Satchel"), version: z.string() }).strict(),
    kind: z.literal("imaging"),
    scope: z.enum(["patient", "study", "all"]),
    startedAt: z.string(),
    exportedBy: z.string(),
    /** The recipe without its destination (a local path) and, in pseudonymised packages, without the ids of the selection. */
    recipe: z.record(z.string(), z.unknown()),
    policy: z
      .object({
        kind: z.enum(["identified", "pseudonymised"]),
        /** For example "PS3.15 2026c". */
        edition: z.string().optional(),
        options: z.array(z.string()),
        /** Fingerprint of the project key, not the key. */
        key: z.string().optional(),
        includeHeld: z.string().optional(),
        /** SHA-256 over the rule tables and options applied. */
        digest: sha256.optional(),
      })
      .strict(),
    counts: z
      .object({
        instances: z
          .object({
            expected: z.int().nonnegative(),
            exported: z.int().nonnegative(),
            heldBack: z.int().nonnegative(),
            failed: z.int().nonnegative(),
          })
          .strict(),
        previews: z
          .object({
            expected: z.int().nonnegative(),
            exported: z.int().nonnegative(),
            failed: z.int().nonnegative(),
            /** Of instances that are not in the package themselves. */
            withoutInstance: z.int().nonnegative(),
          })
          .strict(),
        patients: z.int().nonnegative(),
        studies: z.int().nonnegative(),
        series: z.int().nonnegative(),
      })
      .strict(),
    /** Whether the leak sweep ran, and over how many instances. */
    leakSweep: z.object({ ran: z.boolean(), instances: z.int().nonnegative() }).strict(),
    /** Plain sentences the receiver should read: what could still identify. */
    notices: z.array(z.string()),
    result: z.enum(["complete", "incomplete"]),
    files: z.array(receiptFile),
    missing: z.array(receiptMissing),
  })
  .strict();
export type Receipt = z.infer<typeof receipt>;

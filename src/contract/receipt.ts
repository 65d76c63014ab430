import { scrubCounts } from "./calls/records.ts";
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
    /**
     * What the file is. `metadata` is the JSON document of the guide; of a table, `description` its datapackage.json and `codebook` the same
     * for people.
     */
    role: z.enum(["dicom", "preview", "metadata", "missing", "table", "description", "codebook"]),
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

/** What every receipt begins with. */
const common = {
  format: z.literal("satchel-receipt"),
  version: z.literal(1),
  software: z.object({ name: z.literal("Satchel"), version: z.string() }).strict(),
  startedAt: z.string(),
  exportedBy: z.string(),
  /** The recipe without its destination (a local path) and, in pseudonymised packages, without the ids of the selection. */
  recipe: z.record(z.string(), z.unknown()),
  /** Plain sentences the receiver should read: what could still identify. */
  notices: z.array(z.string()),
  result: z.enum(["complete", "incomplete"]),
};

export const imagingReceiptHead = z
  .object({
    ...common,
    kind: z.literal("imaging"),
    scope: z.enum(["patient", "study", "all"]),
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
  })
  .strict();
export type ImagingReceiptHead = z.infer<typeof imagingReceiptHead>;

/** What the rows of a table were, told column by column. */
const receiptColumn = z
  .object({
    name: z.string(),
    type: z.enum(["string", "integer", "number", "boolean", "date", "datetime"]),
    /** What the policy did to it: "kept", "pseudonymised", "scrubbed", "dropped", … */
    treatment: z.string(),
    /** Rows in which it is empty. */
    nulls: z.int().nonnegative(),
    /** Of dates and times: the earliest and the latest, as they stand in the table. */
    min: z.string().optional(),
    max: z.string().optional(),
  })
  .strict();
export type ReceiptColumn = z.infer<typeof receiptColumn>;

/** A source that a table draws from, as far as the catalog knew it when the table was made. */
const receiptSource = z
  .object({
    name: z.string(),
    /** End of its last sync, ISO 8601, UTC; null where there was none. */
    syncedAt: z.string().nullable(),
    /** Whether that sync read everything; a table made of one that did not may lack rows. */
    complete: z.boolean(),
  })
  .strict();
export type ReceiptSource = z.infer<typeof receiptSource>;

export const tableReceiptHead = z
  .object({
    ...common,
    kind: z.enum(["notes", "studies"]),
    policy: z
      .object({
        kind: z.enum(["identified", "pseudonymised"]),
        /** What was done and left, in words: "record numbers kept", "ages over 89 become 90". */
        options: z.array(z.string()),
        /** Fingerprint of the project key, not the key. */
        key: z.string().optional(),
        /** Why live ids leave. */
        reason: z.string().optional(),
        /**
         * By what text was scrubbed, where it was: the edition of the rules, and SHA-256 over it, the word lists and the software. Two tables of
         * one digest were scrubbed alike.
         */
        scrub: z.object({ edition: z.string(), digest: sha256 }).strict().optional(),
      })
      .strict(),
    counts: z
      .object({
        rows: z.object({ expected: z.int().nonnegative(), written: z.int().nonnegative() }).strict(),
        patients: z.int().nonnegative(),
      })
      .strict(),
    /** In the order of the table. */
    columns: z.array(receiptColumn),
    /** What became of free text; null where the table has none. `changed` counts rows. */
    text: z
      .object({
        mode: z.enum(["keep", "drop", "scrub"]),
        changed: z.int().nonnegative(),
        replacements: scrubCounts,
      })
      .strict()
      .nullable(),
    sources: z.array(receiptSource),
  })
  .strict();
export type TableReceiptHead = z.infer<typeof tableReceiptHead>;

/** Everything in a receipt but its two lists. */
export const receiptHead = z.discriminatedUnion("kind", [imagingReceiptHead, tableReceiptHead]);
export type ReceiptHead = z.infer<typeof receiptHead>;

const lists = { files: z.array(receiptFile), missing: z.array(receiptMissing) };
export const imagingReceipt = imagingReceiptHead.extend(lists);
export const tableReceipt = tableReceiptHead.extend(lists);

/**
 * The JSON record of a job, at `receipt.json` in the package. The package is complete exactly when `result` is "complete".
 * Held-back instances are a decision of the policy, not a failure: they are listed in `missing` with the code HELD_BACK and do
 * not make the result "incomplete".
 */
export const receipt = z.discriminatedUnion("kind", [imagingReceipt, tableReceipt]);
export type Receipt = z.infer<typeof receipt>;

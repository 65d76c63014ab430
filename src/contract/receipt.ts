import { scrubCounts } from "./calls/records.ts";
import { datasetReceiptHead, summaryReceiptHead } from "./dataset-receipt.ts";
import { ERROR_CODES, type ErrorCode } from "./errors.ts";
import { receiptColumn, receiptCommon, receiptSource, sha256 } from "./receipt-parts.ts";
import { z } from "./schema.ts";

export type { ReceiptColumn, ReceiptSource } from "./receipt-parts.ts";

const errorCode = z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]);

/** One payload file of a package. */
export const receiptFile = z
  .object({
    path: z.string(),
    bytes: z.int().nonnegative(),
    sha256,
    /**
     * What the file is. `metadata` is the JSON document of the guide; of a table, `description` its datapackage.json and `codebook` the same
     * for people. Of FHIR, `bulk-manifest` is the manifest of the Bulk Data specification; `document` is a computed document or picture.
     */
    role: z.enum([
      "dicom",
      "preview",
      "metadata",
      "missing",
      "table",
      "description",
      "codebook",
      "fhir",
      "bulk-manifest",
      "document",
    ]),
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

export const imagingReceiptHead = z
  .object({
    ...receiptCommon,
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

export const tableReceiptHead = z
  .object({
    ...receiptCommon,
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
export const receiptHead = z.discriminatedUnion("kind", [
  imagingReceiptHead,
  tableReceiptHead,
  datasetReceiptHead,
  summaryReceiptHead,
]);
export type ReceiptHead = z.infer<typeof receiptHead>;

const lists = { files: z.array(receiptFile), missing: z.array(receiptMissing) };
export const imagingReceipt = imagingReceiptHead.extend(lists);
export const tableReceipt = tableReceiptHead.extend(lists);
export const datasetReceipt = datasetReceiptHead.extend(lists);
export const summaryReceipt = summaryReceiptHead.extend(lists);

/**
 * The JSON record of a job, at `receipt.json` in the package. The package is complete exactly when `result` is "complete".
 * Held-back instances are a decision of the policy, not a failure: they are listed in `missing` with the code HELD_BACK and do
 * not make the result "incomplete".
 */
export const receipt = z.discriminatedUnion("kind", [imagingReceipt, tableReceipt, datasetReceipt, summaryReceipt]);
export type Receipt = z.infer<typeof receipt>;

import { ELEMENT_TREATMENTS, WITHHELD_REASONS } from "./fhir.ts";
import { receiptColumn, receiptCommon, receiptSource, sha256 } from "./receipt-parts.ts";
import { z } from "./schema.ts";

const count = z.int().nonnegative();

/** What became of the resources of one type. `expected`: planned; each of them is exported or withheld. */
const receiptType = z
  .object({
    type: z.string(),
    expected: count,
    exported: count,
    /** Decisions of policy or consent, never failures. */
    withheld: z.partialRecord(z.enum(WITHHELD_REASONS), count),
    /** Elements to which something was done. */
    treatments: z.partialRecord(z.enum(ELEMENT_TREATMENTS), count),
  })
  .strict();
export type ReceiptType = z.infer<typeof receiptType>;

/** A source of resources, type by type: what its server said there is, beside what the catalog got. */
const receiptResourceSource = receiptSource
  .extend({
    types: z.array(
      z
        .object({
          type: z.string(),
          /** Null where the server did not say. */
          expected: count.nullable(),
          received: count,
          complete: z.boolean(),
        })
        .strict(),
    ),
  })
  .strict();
export type ReceiptResourceSource = z.infer<typeof receiptResourceSource>;

/** How consent was applied. Patients stand for whom nothing of a type left. */
const receiptConsent = z
  .object({
    /** What became of patients of whom no consent was recorded at all. */
    withoutConsent: z.enum(["include", "exclude"]),
    /** Patients who were left out, by type of resource. */
    leftOut: z.array(z.object({ type: z.string(), patients: count }).strict()),
    /** Those who left in an earlier package of the same recipe and have withdrawn consent since: by their names in that package, with the kinds of data ("system|code"; "*" for all). */
    withdrawn: z.array(z.object({ patient: z.string(), scopes: z.array(z.string()) }).strict()),
  })
  .strict();

/** One file of a package of few. */
const receiptPart = z
  .object({
    path: z.string(),
    /** Lines, entries or rows. */
    rows: count,
    /** Of a table, in its order; null of FHIR. */
    columns: z.array(receiptColumn).nullable(),
  })
  .strict();
export type ReceiptPart = z.infer<typeof receiptPart>;

export const datasetReceiptHead = z
  .object({
    ...receiptCommon,
    kind: z.enum(["fhir", "view", "observations"]),
    policy: z
      .object({
        kind: z.enum(["identified", "pseudonymised", "rules"]),
        /** What was done and left, in words. */
        options: z.array(z.string()),
        /** Fingerprint of the project key, not the key. */
        key: z.string().optional(),
        /** Name of somebody else's rules. */
        rules: z.string().optional(),
        /** Why identified data leave. */
        reason: z.string().optional(),
        /** SHA-256 over rules and options applied. */
        digest: sha256.optional(),
      })
      .strict(),
    counts: z
      .object({
        resources: z.object({ expected: count, exported: count, withheld: count }).strict(),
        patients: count,
        /** Lines, entries and rows of all files. */
        rows: count,
        /** Resources that a filter by days left out, since they have none. */
        withoutDay: count,
      })
      .strict(),
    types: z.array(receiptType),
    consent: receiptConsent,
    /** Empty where there is a file a patient: `files` lists those. */
    parts: z.array(receiptPart),
    sources: z.array(receiptResourceSource),
  })
  .strict();
export type DatasetReceiptHead = z.infer<typeof datasetReceiptHead>;

/** Documents that were computed from all that was selected. */
export const summaryReceiptHead = z
  .object({
    ...receiptCommon,
    kind: z.enum(["report", "quality"]),
    policy: z
      .object({
        /** `aggregated`: counts only. */
        kind: z.enum(["aggregated", "pseudonymised"]),
        options: z.array(z.string()),
        key: z.string().optional(),
      })
      .strict(),
    /** Null of a report: they may be small counts themselves. */
    counts: z.object({ resources: count.nullable(), patients: count.nullable(), documents: count }).strict(),
    sources: z.array(receiptResourceSource),
  })
  .strict();
export type SummaryReceiptHead = z.infer<typeof summaryReceiptHead>;

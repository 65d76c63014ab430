import { POLICY_OPTIONS } from "./policy.ts";
import { z } from "./schema.ts";
import { TABLE_NOTICE_CODES } from "./table-notice.ts";

/**
 * What a receipt tells its receiver, beside its sentences: for a screen to say in its own language. A policy option stands for what it
 * leaves. `analysis-values-dropped` comes with their number.
 */
export const NOTICE_CODES = [
  "identified",
  "pixel-data-unchanged",
  "text-in-pictures",
  "project-key",
  ...POLICY_OPTIONS,
  "held-included",
  "analysis-values-dropped",
] as const;
export type NoticeCode = (typeof NOTICE_CODES)[number];

export const noticeMeaning = z.object({
  code: z.enum([...NOTICE_CODES, ...TABLE_NOTICE_CODES]),
  count: z.int().optional(),
  /** Numbers and names in the sentence of a table. */
  params: z.record(z.string(), z.union([z.string(), z.int()])).optional(),
});
export type NoticeMeaning = z.infer<typeof noticeMeaning>;

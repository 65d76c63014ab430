/** What receipts of all kinds are made of. */
import { z } from "./schema.ts";

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What every receipt begins with. */
export const receiptCommon = {
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

/** What the rows of a table were, told column by column. */
export const receiptColumn = z
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
export const receiptSource = z
  .object({
    name: z.string(),
    /** End of its last sync, ISO 8601, UTC; null where there was none. */
    syncedAt: z.string().nullable(),
    /** Whether that sync read everything; a table made of one that did not may lack rows. */
    complete: z.boolean(),
  })
  .strict();
export type ReceiptSource = z.infer<typeof receiptSource>;

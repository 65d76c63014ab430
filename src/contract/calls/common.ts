import { z } from "../schema.ts";

export const none = z.object({}).strict();
export const done = z.object({ ok: z.literal(true) });
/** One window of a long list: how much there is in all goes with every answer. */
export const windowOf = { limit: z.int().min(1).max(10_000).default(100), offset: z.int().min(0).default(0) };

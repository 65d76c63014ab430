import { errorRecord } from "../job.ts";
import { call } from "../rpc.ts";
import { z } from "../schema.ts";
import { none, windowOf } from "./common.ts";

const auditFilter = z
  .object({
    /** Each word must occur in the user, action, subjects, policy, destination, result or reason. */
    text: z.string().optional(),
    action: z.string().optional(),
    user: z.string().optional(),
    /** ISO dates, both days included, UTC. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  })
  .strict();

const auditRow = z.object({
  sequence: z.int(),
  at: z.string(),
  user: z.string(),
  action: z.string(),
  subjects: z.array(z.string()),
  policy: z.string(),
  destination: z.string(),
  counts: z.record(z.string(), z.int()),
  result: z.string(),
  /** Why held-back instances were let pass. */
  reason: z.string().optional(),
});
export type AuditRow = z.infer<typeof auditRow>;

export const auditCalls = {
  /** Newest first. */
  "audit.list": call(
    auditFilter.extend({ ...windowOf, limit: z.int().min(1).max(1_000_000).default(1000) }),
    z.object({ total: z.int(), rows: z.array(auditRow), actions: z.array(z.string()), users: z.array(z.string()) }),
  ),
  "audit.verify": call(none, z.object({ ok: z.boolean(), records: z.int(), problem: errorRecord.optional() })),
  /** The records that match as CSV, in a new file that only its owner can read. @throws ALREADY_EXISTS, WRITE_FAILED */
  "audit.export": call(auditFilter.extend({ file: z.string() }), z.object({ records: z.int() })),
};

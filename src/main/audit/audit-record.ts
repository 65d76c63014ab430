import { createHmac, timingSafeEqual } from "node:crypto";
import { userInfo } from "node:os";
import { z } from "../../contract/schema.ts";

/** What is written down about one export, or another act that lets identity out (a crosswalk, a key). */
export const auditRecordSchema = z
  .object({
    /** ISO 8601, UTC. */
    at: z.string(),
    /** OS user. */
    user: z.string(),
    /** "export imaging", "deidentify", "write crosswalk", "export key", … */
    action: z.string().min(1),
    /** Whom it was about: Patient IDs (with issuer) or Study Instance UIDs as they stand in the source. The catalog is encrypted. */
    subjects: z.array(z.string()),
    /** "identified", or the edition, options and key fingerprint of a pseudonymised one. */
    policy: z.string(),
    destination: z.string(),
    counts: z.record(z.string(), z.int()),
    /** "complete", "incomplete", "cancelled", "failed", … */
    result: z.string().min(1),
    /** Why held-back instances passed, and whatever else has to be said. */
    reason: z.string().optional(),
  })
  .strict();
export type AuditRecord = z.infer<typeof auditRecordSchema>;

/** A record in its place in the chain. */
export interface AuditEntry extends AuditRecord {
  sequence: number;
}

/** What stands before the first record. */
export const CHAIN_START = "0".repeat(64);

/**
 * HMAC-SHA-256 over place, predecessor and text. Under a key of the workspace, not a bare SHA-256: who can write to the database but does
 * not know the key cannot compute the chain anew.
 */
export function auditHash(key: Buffer, sequence: number, previous: string, record: string): string {
  return createHmac("sha256", key).update(`satchel/audit/1\n${sequence}\n${previous}\n${record}`).digest("hex");
}

/** Compares two hashes without telling by its time how much of them agrees. */
export function sameHash(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The name of the OS user; a number where the system has none for it, as in a container. */
export function currentUser(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if (error instanceof Error && "code" in error) return `uid ${process.getuid?.() ?? "unknown"}`;
    throw error;
  }
}

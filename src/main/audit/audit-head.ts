import { createHmac } from "node:crypto";
import { readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { z } from "../../contract/schema.ts";
import { syncFolder, writeSynced } from "../access/new-file.ts";
import { sameHash } from "./audit-record.ts";

/**
 * The last record's number and hash, kept beside the database: a chain whose end was cut off is whole in itself, and only this shows
 * that there was more. The seal keeps it from being written by hand.
 */
export interface AuditHead {
  sequence: number;
  hash: string;
}

const headSchema = z
  .object({
    format: z.literal("satchel-audit-head"),
    version: z.literal(1),
    sequence: z.int().nonnegative(),
    hash: z.string(),
    seal: z.string(),
  })
  .strict();

function sealOf(key: Buffer, head: AuditHead): string {
  return createHmac("sha256", key).update(`satchel/audit-head/1\n${head.sequence}\n${head.hash}`).digest("hex");
}

/** Replaces the head, whole or not at all. @throws SatchelError WRITE_FAILED */
export function writeAuditHead(path: string, key: Buffer, { sequence, hash }: AuditHead): void {
  const head = { format: "satchel-audit-head", version: 1, sequence, hash, seal: sealOf(key, { sequence, hash }) };
  const partial = `${path}.partial`;
  try {
    // One process at a time writes to a workspace: what stands here is of one that died.
    rmSync(partial, { force: true });
    writeSynced(partial, `${JSON.stringify(head)}\n`);
    renameSync(partial, path);
    syncFolder(dirname(path));
  } catch (error) {
    throw new SatchelError(
      "WRITE_FAILED",
      "The head of the audit log could not be written.",
      "Check the disk and the permissions of the workspace folder.",
      { cause: error },
    );
  }
}

/** @returns undefined where there is no file; "damaged" where its text or seal is not what was written. */
export function readAuditHead(path: string, key: Buffer): AuditHead | "damaged" | undefined {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return "damaged";
    throw new SatchelError("READ_FAILED", "The head of the audit log could not be read.", undefined, { cause: error });
  }
  const head = headSchema.safeParse(text);
  if (!head.success || !sameHash(head.data.seal, sealOf(key, head.data))) return "damaged";
  return { sequence: head.data.sequence, hash: head.data.hash };
}

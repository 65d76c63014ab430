/**
 * The audit log: append-only and hash-chained. There is no way in Satchel to remove a record, so each is kept for as long as the
 * workspace is, and so for more than the year that is asked for.
 *
 * What it shows: a record changed, removed, put in or out of place, or cut off at the end, by somebody who has the open database and
 * not the workspace's key. What it cannot show: database and head both put back to an earlier state together (keep `audit verify`'s
 * last number elsewhere for that), or the work of somebody who knows the passphrase.
 */
import { SatchelError } from "../../contract/errors.ts";
import {
  insertAuditRow,
  iterateAuditRows,
  lastAuditRow,
  recentAuditRows,
  type AuditRow,
  type AuditRowFilter,
} from "../catalog/audit-records.ts";
import type { Catalog } from "../catalog/database.ts";
import { readAuditHead, writeAuditHead } from "./audit-head.ts";
import {
  auditHash,
  auditRecordSchema,
  CHAIN_START,
  sameHash,
  type AuditEntry,
  type AuditRecord,
} from "./audit-record.ts";

/** The audit log of an open workspace. */
export interface AuditLog {
  readonly catalog: Catalog;
  /** 32 bytes, of this purpose only. */
  readonly key: Buffer;
  readonly headPath: string;
}

/**
 * Gives a new workspace its head. Only when the workspace is made: a head that is missing later was removed, and making it anew would
 * hide that.
 */
export function startAuditLog(key: Buffer, headPath: string): void {
  writeAuditHead(headPath, key, { sequence: 0, hash: CHAIN_START });
}

/**
 * Adds a record; when this returns it is on the disk.
 *
 * @throws SatchelError DISK_FULL, WRITE_FAILED: then what was to be recorded must not be called done.
 */
export function appendAudit(log: AuditLog, record: AuditRecord): AuditEntry {
  const text = JSON.stringify(auditRecordSchema.parse(record));
  const row = log.catalog.write(() => {
    const last = lastAuditRow(log.catalog);
    const sequence = (last?.seq ?? 0) + 1;
    const previous = last?.hash ?? CHAIN_START;
    const next = { seq: sequence, record: text, previous, hash: auditHash(log.key, sequence, previous, text) };
    insertAuditRow(log.catalog, next);
    return next;
  });
  // Second, so that a crash between the two leaves a head that is behind, which is sound, and never one that is ahead. And only over a
  // head that the chain agrees with: appending must not heal what verifyAudit would have shown.
  const head = readAuditHead(log.headPath, log.key);
  if (head !== undefined && head !== "damaged" && head.sequence < row.seq && isOnChain(log, head)) {
    writeAuditHead(log.headPath, log.key, { sequence: row.seq, hash: row.hash });
  }
  return { sequence: row.seq, ...record };
}

function isOnChain(log: AuditLog, head: { sequence: number; hash: string }): boolean {
  if (head.sequence === 0) return true;
  return auditRowAt(log, head.sequence)?.hash === head.hash;
}

function auditRowAt(log: AuditLog, sequence: number): AuditRow | undefined {
  return log.catalog.get<AuditRow>("SELECT seq, record, previous, hash FROM audit WHERE seq = ?", sequence);
}

/** Newest first. A record that cannot be read any more is left to verifyAudit to name. */
export function listAudit(
  log: AuditLog,
  window: { limit?: number; offset?: number } = {},
  filter: AuditRowFilter = {},
): AuditEntry[] {
  return recentAuditRows(log.catalog, window.limit ?? 100, window.offset ?? 0, filter).flatMap((row) => {
    const record = parseRecord(row.record);
    return record === undefined ? [] : [{ sequence: row.seq, ...record }];
  });
}

export interface AuditVerdict {
  ok: boolean;
  /** Records that stand and agree with each other. */
  records: number;
  /** The first record that is not what it was, and how that shows. */
  broken?: { sequence: number; reason: string };
}

/** Checks every record, their chain, and that none is missing at the end. */
export function verifyAudit(log: AuditLog): AuditVerdict {
  return log.catalog.read(() => {
    // Before the records: one that another process adds meanwhile must not make the head look ahead of them.
    const head = readAuditHead(log.headPath, log.key);
    let records = 0;
    let previous = CHAIN_START;
    let headHash = CHAIN_START;
    for (const row of iterateAuditRows(log.catalog)) {
      const reason = faultOf(log, row, records + 1, previous);
      if (reason !== undefined) return { ok: false, records, broken: { sequence: records + 1, reason } };
      records += 1;
      previous = row.hash;
      if (typeof head === "object" && head.sequence === records) headHash = row.hash;
    }
    const broken = faultOfHead(head, records, headHash);
    return broken === undefined ? { ok: true, records } : { ok: false, records, broken };
  });
}

function faultOf(log: AuditLog, row: AuditRow, expected: number, previous: string): string | undefined {
  if (row.seq > expected) return `record ${expected} is missing`;
  if (row.seq < expected) return "a record stands before the first";
  if (!sameHash(row.previous, previous)) return "the record does not follow the one before it";
  if (!sameHash(row.hash, auditHash(log.key, row.seq, row.previous, row.record))) return "the record was changed";
  return parseRecord(row.record) === undefined ? "the record cannot be read" : undefined;
}

function faultOfHead(
  head: ReturnType<typeof readAuditHead>,
  records: number,
  headHash: string,
): AuditVerdict["broken"] {
  if (head === undefined)
    return { sequence: records + 1, reason: "the head file, which says where the log ends, is gone" };
  if (head === "damaged")
    return { sequence: records + 1, reason: "the head file, which says where the log ends, was changed" };
  if (head.sequence > records) {
    return { sequence: records + 1, reason: `the log ends at record ${records}, but ${head.sequence} were written` };
  }
  if (!sameHash(head.hash, headHash))
    return { sequence: head.sequence, reason: "the record is not the one that was written" };
  return undefined;
}

export function parseRecord(text: string): AuditRecord | undefined {
  try {
    return auditRecordSchema.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** @throws SatchelError AUDIT_BROKEN with the first broken record named */
export function assertAudit(log: AuditLog): AuditVerdict {
  const verdict = verifyAudit(log);
  if (verdict.broken === undefined) return verdict;
  throw new SatchelError(
    "AUDIT_BROKEN",
    `The audit log is broken at record ${verdict.broken.sequence}: ${verdict.broken.reason}.`,
    "Keep the workspace as it is and compare it with a backup.",
  );
}

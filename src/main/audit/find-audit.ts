import {
  countAuditRows,
  distinctInAudit,
  lastAuditRow,
  recentAuditRows,
  type AuditRowFilter,
} from "../catalog/audit-records.ts";
import type { Catalog } from "../catalog/database.ts";
import { listAudit, parseRecord, type AuditLog } from "./audit-log.ts";
import type { AuditEntry } from "./audit-record.ts";

export interface AuditFilter extends AuditRowFilter {
  /** Each word must stand in what was done, by whom, about whom, how, where to, with what result or why. */
  text?: string | undefined;
}

/** Records read at once where each has to be looked at. */
const WINDOW = 1_000;

/** Records that match, newest first, one at a time. What cannot be read any more is left to verifyAudit to name. */
export function* iterateAudit(log: AuditLog, filter: AuditFilter): Generator<AuditEntry> {
  const words = wordsOf(filter.text);
  for (let offset = 0; ; offset += WINDOW) {
    const rows = recentAuditRows(log.catalog, WINDOW, offset, filter);
    for (const row of rows) {
      const record = parseRecord(row.record);
      if (record !== undefined && holdsAll({ sequence: row.seq, ...record }, words))
        yield { sequence: row.seq, ...record };
    }
    if (rows.length < WINDOW) return;
  }
}

/** One window of the records that match, newest first, and how many match in all. */
export function findAudit(
  log: AuditLog,
  filter: AuditFilter,
  { limit, offset }: { limit: number; offset: number },
): { total: number; rows: AuditEntry[] } {
  if (wordsOf(filter.text).length === 0) {
    return { total: countAuditRows(log.catalog, filter), rows: listAudit(log, { limit, offset }, filter) };
  }
  const rows: AuditEntry[] = [];
  let total = 0;
  for (const entry of iterateAudit(log, filter)) {
    if (total >= offset && rows.length < limit) rows.push(entry);
    total++;
  }
  return { total, rows };
}

const known = new WeakMap<Catalog, { last: number; actions: string[]; users: string[] }>();

/** Every action and user of the log, whatever is looked for. The log only grows: nothing is counted twice for the same last record. */
export function wordsOfAudit({ catalog }: AuditLog): { actions: string[]; users: string[] } {
  const last = lastAuditRow(catalog)?.seq ?? 0;
  let words = known.get(catalog);
  if (words?.last !== last) {
    words = { last, actions: distinctInAudit(catalog, "action"), users: distinctInAudit(catalog, "user") };
    known.set(catalog, words);
  }
  return { actions: words.actions, users: words.users };
}

function wordsOf(text = ""): string[] {
  return fold(text)
    .split(/\s+/)
    .filter((word) => word !== "");
}

function holdsAll(entry: AuditEntry, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { user, action, subjects, policy, destination, result, reason = "" } = entry;
  const text = fold([user, action, ...subjects, policy, destination, result, reason].join("\n"));
  return words.every((word) => text.includes(word));
}

/** Case does not matter, nor whether an accent is a character of its own. */
function fold(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

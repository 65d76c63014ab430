import { quoteCell } from "../exports/table/csv.ts";
import { guardFormulas } from "../exports/table/formula-guard.ts";
import type { AuditEntry } from "./audit-record.ts";

const COLUMNS = ["sequence", "at", "user", "action", "subjects", "policy", "destination", "counts", "result", "reason"];
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Audit records as CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, lines end in CR LF. Subjects are joined by "; ", counts
 * are "files 3; bytes 120".
 *
 * Subjects and folder names come from others, so what a spreadsheet would take for a formula is made harmless as in any table
 * (`guardFormulas`), and can be undone in the same way.
 */
export function* auditCsv(entries: Iterable<AuditEntry>): Generator<string> {
  yield BYTE_ORDER_MARK + lineOf(COLUMNS);
  for (const entry of entries) {
    const { sequence, at, user, action, subjects, policy, destination, counts, result, reason = "" } = entry;
    const counted = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
    yield lineOf([
      String(sequence),
      at,
      user,
      action,
      subjects.join("; "),
      policy,
      destination,
      counted.join("; "),
      result,
      reason,
    ]);
  }
}

function lineOf(cells: readonly string[]): string {
  return `${cells.map((cell) => quoteCell(guardFormulas(cell))).join(",")}\r\n`;
}

import type { AuditEntry } from "./audit-record.ts";

const COLUMNS = ["sequence", "at", "user", "action", "subjects", "policy", "destination", "counts", "result", "reason"];
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Audit records as CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, lines end in CR LF. Subjects are joined by "; ", counts
 * are "files 3; bytes 120".
 *
 * A cell that begins with = + - @ tab or CR gets an apostrophe before it: a spreadsheet would take it for a formula, and subjects and
 * folder names come from others. So does what follows a semicolon or a line break within a cell: where the decimal sign is a comma (as in
 * Brazil) spreadsheets part cells there, whatever stands in quotes. Whoever reads the file by program takes those apostrophes off again.
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
  return `${cells.map(cellOf).join(",")}\r\n`;
}

function cellOf(text: string): string {
  const harmless = text.replace(/^(?=[\t\r])/, "'").replaceAll(/(?:^|[;\t\r\n])[;\s]*(?=[=+\-@＝＋－＠])/g, "$&'");
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Rows as CSV (RFC 4180), each cell in quotes. */
export function toPlainCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\r\n`).join("");
}

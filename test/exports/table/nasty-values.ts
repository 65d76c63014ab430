import type { Row, TableColumn } from "../../../src/main/exports/table/table.ts";

/** What has broken a CSV, a spreadsheet or a reader somewhere. */
const PIECES: readonly string[] = [
  ['"', '""', ",", ";", "\t", "\n", "\r", "\r\n", "'", "''", "\\", "\\.", "|", " ", "  "],
  [
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "﹢",
    "−",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    "'=1",
    "''=1",
  ],
  [
    "\uFEFF",
    "\u00A0",
    "\u200B",
    "\u2060",
    "\u202E",
    "\u2028",
    "\u0085",
    "\u0000",
    "\u0001",
    "\u000B",
    "\u000C",
    "\u001F",
    "\u007F",
  ],
  ["\uD800", "\uDFFF", "\uDC00\uD800", "\uFFFE", "\uFFFF", "\uFFFD"],
  ["👩‍⚕️", "🇧🇷", "مريض", "‏שלום", "नमस्ते", "e\u0301", "é", "ﬁ", "ß", "İ", "漢字", "𝒜"],
  ["NULL", "null", "NA", "nan", "None", "\\N", "true", "0", "007", "1e5", "-5", "+3,2", "9".repeat(40), "0.1", "1/2"],
  ["_x0041_", "_x005F_", "_x000D_", "_", "x0041_", "]]>", "<b>", "&amp;", "<!--", "<?xml?>", "&"],
  ["2024-01-02", "2024-02-30T25:00:00Z", "dor", "febre", "Evolução", "#REF!", "%s", "${x}", "$&", "`", "--", "/*"],
].flat();

/** A repeatable source of chance (mulberry32): numbers from 0 to below 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function nastyValue(next: () => number): string | null {
  const kind = next();
  if (kind < 0.03) return null;
  if (kind < 0.06) return "";
  if (kind < 0.2) return String.fromCharCode(...Array.from({ length: 1 + next() * 12 }, () => next() * 0x10000));
  const pieces = Array.from({ length: 1 + next() * 7 }, () => PIECES[Math.floor(next() * PIECES.length)]);
  return pieces.join(next() < 0.5 ? "" : " ");
}

/** Every piece alone once, then chance: the same rows for the same seed. Their first cell tells them apart. */
export function nastyRows(rows: number, columns: number, seed: number): Row[] {
  const next = chance(seed);
  const alone: (string | null)[] = [null, "", ...PIECES];
  return Array.from({ length: rows }, (_, row) => [
    `row ${row}`,
    ...Array.from({ length: columns - 1 }, () => alone.shift() ?? nastyValue(next)),
  ]);
}

export function textColumns(count: number): TableColumn[] {
  return Array.from({ length: count }, (_, index) => column(`c${index}`));
}

export function column(name: string, more: Partial<TableColumn> = {}): TableColumn {
  return { name, type: "string", title: name, description: "", required: false, treatment: "kept", ...more };
}

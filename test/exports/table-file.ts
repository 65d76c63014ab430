import { parse } from "csv-parse/sync";
import { readFileSync } from "node:fs";

/** A CSV file read by a reader of others: rows by the names of their columns. */
export function readTable(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { columns: true, bom: true }) as Record<string, string>[];
}

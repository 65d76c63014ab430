import type { Catalog } from "./database.ts";

/** One link of the audit chain as it stands in the table. audit/ knows what is in it and what the hashes are. */
export interface AuditRow {
  seq: number;
  /** JSON, exactly as it was hashed. */
  record: string;
  previous: string;
  hash: string;
}

export function lastAuditRow(catalog: Catalog): AuditRow | undefined {
  return catalog.get<AuditRow>("SELECT seq, record, previous, hash FROM audit ORDER BY seq DESC LIMIT 1");
}

export function insertAuditRow(catalog: Catalog, row: AuditRow): void {
  catalog.run(
    "INSERT INTO audit (seq, record, previous, hash) VALUES (?, ?, ?, ?)",
    row.seq,
    row.record,
    row.previous,
    row.hash,
  );
}

/** The chain from the oldest record, a thousand in memory at a time. */
export function* iterateAuditRows(catalog: Catalog): Generator<AuditRow> {
  for (let last = Number.MIN_SAFE_INTEGER; ;) {
    const rows = catalog.all<AuditRow>(
      "SELECT seq, record, previous, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT 1000",
      last,
    );
    for (const row of rows) {
      last = row.seq;
      yield row;
    }
    if (rows.length < 1000) return;
  }
}

/** Newest first. */
export function recentAuditRows(catalog: Catalog, limit: number, offset: number): AuditRow[] {
  return catalog.all<AuditRow>(
    "SELECT seq, record, previous, hash FROM audit ORDER BY seq DESC LIMIT ? OFFSET ?",
    limit,
    offset,
  );
}

import type { Catalog, SqlValue } from "./database.ts";

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

/** What records are looked for by. Days are ISO dates, UTC, both included. */
export interface AuditRowFilter {
  action?: string | undefined;
  user?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** A field of a record; of one that somebody made unreadable, none. */
const field = (name: string): string => `json_extract(iif(json_valid(record), record, '{}'), '$.${name}')`;

function conditionsOf(filter: AuditRowFilter): { where: string; values: SqlValue[] } {
  const conditions: [string, string | undefined][] = [
    [`${field("action")} = ?`, filter.action],
    [`${field("user")} = ?`, filter.user],
    [`${field("at")} >= ?`, filter.from],
    // Every time of a day is below its date and a tilde.
    [`${field("at")} <= ?`, filter.to === undefined ? undefined : `${filter.to}~`],
  ];
  const given = conditions.filter((condition): condition is [string, string] => condition[1] !== undefined);
  const where = given.length === 0 ? "" : `WHERE ${given.map(([sql]) => sql).join(" AND ")}`;
  return { where, values: given.map(([, value]) => value) };
}

/** Newest first. */
export function recentAuditRows(
  catalog: Catalog,
  limit: number,
  offset: number,
  filter: AuditRowFilter = {},
): AuditRow[] {
  const { where, values } = conditionsOf(filter);
  return catalog.all<AuditRow>(
    `SELECT seq, record, previous, hash FROM audit ${where} ORDER BY seq DESC LIMIT ? OFFSET ?`,
    ...values,
    limit,
    offset,
  );
}

export function countAuditRows(catalog: Catalog, filter: AuditRowFilter = {}): number {
  const { where, values } = conditionsOf(filter);
  return catalog.get<{ total: number }>(`SELECT count(*) AS total FROM audit ${where}`, ...values)?.total ?? 0;
}

/** Each action, and each user, that stands in a record. */
export function distinctInAudit(catalog: Catalog, of: "action" | "user"): string[] {
  const rows = catalog.all<{ value: string | null }>(`SELECT DISTINCT ${field(of)} AS value FROM audit ORDER BY value`);
  return rows.flatMap(({ value }) => (value === null ? [] : [value]));
}

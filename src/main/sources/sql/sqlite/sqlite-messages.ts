import type { ErrorRecord } from "../../../../contract/errors.ts";
import type { Query, SqlRow } from "../sql-session.ts";

/** What the thread that holds an SQLite file is asked. One question at a time. */
export type ToSqlite =
  | { type: "open"; path: string }
  /** All rows of a query that is known to have few. */
  | { type: "all"; query: Query }
  | { type: "begin"; query: Query }
  /** The next rows of the query that was begun; none: it has ended. */
  | { type: "next" };

export type FromSqlite = { rows: SqlRow[] } | { error: ErrorRecord };

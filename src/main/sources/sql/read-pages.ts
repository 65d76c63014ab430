import { setImmediate as nextTurn } from "node:timers/promises";
import type { From } from "./build-query.ts";
import { QueryBuilder } from "./build-query.ts";
import type { Reference } from "./mapping.ts";
import { readAll, type Query, type SqlRow, type SqlSession, type SqlValue } from "./sql-session.ts";

const PAGE_ROWS = 5_000;
/** Work goes on for so long before others have their turn. */
const TURN_MS = 10;

/** Rows in the order of a key, each with the key first, by pages: no statement runs for long, whatever the size of the table. */
export interface PagedRead {
  part: From;
  /** Unique. */
  key: Reference;
  columns: (builder: QueryBuilder) => string[];
  where?: (builder: QueryBuilder) => string;
  /** Rows that the relation's own conditions do not hold for, in place of those for which they do. */
  outside?: boolean;
  pageRows?: number;
}

/** @throws as the session */
export async function* readPages(session: SqlSession, read: PagedRead): AsyncGenerator<SqlRow[]> {
  const size = read.pageRows ?? PAGE_ROWS;
  let last: SqlValue | undefined;
  for (let rows = size; rows === size;) {
    rows = 0;
    for await (const batch of session.read(pageAfter(session, read, last, size))) {
      rows += batch.length;
      last = batch.at(-1)?.[0] ?? last;
      yield batch;
    }
  }
}

/** The same, each page whole: for small rows of which more is asked, by further queries, before the next page. */
export async function* collectPages(session: SqlSession, read: PagedRead): AsyncGenerator<SqlRow[]> {
  const size = read.pageRows ?? PAGE_ROWS;
  for (let last: SqlValue | undefined; ;) {
    const page = await readAll(session, pageAfter(session, read, last, size));
    if (page.length > 0) yield page;
    if (page.length < size) return;
    last = page.at(-1)?.[0];
  }
}

function pageAfter(session: SqlSession, read: PagedRead, last: SqlValue | undefined, limit: number): Query {
  const builder = new QueryBuilder(session.dialect, read.part);
  const key = builder.column(read.key);
  const conditions = [
    `${key} IS NOT NULL`,
    ...(last === undefined ? [] : [`${key} > ${builder.value(last)}`]),
    ...(read.where === undefined ? [] : [read.where(builder)]),
  ];
  return builder.select([key, ...read.columns(builder)], {
    where: conditions.map((condition) => `(${condition})`).join(" AND "),
    outside: read.outside,
    order: key,
    limit,
  });
}

/** Lets others have their turn where work has gone on for some milliseconds. */
export function createBreather(): () => Promise<void> | undefined {
  let since = performance.now();
  const breathe = async (): Promise<void> => {
    await nextTurn();
    since = performance.now();
  };
  return () => (performance.now() - since < TURN_MS ? undefined : breathe());
}

/** How many rows a relation has. */
export async function countRows(session: SqlSession, part: From): Promise<number> {
  const builder = new QueryBuilder(session.dialect, part);
  const [row] = await readAll(session, builder.select(["COUNT(*)"]));
  return Number(row?.[0] ?? 0);
}

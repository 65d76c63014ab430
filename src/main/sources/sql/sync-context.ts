import type { Microseconds, RecordsCollection, RecordsTarget } from "../records-source.ts";
import type { SyncProgress, SyncReport } from "../source.ts";
import type { QueryBuilder } from "./build-query.ts";
import type { Reference, Relation } from "./mapping.ts";
import { formatNaive, type MomentReader } from "./moments.ts";
import type { Resolution, ResolvedMapping } from "./resolve-mapping.ts";
import type { SqlSession, SqlValue } from "./sql-session.ts";

/** Changes are looked for from so long before the last that was seen: a transaction may end long after the moment that it noted. */
const OVERLAP: Microseconds = 2 * 3_600 * 1_000_000;

/** Part of a mapping that has a column of changes, and the name under which the state keeps how far it was read. */
export type ChangingPart = Relation & { changed?: Reference | undefined };

export interface SqlSync {
  session: SqlSession;
  resolution: Resolution;
  mapping: ResolvedMapping;
  target: RecordsTarget;
  report: SyncReport;
  progress: (progress: SyncProgress) => void;
  readMoment: MomentReader;
  naiveTimes: string;
  breathe: () => Promise<void> | undefined;
  /** Latest change of each part that the last sync saw. */
  marks: ReadonlyMap<string, Microseconds | null>;
  /** Of each collection: read right and to its end. What is not so is neither trusted nor cleared away. */
  sound: Record<RecordsCollection, boolean>;
}

/** Tells what is wrong with a record, under its id: it is forgotten when the record comes right. */
export function tellProblem(sync: SqlSync, ref: string, reason: string): void {
  sync.report.problems += 1;
  sync.target.problem({ ref, code: "SOURCE_ANSWER", reason });
}

/** How a column of moments is to be read. */
export function momentOf(
  sync: SqlSync,
  part: Relation,
  reference: Reference,
): (value: SqlValue) => Microseconds | null | undefined {
  const utc = sync.resolution.describe(part, reference)?.kind === "utc";
  return (value) => sync.readMoment(value, utc);
}

/**
 * The condition that a row may have changed since the last sync.
 *
 * @param since latest change that was seen; null: all rows
 */
export function changedSince(
  sync: SqlSync,
  part: ChangingPart,
  since: Microseconds | null,
): (builder: QueryBuilder) => string {
  const { changed } = part;
  if (changed === undefined || since === null) return () => "1 = 1";
  const kind = sync.resolution.describe(part, changed)?.kind;
  const from = since - OVERLAP;
  const text =
    kind === "moment" ? `${formatNaive(from, "UTC")}+00` : formatNaive(from, kind === "utc" ? "UTC" : sync.naiveTimes);
  return (builder) => {
    const column = builder.column(changed);
    return `${column} >= ${builder.value(text)} OR ${column} IS NULL`;
  };
}

/** A value as text, for ids and codes. */
export function textOf(value: SqlValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "object") return Buffer.from(value).toString("hex");
  return typeof value === "string" ? value : String(value);
}

/** What is not empty, joined by a space. */
export function joinTexts(values: readonly SqlValue[]): string {
  return values
    .map((value) => textOf(value).trim())
    .filter((text) => text !== "")
    .join(" ");
}

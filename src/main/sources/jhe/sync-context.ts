import type { z } from "../../../contract/schema.ts";
import type { ResourcesTarget } from "../resources-source.ts";
import type { SyncPhase } from "../../../contract/calls/sources.ts";
import type { JheVersion } from "./detect-version.ts";
import { inTurns } from "../../in-turns.ts";
import { parse, type JheApi } from "./jhe-api.ts";
import { PAGE_SIZE, type JheConfig } from "./jhe-config.ts";

/**
 * Rows that share a moment change places between the pages of old versions: what is short of the count is asked for again, this often in
 * all.
 */
export const PASSES = 3;

/** Milliseconds: a page of a thousand rows takes longer than others may wait. */
const TURN_MS = 10;

/** What every part of one sync works with. */
export interface SyncContext {
  api: JheApi;
  version: JheVersion;
  config: JheConfig;
  target: ResourcesTarget;
  tell: (phase: SyncPhase, step: string, done: number, total: number | null) => void;
  /** @param ref where it was: never more of a patient than the exchange's own id */
  problem: (ref: string, reason: string) => void;
  signal: AbortSignal;
}

/**
 * All rows of a list of the Admin API, with a parser of what a row holds. An empty page ends it: the count may be wrong.
 *
 * @returns how many there are by the server's count
 */
export async function readList<Row>(
  { api, signal }: Pick<SyncContext, "api" | "signal">,
  path: string,
  row: z.ZodType<Row>,
  take: (row: Row) => void,
  patient?: string,
): Promise<number> {
  for (let page = 1, read = 0; ; page++) {
    const { count, rows } = await api.adminPage(path, page, PAGE_SIZE, signal, patient);
    await inTurns(
      takingEach(rows, (document) => take(parse(row, document, `a row of ${path.replace(/[0-9]+/g, "…")}`))),
      signal,
    );
    read += rows.length;
    if (rows.length === 0 || read >= count) return count;
  }
}

/**
 * All resources of a FHIR search, page by page by number: its `next` links are those that the exchange has of itself, which behind a proxy
 * is another address.
 *
 * @returns how many there are by the server's count; undefined where it wants to be asked otherwise
 */
export async function readSearch(
  { api, version, signal }: Pick<SyncContext, "api" | "version" | "signal">,
  type: string,
  query: Record<string, string>,
  take: (resource: unknown) => void,
): Promise<number | undefined> {
  // With it, rows of one moment are in one order on all pages. Old versions are not sent what they do not know.
  const sorted = version.modern ? { ...query, _sort: "_lastUpdated" } : query;
  for (let page = 1, read = 0; ; page++) {
    const answer = await api.fhirPage(`${version.fhirBase}${type}`, sorted, page, signal);
    if (answer === undefined) return undefined;
    await inTurns(takingEach(answer.rows, take), signal);
    read += answer.rows.length;
    if (answer.rows.length === 0 || read >= answer.count) return answer.count;
  }
}

function* takingEach(rows: readonly unknown[], take: (row: unknown) => void): Generator<void, void> {
  let began = performance.now();
  for (const row of rows) {
    take(row);
    if (performance.now() - began < TURN_MS) continue;
    yield;
    began = performance.now();
  }
}

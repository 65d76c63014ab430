import { SatchelError } from "../../../contract/errors.ts";
import { isJsonObject, type Json } from "../../fhir/json.ts";
import { createDistinctIds, type DistinctIds } from "../distinct-ids.ts";
import { FhirRefusal } from "./describe-answer.ts";
import { canMatch, matchesLocally } from "./matches-locally.ts";
import { readSearch, type SearchReading } from "./read-search.ts";
import { urlOfSearch, type SearchQuery } from "./search-query.ts";
import type { SyncContext } from "./sync-context.ts";

/** A stored search that expires is begun again where it stood, while it gets on. */
const MOST_RESTARTS = 50;
/** Restarts that bring nothing new. */
const MOST_IDLE_RESTARTS = 2;
/** No server cuts pages shorter. */
const FEWEST_ON_A_CUT_PAGE = 10;

export interface PassResult {
  /** Of what was asked for, as the server says; undefined where it does not. */
  total: number | undefined;
  received: number;
  ended: boolean;
  /** What changes are looked for since, next time; "" where nothing tells. */
  servedAt: string;
  latest: string;
  /** `_lastUpdated` was not looked at: everything came. */
  everything: boolean;
}

interface Asking {
  sort: boolean;
  since: string;
  pageSize: number;
}

/**
 * One query from its first page to its last, whatever it takes: without the order where the server has none, from the last safe point
 * where its pages expire. What the server did not look at, though asked, is looked at here, or refused.
 *
 * @param since ISO moment for `_lastUpdated`, "" for all
 * @throws SOURCE_REFUSED, SOURCE_ANSWER, SOURCE_UNREACHABLE, CANCELLED
 */
export async function readPass(
  context: SyncContext,
  query: SearchQuery,
  since: string,
  { onSafePoint = () => undefined, pageSize = context.config.pageSize }: PassSettings = {},
): Promise<PassResult> {
  const seen = createDistinctIds();
  const { reading, asking } = await begin(context, query, { since, pageSize }, seen, onSafePoint);
  let last = reading;
  let idle = 0;
  const firstAsked = asking.since;
  for (let restart = 0; restart < MOST_RESTARTS && idle <= MOST_IDLE_RESTARTS; restart++) {
    const before = seen.size;
    const safe = asking.sort && last.inOrder && last.latest !== "" && last.ignored?.includes("_sort") !== true;
    if (last.broken === undefined && !(safe && idle === 0 && isCut(last, reading.total, before))) break;
    // Where no order tells how far it came, from the beginning.
    const from = safe ? last.latest : firstAsked;
    last = await attempt(context, query, { ...asking, since: from }, seen, onSafePoint).catch((thrown: unknown) => {
      if (thrown instanceof FhirRefusal && last.broken !== undefined) return { ...last, broken: thrown };
      throw thrown;
    });
    idle = seen.size > before ? 0 : idle + 1;
  }
  return {
    total: reading.total,
    received: seen.size,
    ended: last.ended,
    servedAt: reading.servedAt,
    latest: last.latest,
    everything: firstAsked === "" || reading.ignored?.includes("_lastUpdated") === true,
  };
}

interface PassSettings {
  /** Told up to when everything was read, where the order of the server says so. */
  onSafePoint?: ((moment: string) => void) | undefined;
  pageSize?: number;
}

/** One page without a next one, though there is more: some servers have no links, and expect to be asked otherwise. */
function isCut({ pages }: SearchReading, total: number | undefined, received: number): boolean {
  return pages === 1 && received >= FEWEST_ON_A_CUT_PAGE && (total === undefined || total > received);
}

/** The first page shows what the server takes: an order and a moment are left out where it refuses them. */
async function begin(
  context: SyncContext,
  query: SearchQuery,
  { since, pageSize }: Omit<Asking, "sort">,
  seen: DistinctIds,
  onSafePoint: (moment: string) => void,
): Promise<{ reading: SearchReading; asking: Asking }> {
  const offered = context.capabilities.types.get(query.type);
  const sortable = offered === undefined || offered.has("_lastUpdated");
  const ways: Asking[] = [
    ...(sortable ? [{ sort: true, since, pageSize }] : []),
    { sort: false, since, pageSize },
    ...(since === "" ? [] : [{ sort: false, since: "", pageSize }]),
  ];
  let refusal: FhirRefusal | undefined;
  for (const asking of ways) {
    try {
      return { reading: await attempt(context, query, asking, seen, onSafePoint), asking };
    } catch (thrown) {
      if (!(thrown instanceof FhirRefusal) || ![400, 422, 501].includes(thrown.status)) throw thrown;
      refusal ??= thrown;
    }
  }
  throw refusal ?? new SatchelError("INTERNAL", "A search was not begun.");
}

async function attempt(
  context: SyncContext,
  query: SearchQuery,
  { sort, since, pageSize }: Asking,
  seen: DistinctIds,
  onSafePoint: (moment: string) => void,
): Promise<SearchReading> {
  const { client, signal } = context;
  const further: [string, string][] = [];
  if (since !== "") further.push(["_lastUpdated", `ge${since}`]);
  if (sort) further.push(["_sort", "_lastUpdated"]);
  further.push(["_count", String(pageSize)]);
  const first = urlOfSearch(client.base, query, further);
  // Known once the first page is there, which is read before its resources are taken.
  const filter = localFilter(context, query);
  return await readSearch({
    client,
    first,
    // R4 3.1.1.1: so that what a server does not know is told rather than left out.
    headers: { prefer: "handling=strict" },
    type: query.type,
    seen,
    signal,
    onFirstPage: (ignored) => filter.decide(ignored),
    wants: (json) => filter.wants(json),
    take: ({ json, type, id }) =>
      void context.put(json, type, id === "" ? `a resource among ${query.type}` : `${type}/${id}`),
    onOutcome: ({ severity, codes }) => {
      if (severity === "information" || severity === "success") return;
      context.notice(`The server adds to ${query.type}: ${[severity, ...codes].join(" ")}.`);
    },
    onPage: (reading) => {
      context.tell({
        phase: "resources",
        step: `Reading ${query.type}`,
        done: reading.received,
        total: reading.total ?? null,
      });
      if (sort && reading.inOrder && reading.latest !== "" && reading.ignored?.includes("_sort") !== true)
        onSafePoint(reading.latest);
    },
  });
}

/** Looks at what the server did not. */
function localFilter(context: SyncContext, { type, parameters }: SearchQuery) {
  let own: (readonly [string, string])[] = [];
  return {
    /** @throws SOURCE_ANSWER where the server ignores what Satchel cannot look at either */
    decide(ignored: readonly string[] | undefined): void {
      own = parameters.filter(([name]) => ignored?.includes(name) === true);
      const lost = own.find(([name, value]) => !canMatch(type, name, value));
      if (lost !== undefined)
        throw new SatchelError(
          "SOURCE_ANSWER",
          `The FHIR server ignores the parameter ${lost[0]} of ${type}, and gives what was not asked for.`,
          "Leave that filter out, or ask the server's administrator to index it.",
        );
      if (own.length > 0)
        context.notice(
          `The server ignores ${[...new Set(own.map(([name]) => name))].join(", ")} of ${type}: Satchel looked at it instead.`,
        );
    },
    wants(json: Buffer): boolean {
      if (own.length === 0) return true;
      const resource = parse(json);
      return isJsonObject(resource) && own.every(([name, value]) => matchesLocally(type, resource, name, value));
    },
  };
}

function parse(json: Buffer): Json | undefined {
  try {
    return JSON.parse(json.toString("utf8")) as Json;
  } catch {
    return undefined;
  }
}

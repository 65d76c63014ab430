import { FhirRefusal } from "./describe-answer.ts";
import { categoriesOf } from "./categories.ts";
import { readPass, type PassResult } from "./search-pass.ts";
import { urlOfSearch, type SearchQuery } from "./search-query.ts";
import { readSearchPage } from "./read-bundle.ts";
import { changeState, readState, type SyncContext } from "./sync-context.ts";

/** Servers of a cluster differ by less, and what is written while it is asked for comes a little later. Milliseconds. */
const OVERLAP = 60_000;
/** Asked for where pages do not add up. */
const LARGEST_PAGE = 5_000;

export interface TypeOutcome {
  /** All that the server has of what was asked for is there. */
  complete: boolean;
  /** It was a pass over all of it: what was not met is gone there. */
  whole: boolean;
}

/**
 * Reads one type: what changed since the last time where that is known and adds up, else all of it.
 *
 * @param restricted for this sync alone less was asked for than the source has: nothing is concluded from what does not come
 * @throws SOURCE_REFUSED, SOURCE_UNREACHABLE, SOURCE_ANSWER, CANCELLED
 */
export async function readType(
  context: SyncContext,
  type: string,
  queries: readonly SearchQuery[],
  since: string,
  restricted: boolean,
): Promise<TypeOutcome> {
  const { target } = context;
  const [query] = queries;
  const { attachments } = context.config;
  const asked = JSON.stringify([
    context.client.base.href,
    queries.map(({ parameters }) => parameters),
    since,
    attachments,
  ]);
  const before = readState(context).search?.[type];
  const remember = (moment: string): void => {
    if (restricted || moment === "") return;
    const from = new Date(Date.parse(moment) - OVERLAP).toISOString();
    changeState(context, (state) => ({ ...state, search: { ...state.search, [type]: { asked, since: from } } }));
  };
  if (!restricted && queries.length === 1 && query !== undefined && before?.asked === asked) {
    const changes = await readPass(context, query, before.since);
    const there = await countAtServer(context, query, since);
    if (changes.ended && there !== undefined && there === target.count(type)) {
      target.expect(type, there, there, true);
      remember(sinceOf(changes));
      return { complete: true, whole: false };
    }
    // Something was deleted there, or was missed before: only all of it tells.
  }
  let complete = true;
  let expected: number | undefined;
  let received = 0;
  let asCategories = false;
  const moments: string[] = [];
  for (const one of queries) {
    const pass = await readWhole(
      context,
      one,
      since,
      restricted || queries.length > 1 ? undefined : checkpoint(remember),
    );
    complete &&= pass.complete;
    asCategories ||= pass.asCategories;
    expected = queries.length > 1 ? undefined : pass.total;
    received += pass.received;
    moments.push(pass.since);
  }
  if (restricted) return { complete, whole: false };
  target.expect(type, asCategories ? null : (expected ?? null), received, complete && !asCategories);
  if (complete && !asCategories && queries.length === 1 && expected !== undefined) remember(moments[0] ?? "");
  return { complete, whole: complete && !asCategories };
}

interface WholeResult {
  total: number | undefined;
  received: number;
  complete: boolean;
  asCategories: boolean;
  since: string;
}

/** One query wholly, twice where less came than the server counts: pages without an order may leave something out. */
async function readWhole(
  context: SyncContext,
  query: SearchQuery,
  since: string,
  onSafePoint: ((moment: string) => void) | undefined,
): Promise<WholeResult> {
  let pass: PassResult;
  try {
    pass = await readPass(context, query, since, { onSafePoint });
  } catch (thrown) {
    const categories = thrown instanceof FhirRefusal && thrown.status !== 401 ? categoriesOf(query) : [];
    if (categories.length === 0) throw thrown;
    return await readByCategory(context, query, since, categories, thrown);
  }
  if (since !== "" && pass.everything)
    context.notice(`The server does not look for changes of ${query.type} since a moment: all of them were read.`);
  let { received, ended } = pass;
  let total = pass.total ?? (await countAtServer(context, query, since));
  if (ended && total !== undefined && received < total) {
    total = (await countAtServer(context, query, since)) ?? total;
    if (received < total) {
      // A page that holds all of them leaves nothing to the order of pages.
      const pageSize = Math.max(context.config.pageSize, Math.min(total, LARGEST_PAGE));
      const again = await readPass(context, query, since, { pageSize });
      received = Math.max(received, again.received);
      ended = again.ended;
      total = (await countAtServer(context, query, since)) ?? again.total ?? total;
    }
  }
  const { type } = query;
  if (!ended)
    context.problem(
      type,
      `The FHIR server ended the search for ${type} after ${count(received)} resources, and again.`,
    );
  else if (total !== undefined && received < total)
    context.problem(
      type,
      `Of ${type} the FHIR server counts ${count(total)}, but gave ${count(received)}, also when asked again.`,
    );
  else if (total !== undefined && received > total)
    context.notice(`Of ${type} the server counts ${count(total)}, but gave ${count(received)}: all of them are kept.`);
  return {
    total: total !== undefined && received > total ? received : total,
    received,
    complete: ended && (total === undefined || received >= total),
    asCategories: false,
    since: sinceOf(pass),
  };
}

/** Some servers (Epic, Oracle) answer a search for Observation only by category. What has another category than those asked for is not found. */
async function readByCategory(
  context: SyncContext,
  query: SearchQuery,
  since: string,
  categories: readonly string[],
  refusal: unknown,
): Promise<WholeResult> {
  let received = 0;
  let answered = 0;
  let ended = true;
  for (const category of categories) {
    const parameters = [...query.parameters, ["category", category] as const];
    try {
      const pass = await readPass(context, { ...query, parameters }, since);
      received += pass.received;
      ended &&= pass.ended;
      answered++;
    } catch (thrown) {
      if (!(thrown instanceof FhirRefusal) || thrown.status === 401) throw thrown;
    }
  }
  if (answered === 0) throw refusal;
  context.notice(
    `The server gives ${query.type} by category alone: ${categories.join(", ")} were asked for. What has another category is not among them.`,
  );
  return { total: undefined, received, complete: ended, asCategories: true, since: "" };
}

/** @returns undefined where the server does not say */
async function countAtServer(context: SyncContext, query: SearchQuery, since: string): Promise<number | undefined> {
  const { client, signal } = context;
  const further: [string, string][] = [["_summary", "count"]];
  if (since !== "") further.push(["_lastUpdated", `ge${since}`]);
  try {
    const url = urlOfSearch(client.base, query, further);
    return readSearchPage((await client.ask({ url, signal })).body).total;
  } catch (thrown) {
    if (thrown instanceof FhirRefusal && thrown.status !== 401) return undefined;
    throw thrown;
  }
}

/** The earlier of what the server's clock said when it began and what it had: nothing that was written meanwhile is missed. */
function sinceOf({ servedAt, latest }: PassResult): string {
  if (servedAt === "" || latest === "") return latest;
  return Date.parse(servedAt) < Date.parse(latest) ? servedAt : latest;
}

/** Not at every page: each is a write. */
function checkpoint(remember: (moment: string) => void): (moment: string) => void {
  let pages = 0;
  return (moment) => {
    if (++pages % 20 === 0) remember(moment);
  };
}

function count(number: number): string {
  return number.toLocaleString("en");
}

import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { SatchelError } from "../../../contract/errors.ts";
import type { JsonObject } from "../../fhir/json.ts";
import type { DistinctIds } from "../distinct-ids.ts";
import { FhirRefusal } from "./describe-answer.ts";
import { assertMayFollow, type FhirAnswer, type FhirClient } from "./fhir-client.ts";
import { outcomeOf, type Outcome } from "./operation-outcome.ts";
import { readSearchPage, type SearchPage } from "./read-bundle.ts";
import { identify } from "./resource-identity.ts";
import { ignoredParameters } from "./search-query.ts";

/** Pages without anything that follow one another: more are a server that never ends. */
const MOST_EMPTY_PAGES = 20;
/** The main thread is given back after so much work. Milliseconds. */
const TURN = 8;

export interface FoundResource {
  type: string;
  id: string;
  lastUpdated: string;
  json: Buffer;
  /** It did not match itself: what matches names it. */
  included: boolean;
}

export interface SearchReading {
  /** What the server said there is; undefined where it did not. */
  total: number | undefined;
  /** Different resources that matched. */
  received: number;
  /** Where the last page was reached. */
  ended: boolean;
  pages: number;
  /** Parameters that the server did not look at; undefined where it does not say what it did. */
  ignored: string[] | undefined;
  /** By the server's clock, when the first page was made; "" where it does not tell. */
  servedAt: string;
  /** The latest `meta.lastUpdated` of what matched; "" where there was none. */
  latest: string;
  /** That they came in the order of `meta.lastUpdated`, and all have one. */
  inOrder: boolean;
  /** Why it did not end. */
  broken: FhirRefusal | undefined;
}

export interface SearchWork {
  client: FhirClient;
  first: URL;
  headers: Record<string, string>;
  /** Logical type that is asked for; "" where any may come ($everything). */
  type: string;
  /** Seen before in the same pass, so that a search that begins again counts nothing twice. */
  seen: DistinctIds;
  /** Told before anything of it is taken; throws where that must not go on. */
  onFirstPage?: (ignored: string[] | undefined) => void;
  /** Whether what matched at the server is wanted here as well. Counted either way. */
  wants?: (json: Buffer) => boolean;
  take: (resource: FoundResource) => void;
  onOutcome: (outcome: Outcome) => void;
  onPage: (reading: Readonly<SearchReading>) => void;
  signal: AbortSignal;
}

/**
 * Reads a search from its first page to its last, by the `next` links of the server alone, which stay at its origin.
 *
 * @returns what came; `broken` where a later page was refused (a stored search that expired, most often)
 * @throws what the first page throws; SOURCE_ANSWER where pages go round in a circle, lead elsewhere or are none
 */
export async function readSearch(work: SearchWork): Promise<SearchReading> {
  const { client, first, headers, signal, seen } = work;
  const reading: SearchReading = {
    total: undefined,
    received: seen.size,
    ended: false,
    pages: 0,
    ignored: undefined,
    servedAt: "",
    latest: "",
    inOrder: true,
    broken: undefined,
  };
  const asked = new Set<string>();
  let empty = 0;
  for (let url: URL | undefined = first; url !== undefined;) {
    asked.add(fingerprint(url));
    let answer: FhirAnswer;
    try {
      answer = await client.ask({ url, headers, signal });
    } catch (thrown) {
      if (url === first || !(thrown instanceof FhirRefusal) || ![400, 404, 410, 500].includes(thrown.status))
        throw thrown;
      reading.broken = thrown;
      return reading;
    }
    const page = readSearchPage(answer.body);
    if (url === first) {
      reading.servedAt = momentOf(answer.headers.date);
      reading.ignored = ignoredParameters(page.links["self"], first);
      work.onFirstPage?.(reading.ignored);
    }
    reading.total ??= page.total;
    reading.pages++;
    const taken = await takePage(page, work, reading);
    empty = taken === 0 ? empty + 1 : 0;
    work.onPage(reading);
    url = nextOf(page, url, client.base);
    if (url !== undefined && (asked.has(fingerprint(url)) || empty > MOST_EMPTY_PAGES))
      throw new SatchelError(
        "SOURCE_ANSWER",
        `The pages of the FHIR server for ${work.type === "" ? "a patient" : work.type} go round in a circle.`,
        "Tell its administrator; a smaller or larger page size may help.",
      );
  }
  reading.ended = true;
  return reading;
}

async function takePage(page: SearchPage, work: SearchWork, reading: SearchReading): Promise<number> {
  let taken = 0;
  let turn = performance.now();
  for (const { json, mode } of page.entries()) {
    if (json === undefined) continue;
    const { type, id, lastUpdated } = identify(json);
    if (type === "OperationOutcome") {
      const outcome = outcomeOf(parse(json));
      if (outcome !== undefined) work.onOutcome(outcome);
      continue;
    }
    taken++;
    const included = mode === "include" || (work.type !== "" && type !== work.type);
    if (work.wants?.(json) !== false) work.take({ type, id, lastUpdated, json, included });
    if (included) continue;
    work.seen.add(work.type === "" ? `${type}/${id}` : id);
    if (Number.isNaN(Date.parse(lastUpdated)) || compareMoments(lastUpdated, reading.latest) < 0)
      reading.inOrder = false;
    else reading.latest = lastUpdated;
    if (performance.now() - turn < TURN) continue;
    await nextTurn();
    work.signal.throwIfAborted();
    turn = performance.now();
  }
  reading.received = work.seen.size;
  return taken;
}

/** As moments: servers write them with and without fractions and offsets. */
function compareMoments(one: string, other: string): number {
  return other === "" ? 1 : Date.parse(one) - Date.parse(other);
}

function parse(json: Buffer): JsonObject | undefined {
  try {
    return JSON.parse(json.toString("utf8")) as JsonObject;
  } catch {
    return undefined;
  }
}

/** The `next` link of a page, kept to the server's origin. @throws SOURCE_ANSWER */
function nextOf(page: SearchPage, from: URL, base: URL): URL | undefined {
  const { next } = page.links;
  if (next === undefined) return undefined;
  if (!URL.canParse(next, from.href))
    throw new SatchelError("SOURCE_ANSWER", "The FHIR server names a next page that is no address.");
  const url = new URL(next, from);
  // A server behind a proxy that ends TLS often knows itself by http alone: the same host, asked as before, encrypted.
  if (base.protocol === "https:" && url.protocol === "http:" && url.hostname === base.hostname && url.port === "") {
    url.protocol = "https:";
    url.port = base.port;
  }
  if (url.origin !== base.origin) assertMayFollow(url, base, "own-origin");
  url.username = "";
  url.password = "";
  return url;
}

/** Addresses of pages can be kilobytes long, and there may be thousands. */
function fingerprint(url: URL): string {
  return createHash("sha256").update(url.href).digest("base64url").slice(0, 16);
}

function momentOf(date: string | undefined): string {
  const at = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? "" : new Date(at).toISOString();
}

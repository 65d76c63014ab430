/**
 * Requests to one FHIR server: within its limits, with a token that goes to its own origin alone, tried again where that may help. The
 * server names many of the addresses itself (next pages, files): none of them is trusted further than its origin.
 */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { SatchelError } from "../../../contract/errors.ts";
import type { TokenSource } from "../fhir-auth/token-source.ts";
import { isLoopback } from "../fhir-auth/loopback.ts";
import { createExchange, StaleConnection, type Timeouts } from "../http/exchange.ts";
import { describeNetworkError } from "../http/network-error.ts";
import { readBody } from "../http/read-body.ts";
import { backOff, NETWORK_RETRIES, parseRetryAfter, retriesFor, type Patience } from "../http/retry.ts";
import type { SourceLimits } from "../polite/source-limits.ts";
import { describeAnswer } from "./describe-answer.ts";
import { FHIR_WORDS } from "./fhir-words.ts";

/** A server that asks for more is asked again after this much: five hours for one file are mostly a mistake. Milliseconds. */
export const LONGEST_RETRY_AFTER = 300_000;
/** Of answers that are held whole: a page of a search with inline pictures may be large. */
const LARGEST_ANSWER = 64 * 1024 * 1024;
const MOST_REDIRECTS = 5;
const TIMEOUTS: Timeouts = { connect: 10_000, idle: 120_000 };
export const FHIR_JSON = "application/fhir+json";

export interface FhirRequest {
  url: URL;
  signal: AbortSignal;
  method?: "GET" | "POST" | "DELETE";
  headers?: Record<string, string>;
  /** JSON. */
  body?: string;
  /** Left out: application/fhir+json. */
  accept?: string;
  /** Which statuses are answers to whoever asks, beside 200; others are tried again or thrown. */
  answers?: (status: number) => boolean;
  /** `never` where the server says that a file needs none. Default: to the server's own origin. */
  token?: "own-origin" | "never";
  /** `any`: a redirect to another origin is followed, without the token. Default: to the same origin alone. */
  redirects?: "own-origin" | "any";
  /** Bytes of an answer that is held whole. */
  largest?: number;
}

export interface FhirAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface FhirClient {
  /** Ends with "/". */
  readonly base: URL;
  readonly patience: Patience;
  /** @throws SOURCE_REFUSED, SOURCE_UNREACHABLE, SOURCE_ANSWER, TOO_LARGE, CANCELLED */
  ask(request: FhirRequest): Promise<FhirAnswer>;
  /** The same with a body that is read by its taker, at the pace that was set. What cuts it short is thrown by its iterator. */
  open(request: FhirRequest): Promise<{ headers: IncomingHttpHeaders; body: AsyncIterable<Buffer> }>;
  close(): Promise<void>;
}

export interface FhirServer {
  base: URL;
  ca?: string | undefined;
  /** Requests at once. */
  concurrency: number;
}

export function createFhirClient(
  { base, ca, concurrency }: FhirServer,
  tokens: TokenSource,
  limits: SourceLimits,
  patience: Patience,
  timeouts: Timeouts = TIMEOUTS,
): FhirClient {
  const exchange = createExchange({ ca, concurrency, words: FHIR_WORDS }, timeouts);

  async function send(url: URL, request: FhirRequest, authorization: Record<string, string>): Promise<IncomingMessage> {
    const { method = "GET", headers, body, accept = FHIR_JSON, signal } = request;
    for (let stale = 0; ; stale++) {
      await limits.call(signal);
      try {
        return await exchange.send({
          method,
          url,
          signal,
          headers: {
            accept,
            ...headers,
            ...(body === undefined
              ? {}
              : { "content-type": FHIR_JSON, "content-length": String(Buffer.byteLength(body)) }),
            ...authorization,
          },
          body: body === undefined ? undefined : Buffer.from(body),
        });
      } catch (thrown) {
        if (!(thrown instanceof StaleConnection) || stale > concurrency) throw thrown;
      }
    }
  }

  /** Until there is an answer that `take` gets something from; `take` is called again after one that was cut. */
  async function persist<T>(request: FhirRequest, take: (response: IncomingMessage) => Promise<T>): Promise<T> {
    const { signal, token = "own-origin", redirects = "own-origin", answers } = request;
    let url = request.url;
    let followed = 0;
    let renewed = false;
    for (let tries = 0; ; tries++) {
      let failure: SatchelError;
      let retries: number;
      let retryAfter: number | undefined;
      try {
        const mayKnow = token === "own-origin" && url.origin === base.origin;
        const authorization = mayKnow ? await tokens.authorization(signal) : {};
        const response = await send(url, request, authorization);
        const status = response.statusCode ?? 0;
        if (status === 200 || answers?.(status) === true) return await take(response);
        const target = redirectOf(response, url);
        if (target !== undefined && followed < MOST_REDIRECTS && (request.method ?? "GET") === "GET") {
          response.resume();
          if (target.origin !== base.origin) assertMayFollow(target, base, redirects);
          followed++;
          tries--;
          url = target;
          continue;
        }
        if (status === 401 && mayKnow && !renewed && (await tokens.renew(authorization, signal))) {
          response.resume();
          renewed = true;
          tries--;
          continue;
        }
        failure = await describeAnswer(response, base);
        retries = retriesFor(status);
        retryAfter = parseRetryAfter(response.headers["retry-after"], patience.now(), LONGEST_RETRY_AFTER);
        if (status === 429) limits.pause(Math.max(retryAfter ?? 0, backOff(tries, patience.random)));
      } catch (thrown) {
        if (signal.aborted) throw cancelled();
        if (thrown instanceof SatchelError) throw thrown;
        const cause = thrown instanceof StaleConnection ? thrown.cause : thrown;
        const described = describeNetworkError(cause, FHIR_WORDS.server);
        failure = described.error;
        retries = described.retry ? NETWORK_RETRIES : 0;
      }
      if (tries >= retries) throw failure;
      await pause(Math.max(retryAfter ?? 0, backOff(tries, patience.random)), signal);
    }
  }

  async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    try {
      await patience.sleep(milliseconds, signal);
    } catch (thrown) {
      throw signal.aborted ? cancelled() : thrown;
    }
  }

  return {
    base,
    patience,
    ask: (request) =>
      persist(request, async (response) => {
        const chunks: Buffer[] = [];
        const { largest = LARGEST_ANSWER } = request;
        await readBody(response, largest, () => tooLarge(largest), {
          begin: () => undefined,
          chunk: (chunk) => chunks.push(chunk),
        });
        return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
      }),
    open: (request) =>
      persist(request, (response) =>
        Promise.resolve({ headers: response.headers, body: paced(response, limits, request.signal) }),
      ),
    async close() {
      exchange.close();
      await tokens.close();
    },
  };
}

async function* paced(response: IncomingMessage, limits: SourceLimits, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      yield chunk;
      await limits.downloaded(chunk.length, signal);
    }
    if (!response.complete) throw describeNetworkError({ code: "ECONNRESET" }, FHIR_WORDS.server).error;
  } catch (thrown) {
    if (signal.aborted) throw cancelled();
    throw thrown instanceof SatchelError ? thrown : describeNetworkError(thrown, FHIR_WORDS.server).error;
  } finally {
    response.destroy();
  }
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  const { location } = headers;
  if (statusCode < 300 || statusCode > 399 || location === undefined || !URL.canParse(location, from.href))
    return undefined;
  return new URL(location, from);
}

/**
 * A file may lie elsewhere, at a storage that takes signed addresses: encrypted, or on this computer where the server itself is.
 *
 * @throws SOURCE_ANSWER
 */
export function assertMayFollow(target: URL, base: URL, policy: "own-origin" | "any"): void {
  const safe = target.protocol === "https:" || (target.protocol === "http:" && isLoopback(target) && isLoopback(base));
  if (policy === "any" && safe && target.username === "" && target.password === "") return;
  throw new SatchelError(
    "SOURCE_ANSWER",
    policy === "any"
      ? `The FHIR server sends to ${target.origin}, where what is read would not be encrypted.`
      : `The FHIR server sends to another server, ${target.origin === "null" ? target.protocol : target.origin}, which is not followed.`,
    "Give the source the address by which the server calls itself, or have its administrator set its public address.",
  );
}

function tooLarge(largest: number): SatchelError {
  return new SatchelError(
    "TOO_LARGE",
    `The FHIR server answered with more than ${largest.toLocaleString("en")} bytes where less was expected.`,
    "Give the source a smaller page size.",
  );
}

function cancelled(): SatchelError {
  return new SatchelError("CANCELLED", "The request to the FHIR server was cancelled.");
}

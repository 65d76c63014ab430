import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import type { Timeouts } from "../http/exchange.ts";
import { createHttpClient } from "../http/http-client.ts";
import type { ServerWords } from "../http/http-server.ts";
import { realPatience, type Patience } from "../http/retry.ts";
import type { StudiesApiConfig } from "./studies-api-config.ts";

/** The platform gives no more. */
export const PAGE_SIZE = 100;
export const SORTS = ["order_datetime_asc", "order_datetime_desc", "patient_name_asc"] as const;
export type StudySort = (typeof SORTS)[number];

export interface StudySearch {
  /** From 1. */
  page: number;
  pageSize: number;
  sort: StudySort;
  /** ISO dates on check-in. The platform reads the last one as its midnight, so that the day itself is not in. */
  window?: { start: string; end: string };
}

export interface StudyPage {
  items: unknown[];
  /** Of all that match, as the server says. */
  count: number;
}

export interface StudiesApi {
  /** @throws SOURCE_REFUSED, SOURCE_UNREACHABLE, SOURCE_ANSWER, TOO_LARGE, CANCELLED */
  search(search: StudySearch, signal: AbortSignal): Promise<StudyPage>;
  close(): void;
}

const WORDS: ServerWords = {
  server: "studies platform",
  source: "studies-api source",
  api: "the studies platform (without /api/v1)",
};
const answer = z.looseObject({ items: z.array(z.unknown()), count: z.int().min(0) });

/** @param secret the token, where the platform wants one @throws READ_FAILED where the CA file cannot be read */
export function createStudiesApi(
  config: StudiesApiConfig,
  secret: string | undefined,
  patience: Patience = realPatience,
  timeouts?: Timeouts,
): StudiesApi {
  const auth = { kind: secret === undefined || secret === "" ? "none" : "bearer" } as const;
  const server = { ...config, auth, concurrency: 1, redirects: "within-origin", words: WORDS } as const;
  const client = createHttpClient(server, secret, timeouts, patience);
  const interval = 1000 / config.requestsPerSecond;
  let next = 0;
  return {
    async search({ page, pageSize, sort, window }, signal) {
      const now = patience.now();
      const wait = next - now;
      next = Math.max(now, next) + interval;
      if (wait > 0) await patience.sleep(wait, signal).catch(throwCancelled);
      const query = new URLSearchParams({ page: String(page), page_size: String(pageSize), sort });
      if (window !== undefined) {
        query.set("start_date", window.start);
        query.set("end_date", window.end);
      }
      const response = await client.get(`api/v1/studies/search?${query.toString()}`, { signal });
      if (response.status === 404)
        throw new SatchelError(
          "SOURCE_ANSWER",
          "There is no studies platform at the address of the source: /api/v1/studies/search was not found.",
          "Give the address of the platform itself, as http(s)://host[:port].",
        );
      return parseAnswer(response.body);
    },
    close: () => client.close(),
  };
}

function throwCancelled(): never {
  throw new SatchelError("CANCELLED", "The request to the studies platform was cancelled.");
}

function parseAnswer(body: Buffer): StudyPage {
  let document: unknown;
  try {
    document = JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw notAsPromised("it is no JSON", cause);
  }
  const parsed = answer.safeParse(document);
  if (!parsed.success)
    throw notAsPromised(`${parsed.error.issues[0]?.path.join(".") ?? "the answer"} is missing or wrong`);
  return parsed.data;
}

function notAsPromised(what: string, cause?: unknown): SatchelError {
  return new SatchelError(
    "SOURCE_ANSWER",
    `The studies platform did not answer a search as its interface promises (${what}).`,
    "Check that the address of the source is that of the studies platform.",
    { cause },
  );
}

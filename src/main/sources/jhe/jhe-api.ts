import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import { createFhirClient } from "../fhir/fhir-client.ts";
import type { KeptSecret } from "../fhir-auth/auth-server.ts";
import { createTokenSource, type DescribedTokenSource } from "../fhir-auth/create-token-source.ts";
import { realPatience, type Patience } from "../http/retry.ts";
import { limitsOf } from "../polite/source-limits.ts";
import { jheAuthServer, PAGE_SIZE, type JheConfig } from "./jhe-config.ts";

/** One page of a list, with how many there are by the server's count. */
export interface Page {
  count: number;
  rows: unknown[];
}

/** What is asked of an exchange. Nothing here can write: all requests are GET, and none has a parameter that is not named in this room. */
export interface JheApi {
  readonly tokens: DescribedTokenSource;
  /** JSON at a path; undefined where there is none (404). @throws SOURCE_REFUSED, SOURCE_UNREACHABLE, SOURCE_ANSWER, CANCELLED */
  document(path: string, signal: AbortSignal, withToken?: boolean): Promise<unknown>;
  /**
   * A page of a list of the Admin API, from 1. Lists that old versions give whole come as one page. Never `limit` or `offset`: versions
   * 0.0.7 and 0.0.8 answer 500 to what they do not know.
   */
  adminPage(path: string, page: number, size: number, signal: AbortSignal, patient?: string): Promise<Page>;
  /** A page of a FHIR search, from 1; undefined where the server wants to be asked otherwise (400). */
  fhirPage(path: string, query: Record<string, string>, page: number, signal: AbortSignal): Promise<Page | undefined>;
  close(): Promise<void>;
}

const adminAnswer = z.union([
  z.array(z.unknown()).transform((rows) => ({ count: rows.length, rows })),
  z
    .looseObject({ count: z.int().min(0), results: z.array(z.unknown()) })
    .transform(({ count, results }) => ({ count, rows: results })),
]);
const bundle = z
  .looseObject({
    resourceType: z.literal("Bundle"),
    total: z.int().min(0),
    entry: z.array(z.looseObject({ resource: z.unknown() })).default([]),
  })
  .transform(({ total, entry }) => ({ count: total, rows: entry.map(({ resource }) => resource) }));

/** @throws READ_FAILED (CA file), USAGE (a secret is lacking) */
export function createJheApi(
  config: JheConfig,
  secret: string | undefined,
  kept?: KeptSecret,
  patience: Patience = realPatience,
): JheApi {
  const tokens = createTokenSource(jheAuthServer(config), secret, kept, patience);
  const base = new URL(`${config.url}/`);
  const limits = limitsOf(base.href, { callsPerMinute: config.callsPerMinute, bytesPerMinute: null }, patience);
  const client = createFhirClient({ base, ca: config.ca, concurrency: 1 }, tokens, limits, patience);

  const ask = async (
    path: string,
    query: Record<string, string>,
    signal: AbortSignal,
    answers: number[],
    token: "own-origin" | "never" = "own-origin",
  ): Promise<{ status: number; document: unknown }> => {
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const { status, body } = await client.ask({
      url,
      signal,
      token,
      accept: "application/json",
      answers: (one) => answers.includes(one),
    });
    return { status, document: status === 200 ? parseJson(body) : undefined };
  };

  return {
    tokens,
    async document(path, signal, withToken = true) {
      return (await ask(path, {}, signal, [404], withToken ? "own-origin" : "never")).document;
    },
    async adminPage(path, page, size, signal, patient) {
      const { status, document } = await ask(
        `api/v1/${path}`,
        {
          page: String(page),
          page_size: String(size),
          ...(patient === undefined ? {} : { patient_id: patient }),
        },
        signal,
        // A list without rows, or a page behind the last.
        [404],
      );
      if (status === 404) return { count: 0, rows: [] };
      return parse(adminAnswer, document, "a list of its Admin API");
    },
    async fhirPage(path, query, page, signal) {
      const { status, document } = await ask(
        path,
        { ...query, _count: String(PAGE_SIZE), _page: String(page) },
        signal,
        [400, 404],
      );
      if (status === 400) return undefined;
      if (status === 404) return { count: 0, rows: [] };
      return parse(bundle, document, "a search of its FHIR API");
    },
    close: () => client.close(),
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch (cause) {
    throw new SatchelError(
      "SOURCE_ANSWER",
      "JupyterHealth Exchange answered with something that is no JSON.",
      "Check that the address of the source is that of the exchange itself.",
      { cause },
    );
  }
}

/** @throws SOURCE_ANSWER */
export function parse<T>(schema: z.ZodType<T>, document: unknown, what: string): T {
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new SatchelError(
    "SOURCE_ANSWER",
    `JupyterHealth Exchange did not give ${what} as its interface promises${/^[A-Za-z0-9.]{1,60}$/.test(where) ? ` (${where})` : ""}.`,
    "See whether this version of Satchel knows that version of the exchange.",
  );
}

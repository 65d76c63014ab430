/**
 * A Bundle of a search, as text: each resource stays the text that the server wrote. (`JSON.parse` and `JSON.stringify` would make 1.10 to
 * 1.1, and a decimal's precision is part of its value, FHIR R4 2.24.0.1.)
 */
import { z } from "../../../contract/schema.ts";
import { SatchelError } from "../../../contract/errors.ts";
import { findMembers, findElements, type Span } from "./json-spans.ts";

export interface BundleEntry {
  /** The resource as it stands there; undefined where the entry has none. */
  json: Buffer | undefined;
  /** "match", "include", "outcome"; "" where the server does not say. */
  mode: string;
}

export interface SearchPage {
  total: number | undefined;
  links: Readonly<Record<string, string>>;
  /** In the order of the page; each is cut out when it is taken. */
  entries(): Generator<BundleEntry>;
}

const head = z.looseObject({
  resourceType: z.literal("Bundle"),
  total: z.int().min(0).optional().catch(undefined),
  link: z
    .array(z.looseObject({ relation: z.string(), url: z.string() }))
    .optional()
    .catch(undefined),
});

/** @throws SOURCE_ANSWER where it is no Bundle */
export function readSearchPage(answer: Buffer): SearchPage {
  const body = answer.subarray(answer.indexOf(BYTE_ORDER_MARK) === 0 ? BYTE_ORDER_MARK.length : 0);
  let members: Map<string, Span>;
  try {
    members = findMembers(body, 0);
  } catch (cause) {
    throw noBundle(cause);
  }
  const read = (name: string): unknown => {
    const span = members.get(name);
    return span === undefined ? undefined : parse(body, span);
  };
  const parsed = head.safeParse({ resourceType: read("resourceType"), total: read("total"), link: read("link") });
  if (!parsed.success) throw noBundle();
  const { total, link = [] } = parsed.data;
  const entry = members.get("entry");
  return {
    total,
    links: Object.fromEntries(link.map(({ relation, url }) => [relation, url])),
    *entries() {
      if (entry === undefined || body[entry.from] !== OPEN_BRACKET) return;
      for (const one of findElements(body, entry.from)) {
        if (body[one.from] !== OPEN_BRACE) continue;
        const found = findMembers(body, one.from);
        const resource = found.get("resource");
        const search = found.get("search");
        const mode = search === undefined ? undefined : (parse(body, search) as { mode?: unknown } | null)?.mode;
        yield {
          json: resource === undefined ? undefined : body.subarray(resource.from, resource.to),
          mode: typeof mode === "string" ? mode : "",
        };
      }
    },
  };
}

const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

function parse(body: Buffer, { from, to }: Span): unknown {
  try {
    return JSON.parse(body.toString("utf8", from, to));
  } catch (cause) {
    throw noBundle(cause);
  }
}

function noBundle(cause?: unknown): SatchelError {
  return new SatchelError(
    "SOURCE_ANSWER",
    "The FHIR server answered a search with something that is no Bundle.",
    "Check that the address of the source is that of the server's FHIR API.",
    { cause },
  );
}

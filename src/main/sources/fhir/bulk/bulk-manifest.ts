import { createHash } from "node:crypto";
import { z } from "../../../../contract/schema.ts";
import { SatchelError } from "../../../../contract/errors.ts";
import { sameServer } from "./bulk-request.ts";

const file = z.looseObject({
  type: z.string().optional(),
  url: z.string().min(1),
  count: z.int().min(0).optional().catch(undefined),
  continuesInFile: z.string().optional(),
});
const files = z.array(file).nullish();

/** Versions 1 to 4: `error` became `outcome`, `request` went, `extension` is an object or an array. What is not used is not looked at. */
const manifest = z.looseObject({
  transactionTime: z.string(),
  requiresAccessToken: z.union([z.boolean(), z.enum(["true", "false"])]).optional(),
  output: z.array(file),
  deleted: files,
  error: files,
  outcome: files,
  outputOrganizedBy: z.string().nullish(),
  link: z
    .array(z.looseObject({ relation: z.string(), url: z.string() }))
    .nullish()
    .catch(undefined),
});

export interface BulkFile {
  kind: "output" | "deleted" | "error";
  /** "" with organizeOutputBy. */
  type: string;
  url: URL;
  /** Resources; undefined where the server does not say. */
  count: number | undefined;
  /** The same file has the same key in a manifest that is read again, where its address may be signed anew. */
  key: string;
}

export interface BulkManifest {
  transactionTime: string;
  /** Files are asked for with the token; otherwise never. */
  requiresAccessToken: boolean;
  organized: boolean;
  /** Whether it has a word for what was deleted at all, be it empty. */
  tellsDeletions: boolean;
  files: BulkFile[];
}

/** One page of a manifest. @throws SOURCE_ANSWER where it is none */
export function parseManifest(body: Buffer, base: URL): ManifestPage {
  let document: unknown;
  try {
    document = JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw noManifest(cause);
  }
  const parsed = manifest.safeParse(document);
  if (!parsed.success) throw noManifest(parsed.error);
  const { transactionTime, requiresAccessToken = true, output, deleted, error, outcome, link } = parsed.data;
  const of = (kind: BulkFile["kind"], given: z.infer<typeof files>): BulkFile[] =>
    (given ?? []).map(({ type = "", url, count }) => {
      if (!URL.canParse(url, base.href)) throw noManifest(undefined);
      return { kind, type, url: sameServer(new URL(url, base), base), count, key: "" };
    });
  const next = link?.find(({ relation }) => relation === "next")?.url;
  return {
    transactionTime,
    requiresAccessToken: String(requiresAccessToken) === "true",
    organized: (parsed.data.outputOrganizedBy ?? "") !== "",
    tellsDeletions: Array.isArray(deleted),
    files: withKeys([
      ...of("output", output),
      ...of("deleted", deleted),
      ...of("error", [...(error ?? []), ...(outcome ?? [])]),
    ]),
    next: next !== undefined && URL.canParse(next, base.href) ? sameServer(new URL(next, base), base) : undefined,
  };
}

/** A page of a manifest, and where the next is. */
export interface ManifestPage extends BulkManifest {
  next: URL | undefined;
}

/** What all pages of a manifest name; a page may name again what one before it has. */
export function joinPages(pages: readonly [ManifestPage, ...ManifestPage[]]): BulkManifest {
  const all = withKeys(pages.flatMap(({ files }) => files));
  const [first] = pages;
  return {
    ...first,
    tellsDeletions: pages.some(({ tellsDeletions }) => tellsDeletions),
    files: [...new Map(all.map((one) => [one.key, one])).values()],
  };
}

/** By address without its query, which may be a signature; with it where that alone tells files apart. */
function withKeys(all: readonly BulkFile[]): BulkFile[] {
  const hrefs = new Map<string, Set<string>>();
  for (const { url } of all) {
    const path = url.origin + url.pathname;
    hrefs.set(path, (hrefs.get(path) ?? new Set()).add(url.href));
  }
  return all.map((one) => {
    const path = one.url.origin + one.url.pathname;
    const alone = hrefs.get(path)?.size === 1;
    const key = createHash("sha256").update(`${one.kind} ${alone ? path : one.url.href}`);
    return { ...one, key: key.digest("base64url").slice(0, 16) };
  });
}

function noManifest(cause: unknown): SatchelError {
  return new SatchelError(
    "SOURCE_ANSWER",
    "The FHIR server ended the bulk export with something that is no manifest.",
    "Sync by searches instead, and tell the server's administrator.",
    { cause },
  );
}

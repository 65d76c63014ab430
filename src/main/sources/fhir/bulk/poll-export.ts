import { SatchelError } from "../../../../contract/errors.ts";
import { parseRetryAfter } from "../../http/retry.ts";
import { LONGEST_RETRY_AFTER, type FhirAnswer } from "../fhir-client.ts";
import { codesInWords, readOutcome } from "../operation-outcome.ts";
import type { SyncContext } from "../sync-context.ts";
import { joinPages, parseManifest, type BulkManifest, type ManifestPage } from "./bulk-manifest.ts";

const SECOND = 1000;
/** Where the server does not say when to ask again: twice as long each time, up to this. */
const LONGEST_WAIT = 60 * SECOND;
/** Answers of trouble that follow one another. */
const MOST_TROUBLE = 20;
/** Some hospitals' servers take weeks. */
const LONGEST_EXPORT = 30 * 24 * 3600 * SECOND;

export type PollResult =
  | { kind: "done" | "partial"; manifest: BulkManifest }
  /** 404 or 410: expired, or deleted. */
  | { kind: "gone" };

/**
 * Asks for the state of an export until there is a manifest, with all its pages (37 files came in 13 of them from one server), or part of
 * one that is new.
 *
 * @param known files that were read: a part is told only where it names others
 * @throws SOURCE_ANSWER where the export failed, SOURCE_REFUSED, SOURCE_UNREACHABLE, CANCELLED
 */
export async function pollExport(
  context: SyncContext,
  statusUrl: URL,
  begunAt: string,
  known: ReadonlySet<string>,
): Promise<PollResult> {
  const first = await pollPage(context, statusUrl, begunAt, known);
  if (first.kind === "gone") return first;
  const pages: [ManifestPage, ...ManifestPage[]] = [first.page];
  const asked = new Set<string>();
  for (let { next } = first.page; next !== undefined;) {
    if (asked.has(next.href))
      throw new SatchelError("SOURCE_ANSWER", "The pages of the bulk export's manifest go round in a circle.");
    asked.add(next.href);
    const answer = await pollPage(context, next, begunAt, known);
    if (answer.kind === "gone")
      throw new SatchelError("SOURCE_ANSWER", "A page of the bulk export's manifest is not there any more.");
    pages.push(answer.page);
    ({ next } = answer.page);
  }
  return { kind: first.kind, manifest: joinPages(pages) };
}

type PageResult = { kind: "done" | "partial"; page: ManifestPage } | { kind: "gone" };

async function pollPage(
  context: SyncContext,
  statusUrl: URL,
  begunAt: string,
  known: ReadonlySet<string>,
): Promise<PageResult> {
  const { client, signal, tell } = context;
  const { patience } = client;
  let trouble = 0;
  for (let asked = 0; ; asked++) {
    if (patience.now() - Date.parse(begunAt) > LONGEST_EXPORT)
      throw failed("has been at it for more than 30 days", undefined);
    const answer = await client.ask({
      url: statusUrl,
      accept: "application/json",
      answers: (status) => status !== 401 && (status < 300 || status > 399),
      signal,
    });
    const status = statusIn(answer);
    if (status === 200) return { kind: "done", page: parseManifest(answer.body, client.base) };
    if (status === 404 || status === 410) return { kind: "gone" };
    if (status === 202) {
      trouble = 0;
      const part = partIn(answer, client.base, known);
      if (part !== undefined) return { kind: "partial", page: part };
      tell({ phase: "export", ...progressIn(answer.headers["x-progress"]) });
    } else if (status === 403) throw failed("may not be asked for any more (403)", answer);
    else if (status !== 429 && (!isTransient(status, answer) || ++trouble > MOST_TROUBLE))
      throw failed(`failed at the server (${status})`, answer);
    const wait = waitIn(answer, patience.now()) ?? Math.min(LONGEST_WAIT, SECOND * 2 ** Math.min(asked, 10));
    await sleep(context, Math.max(SECOND, wait));
  }
}

/** With `separate-export-status` (version 3) every poll is a 200 and the export's own state in a header: "202 Accepted". */
function statusIn({ status, headers }: FhirAnswer): number {
  const separate = headers["x-export-status"];
  const told = typeof separate === "string" ? Number.parseInt(separate, 10) : Number.NaN;
  return Number.isNaN(told) ? status : told;
}

function isTransient(status: number, { body }: FhirAnswer): boolean {
  if (status === 408 || status === 502 || status === 503 || status === 504) return true;
  return status >= 500 && readOutcome(body)?.transient === true;
}

/** A 202 with a body is a manifest of what is ready so far (version 3). */
function partIn({ body }: FhirAnswer, base: URL, known: ReadonlySet<string>): ManifestPage | undefined {
  if (body.length === 0 || !body.includes('"output"')) return undefined;
  try {
    const part = parseManifest(body, base);
    return part.files.some(({ key }) => !known.has(key)) ? part : undefined;
  } catch (thrown) {
    // What else a server has to say while it works is of no use here.
    if (thrown instanceof SatchelError) return undefined;
    throw thrown;
  }
}

function waitIn({ headers }: FhirAnswer, now: number): number | undefined {
  return parseRetryAfter(headers["retry-after"], now, LONGEST_RETRY_AFTER);
}

/** X-Progress is free text of up to 100 characters; a part of a hundred is told as one. */
function progressIn(header: string | string[] | undefined): { step: string; done: number; total: number | null } {
  const text = (typeof header === "string" ? header : "")
    .replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, 100);
  const percent = /(\d{1,3})(?:\.\d+)?\s*%/.exec(text)?.[1];
  return {
    step: text === "" ? "The server prepares the export" : `The server prepares the export: ${text}`,
    done: percent === undefined ? 0 : Math.min(100, Number(percent)),
    total: percent === undefined ? null : 100,
  };
}

async function sleep({ client, signal }: SyncContext, milliseconds: number): Promise<void> {
  try {
    await client.patience.sleep(milliseconds, signal);
  } catch (thrown) {
    throw signal.aborted ? new SatchelError("CANCELLED", "The bulk export was cancelled.") : thrown;
  }
}

/** The export is over: to be forgotten, where a lost connection is not. */
export class ExportFailed extends SatchelError {}

function failed(what: string, answer: FhirAnswer | undefined): ExportFailed {
  const outcome = answer === undefined ? undefined : readOutcome(answer.body);
  return new ExportFailed(
    "SOURCE_ANSWER",
    `The bulk export ${what}.${codesInWords(outcome)}`,
    "Ask the server's administrator, then sync again; or sync by searches.",
  );
}

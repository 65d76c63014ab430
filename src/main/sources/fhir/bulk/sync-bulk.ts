import { SatchelError } from "../../../../contract/errors.ts";
import { ClosingError } from "../../closing.ts";
import { FhirRefusal } from "../describe-answer.ts";
import type { SyncContext } from "../sync-context.ts";
import type { BulkManifest } from "./bulk-manifest.ts";
import { bulkRequest, describeRequest, isSameExport, kickOff, sinceIn, type BulkRequest } from "./bulk-request.ts";
import { readBulkState, writeBulkState, type BulkJob } from "./bulk-state.ts";
import { concludeExport } from "./conclude-export.ts";
import { ExportFailed, pollExport } from "./poll-export.ts";
import { createFilesReader, type FilesReader } from "./read-bulk-files.ts";

const HOUR = 3_600_000;
/** For a request whose answer changes nothing any more. Milliseconds. */
const PARTING = 10_000;

/** No more may be begun within the hour: what else can be done is for the caller to say. */
export class TooManyExports extends SatchelError {}

/**
 * Reads what a bulk export gives: takes up the one that is under way, or begins one.
 *
 * @returns whether all of it came
 * @throws TooManyExports, SOURCE_REFUSED, SOURCE_ANSWER, SOURCE_UNREACHABLE, CANCELLED
 */
export async function syncByBulk(context: SyncContext): Promise<boolean> {
  const { client, signal } = context;
  const request = narrowedBySince(context, bulkRequest(context));
  const asked = describeRequest(client.base, request);
  let job = readBulkState(context).job;
  if (job !== undefined && !isSameExport(job.asked, asked)) {
    await dismiss(context, job.statusUrl);
    job = forget(context);
  }
  try {
    for (let attempt = 0; ; attempt++) {
      const resumed = job !== undefined;
      job ??= await begin(context, request, asked);
      // A job that is taken up keeps the moment since when it was asked for.
      const reader = createFilesReader(context, job, { ...request, since: sinceIn(job.asked) });
      const manifest = await readWhatComes(context, job, reader);
      if (manifest !== undefined) {
        const complete = concludeExport(
          context,
          job,
          { ...request, since: sinceIn(job.asked) },
          manifest,
          reader.result(),
        );
        await dismiss(context, job.statusUrl);
        return complete;
      }
      const wasUnderWay = resumed || attempt === 0;
      context.notice("A bulk export was not there any more before all of it was read; it was begun anew.");
      job = forget(context);
      if (!wasUnderWay)
        throw new SatchelError("SOURCE_ANSWER", "The FHIR server forgets its bulk exports before they end.");
    }
  } catch (thrown) {
    const { job: left } = readBulkState(context);
    // Closed, not cancelled: it is taken up when Satchel runs again.
    const over = signal.aborted ? !(signal.reason instanceof ClosingError) : thrown instanceof ExportFailed;
    if (left !== undefined && over) {
      forget(context);
      await dismiss(context, left.statusUrl);
    }
    throw thrown;
  }
}

/** Changes alone, where the last export came whole and the server tells what was deleted. Of a group new members would come without their past. */
function narrowedBySince(context: SyncContext, request: BulkRequest): BulkRequest {
  const { options, client } = context;
  if (options.since !== undefined) return { ...request, since: asInstant(options.since) };
  const { whole } = readBulkState(context);
  const since = request.oldest;
  if (whole === undefined || !whole.tellsDeletions || request.level === "group") return { ...request, since };
  if (!isSameExport(whole.asked, describeRequest(client.base, request))) return { ...request, since };
  return { ...request, since: whole.transactionTime };
}

/** `_since` is an instant: a day is its beginning in UTC. */
function asInstant(since: string): string {
  return since.includes("T") ? since : `${since}T00:00:00Z`;
}

async function begin(context: SyncContext, request: BulkRequest, asked: string): Promise<BulkJob> {
  const { client, config, target } = context;
  const state = readBulkState(context);
  const now = client.patience.now();
  const begun = state.begun.filter((at) => Date.parse(at) > now - HOUR && Date.parse(at) <= now);
  const oldest = begun[begun.length - config.limits.exportsPerHour];
  if (oldest !== undefined) {
    const next = new Date(Date.parse(oldest) + HOUR).toISOString().slice(11, 16);
    throw new TooManyExports(
      "SOURCE_REFUSED",
      `The source begins at most ${config.limits.exportsPerHour === 1 ? "one bulk export" : `${config.limits.exportsPerHour} bulk exports`} an hour; the next may begin at ${next} UTC.`,
      "Wait until then, sync by searches, or give the source another limit.",
    );
  }
  context.tell({ phase: "export", step: "Asking for an export", done: 0, total: null });
  const first = target.types().length === 0;
  const statusUrl = await kickOff(context, request);
  const job: BulkJob = {
    asked,
    statusUrl: statusUrl.href,
    begunAt: new Date(now).toISOString(),
    first,
    done: [],
    received: {},
    expected: {},
  };
  // Before the first question after it: an export that is forgotten cannot be taken up, and counts all the same.
  writeBulkState(context, { ...state, begun: [...begun, job.begunAt], job });
  return job;
}

/** @returns the whole manifest once all its files are read; undefined where the export is not there any more */
async function readWhatComes(
  context: SyncContext,
  job: BulkJob,
  reader: FilesReader,
): Promise<BulkManifest | undefined> {
  const statusUrl = new URL(job.statusUrl);
  const known = new Set<string>();
  const ask = () => pollExport(context, statusUrl, job.begunAt, known);
  for (;;) {
    const answer = await ask();
    if (answer.kind === "gone") return undefined;
    const { manifest } = answer;
    for (const { key } of manifest.files) known.add(key);
    const again = await reader.read(manifest);
    if (again.length > 0) {
      // Links end before files do: a manifest that is read again may have fresh ones.
      const fresh = await ask();
      if (fresh.kind === "gone") return undefined;
      await reader.readAgain(fresh.manifest, again);
    }
    if (answer.kind === "done") return manifest;
  }
}

function forget(context: SyncContext): undefined {
  const { job: _, ...rest } = readBulkState(context);
  writeBulkState(context, rest);
  return undefined;
}

/** The server may delete what it prepared, which holds patients' data (Bulk Data IG, delete). What it answers changes nothing. */
async function dismiss(context: SyncContext, statusUrl: string): Promise<void> {
  const { client } = context;
  try {
    await client.ask({
      url: new URL(statusUrl),
      method: "DELETE",
      answers: () => true,
      signal: AbortSignal.timeout(PARTING),
    });
  } catch (thrown) {
    if (!(thrown instanceof SatchelError) && !(thrown instanceof FhirRefusal)) throw thrown;
    context.notice("The server could not be told that its bulk export is needed no more; it will expire.");
  }
}

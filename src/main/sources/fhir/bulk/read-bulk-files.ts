import { SatchelError } from "../../../../contract/errors.ts";
import { isJsonObject, type Json } from "../../../fhir/json.ts";
import { forEachConcurrently } from "../../concurrent.ts";
import { FhirRefusal } from "../describe-answer.ts";
import { canMatch, matchesLocally } from "../matches-locally.ts";
import { parseFilter } from "../search-query.ts";
import { codesInWords } from "../operation-outcome.ts";
import type { SyncContext } from "../sync-context.ts";
import type { BulkFile, BulkManifest } from "./bulk-manifest.ts";
import type { BulkRequest } from "./bulk-request.ts";
import { readBulkState, writeBulkState, type BulkJob } from "./bulk-state.ts";
import { readBulkFile, type FileReading } from "./read-bulk-file.ts";

/** Files between two notes of what is done, which hold all of them: after a crash up to so many are read again. */
const FILES_A_NOTE = 50;
const MILLISECONDS_A_NOTE = 2_000;

export interface FilesResult {
  complete: boolean;
  /** Some files were not read in this run, but before the process ended. */
  skipped: boolean;
  files: number;
}

export interface FilesReader {
  /** Reads what is not read yet. @returns files whose links have expired */
  read(manifest: BulkManifest): Promise<BulkFile[]>;
  /** Those, by the links of a manifest that was read again; what is not there either is told. */
  readAgain(fresh: BulkManifest, expired: readonly BulkFile[]): Promise<void>;
  result(): FilesResult;
}

/** Reads the files of an export side by side, and notes which are done. */
export function createFilesReader(context: SyncContext, job: BulkJob, request: BulkRequest): FilesReader {
  const { config, client } = context;
  // Where something was held before, only what is read again tells what is gone there.
  const takenUp = job.first || request.since !== "" ? job.done : [];
  const done = new Set(takenUp);
  const skipped = done.size > 0;
  if (takenUp.length === 0) Object.assign(job, { done: [], received: {}, expected: {} });
  const wants = asker(context, request);
  let complete = true;
  let number = 0;
  let unnoted = 0;
  let notedAt = client.patience.now();

  function note(): void {
    unnoted = 0;
    notedAt = client.patience.now();
    job.done = [...done];
    writeBulkState(context, { ...readBulkState(context), job });
  }

  async function readOne(file: BulkFile, manifest: BulkManifest, total: number): Promise<"read" | "expired"> {
    const { requiresAccessToken, organized } = manifest;
    const name = `${file.kind === "output" ? file.type || "resources" : file.kind}, file ${++number}`;
    let reading: FileReading;
    try {
      reading = await readBulkFile(context, file, { requiresAccessToken, organized, wants, name });
    } catch (thrown) {
      if (!(thrown instanceof FhirRefusal) || thrown.status === 401) throw thrown;
      if (EXPIRED.includes(thrown.status)) return "expired";
      tell(name, `The file could not be read. ${thrown.message}`);
      return "read";
    }
    judge(file, name, reading);
    done.add(file.key);
    if (++unnoted >= FILES_A_NOTE || client.patience.now() - notedAt > MILLISECONDS_A_NOTE) note();
    context.tell({ phase: "resources", step: "Reading files", done: done.size, total });
    return "read";
  }

  function tell(ref: string, reason: string): void {
    complete = false;
    context.problem(ref, reason);
  }

  function judge(file: BulkFile, name: string, reading: FileReading): void {
    const { received, lines, foreign, unasked, outcomes, invalid } = reading;
    for (const [type, count] of received) job.received[type] = (job.received[type] ?? 0) + count;
    if (file.kind === "output" && file.type !== "") {
      const before = job.expected[file.type];
      job.expected[file.type] =
        before === null || file.count === undefined ? null : (before ?? 0) + file.count - unasked;
    }
    const bad = outcomes.filter(({ severity }) => !["information", "success", "warning"].includes(severity));
    if (file.kind === "error") {
      if (bad.length > 0) tell(name, `The server could not export all: ${bad.length} errors.${codesInWords(bad[0])}`);
      else if (outcomes.length > 0) context.notice(`The server adds ${outcomes.length} remarks to its export.`);
      return;
    }
    if (file.kind === "deleted") return;
    if (outcomes.length > 0 && (bad.length > 0 || lines === 0))
      tell(name, `An OperationOutcome came in place of resources.${codesInWords(outcomes[0])}`);
    if (invalid > 0) complete = false;
    if (foreign > 0) tell(name, `${foreign} of its lines are of another type than the manifest says.`);
    if (unasked > 0) context.notice("The server exported more than it was asked for; the rest was left out.");
    if (file.count !== undefined && lines > file.count)
      context.notice("Files of the export hold more lines than its manifest counts; all of them are kept.");
  }

  async function readAll(files: readonly BulkFile[], manifest: BulkManifest): Promise<BulkFile[]> {
    const expired: BulkFile[] = [];
    const left = files.filter(({ key }) => !done.has(key));
    try {
      await forEachConcurrently(left, config.concurrency, async (file) => {
        if ((await readOne(file, manifest, manifest.files.length)) === "expired") expired.push(file);
      });
    } finally {
      if (unnoted > 0) note();
    }
    return expired;
  }

  return {
    read(manifest) {
      const unasked = manifest.files.filter((file) => !isAsked(file, request));
      if (unasked.length > 0)
        context.notice("The server exported more types than it was asked for; the rest was left out.");
      return readAll(
        manifest.files.filter((file) => isAsked(file, request)),
        manifest,
      );
    },
    async readAgain(fresh, expired) {
      const keys = new Set(expired.map(({ key }) => key));
      const again = fresh.files.filter(({ key }) => keys.has(key));
      const lost = await readAll(again, fresh);
      const missing = expired.length - again.length + lost.length;
      if (missing > 0)
        tell(
          "files of the export",
          `${missing} files of the export are not there any more; a new export has them again.`,
        );
    },
    result: () => ({ complete, skipped, files: done.size }),
  };
}

const EXPIRED = [404, 410];

function isAsked({ kind, type }: BulkFile, { types, filters }: BulkRequest): boolean {
  return (
    kind !== "output" ||
    type === "" ||
    types.length === 0 ||
    types.includes(type) ||
    filters.some((one) => one.startsWith(`${type}?`))
  );
}

/** Filters that a server does not look at are looked at here, where that can be done. */
function asker(context: SyncContext, { filters, types }: BulkRequest): (type: string, json: Buffer) => boolean {
  const queries = filters.map(parseFilter);
  const blind = queries.filter(({ type, parameters }) =>
    parameters.some(([name, value]) => !canMatch(type, name, value)),
  );
  if (blind.length > 0)
    context.notice("Whether the server looked at all filters of the export cannot be told from here.");
  const judged = new Map<string, typeof queries>();
  for (const { type } of queries)
    if (!blind.some((one) => one.type === type))
      judged.set(
        type,
        queries.filter((one) => one.type === type),
      );
  return (type, json) => {
    if (types.length > 0 && !types.includes(type) && !queries.some((one) => one.type === type)) return false;
    const of = judged.get(type);
    if (of === undefined) return true;
    const resource = parse(json);
    if (!isJsonObject(resource)) return true;
    return of.some(({ parameters }) =>
      parameters.every(([name, value]) => matchesLocally(type, resource, name, value)),
    );
  };
}

function parse(json: Buffer): Json | undefined {
  try {
    return JSON.parse(json.toString("utf8")) as Json;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw new SatchelError("INTERNAL", "A line could not be read.", undefined, { cause: thrown });
  }
}

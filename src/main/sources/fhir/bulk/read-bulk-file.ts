import { setImmediate as nextTurn } from "node:timers/promises";
import { SatchelError } from "../../../../contract/errors.ts";
import { isJsonObject, type Json } from "../../../fhir/json.ts";
import { objectsOf, textOf } from "../../../fhir/values-at.ts";
import { describeNetworkError } from "../../http/network-error.ts";
import { backOff, NETWORK_RETRIES } from "../../http/retry.ts";
import { linesOf } from "../../ndjson/lines.ts";
import { plainBytes } from "../../ndjson/plain-bytes.ts";
import { FHIR_WORDS } from "../fhir-words.ts";
import { outcomeOf, type Outcome } from "../operation-outcome.ts";
import { identify } from "../resource-identity.ts";
import type { SyncContext } from "../sync-context.ts";
import type { BulkFile } from "./bulk-manifest.ts";

/** A line with inline attachments reaches many megabytes; one of this many is not held. */
const LARGEST_LINE = 64 * 1024 * 1024;
/** The main thread is given back after so much work. Milliseconds. */
const TURN = 8;
const NDJSON = "application/fhir+ndjson";

/** What came of one file. */
export interface FileReading {
  /** Resources by type, headers of blocks left out. */
  received: Map<string, number>;
  /** Lines that hold something: what a manifest may count. */
  lines: number;
  /** Of another type than the manifest says. */
  foreign: number;
  /** Not asked for, though filters were sent along. */
  unasked: number;
  /** OperationOutcomes. */
  outcomes: Outcome[];
  /** Lines that could not be kept. */
  invalid: number;
}

export interface FileWork {
  requiresAccessToken: boolean;
  organized: boolean;
  /** Whether what came was asked for. */
  wants: (type: string, json: Buffer) => boolean;
  /** Its name in problems: "Observation, file 3". */
  name: string;
}

/** The file's bytes ended before it was whole: what was read of it is kept, and it is read again. */
class CutFile extends Error {}

/**
 * Reads a file of an export line by line into the catalog, again from its beginning where it was cut: what is put twice is put once.
 *
 * @throws SOURCE_UNREACHABLE where it was cut each time, FhirRefusal where it is not there, SOURCE_REFUSED, CANCELLED
 */
export async function readBulkFile(context: SyncContext, file: BulkFile, work: FileWork): Promise<FileReading> {
  const { client, signal } = context;
  for (let tries = 0; ; tries++) {
    try {
      return await readOnce(context, file, work);
    } catch (thrown) {
      if (signal.aborted) throw new SatchelError("CANCELLED", "The bulk export was cancelled.");
      const lasting = describe(thrown, work);
      if (lasting === undefined) throw thrown;
      if (tries >= NETWORK_RETRIES) throw lasting;
      await client.patience.sleep(backOff(tries, client.patience.random), signal);
    }
  }
}

/** @returns what is told where it lasts; undefined where trying again does not help */
function describe(thrown: unknown, { name }: FileWork): SatchelError | undefined {
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
  if (thrown instanceof CutFile || code.startsWith("Z_"))
    return new SatchelError(
      "SOURCE_UNREACHABLE",
      `${name}: the file ends before it is whole, each time it is read.`,
      "Sync again; if it stays, begin the export anew.",
      { cause: thrown },
    );
  if (thrown instanceof SatchelError) return thrown.code === "SOURCE_UNREACHABLE" ? thrown : undefined;
  return code === "" ? undefined : describeNetworkError(thrown, FHIR_WORDS.server).error;
}

async function readOnce(context: SyncContext, file: BulkFile, work: FileWork): Promise<FileReading> {
  const { client, signal } = context;
  const { headers, body } = await client.open({
    url: file.url,
    accept: NDJSON,
    headers: { "accept-encoding": "gzip" },
    token: work.requiresAccessToken ? "own-origin" : "never",
    redirects: "any",
    signal,
  });
  const encoding = headers["content-encoding"] ?? "identity";
  if (!["identity", "gzip", "x-gzip"].includes(encoding))
    throw new SatchelError("SOURCE_ANSWER", `${work.name}: the file is packed in a way that was not asked for.`);
  const reading: FileReading = {
    received: new Map(),
    lines: 0,
    foreign: 0,
    unasked: 0,
    outcomes: [],
    invalid: 0,
  };
  let turn = performance.now();
  // Packed on its way, or packed where it lies, or both.
  for await (const { number, bytes, ended } of linesOf(plainBytes(plainBytes(chunksOf(body))), LARGEST_LINE)) {
    if (bytes === undefined) tellLine(context, reading, `${work.name}, line ${number}`, "is larger than 64 MiB");
    else {
      if (!ended && !isWhole(bytes)) throw new CutFile();
      takeLine(context, file, work, bytes, `${work.name}, line ${number}`, reading);
    }
    if (performance.now() - turn < TURN) continue;
    await nextTurn();
    signal.throwIfAborted();
    turn = performance.now();
  }
  // Headers of blocks may be counted or not; fewer than announced is a file that was cut at a line's end.
  if (file.count !== undefined && reading.lines < file.count && reading.outcomes.length === 0) throw new CutFile();
  return reading;
}

async function* chunksOf(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* body;
}

function takeLine(
  context: SyncContext,
  file: BulkFile,
  work: FileWork,
  line: Buffer,
  ref: string,
  reading: FileReading,
): void {
  const { target } = context;
  if (file.kind === "deleted") {
    reading.lines++;
    for (const { type, id } of deletionsIn(line)) target.remove(type, id);
    return;
  }
  const type = typeOf(line, file.type);
  if (type === "OperationOutcome") {
    const outcome = outcomeOf(parse(line));
    if (outcome !== undefined) reading.outcomes.push(outcome);
    if (file.kind === "error") reading.lines++;
    return;
  }
  if (type === "Parameters" && work.organized) return;
  reading.lines++;
  if (file.kind === "error") return;
  if (!work.wants(type, line)) {
    reading.unasked++;
    return;
  }
  if (file.type !== "" && type !== file.type) reading.foreign++;
  if (context.put(line, type, ref) === "invalid") reading.invalid++;
  else reading.received.set(type, (reading.received.get(type) ?? 0) + 1);
}

function tellLine(context: SyncContext, reading: FileReading, ref: string, what: string): void {
  reading.lines++;
  reading.invalid++;
  context.problem(ref, `The line ${what}.`);
}

/** Nearly all servers write the type first: nothing else has to be looked at then. */
function typeOf(line: Buffer, announced: string): string {
  const prefix = `{"resourceType":"${announced}"`;
  if (announced !== "" && line.subarray(0, prefix.length).toString("latin1") === prefix) return announced;
  return identify(line).type;
}

/** A transaction Bundle whose entries are requests to delete (Bulk Data IG, deleted). */
function deletionsIn(line: Buffer): { type: string; id: string }[] {
  const bundle = parse(line);
  if (!isJsonObject(bundle)) return [];
  return objectsOf(bundle["entry"]).flatMap(({ request }) => {
    if (!isJsonObject(request) || request["method"] !== "DELETE") return [];
    const [, type = "", id = ""] = /(?:^|\/)([A-Z][A-Za-z]+)\/([^/?#]+)$/.exec(textOf(request["url"])) ?? [];
    return type === "" ? [] : [{ type, id }];
  });
}

function isWhole(line: Buffer): boolean {
  return parse(line) !== undefined;
}

function parse(line: Buffer): Json | undefined {
  try {
    return JSON.parse(line.toString("utf8")) as Json;
  } catch {
    return undefined;
  }
}

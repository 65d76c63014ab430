import { isJsonObject } from "../../fhir/json.ts";
import { textOf } from "../../fhir/values-at.ts";
import { SatchelError } from "../../../contract/errors.ts";
import type { ResourcesTarget } from "../resources-source.ts";
import type { SourceProblem, SyncProgress, SyncReport } from "../source.ts";
import { describedFiles, type DescribedFiles } from "./describe-files.ts";
import { isDataPoint, observationOf } from "./data-point.ts";
import { findFiles, type FoundFile } from "./find-files.ts";
import type { NdjsonConfig } from "./ndjson-config.ts";
import { readItems, type Item } from "./read-items.ts";
import { parseJson, patientOfPlace, place, readOutcome } from "./read-outcome.ts";

/** Resources between two reports of progress. */
const REPORT_EVERY = 500;

/** What became of one file. */
interface FileReading {
  /** Resources that the catalog took. */
  taken: number;
  whole: boolean;
}

/**
 * Reads all files into the catalog. What is in none of them any more goes, but only where every file could be read to its end and every
 * line of it is a resource: of a broken one it is not known whose it was.
 */
export async function syncNdjson(
  config: NdjsonConfig,
  target: ResourcesTarget,
  onProgress: (progress: SyncProgress) => void,
  signal: AbortSignal,
): Promise<SyncReport> {
  const sync = new NdjsonSync(target, onProgress, signal);
  return await sync.run(config.path);
}

class NdjsonSync {
  readonly #target: ResourcesTarget;
  readonly #onProgress: (progress: SyncProgress) => void;
  readonly #signal: AbortSignal;
  #done = 0;
  /** The catalog counts those that it refuses; these are of the files. */
  #problems = 0;
  #broken = 0;
  #complete = true;
  #others = 0;
  #fromPlace = 0;
  #warnings = 0;
  readonly #notices: string[] = [];

  constructor(target: ResourcesTarget, onProgress: (progress: SyncProgress) => void, signal: AbortSignal) {
    this.#target = target;
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  async run(path: string): Promise<SyncReport> {
    const found = findFiles(path);
    for (const { ref, reason } of found.unreadable)
      this.#incomplete(ref, `It could not be read: ${reason}.`, "READ_FAILED");
    const described = await describedFiles(found.files, this.#signal);
    for (const missing of described.missing)
      this.#incomplete(missing, "A manifest names this file, and it is not there.", "SOURCE_ANSWER");
    for (const file of described.errors) await this.#readErrors(file);
    for (const [key, time] of described.deletions)
      if (!described.files.some(({ time: made }) => made !== "" && made >= time)) {
        const [type = "", id = ""] = key.split("/");
        this.#target.remove(type, id);
      }
    const received = new Map<string, { expected: number; received: number; whole: boolean }>();
    for (const { file, type, count, time } of described.files) {
      const { taken, whole } = await this.#read(file, described.deletions, time);
      if (count === undefined) continue;
      if (taken !== count) this.#incomplete(file.ref, tellCount(count, taken), "SOURCE_ANSWER");
      const sum = received.get(type) ?? { expected: 0, received: 0, whole: true };
      received.set(type, {
        expected: sum.expected + count,
        received: sum.received + taken,
        whole: sum.whole && whole && taken === count,
      });
    }
    this.#tellTypes(received);
    this.#tellNotices(described, found.others, found.links);
    return {
      added: 0,
      changed: 0,
      unchanged: 0,
      removed: 0,
      skipped: 0,
      problems: this.#problems,
      analyses: 0,
      complete: this.#complete,
      notices: this.#notices,
    };
  }

  async #read(file: FoundFile, deletions: ReadonlyMap<string, string>, time: string): Promise<FileReading> {
    const reading: FileReading = { taken: 0, whole: true };
    try {
      for await (const item of readItems(file, this.#signal)) this.#take(item, file, deletions, time, reading);
    } catch (thrown) {
      if (!(thrown instanceof SatchelError) || thrown.code === "CANCELLED") throw thrown;
      this.#incomplete(file.ref, thrown.message, thrown.code);
      reading.whole = false;
    }
    return reading;
  }

  #take(item: Item, file: FoundFile, deletions: ReadonlyMap<string, string>, time: string, reading: FileReading): void {
    switch (item.kind) {
      case "resource":
        if (isDeleted(item.json, deletions, time)) {
          reading.taken += 1;
          return;
        }
        if (this.#put(item.json, file, item.where)) reading.taken += 1;
        else {
          reading.whole = false;
          if (item.last === true && parseJson(item.json) === null)
            this.#incomplete(
              file.ref,
              "Its last line has no end and is no JSON: the file was probably cut.",
              "SOURCE_ANSWER",
            );
        }
        return;
      case "data-point":
        if (this.#putPoint(item.point, file, item.where)) reading.taken += 1;
        return;
      case "deleted":
        this.#target.remove(item.type, item.id);
        return;
      case "outcome":
        this.#tellOutcome(item.json, file, item.where);
        return;
      case "broken":
        reading.whole = false;
        this.#broken += 1;
        this.#tell(place(file, item.where), `It cannot be kept: ${item.reason}.`, "TOO_LARGE");
        return;
      case "cut":
        reading.whole = false;
        this.#incomplete(file.ref, `The file is not whole: ${item.reason}.`, "SOURCE_ANSWER");
        return;
      case "other":
        this.#others += 1;
        return;
      case "manifest":
        return;
    }
  }

  #put(json: Buffer, file: FoundFile, where: string): boolean {
    const became = this.#target.put({ json, ref: place(file, where) });
    this.#done += 1;
    if (this.#done % REPORT_EVERY === 0) this.#report();
    if (became === "invalid") this.#broken += 1;
    return became !== "invalid";
  }

  #putPoint(json: Buffer, file: FoundFile, where: string): boolean {
    const point = parseJson(json);
    const made = isDataPoint(point) ? observationOf(point, json, patientOfPlace(file.ref)) : undefined;
    if (made === undefined) {
      this.#broken += 1;
      this.#tell(
        place(file, where),
        "It is no Open mHealth data point whose header has a schema and a uuid.",
        "SOURCE_ANSWER",
      );
      return false;
    }
    if (made.patientFrom === "place") this.#fromPlace += 1;
    return this.#put(Buffer.from(JSON.stringify(made.observation)), file, where);
  }

  /** What a server could not export, as it told it. */
  async #readErrors(file: FoundFile): Promise<void> {
    for await (const item of readItems(file, this.#signal))
      if (item.kind === "resource" || item.kind === "outcome") this.#tellOutcome(item.json, file, item.where);
      else if (item.kind === "cut")
        this.#incomplete(file.ref, `The file is not whole: ${item.reason}.`, "SOURCE_ANSWER");
  }

  /** Severity and code alone: what else it says may name a patient. */
  #tellOutcome(json: Buffer, file: FoundFile, where: string): void {
    const { errors, warnings } = readOutcome(json);
    this.#warnings += warnings;
    for (const code of errors)
      this.#tell(
        place(file, where),
        `The server told of an error (${code}) when these files were made.`,
        "SOURCE_ANSWER",
      );
  }

  #tellTypes(received: ReadonlyMap<string, { expected: number; received: number; whole: boolean }>): void {
    for (const [type, sum] of received) this.#target.expect(type, sum.expected, sum.received, sum.whole);
    // Of a type without a count in a manifest nothing is promised any more that an earlier manifest promised.
    for (const type of this.#target.types())
      if (!received.has(type)) this.#target.expect(type, null, this.#target.count(type), this.#complete);
    if (!this.#complete || this.#broken > 0) return;
    for (const type of this.#target.types()) this.#target.removeUnmet(type);
  }

  #tellNotices({ continues }: DescribedFiles, others: number, links: number): void {
    if (continues) this.#notices.push("A manifest goes on in another one: put the files of that beside these as well.");
    const lines: [number, string][] = [
      [
        this.#fromPlace,
        "Open mHealth data points that name no patient; the folder that each lies in (or its file, where it lies in none) is taken for its patient",
      ],
      [this.#warnings, "Warnings that the server told when these files were made"],
      [this.#others + others, "Files of the folder that hold nothing of FHIR or Open mHealth"],
      [links, "Symbolic links that lead out of the folder and were not followed"],
    ];
    for (const [count, what] of lines) if (count > 0) this.#notices.push(`${what}: ${count.toLocaleString("en")}.`);
  }

  #report(): void {
    this.#onProgress({ phase: "resources", step: "Reading resources", done: this.#done, total: null });
  }

  #incomplete(ref: string, reason: string, code: SourceProblem["code"]): void {
    this.#complete = false;
    this.#tell(ref, reason, code);
  }

  #tell(ref: string, reason: string, code: SourceProblem["code"]): void {
    this.#problems += 1;
    this.#target.problem({ ref, code, reason });
  }
}

function isDeleted(json: Buffer, deletions: ReadonlyMap<string, string>, time: string): boolean {
  if (deletions.size === 0) return false;
  const resource = parseJson(json);
  if (!isJsonObject(resource)) return false;
  const deletedAt = deletions.get(`${textOf(resource["resourceType"])}/${textOf(resource["id"])}`);
  return deletedAt !== undefined && (time === "" || time < deletedAt);
}

function tellCount(count: number, taken: number): string {
  return `The manifest counts ${count.toLocaleString("en")} resources in it; ${taken.toLocaleString("en")} could be read.`;
}

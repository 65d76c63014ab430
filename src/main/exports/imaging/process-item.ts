import { SatchelError, toErrorRecord, type ErrorCode } from "../../../contract/errors.ts";
import type { ReceiptMissing } from "../../../contract/receipt.ts";
import { describeInstance } from "../../dicom/describe.ts";
import type { Part10 } from "../../dicom/part10.ts";
import { sizeOf, type Piece } from "../../dicom/piece.ts";
import { prepareEntry, type PreparedEntry } from "../../package/prepare-entry.ts";
import type { Piece as PackagePiece } from "../../package/write-entry.ts";
import { openImage, renderPreview, type ImageReader } from "../../render/image.ts";
import type { ImagingItem, ItemOutcome } from "./item.ts";
import { loadInstance, type LoadedInstance } from "./load-instance.ts";
import { createPolicy, type InstancePolicy, type PolicySettings } from "./apply-policy.ts";
import { MOST_PREVIEWS, plannedPreviews } from "./planned-previews.ts";
import { createReaders, type ReaderSettings } from "./readers.ts";

/** Content that is written in passing, since it is too large to hold. */
export interface LargeEntry {
  name: string;
  role: "dicom";
  size: number;
  pieces: readonly PackagePiece[];
}

/** One entry, ready to be written. */
export type PreparedItem = { prepared: PreparedEntry; large?: undefined } | { large: LargeEntry; prepared?: undefined };

/** What an item leaves: entries in package order, and, once they are all taken, its outcome. */
export interface ProcessedItem {
  entries: AsyncIterable<PreparedItem> | Iterable<PreparedItem>;
  outcome(): ItemOutcome;
  /** Lets go of the source's file. Called after the entries were written. */
  close(): void;
}

export interface ItemProcessor {
  /**
   * Never throws for what is wrong with one instance: that is an outcome. What ends the whole run is thrown: SOURCE_UNREACHABLE,
   * SOURCE_REFUSED, DISK_FULL, CANCELLED.
   */
  process(item: ImagingItem, index: number): Promise<ProcessedItem>;
  close(): Promise<void>;
}

export interface ProcessorSettings extends ReaderSettings {
  policy: PolicySettings;
  compress: number;
  /** Items that are listed instead of tried: an earlier run could not get through them. */
  givenUp: readonly { item: number; what: "previews" | "instance"; code: ErrorCode; reason: string }[];
}

/** Looks at a processor between two steps, from outside. */
export interface ProcessorWatch {
  /** Asked between two frames of an instance, where no event could tell. */
  isStopped(): boolean;
  /** A frame of an item is about to be decoded; without an item: it is done. */
  onFrame(item?: number): void;
}

/** The row of an instance whose own may not be shown. */
export const NOTHING_KNOWN: ItemOutcome["output"] = {
  patientId: "",
  patientName: "",
  birthDate: "",
  sex: "",
  studyInstanceUid: "",
  studyDate: "",
  studyTime: "",
  studyDescription: "",
  modality: "",
  seriesInstanceUid: "",
  sopInstanceUid: "",
  instanceNumber: null,
  numberOfFrames: 0,
  orthancInstanceId: "",
  transferSyntaxUid: "",
};

/** These are not about one instance: going on would fail for each of the others in turn. */
export const ENDS_THE_RUN: ReadonlySet<ErrorCode> = new Set([
  "SOURCE_UNREACHABLE",
  "SOURCE_REFUSED",
  "DISK_FULL",
  "WRITE_FAILED",
  "CANCELLED",
]);
/** Previews of one item that wait in memory for the item's turn; the rest are made while it has the turn. */
const WAITING_BYTES = 16 * 1024 * 1024;

/**
 * Makes entries out of instances under one policy. Lives in a worker for the length of a run.
 */
export function createItemProcessor(
  settings: ProcessorSettings,
  signal: AbortSignal,
  watch: ProcessorWatch,
): ItemProcessor {
  const readers = createReaders(settings);
  const policy = createPolicy(settings.policy);

  async function process(item: ImagingItem, index: number): Promise<ProcessedItem> {
    const givenUp = settings.givenUp.findLast((one) => one.item === index);
    const outcome: ItemOutcome = {
      status: "described",
      patient: item.patient,
      study: item.study,
      output: NOTHING_KNOWN,
      previews: item.previewFolder === null ? 0 : plannedPreviews(item.description),
      swept: false,
      missing: [],
    };
    let loaded: LoadedInstance | undefined;
    try {
      outcome.output = policy.describe(item.description, item.orthancInstanceId);
      if (item.path === null) return { entries: [], outcome: () => outcome, close: () => undefined };
      if (givenUp?.what === "instance") throw new SatchelError(givenUp.code, givenUp.reason);
      loaded = await loadInstance(readers, item.source, item.locator, settings.compress, signal);
      const opened = loaded;
      const content = make(item, item.path, opened, policy, settings.compress, outcome);
      const previews =
        content === undefined ? [] : previewsOf(item, index, opened, outcome.missing, watch, givenUp?.reason);
      return {
        entries: waitAhead(content, previews),
        outcome: () => outcome,
        close: () => opened.close(),
      };
    } catch (thrown) {
      loaded?.close();
      const error = toErrorRecord(thrown);
      if (ENDS_THE_RUN.has(error.code)) throw thrown;
      fail(outcome, item.path ?? "metadata document", "failed", error.code, error.message);
      return { entries: [], outcome: () => outcome, close: () => undefined };
    }
  }

  return { process, close: () => readers.close() };
}

function fail(outcome: ItemOutcome, path: string, status: "held" | "failed", code: ErrorCode, reason: string): void {
  outcome.status = status;
  outcome.path = path;
  outcome.code = code;
  outcome.reason = reason;
}

/** The DICOM file of an item, or undefined where the policy holds it back. */
function make(
  item: ImagingItem,
  name: string,
  loaded: LoadedInstance,
  policy: InstancePolicy,
  compress: number,
  outcome: ItemOutcome,
): PreparedItem | undefined {
  assertSameInstance(item, loaded.part10);
  const applied = policy.apply(loaded.part10);
  if (applied.held !== undefined) {
    fail(outcome, name, "held", "HELD_BACK", applied.held);
    outcome.held = applied.codes;
    return undefined;
  }
  outcome.status = "exported";
  outcome.swept = applied.swept;
  const { pieces } = applied;
  if (pieces.every((piece) => Buffer.isBuffer(piece))) {
    return { prepared: prepareEntry(name, "dicom", pieces, compress) };
  }
  return {
    large: { name, role: "dicom", size: sizeOf(pieces), pieces: pieces.map((piece) => toPackagePiece(piece, loaded)) },
  };
}

function toPackagePiece(piece: Piece, loaded: LoadedInstance): PackagePiece {
  return Buffer.isBuffer(piece) ? piece : { fd: loaded.fd, start: piece.start, length: piece.length };
}

/** A file that was changed since the last sync may be of another patient by now: it must not go under this one's name. */
export function assertSameInstance(item: ImagingItem, part10: Part10): void {
  const found = describeInstance(part10);
  const expected = item.description;
  if (
    found.sopInstanceUid !== expected.sopInstanceUid ||
    found.studyInstanceUid !== expected.studyInstanceUid ||
    found.patientId !== expected.patientId ||
    found.issuerOfPatientId !== expected.issuerOfPatientId
  ) {
    throw new SatchelError(
      "CHECKSUM",
      "The source holds another instance at this place than at the last sync.",
      "Sync the source, then export again.",
    );
  }
}

function* previewsOf(
  item: ImagingItem,
  index: number,
  loaded: LoadedInstance,
  missing: ReceiptMissing[],
  watch: ProcessorWatch,
  givenUp: string | undefined,
): Generator<PreparedItem> {
  const count = plannedPreviews(item.description);
  if (item.previewFolder === null) return;
  const open = givenUp === undefined ? openForPreviews(item, loaded) : { reason: givenUp };
  for (let frame = 0; frame < count; frame++) {
    if (watch.isStopped()) throw new SatchelError("CANCELLED", "The export was stopped.");
    const path = `${item.previewFolder}/frame_${item.firstPreview + frame}.png`;
    const made = open.image === undefined ? open : previewOf(open.image, frame, index, watch);
    if (made.png === undefined) missing.push({ path, what: "preview", code: "CANNOT_RENDER", reason: made.reason });
    else yield { prepared: prepareEntry(path, "preview", [made.png], 0) };
  }
}

type Unrendered = { reason: string; image?: undefined; png?: undefined };

function openForPreviews(item: ImagingItem, loaded: LoadedInstance): { image: ImageReader } | Unrendered {
  const { numberOfFrames } = item.description;
  if (numberOfFrames > MOST_PREVIEWS) return { reason: `Its header announces ${numberOfFrames} frames.` };
  try {
    return { image: openImage(loaded.part10, (start, length) => loaded.read(start, length)) };
  } catch (thrown) {
    return { reason: reasonOf(thrown) };
  }
}

function previewOf(
  image: ImageReader,
  frame: number,
  index: number,
  watch: ProcessorWatch,
): { png: Buffer } | Unrendered {
  watch.onFrame(index);
  try {
    return { png: renderPreview(image, frame) };
  } catch (thrown) {
    return { reason: reasonOf(thrown) };
  } finally {
    watch.onFrame();
  }
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof SatchelError ? thrown.message : "The pixel data could not be decoded.";
}

/** Makes as many entries as fit into the memory allowed before they are asked for, so that making them does not wait for a turn. */
function waitAhead(content: PreparedItem | undefined, previews: Iterable<PreparedItem>): Iterable<PreparedItem> {
  if (content === undefined) return [];
  const ready: PreparedItem[] = [content];
  const rest = previews[Symbol.iterator]();
  let bytes = 0;
  while (bytes < WAITING_BYTES) {
    const next = rest.next();
    if (next.done === true) return ready;
    ready.push(next.value);
    bytes += next.value.prepared?.record.size ?? 0;
  }
  return (function* () {
    yield* ready;
    for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value;
  })();
}

import type { InstanceDescription } from "../dicom/description.ts";
import type { SatchelError } from "../../contract/errors.ts";
import type { SyncPhase } from "../../contract/calls/sources.ts";

/** Where the bytes of one instance stand in its source. Serialisable: it is stored in the catalog and handed to workers. */
export interface InstanceLocator {
  /** folder: path relative to the root, "/" between parts. orthanc: the Orthanc instance id. */
  ref: string;
  /** Bytes of the file at the source. */
  size: number;
  /** folder: "<mtime ns>-<inode>" at sync. orthanc: the MD5 of the file, or "uuid:<Orthanc's file id>" where the server keeps none. */
  stamp: string;
}

export interface IndexedInstance {
  locator: InstanceLocator;
  description: InstanceDescription;
  /** orthanc: its own ids, for the guide's `orthancInstanceId`. */
  orthancInstanceId?: string;
}

/** Something at the source that did not become an instance: listed for the user, never swallowed. */
export interface SourceProblem {
  ref: string;
  code: SatchelError["code"];
  /** One sentence without patient data. The `ref` may be shown locally but never leaves in a package. */
  reason: string;
}

/** An AI analysis result of a study. `document` is what stood there, parsed; undefined where it was not valid JSON (then there is a SourceProblem too). */
export interface IndexedAnalysis {
  studyInstanceUid: string;
  /** Name of the metadata entry, attachment or file. */
  name: string;
  ref: string;
  stamp: string;
  document: unknown;
}

/** The catalog as a sync sees it; implemented by catalog/. All calls are synchronous and within one transaction per batch. */
export interface SyncTarget {
  /** ref -> stamp and size of what the catalog already holds of this source, so that a second sync reads only what changed. */
  known(ref: string): { stamp: string; size: number } | undefined;
  /** Marks as still present without change. */
  keep(ref: string): void;
  put(instance: IndexedInstance): void;
  putAnalysis(analysis: IndexedAnalysis): void;
  problem(problem: SourceProblem): void;
  /** Removes by ref (deleted at the source). */
  remove(ref: string): void;
  /** State of a source between syncs: Orthanc's last change number, for example. */
  readState(): Record<string, unknown>;
  writeState(state: Record<string, unknown>): void;
}

export interface SyncProgress {
  phase: SyncPhase;
  step: string;
  done: number;
  total: number | null;
}

export interface SyncReport {
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
  /** Files that are not DICOM: counted, not listed. */
  skipped: number;
  problems: number;
  analyses: number;
  /** True where the sync went through everything, so that what was not met may be removed. */
  complete: boolean;
  /** Sentences for the user: DICOMDIR differences, one Patient ID with two names, … */
  notices: string[];
}

export interface CheckFinding {
  level: "ok" | "warning" | "problem";
  text: string;
  next?: string;
}

export interface CheckReport {
  ok: boolean;
  findings: CheckFinding[];
}

/** The bytes of one instance: a file that can be read at positions (large or local), or memory, which `close` lets be used again. */
export type InstanceBytes =
  | { kind: "file"; fd: number; size: number; close(): void }
  | { kind: "memory"; bytes: Buffer; close(): void };

/** Fetches bytes at export time, inside a worker. Knows no policy. */
export interface InstanceReader {
  /** Verifies what it can (size and stamp for folder; MD5 for Orthanc). Throws READ_FAILED, CHECKSUM, SOURCE_*. */
  read(locator: InstanceLocator, signal: AbortSignal): Promise<InstanceBytes>;
  close(): Promise<void>;
}

/** One kind of source. A new kind is one new folder and one line in sources/registry.ts. */
export interface SourceKind<Config> {
  readonly kind: string;
  check(config: Config, secret: string | undefined, signal: AbortSignal): Promise<CheckReport>;
  sync(
    config: Config,
    secret: string | undefined,
    target: SyncTarget,
    onProgress: (progress: SyncProgress) => void,
    signal: AbortSignal,
  ): Promise<SyncReport>;
  /** @param scratch a folder for temporary files of large downloads; each is unlinked as soon as it is open. */
  openReader(config: Config, secret: string | undefined, scratch: string): InstanceReader;
}

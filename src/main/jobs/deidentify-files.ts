import { existsSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, type Stats } from "node:fs";
import { basename, dirname } from "node:path";
import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import { folderSource } from "../sources/folder/folder-source.ts";
import { indexFile } from "../sources/folder/index-file.ts";
import type { IndexedInstance, SourceProblem, SyncTarget } from "../sources/source.ts";
import { makeFolders } from "../package/make-folders.ts";
import { partialPath, publishFolder } from "../package/publish.ts";
import { toWriteError } from "../package/write-bytes.ts";
import type { JobPolicy } from "./job-policy.ts";
import type { SourceAccess } from "./messages.ts";
import type { WorkerPool } from "./pool.ts";
import { runItems } from "./run-items.ts";

/** The plan of one run is held in memory: about 1 kB a file. */
const MOST_FILES = 200_000;

export interface DeidentifyInput {
  paths: readonly string[];
  destination: string;
  policy: JobPolicy;
  pool: WorkerPool;
  scratch: string;
  signal: AbortSignal;
  onProgress(progress: { done: number; total: number }): void;
  /** `file` counts the inputs from 1, in the order of the run. */
  onProblem(problem: { file: number; code: string; reason: string }): void;
}

export interface DeidentifyReport {
  files: number;
  written: number;
  heldBack: number;
  failed: number;
  skipped: number;
}

/**
 * De-identifies files and folders of files into a new folder: `<Study Instance UID>/<SOP Instance UID>.dcm`, both new UIDs, since the
 * names that came may say who it is. The folder gets its name when all files are in it.
 *
 * @throws ALREADY_EXISTS, NOT_FOUND, TOO_LARGE, DISK_FULL, CANCELLED: then nothing is left behind.
 */
export async function deidentifyFiles(input: DeidentifyInput): Promise<DeidentifyReport> {
  const { destination, policy, signal } = input;
  assertNew(destination);
  const plan = await planFiles(input);
  const report: DeidentifyReport = {
    files: plan.items.length + plan.problems.length,
    written: 0,
    heldBack: 0,
    failed: plan.problems.length,
    skipped: plan.skipped,
  };
  plan.problems.forEach(({ code, reason }, index) =>
    input.onProblem({ file: plan.items.length + index + 1, code, reason }),
  );
  const partial = partialPath(destination);
  makePartial(partial);
  try {
    let done = 0;
    await runItems<"imaging">({
      pool: input.pool,
      settings: {
        kind: "imaging",
        compress: 0,
        policy: policy.worker,
        sources: plan.sources,
        scratch: input.scratch,
        lanes: 1,
        target: partial,
        layout: "folder",
        items: plan.items.length,
        givenUp: [],
      },
      from: 0,
      offset: 0,
      items: plan.items.values(),
      signal,
      onDone({ item, outcome }) {
        if (outcome.status === "exported") report.written++;
        else {
          if (outcome.status === "held") report.heldBack++;
          else report.failed++;
          input.onProblem({ file: item + 1, code: outcome.code ?? "INTERNAL", reason: outcome.reason ?? "" });
        }
        input.onProgress({ done: ++done, total: plan.items.length });
      },
    });
    // An empty folder that was there is taken.
    if (existsSync(destination)) rmdirSync(destination);
    publishFolder(partial, destination);
    return report;
  } catch (thrown) {
    rmSync(partial, { recursive: true, force: true });
    throw thrown;
  }
}

function assertNew(destination: string): void {
  const there = lookAt(destination);
  const empty = there?.isDirectory() === true && readdirSync(destination).length === 0;
  if ((there !== undefined && !empty) || existsSync(partialPath(destination))) {
    throw new SatchelError(
      "ALREADY_EXISTS",
      "The destination is there already and is not empty; nothing was overwritten.",
      "Choose a new folder.",
    );
  }
}

/** @throws WRITE_FAILED where what is above the destination is no folder, or may not be looked into */
function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw toWriteError(error);
  }
}

/** Outside of what is cleaned up after a failure: a folder that is there already is somebody else's. @throws ALREADY_EXISTS, WRITE_FAILED */
function makePartial(partial: string): void {
  try {
    makeFolders(dirname(partial));
    mkdirSync(partial, { mode: 0o700 });
  } catch (error) {
    throw toWriteError(error);
  }
}

interface FilesPlan {
  items: ImagingItem[];
  sources: SourceAccess[];
  problems: SourceProblem[];
  skipped: number;
}

async function planFiles(input: DeidentifyInput): Promise<FilesPlan> {
  const plan: FilesPlan = { items: [], sources: [], problems: [], skipped: 0 };
  const names = new Set<string>();
  const uidOf = (uid: string): string =>
    input.policy.receipt.options.includes("retain-uids") ? uid : (input.policy.pseudonyms?.uid(uid) ?? uid);
  const put = (source: number, { locator, description }: IndexedInstance): void => {
    if (plan.items.length >= MOST_FILES) {
      throw new SatchelError(
        "TOO_LARGE",
        `More than ${MOST_FILES} files at once.`,
        "Add the folder as a source and export it instead.",
      );
    }
    const study = uidOf(description.studyInstanceUid);
    const path = `${study}/${uidOf(description.sopInstanceUid)}.dcm`;
    if (names.has(path)) {
      const reason = "Another file with the same SOP Instance UID came before this one.";
      plan.problems.push({ ref: locator.ref, code: "ALREADY_EXISTS", reason });
      return;
    }
    names.add(path);
    plan.items.push({
      source,
      locator,
      orthancInstanceId: "",
      description,
      path,
      previewFolder: null,
      firstPreview: 0,
      patient: 1,
      study,
    });
  };
  for (const [index, path] of input.paths.entries()) {
    const stat = statOf(path, index + 1);
    if (stat.isDirectory()) {
      plan.sources.push({ id: index, kind: folderSource.kind, config: { path }, secret: undefined });
      const target = collect((instance) => put(index, instance), plan.problems);
      const report = await folderSource.sync({ path }, undefined, target, () => undefined, input.signal);
      plan.skipped += report.skipped;
    } else {
      plan.sources.push({ id: index, kind: folderSource.kind, config: { path: dirname(path) }, secret: undefined });
      planFile(plan, path, (instance) => put(index, instance));
    }
  }
  return plan;
}

function statOf(path: string, number: number): Stats {
  try {
    return statSync(path);
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw missing
      ? new SatchelError("NOT_FOUND", `Input ${number} is not there.`, "Check its path.", { cause })
      : new SatchelError("READ_FAILED", `Input ${number} could not be read.`, "Check its path and its access rights.", {
          cause,
        });
  }
}

function planFile(plan: FilesPlan, path: string, put: (instance: IndexedInstance) => void): void {
  try {
    const instance = indexFile(path);
    if (instance === undefined) plan.skipped++;
    else put(instance);
  } catch (thrown) {
    const { code, message } = toErrorRecord(thrown);
    plan.problems.push({ ref: basename(path), code, reason: message });
  }
}

/** A sync that keeps nothing but what it was asked for. */
function collect(put: (instance: IndexedInstance) => void, problems: SourceProblem[]): SyncTarget {
  return {
    known: () => undefined,
    keep: () => undefined,
    put,
    putAnalysis: () => undefined,
    problem: (problem) => void problems.push(problem),
    remove: () => undefined,
    readState: () => ({}),
    writeState: () => undefined,
  };
}

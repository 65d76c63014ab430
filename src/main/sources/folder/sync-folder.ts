import { closeSync, readFileSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { SatchelError } from "../../../contract/errors.ts";
import { z } from "../../../contract/schema.ts";
import { describeInstance } from "../../dicom/describe.ts";
import { createScratch, readHeader } from "../../dicom/read-part10.ts";
import { ANALYSIS_MAXIMUM_BYTES, parseAnalysisDocument } from "../analysis-document.ts";
import type { SyncProgress, SyncReport, SyncTarget } from "../source.ts";
import { throttleProgress } from "../sync-progress.ts";
import { compareDicomdir, isDicomdir } from "./dicomdir.ts";
import type { FolderConfig } from "./folder-config.ts";
import { openFile, openRoot, stampOf } from "./open-file.ts";
import { asReadError, readFailure } from "./read-failure.ts";
import { sniffDicom } from "./sniff.ts";
import { walkTree, type TreeEntry } from "./walk-tree.ts";

/** How long the walk may hold the thread before others get their turn. Milliseconds. */
const TURN = 15;

const ANALYSIS_NAME = /^([0-9.]{1,64})\.analysis\.json$/i;

const folderState = z.object({
  /** Files met by the last sync, of any kind. */
  files: z.number(),
  dicomdirs: z.record(z.string(), z.object({ stamp: z.string(), notices: z.array(z.string()) })),
});

interface FolderSync {
  target: SyncTarget;
  report: SyncReport;
  scratch: ReturnType<typeof createScratch>;
  /** DICOMDIR files met: reference and stamp. */
  dicomdirs: Map<string, string>;
}

type File = Extract<TreeEntry, { kind: "file" }>;

/**
 * Fills the catalog from a folder tree in one pass that reads headers only. A file whose size, modification time and inode are those
 * of the last sync is not opened; files that are not DICOM are known by nothing but their first bytes and looked at each time.
 *
 * @throws READ_FAILED where the folder itself cannot be read or goes away, CANCELLED. A single file or folder that cannot be read is a
 *   problem of that one.
 */
export async function syncFolder(
  config: FolderConfig,
  target: SyncTarget,
  onProgress: (progress: SyncProgress) => void,
  signal: AbortSignal,
): Promise<SyncReport> {
  const { root, identity } = openRoot(config.path);
  const state = folderState.safeParse(target.readState()).data;
  const report: SyncReport = {
    added: 0,
    changed: 0,
    unchanged: 0,
    removed: 0,
    skipped: 0,
    problems: 0,
    analyses: 0,
    complete: true,
    notices: [],
  };
  const sync: FolderSync = { target, report, scratch: createScratch(), dicomdirs: new Map() };
  const progress = throttleProgress(onProgress);
  const step = "Reading headers";
  let files = 0;
  let linksOut = 0;
  let turn = performance.now();

  for (const entry of walkTree(root)) {
    if (performance.now() - turn > TURN) {
      await nextTurn();
      turn = performance.now();
    }
    if (signal.aborted) throw new SatchelError("CANCELLED", "The sync of the folder was cancelled.");
    if (entry.kind === "file") {
      syncFile(sync, entry);
      progress({
        phase: "headers",
        step,
        done: ++files,
        total: state === undefined ? null : Math.max(state.files, files),
      });
    } else if (entry.kind === "unreadable") reportUnreadable(sync, entry);
    else if (entry.kind === "link" && !entry.broken) linksOut++;
    else report.skipped++;
  }

  if (openRoot(config.path).identity !== identity)
    throw new SatchelError(
      "READ_FAILED",
      "The folder source was replaced by another folder during the sync.",
      "Check that its drive is still connected, then sync again.",
    );
  if (linksOut > 0)
    report.notices.push(
      `${linksOut} symbolic ${linksOut === 1 ? "link leads" : "links lead"} out of the folder and ${linksOut === 1 ? "was" : "were"} not ` +
        "followed. Add the place it leads to as a source of its own if it belongs to the records.",
    );
  if (files === 0 && (state?.files ?? 0) > 0) {
    // A drive that is not mounted leaves an empty folder behind.
    report.complete = false;
    report.notices.push(
      "The folder is empty now; nothing was removed from the catalog. Check that its drive is connected; if the records are really " +
        "gone, remove the source.",
    );
    return report;
  }
  const dicomdirs: z.infer<typeof folderState>["dicomdirs"] = {};
  const same = state !== undefined && report.added + report.changed === 0 && state.files === files;
  for (const [ref, stamp] of sync.dicomdirs) {
    if (signal.aborted) throw new SatchelError("CANCELLED", "The sync of the folder was cancelled.");
    const before = state?.dicomdirs[ref];
    const notices =
      same && before?.stamp === stamp
        ? before.notices
        : compareDicomdir({ root, ref, others: sync.dicomdirs.keys(), target, scratch: sync.scratch });
    dicomdirs[ref] = { stamp, notices };
    report.notices.push(...notices);
    await nextTurn();
  }
  target.writeState({ files, dicomdirs });
  return report;
}

function reportUnreadable(sync: FolderSync, entry: Extract<TreeEntry, { kind: "unreadable" }>): void {
  const what = entry.folder ? "folder" : "file";
  // What the catalog knows of a folder that cannot be looked into must stay in it.
  if (entry.folder) sync.report.complete = false;
  sync.report.problems++;
  const reason = `The ${what} could not be read: ${readFailure(entry.code)}.`;
  sync.target.problem({ ref: entry.ref === "" ? "." : entry.ref, code: "READ_FAILED", reason });
}

function syncFile(sync: FolderSync, file: File): void {
  const { target, report } = sync;
  const analysis = ANALYSIS_NAME.exec(file.name);
  try {
    if (analysis?.[1] !== undefined) syncAnalysis(sync, file, analysis[1]);
    else syncInstance(sync, file);
  } catch (thrown) {
    const error = asReadError(thrown);
    if (!(error instanceof SatchelError)) throw error;
    if (target.known(file.ref) !== undefined) {
      target.remove(file.ref);
      report.removed++;
    }
    report.problems++;
    target.problem({ ref: file.ref, code: error.code, reason: error.message });
  }
}

function syncInstance(sync: FolderSync, file: File): void {
  const { target, report } = sync;
  const known = target.known(file.ref);
  if (known !== undefined && known.stamp === stampOf(file.stat) && known.size === Number(file.stat.size)) {
    target.keep(file.ref);
    report.unchanged++;
    return;
  }
  const { fd, size, stat } = openFile(file.path);
  try {
    if (!sniffDicom(fd)) {
      report.skipped++;
      return;
    }
    const part10 = readHeader(fd, size, sync.scratch);
    if (isDicomdir(part10)) {
      sync.dicomdirs.set(file.ref, `${stampOf(stat)}-${size}`);
      return;
    }
    const description = describeInstance(part10);
    for (const [name, uid] of [
      ["SOP Instance UID", description.sopInstanceUid],
      ["Series Instance UID", description.seriesInstanceUid],
      ["Study Instance UID", description.studyInstanceUid],
    ])
      if (uid === "") throw new SatchelError("BAD_DICOM", `The DICOM file has no ${name}.`);
    // The stamp of what was opened: the file may have changed since the walk looked at it.
    target.put({ locator: { ref: file.ref, size, stamp: stampOf(stat) }, description });
    if (known === undefined) report.added++;
    else report.changed++;
  } finally {
    closeSync(fd);
  }
}

function syncAnalysis(sync: FolderSync, file: File, studyInstanceUid: string): void {
  const { target, report } = sync;
  report.analyses++;
  if (target.known(file.ref)?.stamp === `${stampOf(file.stat)}-${file.stat.size}`) {
    target.keep(file.ref);
    return;
  }
  const { fd, size, stat } = openFile(file.path);
  try {
    const stamp = `${stampOf(stat)}-${size}`;
    if (size > ANALYSIS_MAXIMUM_BYTES)
      throw new SatchelError("TOO_LARGE", `The AI analysis result is larger than ${ANALYSIS_MAXIMUM_BYTES} bytes.`);
    const parsed = parseAnalysisDocument(readFileSync(fd));
    const document = "document" in parsed ? parsed.document : undefined;
    target.putAnalysis({ studyInstanceUid, name: "analysis", ref: file.ref, stamp, document });
    if ("reason" in parsed) {
      report.problems++;
      target.problem({
        ref: file.ref,
        code: "SOURCE_ANSWER",
        reason: `The AI analysis result beside the files ${parsed.reason}.`,
      });
    }
  } finally {
    closeSync(fd);
  }
}

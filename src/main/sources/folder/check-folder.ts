import { closeSync } from "node:fs";
import { SatchelError } from "../../../contract/errors.ts";
import type { CheckFinding, CheckReport } from "../source.ts";
import type { FolderConfig } from "./folder-config.ts";
import { openFile, openRoot } from "./open-file.ts";
import { readFailure } from "./read-failure.ts";
import { sniffDicom } from "./sniff.ts";
import { codeOf, walkTree } from "./walk-tree.ts";

/** Files looked at: a check must be quick on any folder. */
const SAMPLE = 1_000;

/** Says what a person should know before a sync: whether the folder can be read, and whether DICOM files are in it. */
export function checkFolder(config: FolderConfig, signal: AbortSignal): CheckReport {
  const findings: CheckFinding[] = [];
  try {
    inspect(config, signal, findings);
  } catch (error) {
    if (!(error instanceof SatchelError) || error.code === "CANCELLED") throw error;
    findings.push({ level: "problem", text: error.message, next: error.next });
  }
  return { ok: findings.every((finding) => finding.level !== "problem"), findings };
}

function inspect(config: FolderConfig, signal: AbortSignal, findings: CheckFinding[]): void {
  const { root } = openRoot(config.path);
  let files = 0;
  let dicom = 0;
  let links = 0;
  const unreadable = new Map<string, number>();
  for (const entry of walkTree(root)) {
    if (signal.aborted) throw new SatchelError("CANCELLED", "The check of the folder was cancelled.");
    if (entry.kind === "unreadable") unreadable.set(entry.code, (unreadable.get(entry.code) ?? 0) + 1);
    else if (entry.kind === "link" && !entry.broken) links++;
    else if (entry.kind === "file") {
      files++;
      try {
        if (beginsLikeDicom(entry.path)) dicom++;
      } catch (error) {
        unreadable.set(codeOf(error), (unreadable.get(codeOf(error)) ?? 0) + 1);
      }
      if (files === SAMPLE) break;
    }
  }
  findings.push({ level: "ok", text: "The folder can be opened." });
  const sample = files === SAMPLE ? `the first ${SAMPLE}` : `${files}`;
  if (dicom > 0) findings.push({ level: "ok", text: `${dicom} of ${sample} files looked at are DICOM files.` });
  else
    findings.push({
      level: "warning",
      text: files === 0 ? "The folder is empty." : `None of ${sample} files looked at is a DICOM file.`,
      next: "Check that this is the right folder, and that its drive is connected.",
    });
  for (const [code, number] of unreadable)
    findings.push({
      level: "warning",
      text: `${number} files or folders could not be read: ${readFailure(code)}.`,
      next: "Give this user the right to read them, or leave them out; each is listed by the sync.",
    });
  if (links > 0)
    findings.push({
      level: "warning",
      text: `${links} symbolic links lead out of the folder; they are not followed.`,
      next: "Add the places they lead to as sources of their own if they belong to the records.",
    });
}

function beginsLikeDicom(path: string | Buffer): boolean {
  const { fd } = openFile(path);
  try {
    return sniffDicom(fd);
  } finally {
    closeSync(fd);
  }
}

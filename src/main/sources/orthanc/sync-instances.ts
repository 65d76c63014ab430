import { SatchelError } from "../../../contract/errors.ts";
import { forEachConcurrently } from "../concurrent.ts";
import type { SyncReport, SyncTarget } from "../source.ts";
import { describeTags } from "./describe-tags.ts";
import type { AttachmentInfo, OrthancApi } from "./orthanc-api.ts";

/** One sync of an Orthanc server under way. */
export interface OrthancSync {
  api: OrthancApi;
  target: SyncTarget;
  report: SyncReport;
  concurrency: number;
  signal: AbortSignal;
  /** Instances that could not be described: tried again by the next sync. */
  failed: Set<string>;
  /** How many more instances of the server are in the catalog or in `failed` than before. */
  countChange: number;
  /** Some instance has no MD5 at the server. */
  withoutMd5: boolean;
}

/**
 * What stands for the content of an instance: its MD5, or "uuid:" and the id of Orthanc's file where the server keeps no MD5. The
 * latter tells that a file was replaced, but proves no transfer.
 */
function stampOf(info: AttachmentInfo): string {
  return info.UncompressedMD5 === "" ? `uuid:${info.Uuid}` : info.UncompressedMD5.toLowerCase();
}

/**
 * Brings instances into the catalog: one small request for one that is known and unchanged, three for the others.
 *
 * @throws SOURCE_UNREACHABLE, SOURCE_REFUSED, CANCELLED. What concerns one instance alone becomes a problem instead.
 */
export async function syncInstances(sync: OrthancSync, ids: Iterable<string>, onDone: () => void): Promise<void> {
  await forEachConcurrently(ids, sync.concurrency, async (id) => {
    const before = sync.target.known(id) !== undefined || sync.failed.has(id);
    let after = true;
    try {
      after = await syncInstance(sync, id);
    } catch (error) {
      if (!isAboutOneThing(error)) throw error;
      sync.failed.add(id);
      sync.report.problems++;
      sync.target.problem({ ref: id, code: error.code, reason: error.message });
    }
    sync.countChange += Number(after) - Number(before);
    onDone();
  });
}

/** Whether the server as a whole still works, so that the sync can go on with the next thing. */
export function isAboutOneThing(error: unknown): error is SatchelError {
  return (
    error instanceof SatchelError &&
    error.code !== "SOURCE_UNREACHABLE" &&
    error.code !== "SOURCE_REFUSED" &&
    error.code !== "CANCELLED"
  );
}

/** @returns false where the instance is no longer at the server */
async function syncInstance(sync: OrthancSync, id: string): Promise<boolean> {
  const { api, target, report, signal } = sync;
  const info = await api.attachmentInfo(id, signal);
  if (info === undefined) {
    forgetInstance(sync, id);
    return false;
  }
  if (info.UncompressedMD5 === "") sync.withoutMd5 = true;
  const stamp = stampOf(info);
  const size = info.UncompressedSize;
  const known = target.known(id);
  if (known !== undefined && known.stamp === stamp && known.size === size) {
    target.keep(id);
    sync.failed.delete(id);
    report.unchanged++;
    return true;
  }
  const [tags, metadata] = await Promise.all([api.tags(id, signal), api.metadata(id, signal)]);
  if (tags === undefined || metadata === undefined) {
    forgetInstance(sync, id);
    return false;
  }
  const transferSyntax = metadata["TransferSyntax"] ?? (await api.headerTransferSyntax(id, signal));
  const description = describeTags(tags, metadata, transferSyntax);
  if (
    description.sopInstanceUid === "" ||
    description.seriesInstanceUid === "" ||
    description.studyInstanceUid === ""
  ) {
    throw new SatchelError("BAD_DICOM", "The instance has no Study, Series or SOP Instance UID.");
  }
  target.put({ locator: { ref: id, size, stamp }, description, orthancInstanceId: id });
  sync.failed.delete(id);
  if (known === undefined) report.added++;
  else report.changed++;
  return true;
}

/** It was deleted between the moment it was named and the moment it was asked for. */
function forgetInstance(sync: OrthancSync, id: string): void {
  sync.failed.delete(id);
  if (sync.target.known(id) === undefined) return;
  sync.target.remove(id);
  sync.report.removed++;
}

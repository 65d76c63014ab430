import type { ResourceToWrite, StoredVersion } from "./resource-writer.ts";

/** What tells which of two versions of a resource is the newer. */
interface Version {
  lastUpdated: number | null;
  version: string;
  subsetted: boolean;
}

/**
 * Whether what is put takes the place of what is there: the later `meta.lastUpdated` wins, then the higher `meta.versionId`, then the one
 * that is put last. One that lacks elements never takes the place of a whole one, and a whole one always that of such.
 */
export function supersedes(put: Version, there: Version): "yes" | "older" | "partial" {
  if (put.subsetted !== there.subsetted) return put.subsetted ? "partial" : "yes";
  if (put.lastUpdated !== null && there.lastUpdated !== null && put.lastUpdated !== there.lastUpdated)
    return put.lastUpdated > there.lastUpdated ? "yes" : "older";
  const [now, before] = [numberOf(put.version), numberOf(there.version)];
  return now !== undefined && before !== undefined && now < before ? "older" : "yes";
}

/** Ids of versions are opaque; only numbers, which most servers have, can be compared. */
function numberOf(version: string): number | undefined {
  return /^\d{1,15}$/.test(version) ? Number(version) : undefined;
}

/** Of one that waits to be written, against the one that is put now. */
export function versionOf(waiting: ResourceToWrite, put: ResourceToWrite): StoredVersion {
  const { lastUpdated, version, subsetted } = waiting;
  const same = waiting.json.equals(put.json) && waiting.extra === put.extra;
  return { row: 0, lastUpdated, version, subsetted, same };
}

import type { SyncOptions } from "../../../contract/calls/sources.ts";
import type { ResourcesTarget } from "../resources-source.ts";
import type { SyncProgress } from "../source.ts";
import type { Capabilities } from "./capabilities.ts";
import type { FhirClient } from "./fhir-client.ts";
import type { FhirConfig } from "./fhir-config.ts";

/** What one sync of a FHIR server works with. */
export interface SyncContext {
  config: FhirConfig;
  options: SyncOptions;
  client: FhirClient;
  capabilities: Capabilities;
  target: ResourcesTarget;
  tell: (progress: SyncProgress) => void;
  /** Keeps a resource. @returns as ResourcesTarget.put */
  put(json: Buffer, type: string, ref: string): ReturnType<ResourcesTarget["put"]>;
  /** Something that is not there as it should be: told to the user, and the sync is not complete. */
  problem(ref: string, reason: string): void;
  /** A sentence for the report, each once. */
  notice(text: string): void;
  signal: AbortSignal;
}

/** What a sync leaves for the next. */
export interface SyncState {
  /** By type: what was asked for, and since when changes are to be looked for. */
  search?: Record<string, { asked: string; since: string }>;
  /** Of the latest bulk export; see bulk/bulk-state.ts. */
  bulk?: unknown;
  /** Pictures and documents that did not come yet; see attachments.ts. */
  attachments?: unknown;
}

export function readState({ target }: SyncContext): SyncState {
  return target.readState();
}

export function changeState(context: SyncContext, change: (state: SyncState) => SyncState): void {
  context.target.writeState({ ...change(readState(context)) });
}

import type { SyncOptions } from "../../../src/contract/calls/sources.ts";
import { fhirConfig } from "../../../src/main/sources/fhir/fhir-config.ts";
import { withServer } from "../../../src/main/sources/fhir/fhir-source.ts";
import { syncFhir } from "../../../src/main/sources/fhir/sync-fhir.ts";
import type { SyncReport } from "../../../src/main/sources/source.ts";
import { virtualPatience, type VirtualPatience } from "../../support/virtual-patience.ts";
import type { RecordingResources } from "../recording-resources.ts";

interface Settings {
  options?: SyncOptions;
  secret?: string;
  patience?: VirtualPatience;
  signal?: AbortSignal;
  steps?: string[];
}

/** One sync of a server into `target`, by a clock that does not wait. */
export function syncInTest(
  url: string,
  target: RecordingResources,
  config: Record<string, unknown> = {},
  { options = {}, secret, patience = virtualPatience(), signal = new AbortController().signal, steps }: Settings = {},
): Promise<SyncReport> {
  target.forget();
  const parsed = fhirConfig.parse({ url, limits: { callsPerMinute: 60_000 }, timeZone: "UTC", ...config });
  return withServer(parsed, secret, patience, undefined, (client) =>
    syncFhir(client, parsed, target, ({ step }) => void steps?.push(step), signal, options),
  );
}

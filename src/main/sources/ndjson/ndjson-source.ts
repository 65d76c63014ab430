import type { ResourcesSourceKind } from "../resources-source.ts";
import { checkNdjson } from "./check-ndjson.ts";
import type { NdjsonConfig } from "./ndjson-config.ts";
import { syncNdjson } from "./sync-ndjson.ts";

/** A file or folder of NDJSON, Bundles, single resources or Open mHealth data points. */
export const ndjsonSource: ResourcesSourceKind<NdjsonConfig> = {
  kind: "ndjson",
  check: async (config, _secret, signal) => await checkNdjson(config, signal),
  sync: async (config, _secret, target, onProgress, signal) => await syncNdjson(config, target, onProgress, signal),
};

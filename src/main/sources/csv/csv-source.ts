import type { RecordsSourceKind } from "../records-source.ts";
import { checkCsv } from "./check-csv.ts";
import type { CsvConfig } from "./csv-config.ts";
import { syncCsv } from "./sync-csv.ts";

/** A CSV file that a hospital hands over: EQMD's notes export, the studies platform's export, or any with a mapping of its own. */
export const csvSource: RecordsSourceKind<CsvConfig> = {
  kind: "csv",
  check: async (config, _secret, signal) => await checkCsv(config, signal),
  sync: async (config, _secret, target, onProgress, signal) => await syncCsv(config, target, onProgress, signal),
};

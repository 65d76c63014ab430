import type { RecordsSourceKind } from "../records-source.ts";
import type { CsvConfig } from "./csv-config.ts";

/** A CSV file that a hospital hands over: EQMD's notes export, the studies platform's export, or any with a mapping of its own. */
export const csvSource: RecordsSourceKind<CsvConfig> = {
  kind: "csv",
  // What reads is loaded where something is read: every process knows all kinds of source.
  async check(config, _secret, signal) {
    const { checkCsv } = await import("./check-csv.ts");
    return await checkCsv(config, signal);
  },
  async sync(config, _secret, target, onProgress, signal) {
    const { syncCsv } = await import("./sync-csv.ts");
    return await syncCsv(config, target, onProgress, signal);
  },
};

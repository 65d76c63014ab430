import type { ReceiptSource } from "../../../contract/receipt.ts";
import type { Catalog } from "../../catalog/database.ts";
import { holdersOf } from "../../catalog/record-holders.ts";
import { recordsConfigOf } from "../../catalog/record-patients.ts";
import { listSources } from "../../catalog/sources.ts";
import { tableNotice } from "./table-notices.ts";

/** A source that rows of a table may come from. */
export interface RecordSource {
  timeZone: string;
  receipt: ReceiptSource;
}

/** @param names of sources; undefined for all that hold such records */
export function recordSources(
  catalog: Catalog,
  what: Parameters<typeof holdersOf>[1],
  names: readonly string[] | undefined,
): RecordSource[] {
  const holders = holdersOf(catalog, what);
  return listSources(catalog)
    .filter(({ id, name }) => (names === undefined ? holders.has(id) : names.includes(name)))
    .map(({ name, config, lastSyncAt, lastSync, lastError, syncBeganAt }) => ({
      timeZone: recordsConfigOf(JSON.stringify(config)).timeZone,
      receipt: {
        name,
        syncedAt: lastSyncAt,
        complete: lastSync?.complete === true && lastError === null && syncBeganAt === null,
      },
    }));
}

/** What the receiver must know of sources that were not read to the end. */
export function incompleteNotices(sources: readonly RecordSource[]): string[] {
  return sources
    .filter(({ receipt }) => !receipt.complete)
    .map(({ receipt: { name, syncedAt } }) =>
      tableNotice(syncedAt === null ? "source-not-read" : "source-incomplete", { name }),
    );
}

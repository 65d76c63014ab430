import type { ReceiptSource } from "../../../contract/receipt.ts";
import type { Catalog } from "../../catalog/database.ts";
import { holdersOf } from "../../catalog/record-holders.ts";
import { recordsConfigOf } from "../../catalog/record-patients.ts";
import { listSources, type SourceRow } from "../../catalog/sources.ts";
import { tableNotice } from "./table-notices.ts";

/** A source that rows of a table may come from. */
export interface RecordSource {
  timeZone: string;
  /** Whether the catalog has some of it. */
  holds: boolean;
  receipt: ReceiptSource;
}

/**
 * Where no names are given: all that hold such records, and those of records that have never been read, since what they hold is missing.
 * Where a record could not be read a source is not complete.
 *
 * @param names of sources, in any case; undefined for all
 */
export function recordSources(
  catalog: Catalog,
  what: Parameters<typeof holdersOf>[1],
  names: readonly string[] | undefined,
): RecordSource[] {
  const holders = holdersOf(catalog, what);
  const wanted = names?.map((name) => name.toLowerCase());
  const mayHold = ({ kind, config, lastSyncAt }: SourceRow): boolean =>
    lastSyncAt === null && Object.hasOwn(config as object, "timeZone") && !(what === "notes" && kind === "studies-api");
  return listSources(catalog)
    .filter((source) => wanted?.includes(source.name.toLowerCase()) ?? (holders.has(source.id) || mayHold(source)))
    .map(({ id, name, config, lastSyncAt, lastSync, lastError, syncBeganAt, problems }) => ({
      timeZone: recordsConfigOf(JSON.stringify(config)).timeZone,
      holds: holders.has(id),
      receipt: {
        name,
        syncedAt: lastSyncAt,
        complete: lastSync?.complete === true && lastError === null && syncBeganAt === null && problems === 0,
      },
    }));
}

/** What the receiver must know of sources that were not read to the end. */
export function incompleteNotices(sources: readonly Pick<RecordSource, "receipt">[]): string[] {
  return sources
    .filter(({ receipt }) => !receipt.complete)
    .map(({ receipt: { name, syncedAt } }) =>
      tableNotice(syncedAt === null ? "source-not-read" : "source-incomplete", { name }),
    );
}

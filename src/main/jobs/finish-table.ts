import { SatchelError } from "../../contract/errors.ts";
import { codebook } from "../exports/table/codebook.ts";
import { dataPackage } from "../exports/table/data-package.ts";
import { WITHIN } from "../exports/table/package-names.ts";
import type { TableDescription } from "../exports/table/table-description.ts";
import type { Stretch } from "../exports/table/table-format.ts";
import { tableNotices, tableReceipt } from "../exports/table/table-receipt.ts";
import { besideNames } from "../package/beside.ts";
import { combineCrc32 } from "../package/crc32-combine.ts";
import type { EntryRecord } from "../package/entry.ts";
import { finishFolder, finishZip, type FinishInput } from "../package/finish.ts";
import { crc32Of } from "../package/prepare-entry.ts";
import { OWN_NAMES } from "../package/receipt-text.ts";
import { writeFully } from "../package/write-bytes.ts";
import { writeFolderText, writeZipText } from "../package/write-text.ts";
import { entryEnd, localHeader } from "../package/zip-format.ts";
import { digestOnWorker } from "./digest-on-worker.ts";
import { flush } from "./package-target.ts";
import { encodeBytes, joinStretches } from "./part-writer.ts";
import type { TablePackagePlan } from "./stored-plan.ts";
import type { TableContext, TableLayout } from "./table-context.ts";
import type { TableTarget } from "./table-target.ts";

/** The files of a package whose table is whole, in the order in which they were made; of a table alone, itself. */
export interface FinishedTable {
  entries: EntryRecord[];
  /** Of the ZIP, or of all files. */
  bytes: number;
}

/** Sizes and checksums of a table as they must be, from those of its parts. */
type Expected = Pick<EntryRecord, "size" | "crc32" | "compressedSize"> & { writtenCrc32: number };

/**
 * Writes what follows the last chunk: the end of the table, its descriptions, receipt and manifest. Repeatable: all of it follows from the
 * chunks and the plan. Nothing is durable yet.
 *
 * @throws PACKAGE_DAMAGED where the file does not give back what was written; DISK_FULL, WRITE_FAILED, CANCELLED, WORKER_DIED, TOO_LARGE
 */
export async function finishTable(
  context: TableContext,
  plan: TablePackagePlan,
  layout: TableLayout,
  target: TableTarget,
): Promise<FinishedTable> {
  const table = await endTable(context, plan, layout, target);
  if (context.recipe.format === "file") return { entries: [table], bytes: table.size };
  const { sums, settings } = layout;
  const notices = tableNotices(context.table, plan.notices, sums.columns);
  const description: TableDescription = {
    kind: context.recipe.kind,
    fileName: plan.table,
    format: settings,
    summaries: sums.columns,
    rows: sums.rows,
    bytes: table.size,
    sha256: table.sha256,
    startedAt: context.startedAt,
    notices,
  };
  const names = context.recipe.format === "beside" ? besideNames(plan.table) : { ...WITHIN, ...OWN_NAMES };
  const entries = [table];
  const write = (name: string, role: EntryRecord["role"], text: string): void => {
    entries.push(
      context.recipe.format === "zip"
        ? writeZipText(target.fd, entryEnd(entries.at(-1)!), { name, role }, [text])
        : writeFolderText(target.partial, { name, role }, [text]),
    );
  };
  write(names.description, "description", dataPackage(description));
  write(names.codebook, "codebook", codebook(description));
  const input: FinishInput = {
    entries: () => entries,
    receipt: tableReceipt({ ...context, counts: plan.counts, sums, notices }),
    missing: () => [],
    signal: context.signal,
    names,
    unsynced: true,
  };
  const { receipt, manifest, bytes } =
    context.recipe.format === "zip"
      ? await finishZip(target.fd, entryEnd(entries.at(-1)!), input)
      : await finishFolder(target.partial, input);
  return { entries: [...entries, receipt, manifest], bytes };
}

/** Ends the table and reads it back, once, in its order: its SHA-256 cannot be put together from those of its parts. */
async function endTable(
  { pool, recipe, signal }: TableContext,
  plan: TablePackagePlan,
  layout: TableLayout,
  target: TableTarget,
): Promise<EntryRecord> {
  const { format, level, start, deflatedEntry, sums } = layout;
  const foot = encodeBytes(Buffer.from(format.foot(sums.rows)), level, true);
  const stream = joinStretches(sums.stretch, foot.stretch);
  const after = format.after(stream);
  writeFully(target.fd, [foot.written, after], target.end);
  const expected = expect(layout, stream, after);
  const place = { start, length: expected.compressedSize, inflate: deflatedEntry, most: expected.size };
  // The disk takes in beside it what has to be durable before the table gets its name. Neither may be left running.
  const flushed = flush(target.fd);
  const [read] = await Promise.allSettled([digestOnWorker(pool, target.path, place, signal), flushed]);
  await flushed;
  if (read.status === "rejected") throw read.reason;
  const found = read.value;
  const same =
    found.size === expected.size &&
    found.crc32 === expected.crc32 &&
    found.writtenCrc32 === expected.writtenCrc32 &&
    !found.broken;
  if (!same) {
    throw new SatchelError(
      "PACKAGE_DAMAGED",
      `The table did not read back as it was written: ${plan.table}.`,
      "Check the disk of the destination, remove what is left there, and export again.",
    );
  }
  const { size, compressedSize, crc32, writtenCrc32 } = expected;
  const inZip = recipe.format === "zip";
  const record: EntryRecord = {
    name: plan.table,
    role: "table",
    offset: 0,
    method: deflatedEntry ? 8 : 0,
    crc32,
    size,
    compressedSize,
    ...(deflatedEntry ? { deflatedCrc32: writtenCrc32 } : {}),
    sha256: found.sha256,
    ...(inZip ? { reserved: true } : {}),
  };
  if (inZip) writeFully(target.fd, [localHeader(record)], 0);
  return record;
}

function expect({ format, deflatedEntry }: TableLayout, stream: Stretch, after: Buffer): Expected {
  const { size, crc32, writtenSize, writtenCrc32 } = stream;
  if (deflatedEntry) return { size, crc32, compressedSize: writtenSize, writtenCrc32 };
  const behind = combineCrc32(crc32Of([format.before]), writtenCrc32, writtenSize);
  const whole = combineCrc32(behind, crc32Of([after]), after.length);
  const length = format.before.length + writtenSize + after.length;
  return { size: length, crc32: whole, compressedSize: length, writtenCrc32: whole };
}

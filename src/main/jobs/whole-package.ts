/** The end of a package that is whole: verified, given its name, known again after a crash. */
import { existsSync, ftruncateSync } from "node:fs";
import { dirname } from "node:path";
import type { DatasetRecipe } from "../../contract/fhir-recipe.ts";
import { besideNames } from "../package/beside.ts";
import { isPublished, partialPath, publishFile, publishFolder } from "../package/publish.ts";
import { finishBeside, publishBeside } from "../package/publish-beside.ts";
import { digestOnWorker } from "./digest-on-worker.ts";
import { assertVerified, nameTaken } from "./package-errors.ts";
import { flush, fullSync } from "./package-target.ts";
import type { WorkerPool } from "./pool.ts";
import { closedTable, type ClosedTable } from "./table-target.ts";
import { verifyOnWorkers } from "./verify-on-workers.ts";

/** What is done with a package at its end. */
export interface PackageEnd {
  format: DatasetRecipe["format"];
  /** Name of the file that stands alone, or beside others. */
  table: string;
  pool: WorkerPool;
  signal: AbortSignal;
}

/**
 * Makes everything durable and looks, beside that, whether it is what it says it is. Neither is left running.
 *
 * @param fd of the ZIP, or of the file alone; -1 of a folder, whose files were made durable one by one
 * @param size of a file alone
 */
export async function verifyPartial(
  { format, table, pool, signal }: PackageEnd,
  partial: string,
  fd: number,
  size: number,
  onShare: (share: number) => void,
): Promise<void> {
  const settle = async (): Promise<void> => {
    if (fd < 0) return;
    // What an earlier run left behind the end goes.
    if (format === "file") ftruncateSync(fd, size);
    await flush(fd, fullSync);
  };
  const look = async (): Promise<void> => {
    // A file alone has nothing to be verified by; it was read back when it was whole.
    if (format === "file") return;
    const names = format === "beside" ? besideNames(table) : undefined;
    const onProgress = ({ bytes, bytesTotal }: { bytes: number; bytesTotal: number }): void =>
      onShare(bytesTotal === 0 ? 1 : bytes / bytesTotal);
    assertVerified(await verifyOnWorkers(pool, partial, signal, onProgress, names));
  };
  const settled = settle();
  const [looked] = await Promise.allSettled([look(), settled]);
  await settled;
  if (looked.status === "rejected") throw looked.reason;
}

/** @param names of the files, in the order in which they were made */
export function publishPackage({ format }: Pick<PackageEnd, "format">, final: string, names: readonly string[]): void {
  const partial = partialPath(final);
  if (format === "folder") publishFolder(partial, final);
  else if (format === "beside") publishBeside(partial, dirname(final), [...names.slice(1), ...names.slice(0, 1)]);
  else publishFile(partial, final);
}

/**
 * Takes up a crash after a package got its final name and before the job knew.
 *
 * @param startedAt stands in its receipt
 * @returns undefined where it has not got its name yet
 * @throws ALREADY_EXISTS where what bears the name is another's
 */
export async function adoptPackage<Closed extends ClosedTable>(
  end: PackageEnd,
  final: string,
  token: string,
  startedAt: string,
  onShare: (share: number) => void,
): Promise<Closed | undefined> {
  const closed = existsSync(final) ? (closedTable(final, token) as Closed | undefined) : undefined;
  if (closed === undefined) return undefined;
  const partial = partialPath(final);
  if (end.format === "beside")
    finishBeside(
      partial,
      closed.files.map(({ name }) => name),
    );
  else if (!isPublished(final)) return undefined;
  else if (existsSync(partial)) publishFile(partial, final);
  if (!(await isSame(end, closed, final, startedAt, onShare))) throw nameTaken();
  return closed;
}

async function isSame(
  { format, pool, signal }: PackageEnd,
  closed: ClosedTable,
  final: string,
  startedAt: string,
  onShare: (share: number) => void,
): Promise<boolean> {
  if (format === "file") {
    const place = { start: 0, length: closed.bytes + 1, inflate: false, most: closed.bytes + 1 };
    return (await digestOnWorker(pool, final, place, signal)).sha256 === closed.files.at(-1)?.sha256;
  }
  const report = await verifyOnWorkers(pool, final, signal, ({ bytes, bytesTotal }) => onShare(bytes / bytesTotal));
  return report.ok && report.receipt?.startedAt === startedAt && report.entries === closed.entries;
}

/** A table "NAME.csv" with its description, codebook, receipt and manifest next to it in the same folder, instead of within a package. */
import { lstatSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { EntryTable } from "./entry-table.ts";
import type { OwnNames } from "./receipt-text.ts";

export interface BesideNames extends OwnNames {
  description: string;
  codebook: string;
}

const TABLE = /\.(?:csv|xlsx|parquet)$/i;

/** Whether a name is one that tables have. */
export function isTableName(path: string): boolean {
  return TABLE.test(path);
}

/** "patient_data_export" of "patient_data_export.csv". */
export function stemOf(table: string): string {
  return table.replace(TABLE, "") || table;
}

export function besideNames(table: string): BesideNames {
  const stem = stemOf(table);
  return {
    description: `${stem}.datapackage.json`,
    codebook: `${stem}.codebook.md`,
    receipt: `${stem}.receipt.json`,
    manifest: `${stem}.manifest-sha256.txt`,
  };
}

/** A table and what lies beside it. */
export interface BesideSet {
  folder: string;
  table: string;
  names: BesideNames;
}

/** @returns undefined where no manifest or receipt lies beside the file */
export function besideSetOf(path: string): BesideSet | undefined {
  const table = basename(path);
  const folder = dirname(path);
  const names = besideNames(table);
  const isThere = (name: string): boolean => name !== table && isFile(join(folder, name)) !== undefined;
  return isThere(names.manifest) || isThere(names.receipt) ? { folder, table, names } : undefined;
}

/** The files of the set; what else lies in the folder is none of its business. */
export function listBeside({ folder, table, names }: BesideSet): EntryTable {
  const entries = new EntryTable(false);
  for (const name of [table, ...Object.values(names)]) {
    const size = isFile(join(folder, name));
    if (size !== undefined) entries.add({ name, offset: 0, method: 0, crc32: undefined, size, compressedSize: size });
  }
  return entries;
}

/** The same with their sizes, the table last: so it gets its name. */
export function filesBeside(set: BesideSet): { name: string; bytes: number }[] {
  const listed = listBeside(set);
  const files: { name: string; bytes: number }[] = [];
  for (let index = 0; index < listed.length; index++) {
    files.push({ name: listed.nameAt(index), bytes: listed.sizeAt(index) });
  }
  return [...files.slice(1), ...files.slice(0, 1)];
}

/** Its size; undefined where it is none: links are not followed. */
function isFile(path: string): number | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status?.isFile() === true ? status.size : undefined;
}

/**
 * Verifies the local headers and contents of some entries of a package: the part of verify that costs, free of state, so that it
 * can be shared out to worker threads.
 */
import { closeSync, constants, openSync } from "node:fs";
import { join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import type { FindingCode } from "../../contract/finding.ts";
import {
  checkContent,
  checkLargeDeflated,
  isLargeDeflated,
  readFully,
  type ContentProblem,
  type ContentReader,
} from "./check-entry.ts";
import type { ListedEntry } from "./entry-table.ts";
import type { VerifyReport } from "./verify-report.ts";
import { localHeader, type CentralFields } from "./zip-format.ts";

const MAX_32 = 0xffffffff;

/** Where entries stand: in a ZIP, or in files of their own. */
export type Layout = Exclude<VerifyReport["layout"], "beside">;

/** Throws where the content is no DICOM file that parses. */
export type ParseDicom = (content: ContentReader) => void;

/** Something wrong with one entry of a batch. Serialisable. */
export interface EntryProblem {
  index: number;
  code: FindingCode;
  sentence: string;
}

/** @throws SatchelError NOT_FOUND, READ_FAILED */
export function openForReading(path: string): number {
  try {
    // NONBLOCK: a pipe would be waited for until somebody writes to it. Windows knows no such flag.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new SatchelError(
      missing ? "NOT_FOUND" : "READ_FAILED",
      missing ? "There is no package of this name." : "The package could not be read.",
      missing ? "Check the path." : "Check the access rights of the package.",
      { cause: error },
    );
  }
}

/**
 * Checks the local header (ZIP) and content of some entries of a package, in this thread.
 *
 * @param path of the ZIP or folder.
 * @returns what is wrong, nothing for entries that are as they should be.
 */
export async function checkEntries(
  path: string,
  layout: Layout,
  batch: readonly ListedEntry[],
  parseDicom?: ParseDicom,
): Promise<EntryProblem[]> {
  const problems: EntryProblem[] = [];
  const check = async (fd: number, start: number, entry: ListedEntry): Promise<void> => {
    const parse = parseDicom !== undefined && entry.role === "dicom" ? asParser(parseDicom) : undefined;
    const problem = isLargeDeflated(entry)
      ? await checkLargeDeflated(fd, start, entry)
      : checkContent(fd, start, entry, parse);
    if (problem !== undefined) problems.push({ index: entry.index, ...problem });
  };
  if (layout === "folder") {
    for (const entry of batch) {
      const fd = openForReading(join(path, ...entry.name.split("/")));
      try {
        await check(fd, 0, entry);
      } finally {
        closeSync(fd);
      }
    }
    return problems;
  }
  const fd = openForReading(path);
  try {
    for (const entry of batch) {
      const expected = expectedHeader(fd, entry as CentralFields);
      const header = Buffer.alloc(expected.length);
      readFully(fd, header, entry.offset);
      if (!header.equals(expected)) {
        problems.push({
          index: entry.index,
          code: "HEADER_CHANGED",
          sentence: "its local header is not as it was written",
        });
      }
      await check(fd, entry.offset + expected.length, entry);
    }
  } finally {
    closeSync(fd);
  }
  return problems;
}

/**
 * Of an entry that begins beyond 4 GiB its central header does not tell whether the local one got its place before the sizes were known: the
 * local one itself does, by the length of its extra field.
 */
function expectedHeader(fd: number, entry: CentralFields): Buffer {
  const plain = localHeader(entry);
  if (entry.offset < MAX_32 || entry.reserved === true) return plain;
  const reserved = localHeader({ ...entry, reserved: true });
  const header = Buffer.alloc(reserved.length);
  readFully(fd, header, entry.offset);
  return header.equals(reserved) ? reserved : plain;
}

function asParser(parseDicom: ParseDicom): (content: ContentReader) => ContentProblem | undefined {
  return (content) => {
    try {
      parseDicom(content);
      return undefined;
    } catch (error) {
      const why = error instanceof SatchelError ? error.message : "it does not parse";
      return { code: "NOT_DICOM", sentence: `it is no DICOM file that parses: ${why}` };
    }
  };
}

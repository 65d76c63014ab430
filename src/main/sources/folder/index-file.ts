import { closeSync } from "node:fs";
import { basename } from "node:path";
import { describeInstance } from "../../dicom/describe.ts";
import { readHeader } from "../../dicom/read-part10.ts";
import type { IndexedInstance } from "../source.ts";
import { isDicomdir } from "./dicomdir.ts";
import { openFile, stampOf } from "./open-file.ts";
import { asReadError } from "./read-failure.ts";
import { sniffDicom } from "./sniff.ts";

/**
 * Reads the header of one file, as a sync of its folder would.
 *
 * @returns undefined where it is no DICOM instance (a DICOMDIR is none).
 * @throws BAD_DICOM, READ_FAILED, TOO_LARGE
 */
export function indexFile(path: string): IndexedInstance | undefined {
  try {
    return readIndex(path);
  } catch (thrown) {
    throw asReadError(thrown);
  }
}

function readIndex(path: string): IndexedInstance | undefined {
  const { fd, size, stat } = openFile(path);
  try {
    if (!sniffDicom(fd)) return undefined;
    const part10 = readHeader(fd, size);
    if (isDicomdir(part10)) return undefined;
    return { locator: { ref: basename(path), size, stamp: stampOf(stat) }, description: describeInstance(part10) };
  } finally {
    closeSync(fd);
  }
}

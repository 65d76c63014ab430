import { SatchelError } from "../../contract/errors.ts";
import { formatTag } from "./tag.ts";

/** A structure that breaks itself, at a byte of the file (of the inflated data set for a deflated one). */
export function badDicom(what: string, tag: number, offset: number): SatchelError {
  return new SatchelError(
    "BAD_DICOM",
    `The DICOM data are damaged: element ${formatTag(tag)} at byte ${offset} ${what}.`,
    "Fetch the file from its origin again.",
  );
}

/** The file ends, or its enclosing item does, before the element is complete. */
export function truncated(tag: number, offset: number): SatchelError {
  return badDicom("ends beyond the data that hold it; the file is cut short or its lengths are wrong", tag, offset);
}

/** One of the limits of limits.ts is reached. */
export function tooLarge(what: string): SatchelError {
  return new SatchelError(
    "TOO_LARGE",
    `The DICOM data exceed a limit of Satchel: ${what}.`,
    "Check the file with another tool; if it is genuine, report its size and kind.",
  );
}

export function notDicom(): SatchelError {
  return new SatchelError("NOT_DICOM", "The bytes do not begin like a DICOM file or data set.");
}

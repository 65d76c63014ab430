import { SatchelError } from "../../contract/errors.ts";
import { lookup } from "./dictionary.ts";
import { formatTag } from "./tag.ts";

/** A structure that breaks itself, at a byte of the file (of the inflated data set for a deflated one). */
export function badDicom(what: string, tag: number, offset: number): SatchelError {
  return new SatchelError(
    "BAD_DICOM",
    `The DICOM data are damaged: ${nameOf(tag)} at byte ${offset} ${what}.`,
    "Fetch the file from its origin again.",
  );
}

/** A tag that no dictionary has is four bytes of something else, perhaps of a name: it is not told. */
function nameOf(tag: number): string {
  const isKnown = tag >>> 16 === 0xfffe || ((tag & 0x10000) === 0 && (tag & 0xffff) !== 0 && lookup(tag) !== undefined);
  return isKnown || tag === 0 ? `element ${formatTag(tag)}` : "an unknown element";
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

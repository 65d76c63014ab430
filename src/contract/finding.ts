import { z } from "./schema.ts";

/** What can be wrong with a package. The text is the meaning, not what is shown. */
export const FINDING_CODES = {
  NOT_A_PACKAGE: "it is neither a ZIP nor a folder that holds a manifest and a receipt",
  CUT: "the end is missing",
  TRAILING_BYTES: "bytes follow the end of the archive, or a comment stands there",
  GAP: "bytes stand between entries that belong to none",
  OVERLAP: "two entries claim the same bytes",
  HEADER_CHANGED: "a header is not what Satchel writes for this entry",
  DIRECTORY_CHANGED: "the central directory or the end record does not agree with the entries",
  UNSAFE_NAME: "a name that would leave the folder it is unpacked into, or cannot be made on every system",
  DOUBLED: "two entries of one name, or of names that some systems take for one",
  MISSING: "the manifest or the receipt lists it and it is not there",
  ADDED: "it is there and nothing lists it",
  RENAMED: "the content is there under another name",
  CONTENT_CHANGED: "the content is not what was written",
  BOMB: "it would inflate to more than is sane",
  NOT_DICOM: "a DICOM file that does not parse",
  MANIFEST: "the manifest itself is broken",
  RECEIPT: "the receipt itself is broken",
  RECEIPT_DISAGREES: "the receipt's counts or lists do not agree with the package",
} as const;

export type FindingCode = keyof typeof FINDING_CODES;

/** `path` is the entry, or "" for the package as a whole; `text` an English sentence that names thing and cause. */
export const finding = z.object({
  code: z.enum(Object.keys(FINDING_CODES) as [FindingCode, ...FindingCode[]]),
  path: z.string(),
  text: z.string(),
});

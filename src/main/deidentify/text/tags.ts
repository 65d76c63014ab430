import type { ScrubKind } from "../../../contract/calls/records.ts";

/**
 * What stands in a scrubbed text in place of what was there. The same in every language: a tag is for programs as much as for readers, and
 * bracketed English capitals are what tools for clinical text know.
 */
export const SCRUB_TAGS: Readonly<Record<ScrubKind, string>> = {
  "patient-name": "[PATIENT]",
  "staff-name": "[STAFF]",
  "person-name": "[NAME]",
  "record-number": "[RECORD-NUMBER]",
  identifier: "[ID]",
  phone: "[PHONE]",
  email: "[EMAIL]",
  url: "[URL]",
  address: "[ADDRESS]",
  place: "[PLACE]",
  ward: "[WARD]",
  date: "[DATE]",
  "birth-date": "[BIRTH-DATE]",
  age: "[AGE]",
};

const TAGS: readonly string[] = Object.values(SCRUB_TAGS);

/** Where the tag that begins at this place ends; the place itself where none does. */
export function endOfTag(text: string, start: number): number {
  for (const tag of TAGS) if (text.startsWith(tag, start)) return start + tag.length;
  return start;
}

/**
 * What the notices of a table tell its receiver, beside their sentences: for a screen to say in its own language. A comment names the
 * parameters. What images tell as well has the code that it has there (notice.ts).
 */
export const TABLE_NOTICE_CODES = [
  "notes-with-record-numbers",
  "notes-with-live-ids",
  "notes-with-both",
  "notes-as-written",
  "notes-pseudonymous",
  "text-kept",
  "text-scrubbed",
  "note-times",
  "exact-ages",
  "status-of-now",
  "deleted-patients-included",
  "deleted-patients-left-out",
  "drafts-left-out",
  // count of notes
  "status-without-history",
  "status-before-history",
  "record-number-without-history",
  "record-number-before-history",
  "ward-without-history",
  "ward-before-history",
  "of-deleted-patients",
  // count
  "patients-joined",
  // name
  "source-not-read",
  "source-incomplete",
  "exams-identified",
  "exams-pseudonymous",
  "names-left-out",
  "rooms-kept",
  "descriptions-scrubbed",
  "order-of-names",
  // count
  "without-check-in",
  // count, column
  "lone-surrogates",
  "off-type",
  // column, longest
  "long-texts",
] as const;
export type TableNoticeCode = (typeof TABLE_NOTICE_CODES)[number];

/** What the policy of a table's receipt says was done, likewise. */
export const TABLE_OPTION_CODES = [
  "ids-live",
  "ids-pseudonyms",
  "record-numbers-kept",
  "record-numbers-pseudonyms",
  "record-numbers-dropped",
  "text-kept",
  "text-scrubbed",
  "text-dropped",
  "ages-exact",
  "ages-joined",
  "as-of-note",
  "as-of-now",
  "statuses-english",
  "statuses-source",
  "exams-identified",
  "exam-names-dropped",
  "exam-descriptions-scrubbed",
  "exam-dates-kept",
] as const;
export type TableOptionCode = (typeof TABLE_OPTION_CODES)[number];

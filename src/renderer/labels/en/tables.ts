import type { Identity } from "../../screens/exports/tables/table-identity.ts";

const one = (n: number, shown: string, singular: string, plural: string): string =>
  n === 1 ? `1 ${singular}` : `${shown} ${plural}`;

/** What each thing that leads to a person means, before it leaves. */
const identities: Record<Identity, string> = {
  names: "Names, record numbers and birth dates of the patients leave as they are.",
  "live-ids": "The identifiers of the source leave: whoever has access to that system can look each patient up.",
  "record-numbers": "Record numbers leave: staff of the hospital can find each patient by them.",
  resources: "The resources leave as the source holds them, with names, numbers, addresses and dates of the patients.",
  rules:
    "What leaves is what the imported rules let pass. Satchel follows them and cannot promise that they take out enough.",
  pictures: "Pictures leave as they are: a face or a name in them is not looked for.",
  "free-text": "The notes leave as they were written, with every name and number in them.",
};

/** Tables of notes and exams: what leaves, how, in which form. Nothing here ever says "anonymous". */
export const tables = {
  kind: { label: "What is exported", imaging: "Images", notes: "Notes", studies: "Study list" },

  /** "Notes, 12,345 rows" */
  counted: (what: string, rows: string) => `${what}, ${rows}`,
  policies: { identified: "With identity", pseudonymised: "Pseudonymised" },
  identity: "Identity",

  what: {
    nothing: { notes: "No notes are picked yet.", studies: "No study list is picked yet." },
    nothingNext: "Filter them in Browse, under Records, or take all there are.",
    none: { notes: "The catalog holds no notes.", studies: "The catalog holds no exams." },
    noneNext: "Add a source that has them (a database, a CSV file), and sync it.",
    addSource: "Open sources",
    everything: { notes: "All notes of the kinds chosen below", studies: "The whole study list" },
    matching: {
      notes: (filter: string) => `Notes that match: ${filter}`,
      studies: (filter: string) => `Exams that match: ${filter}`,
    },
    takeAll: { notes: "Take all notes", studies: "Take the whole list" },
    kinds: "Kinds of notes",
    kindCounted: (kind: string, shown: string) => `${kind} (${shown})`,
    withoutCheckIn: (n: number, shown: string) =>
      n === 1
        ? "1 exam without a check-in time is left out by the dates of the filter."
        : `${shown} exams without a check-in time are left out by the dates of the filter.`,
    withDeleted: "Notes of patients who are deleted at the source are in it.",
    filter: {
      text: (text: string) => `text “${text}”`,
      patients: (list: string) => `patient ${list}`,
      wards: (list: string) => `ward ${list}`,
      statuses: (list: string) => `status ${list}`,
      genders: (list: string) => `gender ${list}`,
      q: (text: string) => `“${text}” in one of the columns`,
      item: (text: string) => `exam item “${text}”`,
      order: (text: string) => `order number ${text}`,
      equipment: (list: string) => `equipment ${list}`,
      description: (list: string) => `description ${list}`,
      room: (list: string) => `room ${list}`,
      ages: (from: string, to: string) => `age ${from} to ${to}`,
      ageFrom: (from: string) => `age ${from} and over`,
      ageTo: (to: string) => `age up to ${to}`,
      exams: (list: string) => `exam ${list}`,
      deleted: "with patients deleted at the source",
      many: (first: string, more: string) => `${first} and ${more} more`,
    },
  },

  name: "File name of the table",
  nameHint: "Left empty, Satchel names it.",

  form: {
    legend: "Form",
    zip: {
      title: "Data package in one ZIP (recommended)",
      hint: "The table with its description, codebook, receipt and checksums.",
    },
    folder: { title: "Data package as a folder", hint: "The same as plain files." },
    beside: {
      title: "The table, and its description beside it",
      hint: "Description, codebook, receipt and checksums stand next to it under its name.",
    },
    file: {
      title: "The table alone",
      hint: "Nothing travels with it that says what it holds or proves that it is whole.",
    },
    level: "Compression of the table in the ZIP",
  },

  tooMany: {
    title: (shown: string, limit: string) => `${shown} exams match, and at most ${limit} rows may leave.`,
    text: "Nothing would be written: a list is never cut short without a word. Narrow the filter, or let this export have more rows.",
    allow: (shown: string) => `Allow ${shown} rows in this export`,
    narrow: "Narrow it in Browse",
  },

  start: {
    ready: {
      pseudonymised: (rows: string, patients: string, bytes: string) =>
        `Writes ${rows} of ${patients}, pseudonymised, about ${bytes}.`,
      identified: (rows: string, patients: string, bytes: string) =>
        `Writes ${rows} of ${patients} with identity, about ${bytes}.`,
    },
    asks: "Identity leaves with this table",
    asksText: "Hand it only to people who may know who the patients are.",
    confirm: "Export with identity",
  },
  identities,

  receipt: {
    what: { notes: "Notes, one row each", studies: "Study list, one row an exam" },
    handling: "How to handle this table",
    policy: "What was done to it",
    reason: "Live identifiers leave for this reason",
    rows: "Rows",
    written: "written",
    columns: "Columns",
    column: "Column",
    type: "Type",
    types: {
      string: "text",
      integer: "whole number",
      number: "number",
      boolean: "true or false",
      date: "date",
      datetime: "date and time",
    },
    treatment: "What was done",
    treatments: {
      kept: "kept",
      "kept: live id": "kept: identifier of the source",
      "kept; over 89 as 90": "kept; over 89 as 90",
      pseudonymised: "pseudonymised",
      scrubbed: "names and numbers replaced",
      dropped: "left out",
      computed: "computed",
      "computed; over 89 as 90": "computed; over 89 as 90",
      translated: "in English",
    },
    empty: "Empty",
    from: "Earliest",
    to: "Latest",
    text: { notes: "Text of the notes", studies: "Free text" },
    textModes: {
      keep: "As it was written.",
      drop: "Left out.",
      scrub: "What identifies was replaced: this reduces the risk and does not end it.",
    },
    changed: (n: number, shown: string) => one(n, shown, "row changed", "rows changed"),
    replacements: "Replaced",
    sources: "Sources",
    source: "Source",
    synced: "Last sync",
    never: "never",
    whole: "Read whole",
    isWhole: "yes",
    isNotWhole: "no: rows may be missing",
  },
};

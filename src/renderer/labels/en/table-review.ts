const one = (n: number, shown: string, singular: string, plural: string): string =>
  n === 1 ? `1 ${singular}` : `${shown} ${plural}`;

/** The review of a table: rows before and after, one text, and the text of all. Nothing here ever says "anonymous". */
export const tableReview = {
  review: {
    waiting: "Choose what leaves and how, and ten real rows are shown here as they would leave.",
    reading: "Reading rows …",
    again: "Read again",
    none: "There is no row.",
    position: (first: string, last: string, total: string) => `Rows ${first} to ${last} of ${total}`,
    previous: "Previous ten rows",
    next: "Next ten rows",
    goTo: "Number of the row",
    onlyChanges: "Only changes",
    nothingChanged: "Nothing is changed in these rows.",
    table: "Rows before and after",
    row: (shown: string) => `Row ${shown}`,
    column: "Column",
    bar: "What happens to the cells of these rows",
    willBe: (path: string, name: string) => `${path} in ${name}`,
    read: (shown: string) => `Read the whole text of row ${shown}`,
    readShort: "Read the whole text",
    notices: "What could still identify somebody",
  },

  text: {
    title: (shown: string) => `Text of row ${shown}`,
    before: "Before",
    after: "After",
    empty: "There is no text.",
    replaced: (n: number, shown: string) => one(n, shown, "place replaced", "places replaced"),
    suspicious: (n: number, shown: string) =>
      one(n, shown, "word still looks like a name", "words still look like a name"),
    nothingSuspicious: "Nothing in it looks like a name any more. That is no proof: read it.",
    unmarked: "Nothing in this text is replaced.",
    /** Spoken before and after a marked place. */
    spokenReplaced: (kind: string) => `replaced, ${kind}:`,
    spokenSuspicious: "looks like a name:",
    spokenEnd: "end of the mark",
    more: (shown: string) => `Show more (${shown} characters left)`,
  },

  examine: {
    title: (shown: string) => `The text of all ${shown} notes`,
    text: "Takes every note through the scrubber without writing anything, and lists those in which most may be left. Read those yourself: scrubbing reduces the risk, it does not end it.",
    start: (n: number, shown: string) => (n === 1 ? "Check the one note" : `Check all ${shown} notes`),
    again: "Check again",
    running: "Checking the text of all notes",
    stopped: "Stopped: the numbers are of what was checked until then.",
    changed: (n: number, shown: string) =>
      one(n, shown, "note in which something is replaced", "notes in which something is replaced"),
    replacements: "What is replaced",
    riskiest: "The riskiest notes",
    noneRisky: "In no note anything was found that still looks like a name. That is no proof: read some of them.",
    row: "Row",
    risk: "Risk",
    risks: { high: "high", medium: "medium", low: "low" },
    suspicious: "Still looks like a name",
    replaced: "Replaced",
    counted: (kind: string, shown: string) => `${kind} ${shown}`,
    open: (shown: string) => `Open row ${shown}`,
  },
};

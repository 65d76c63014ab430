/** The review: what will leave. Nothing here ever says "anonymous": it says what was removed, and what could still identify. */
export const review = {
  waiting: "Choose what leaves and how, and a real instance is shown here as it would leave.",
  reading: "Reading the instance …",
  identifiedTitle: "Names leave as they are",
  identifiedText: "Before and after are the same: this is what the receiver will read.",
  readAgain: "Read again",

  position: (index: string, total: string) => `Instance ${index} of ${total}`,
  previous: "Previous instance",
  next: "Next instance",
  goTo: "Number of the instance",
  willBe: (path: string, name: string) => `${path} in ${name}`,
  picture: "Picture of this instance, as it will leave: pictures are not changed",

  tabs: { header: "Header", metadata: "JSON metadata" },
  groups: {
    patient: "The patient",
    dates: "Dates and times",
    examination: "The examination: descriptions, places and people",
    rest: "Everything else",
    file: "About the file",
  },
  fileOrder: "In the order of the file",
  onlyChanges: "Only changes",
  find: "Find in names and values",
  nothingFound: "No element matches.",

  tag: "Tag",
  name: "Name",
  before: "Before",
  after: "After",
  change: "Change",
  nothing: "nothing",
  table: "Header of the instance, before and after",
  changes: {
    kept: "kept",
    removed: "removed",
    emptied: "emptied",
    replaced: "replaced",
    shifted: "shifted",
    cleaned: "cleaned",
    added: "added",
  },
  /** Beside a number: "120 kept". */
  counted: (count: string, change: string) => `${count} ${change}`,
  bar: "What happens to the elements of this header",

  sweepClean: "Leak sweep: no identifying value of the source was found in the result",
  sweepLeaks: (n: number, shown: string) =>
    n === 1
      ? "Leak sweep: 1 element still bears an identifying value"
      : `Leak sweep: ${shown} elements still bear an identifying value`,
  sweepLeaksText: "This instance will not be written. Please report it: it is a defect in Satchel.",
  sweepNone: "No leak sweep: names are meant to leave",

  heldTitle: "This instance is held back: it will not be in the package",
  heldWhy: "Why?",
  passedTitle: "This instance would be held back, and is let pass for your reason",

  examine: {
    title: (shown: string) => `All ${shown} instances`,
    text: "Takes every instance through the policy without writing anything. It tells beforehand what will be held back and what cannot be read.",
    start: (n: number, shown: string) => (n === 1 ? "Check the one instance" : `Check all ${shown} instances`),
    again: "Check again",
    running: "Checking all instances",
    clean: (n: number, shown: string) => (n === 1 ? "1 instance will leave" : `${shown} instances will leave`),
    held: (n: number, shown: string) => (n === 1 ? "1 object held back" : `${shown} objects held back`),
    failed: (n: number, shown: string) =>
      n === 1 ? "1 instance cannot be exported" : `${shown} instances cannot be exported`,
    noneHeld: "Nothing is held back.",
    noneFailed: "Every instance could be read.",
    leaks: (n: number, shown: string) =>
      n === 1
        ? "1 instance still bears an identifying value and will not leave"
        : `${shown} instances still bear an identifying value and will not leave`,
    noLeaks: "Leak sweep: nothing found in any of them.",
    count: "Instances",
    reason: "Reason",
    code: "Code",
    stopped: "Stopped: the numbers are of what was checked until then.",
  },

  metadata: {
    text: "The JSON document as it will be in the package, for the study of this instance.",
    truncated: "It is longer: only the beginning is shown.",
    label: "JSON metadata as it will be",
  },
};

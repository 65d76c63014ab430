/** Jobs: what runs, waits, was stopped or has ended. */
export const jobs = {
  title: "Exports",
  jobTitle: (id: string) => `Export ${id}`,
  newExport: "New export",
  none: "Nothing has been exported yet.",
  noneText: "Pick patients or studies in Browse, or start with everything the catalog holds.",
  pick: "Pick in Browse",
  back: "All exports",
  notFound: "There is no export of this number any more.",
  now: "Now",
  ended: "Ended",

  states: {
    planned: "waiting for its turn",
    running: "running",
    paused: "paused",
    interrupted: "interrupted",
    complete: "finished and verified",
    incomplete: "finished, incomplete",
    failed: "failed",
    cancelled: "cancelled",
  },
  phases: {
    waiting: "Waiting for its turn",
    "waiting-for-sync": "Waiting for a sync to end",
    reading: "Reading the plan",
    writing: (name: string) => `Writing ${name}`,
    finishing: (name: string) => `Finishing ${name}`,
    verifying: (name: string) => `Verifying ${name}`,
    numbered: (step: string, number: string, total: string) => `${step} (${number} of ${total})`,
  },
  explain: {
    paused: "Stopped so that it can go on: what was written is kept.",
    interrupted: "Satchel ended while this export ran. What was written is checked and kept; it can go on.",
    cancelled: "Cancelled. What was unfinished has been removed; finished packages stay.",
  },

  policies: { identified: "With names", pseudonymised: "Pseudonymised" },
  picked: {
    patients: (n: number, shown: string) => (n === 1 ? "1 patient" : `${shown} patients`),
    studies: (n: number, shown: string) => (n === 1 ? "1 study" : `${shown} studies`),
    records: (n: number, shown: string) => (n === 1 ? "1 row" : `${shown} rows`),
    matching: "all that matched a filter",
    all: "everything in the catalog",
  },
  instances: (n: number, shown: string) => (n === 1 ? "1 instance" : `${shown} instances`),
  packages: (n: number, shown: string) => (n === 1 ? "1 package" : `${shown} packages`),
  created: "Started by hand",
  begun: "Begun",
  endedAt: "Ended",
  took: "Took",
  destination: "Folder",
  policy: "Names",
  scope: "What",
  to: (folder: string) => `to ${folder}`,

  pause: "Pause",
  resume: "Resume",
  cancel: "Cancel export",
  retry: "Retry what failed",
  again: "Export again",
  remove: "Remove from list",
  open: (id: string) => `Show export ${id}`,
  editSource: "Edit source",
  openKeys: "Open project keys",
  showPackages: "Show in Packages",

  cancelTitle: "Cancel this export?",
  cancelKept: (n: number, shown: string) =>
    n === 0
      ? "No package is finished yet. What is half written is removed."
      : n === 1
        ? "One finished package stays. What is half written is removed."
        : `${shown} finished packages stay. What is half written is removed.`,
  cancelNot: "Do not cancel",
  cancelInstead: "Pause it instead if it should go on later.",
  removeTitle: "Remove this export from the list?",
  removeText: "Its packages stay where they are, and the audit log keeps what was done.",

  packagesTitle: "Packages",
  noPackages: "No package is finished yet.",
  reasonsTitle: "Not in the packages, and why",
  logTitle: "What happened",
  noLog: "Nothing is written down yet.",
};

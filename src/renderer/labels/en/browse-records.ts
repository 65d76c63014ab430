const one = (n: number, shown: string, singular: string, plural: string): string =>
  n === 1 ? `1 ${singular}` : `${shown} ${plural}`;

/** Browse's lists of notes and exams. `n` decides singular or plural, `shown` is the number as the locale writes it. */
export const browseRecords = {
  tab: "Records",
  which: "Which records",
  /** @param what "24 notes"; "" while it is not known */
  export: (what: string) => (what === "" ? "Export…" : `Export ${what}…`),
  /** "24 notes of 200 in the catalog" */
  ofAll: (what: string, all: string) => `${what} of ${all} in the catalog`,
  columns: {
    eventTime: "Date and time",
    patient: "Patient",
    recordNumber: "Record number",
    beginning: "Begins with",
    status: "Status then",
    ward: "Ward then",
    age: "Age",
    gender: "Gender",
    kind: "Kind",
    length: "Characters",
    source: "Source",
  },
  notes: {
    title: "Notes",
    search: "Words in the notes",
    searched: "The whole text is searched: each word must occur; cardio* finds all that begin with cardio.",
    kind: "Kind",
    ward: "Ward",
    status: "Status",
    gender: "Gender",
    patients: "Patients",
    patientsLabel: "Only these patients",
    patientsHint: "Record numbers, of any time, or the ids of the source; one a line.",
    deleted: "Deleted patients",
    deletedIncluded: "included",
    deletedShown: "with patients deleted at the source",
    deletedSwitch: "Include notes of deleted patients",
    deletedHint:
      "Somebody deleted these patients in the hospital's system, often for a reason: entered twice, or by request. Their notes stay out unless you ask for them here, and the receipt says so.",
    otherKinds: "There are no daily notes in the catalog, but notes of other kinds.",
    showKinds: "Show notes of all kinds",
    noneTitle: "No notes yet",
    noneText:
      "Notes come from the database of a hospital's record system, such as EQMD, or from a CSV file that it exported. Images of a PACS bring none.",
  },
  exams: {
    title: "Study list",
    search: "Name, numbers, exam, room",
    searched:
      "Searched as it stands: exam and order number, record number, patient's name, description, exam item, room, equipment, and who certified.",
    checkIn: "Check-in",
    exact: "Exact values",
    exactHint: "These must stand in the list exactly as they are written here.",
    onePerLine: "One a line.",
    examIds: "Exams by their number",
    noneTitle: "No exams yet",
    noneText:
      "The study list is filled by a studies platform, by its database, address or CSV file, and by every source of images.",
  },
  syncing: "Notes and exams appear here as they are found.",
  connectDatabase: "Connect a database",
  openCsv: "Open a CSV file",
  panel: {
    note: "Note",
    exam: "Exam",
    recordNumber: "Record number",
    thenAndNow: (then: string, now: string) => `${then} (now ${now})`,
    statusThen: "Status at the note",
    statusNow: "Status now",
    wardThen: "Ward at the note",
    wardNow: "Ward now",
    deleted: "Patient deleted at the source",
    onlyPatient: "Only this patient",
    addPatient: "Add this patient",
    withoutPatient: "Take this patient out",
    text: "Text",
    noText: "This note has no text.",
    characters: (n: number, shown: string) => one(n, shown, "character", "characters"),
    truncated: (shown: string) =>
      `This note has ${shown} characters. Only its beginning is shown; an export holds all of it.`,
    empty: "empty",
    origins: {
      exam: (source: string) => `From the study list of ${source}`,
      dicom: (source: string) => `Made of the images of ${source}`,
    },
  },
};

const one = (n: number, shown: string, singular: string, plural: string): string =>
  n === 1 ? `1 ${singular}` : `${shown} ${plural}`;

/** Export: what, how, where. `n` decides singular or plural, `shown` is the number as the locale writes it. */
export const exporting = {
  title: "New export",
  listTitle: "Exports",
  newExport: "New export",
  steps: { what: "What", how: "How", where: "Where", review: "Review: what will leave" },

  patients: (n: number, shown: string) => one(n, shown, "patient", "patients"),
  studies: (n: number, shown: string) => one(n, shown, "study", "studies"),
  series: (n: number, shown: string) => one(n, shown, "series", "series"),
  instances: (n: number, shown: string) => one(n, shown, "instance", "instances"),
  previews: (n: number, shown: string) => one(n, shown, "preview picture", "preview pictures"),
  packages: (n: number, shown: string) => one(n, shown, "package", "packages"),

  what: {
    nothing: "Nothing is picked yet.",
    nothingNext: "Pick patients or studies in Browse, or take everything.",
    uncounted: {
      counting: "Counting what this is …",
      failed: "Not counted: see under Where what is wrong.",
      incomplete: "Counted once How is complete.",
    },
    about: (bytes: string) => `about ${bytes}`,
    everything: "Everything in the catalog",
    patientsPicked: (n: number, shown: string) => `${one(n, shown, "patient", "patients")} picked by hand`,
    studiesPicked: (n: number, shown: string) => `${one(n, shown, "study", "studies")} picked by hand`,
    studiesMatching: (filter: string) => `All studies that match: ${filter}`,
    patientsMatching: (filter: string) => `All patients with a study that matches: ${filter}`,
    noFilter: "no filter",
    except: (shown: string) => `without ${shown} taken out by hand`,
    filter: {
      text: (text: string) => `text “${text}”`,
      patientId: (id: string) => `patient ${id}`,
      modality: (list: string) => `modality ${list}`,
      sources: (list: string) => `source ${list}`,
      description: (text: string) => `description “${text}”`,
      withAnalyses: "with AI results",
      withoutAnalyses: "without AI results",
      dates: (from: string, to: string) => `${from} to ${to}`,
      since: (from: string) => `since ${from}`,
      until: (to: string) => `until ${to}`,
    },
    change: "Change in Browse",
    pick: "Pick in Browse",
    takeEverything: "Take everything",
    fromRecipe: "This is what the saved recipe or the earlier export had picked.",
    usePicked: "Use what is picked in Browse instead",
  },

  ready: {
    legend: "What is it for?",
    research: {
      title: "Research data set",
      text: "Names and numbers replaced, dates shifted, descriptions cleaned. Age, sex, size and weight stay. One package for all.",
      mark: "Pseudonymised",
    },
    patient: {
      title: "Patient copy",
      text: "Everything as it is, with preview pictures that open on any computer. A package for each patient.",
      mark: "With names",
    },
    transfer: {
      title: "Transfer to another hospital",
      text: "The original files, bit for bit, without preview pictures. A package for each patient or study.",
      mark: "With names",
    },
    metadata: {
      title: "Metadata only",
      text: "One JSON document that describes the records. No images.",
      mark: "With or without names: choose below",
    },
    own: "Adjusted: no ready recipe has exactly these settings.",
    choose: "Metadata only:",
  },

  identity: {
    legend: "Names",
    loud: "Names leave as they are",
    loudText:
      "Everything that identifies the patient stays in the files. Hand this package only to people who may know who the patient is.",
  },

  key: {
    label: "Project key",
    choose: "Choose a project key",
    make: "Make a new key …",
    none: "There is no project key yet. Make one: it takes a name and nothing else.",
    newName: "Name of the new key, for example the research project",
    proposedName: "research",
    create: "Make key",
    cancel: "Cancel",
    gone: (name: string) => `The key ${name} is not in this workspace. Choose another, or import it in Settings.`,
    whatIsIt: "What is a project key?",
  },

  adjust: {
    open: "Adjust",
    explain: "Each setting, with the standard's own name beside it",
    risk: "Could still identify:",
    optionsLegend: "What is kept beyond the profile",
    held: {
      legend: "Objects that cannot be cleaned",
      keep: "Hold them back (recommended)",
      pass: "Let them pass, for a reason that is written down",
      reason: "Reason",
      reasonHint: "It is written into the receipt and the audit log. Write no patient's name here.",
      warning: "Names may leave in pictures and reports",
      warningText:
        "Reports in free text, captured screens, scanned pages and photographs will leave unchanged in what they show. Look at each one before you hand the package on.",
    },
    contents: {
      legend: "What is in the package",
      images: "Images (DICOM files)",
      previews: "Preview pictures (PNG)",
      previewsHint: "One picture for each frame, for people without a DICOM viewer.",
      previewsNeedImages: "Previews come only with images.",
    },
    format: {
      legend: "Form",
      zip: "ZIP file",
      zipHint: "One file a package. Right for most.",
      folder: "Folder",
      folderHint: "Plain files in a folder.",
      json: "JSON alone",
      jsonHint: "Only the document that describes the records.",
    },
    compress: {
      label: "Compression",
      off: "Off: fastest, images are stored as they are",
      fast: "Fast",
      small: "Smaller, slower",
      smallest: "Smallest, slowest",
      level: (level: string) => `Level ${level}`,
    },
    grouping: {
      legend: "Packages",
      one: "One package for all",
      patient: "One package for each patient",
      each: "One package for each patient or study",
    },
  },

  where: {
    label: "Folder for the packages",
    free: (free: string, need: string) => `${free} free, about ${need} needed.`,
    fits: "It fits.",
    doesNotFit: (short: string) => `Does not fit: ${short} short.`,
    fileLimit: (limit: string) =>
      `This drive holds no file larger than ${limit} (FAT32). Choose “Folder” as form, or another drive.`,
    readOnly: "This place is read-only.",
    names: "Names of the packages",
    exists: "is there already",
    existsText: (n: number, shown: string) =>
      n === 1
        ? "A package of this name is in that folder already. Satchel overwrites nothing."
        : `${shown} packages of these names are in that folder already. Satchel overwrites nothing.`,
    anotherFolder: "Use another folder",
    more: (shown: string) => `and ${shown} more`,
    chooseFirst: "Choose a folder, and the names and the space it takes are shown here.",
  },

  start: {
    button: "Start export",
    starting: "Starting …",
    ready: {
      identified: (packages: string, bytes: string) => `Makes ${packages} with names, about ${bytes}.`,
      pseudonymised: (packages: string, bytes: string) => `Makes ${packages}, pseudonymised, about ${bytes}.`,
    },
    reasons: {
      "nothing-picked": "Nothing is picked: choose patients or studies under What.",
      "records-not-picked": "Nothing is picked: choose notes or exams under What.",
      "live-reason-missing": "Write under How why the live identifiers leave.",
      "columns-missing": "No column is chosen: choose one under How.",
      "too-many-rows": "More rows match than may leave: see under What.",
      "key-missing": "A project key is missing: choose one under How.",
      "reason-missing": "Write why held-back objects may pass, under How.",
      "destination-missing": "Choose a folder under Where.",
      "plan-failed": "The plan could not be made: see above what is wrong.",
      planning: "Counting what will leave …",
      "nothing-found": "Nothing in the catalog matches this choice.",
      "names-taken": "Packages of these names are in that folder already: use another folder.",
      "read-only": "The folder cannot be written to: choose another.",
      "no-space": "The folder has too little free space: choose another.",
      "file-too-large": "The drive cannot hold files that large: choose Folder as form, or another drive.",
      "table-too-large": "The drive cannot hold a file as large as this table: choose another drive.",
    },
    more: (shown: string) => `(and ${shown} more)`,
  },

  saved: {
    legend: "Saved recipes",
    open: "Open a saved recipe",
    save: "Save as recipe",
    name: "Name of the recipe",
    saveButton: "Save",
    cancel: "Cancel",
    saved: (name: string) => `Saved as ${name}.`,
    replaceTitle: (name: string) => `Replace the recipe ${name}?`,
    replaceText: "A recipe of this name is there already. The old one is gone after that.",
    replace: "Replace",
    remove: (name: string) => `Remove the recipe ${name}`,
    removeTitle: (name: string) => `Remove the recipe ${name}?`,
    removeText: "The packages that were made with it stay.",
    removeButton: "Remove",
    savedAt: (when: string) => `saved ${when}`,
  },
};

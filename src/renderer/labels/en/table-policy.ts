/** How identity is treated in tables of notes and exams: each choice, what it means, and what could still identify somebody. */
export const tablePolicy = {
  explain: "Each setting, and what it means",
  notes: {
    ready: {
      research: {
        title: "Research notes",
        text: "Pseudonyms for patients and notes, names and numbers replaced in the text, no record numbers, ages over 89 as 90.",
        mark: "Pseudonymised",
      },
      traceable: {
        title: "Traceable research notes",
        text: "The same, with record numbers and exact ages, so that the hospital's own staff can go back to the record.",
        mark: "Leads back to the patient",
      },
      timeline: {
        title: "Timeline without text",
        text: "Who, when, status and age of each note, and not a word of what was written.",
        mark: "Pseudonymised",
      },
      command: {
        title: "As the old command",
        text: "What export_patient_data wrote: live identifiers, record number and status of today, the text as it is. One CSV file.",
        mark: "With identity",
      },
    },
    ids: {
      legend: "Identifiers of patients and notes",
      pseudonym: {
        title: "Pseudonyms",
        meaning:
          "Derived from the project key. The same patient gets the same pseudonym in every export with that key, also beside images.",
        risk: "Whoever holds the project key can compute who is behind a pseudonym.",
      },
      source: {
        title: "Those of the source",
        meaning: "The identifiers leave as they stand in the database.",
        risk: "Whoever has access to that system can look each patient up.",
      },
      reason: "Why the live identifiers leave",
      reasonHint: "It is written into the receipt and the audit log. Write no patient's name here.",
    },
    text: {
      legend: "Text of the notes",
      scrub: {
        title: "Replace what identifies",
        meaning:
          "The patient's own names, numbers, addresses and birth date, names of staff and wards, and what looks like a name, a number or a date are replaced by what they were.",
        risk: "It reduces the risk and does not end it: a name that looks like a word, or a story that only one person has, stays. Check the riskiest notes below.",
      },
      drop: {
        title: "Leave the text out",
        meaning: "The column is there and empty.",
        risk: "Nothing of the text is left.",
      },
      keep: {
        title: "Leave the text as it is",
        meaning: "Every word leaves as it was written.",
        risk: "Notes name patients, relatives and staff. Hand them only to people who may know.",
      },
    },
    recordNumber: {
      legend: "Record number",
      drop: { title: "Leave it out", meaning: "The column is there and empty.", risk: "Nothing is left of it." },
      pseudonym: {
        title: "Replace it",
        meaning: "Each record number becomes a short code, the same one each time.",
        risk: "Whoever holds the project key can compute it.",
      },
      keep: {
        title: "Keep it",
        meaning: "The hospital can find each record again. The package says so on its first page.",
        risk: "Staff of the hospital know the patient by it: do not hand the table on outside the authorised group.",
      },
    },
    asOf: {
      legend: "Status and record number",
      note: {
        title: "As they were at the time of the note",
        meaning: "Rebuilt from the history that the source keeps.",
        risk: "Nothing more than the note itself.",
      },
      now: {
        title: "As they are now",
        meaning: "What the old command wrote: a patient who has died is “Deceased” in every note.",
        risk: "Tells what became of the patient later.",
      },
    },
    statusLabels: {
      legend: "Words for the status",
      english: { title: "English", meaning: "Inpatient, Outpatient, Emergency, Discharged, Transferred, Deceased." },
      source: { title: "The system's own words", meaning: "For example “Internado”, as the source has it." },
    },
    ages: {
      legend: "Ages",
      "safe-harbor": {
        title: "Over 89 as 90",
        meaning: "Ages of 90 and more all become 90 (45 CFR 164.514, Safe Harbor).",
        risk: "Ages below stay in whole years.",
      },
      exact: {
        title: "As they are",
        meaning: "Whole years on the day of the note.",
        risk: "Very old people are few: their age alone can point to one.",
      },
    },
  },

  studies: {
    ready: {
      research: {
        title: "Research list",
        text: "Pseudonyms instead of names and numbers, the columns of the guide. CSV with its description.",
        mark: "Pseudonymised",
      },
      department: {
        title: "List for the department",
        text: "The columns of the guide with names, as a workbook for Excel or LibreOffice.",
        mark: "With names",
      },
      platform: {
        title: "As the platform exports it",
        text: "All 18 columns with names. One CSV file.",
        mark: "With names",
      },
    },
    identity: {
      legend: "Names and numbers of patients",
      pseudonymised: {
        title: "Pseudonymised",
        meaning:
          "Record, exam and order numbers become codes derived from the project key. Names and birth dates are left out; ages over 89 become 90. Dates of exams stay.",
        risk: "Whoever knows when somebody was examined can find the row. Whoever holds the project key can compute the codes.",
      },
      identified: {
        title: "With names",
        meaning: "Every column leaves as it is.",
        risk: "Whoever gets the table knows who the patients are.",
      },
    },
    columns: {
      legend: "Columns",
      guide: (shown: string) => `The ${shown} of the guide`,
      platform: (shown: string) => `The ${shown} of the platform`,
      own: "My own choice",
      chosen: "Chosen, in the order of the table",
      others: "Not in the table",
      add: (column: string) => `Add ${column}`,
      remove: (column: string) => `Take ${column} out`,
      up: (column: string) => `Move ${column} up`,
      down: (column: string) => `Move ${column} down`,
      moved: (column: string, place: string, of: string) => `${column} is now column ${place} of ${of}.`,
    },
    table: {
      legend: "Kind of file",
      csv: "CSV",
      csvHint: "Plain text that every program reads.",
      xlsx: "XLSX (Excel, LibreOffice)",
      xlsxHint: "Real dates and numbers, the header stays in sight, filters are on.",
    },
    sort: "Order of the rows",
    maxRows: "At most so many rows",
    maxRowsHint: "If more match, nothing is written and Satchel says how many there are. A list is never cut short.",
  },

  formulas: {
    legend: "Cells that a spreadsheet would run as a formula",
    guard: {
      title: "Make them harmless",
      meaning:
        "An apostrophe is put before what begins a formula (= + - @ and their twins). Numbers stay numbers. The codebook says how to take it off again.",
    },
    keep: {
      title: "Leave them as they are",
      meaning: "Only for programs that read the file without a spreadsheet.",
    },
  },
};

/**
 * How identity is treated, in plain words: by Export beside each choice, and by Help in full. `term` is the standard's own name
 * (DICOM PS3.15 Annex E), shown in small print beside the plain one; `risk` says what could still identify somebody.
 */
export const policy = {
  identified: {
    title: "With names, as the records came",
    term: "No profile applied: the bytes are those of the source",
    meaning: "Nothing is changed. Every name, number and date leaves as it stands in the files.",
    risk: "Whoever gets the package knows who the patient is. Hand it only to people who may know.",
  },
  pseudonymised: {
    title: "Pseudonymised",
    term: "PS3.15 Annex E, Basic Application Level Confidentiality Profile",
    meaning:
      "Names, numbers and everything else that the standard lists as identifying is removed or replaced, at every depth of the file. The same patient gets the same pseudonym each time, as long as the same project key is used.",
    risk: "The pictures themselves are not changed: a face can be rebuilt from head CT and MR, and text that is burned into a picture is not found unless the file announces it. Whoever holds the project key can tell who is behind a pseudonym.",
  },
  key: {
    title: "Project key",
    meaning:
      "A secret from which pseudonyms, new identifiers and date shifts are derived. Use the same key for the same research project and its patients keep their pseudonyms from one export to the next, also on another machine. Two keys share nothing.",
    risk: "Whoever has the key can compute which pseudonym belongs to which patient. Keep it in this workspace, and a copy of it in a safe place (Settings, Project keys).",
  },
  dates: {
    title: "Dates",
    removed: {
      title: "Remove all dates",
      term: "Basic Profile, no longitudinal option",
      meaning:
        "Dates and times are taken out, or replaced by made-up ones where the standard demands a date. It is no longer known when, or how far apart, examinations were.",
      risk: "The least is left to recognise somebody by.",
    },
  },
  options: {
    "modified-dates": {
      title: "Shift dates",
      term: "Retain Longitudinal Temporal Information with Modified Dates",
      meaning:
        "All dates of a patient move by the same number of days, which differs from patient to patient. The time between two examinations stays right; times of day stay.",
      risk: "An unusual rhythm of examinations can point to a person who is known to have it.",
    },
    "full-dates": {
      title: "Keep real dates",
      term: "Retain Longitudinal Temporal Information with Full Dates",
      meaning: "Dates and times of examinations leave as they are.",
      risk: "Whoever knows on which day somebody was examined can find that person.",
    },
    "clean-descriptors": {
      title: "Keep cleaned descriptions",
      term: "Clean Descriptors",
      meaning:
        "Of study, series and other descriptions only words of anatomy and technique are kept (“CT chest with contrast”). Without it, descriptions are removed whole.",
      risk: "A word of anatomy that is also somebody's name is kept, unless the file itself gives it as a name.",
    },
    "retain-patient-characteristics": {
      title: "Keep age, sex, size and weight",
      term: "Retain Patient Characteristics",
      meaning: "Age (90 and over as 90), sex, size, weight, smoking and similar facts are kept.",
      risk: "Together with other knowledge, a rare combination can point to one person.",
    },
    "retain-uids": {
      title: "Keep the original identifiers of studies and images",
      term: "Retain UIDs",
      meaning:
        "Study, series and instance UIDs leave as they are, so that results can be matched with the originals. Without it, new ones are derived from the project key.",
      risk: "Whoever has access to the archive can look the patient up by these numbers.",
    },
    "retain-device": {
      title: "Keep which device made the images",
      term: "Retain Device Identity",
      meaning: "Serial numbers, station names and the names of systems are kept.",
      risk: "They tell where the patient was examined.",
    },
    "retain-institution": {
      title: "Keep the name of the hospital",
      term: "Retain Institution Identity",
      meaning: "Names, departments and addresses of institutions are kept.",
      risk: "They tell where the patient was examined.",
    },
    "clean-graphics": {
      title: "Keep marked regions of interest",
      term: "Clean Graphics",
      meaning:
        "Overlays that mark a region of interest are kept. Overlays that draw text or graphics, their labels and curves are removed, as without this option all overlays are.",
      risk: "The outline of a region tells what somebody looked at.",
    },
    "retain-safe-private": {
      title: "Keep technical vendor data that the standard calls safe",
      term: "Retain Safe Private",
      meaning:
        "Private elements that the standard itself lists as free of identity are kept; all other private elements are removed.",
      risk: "The list is the standard's: what a vendor really writes there is not looked at beyond the leak sweep.",
    },
  },
  held: {
    title: "Objects that cannot be cleaned",
    term: "Held back: for example structured reports, secondary captures, encapsulated documents",
    meaning:
      "Some objects may show names in a way that no rule can clean: reports in free text, captured screens, scanned pages, photographs. They are held back, and the package says how many and why.",
    risk: "If you let them pass, names may leave with them. Look at each one yourself before you hand the package on.",
  },
};

import type { FindingCode } from "../../../contract/finding.ts";
import type { HeldCode } from "../../../contract/held.ts";
import type { NoticeCode } from "../../../contract/notice.ts";
import { tableNotices } from "./table-notices.ts";

const held: Record<HeldCode, string> = {
  "structured-report": "Structured reports hold free text about the patient.",
  "encapsulated-document": "Encapsulated documents hold pages or models made by other programs.",
  "presentation-state": "Presentation states hold texts and drawings laid over images.",
  "annotated-waveform": "The waveform bears annotations.",
  "burned-in-annotation": "Burned In Annotation says that text is part of the picture.",
  "secondary-capture": "Captured screens and scanned sheets usually bear text.",
  "screen-or-dose-sheet": "The picture is a screen or a dose sheet by its image type or series description.",
  "ultrasound-without-regions": "The ultrasound picture does not say where its image ends and its text begins.",
  endoscopy: "Endoscopic pictures usually bear text.",
  photograph: "Photographs show people as anyone sees them.",
  "slide-label": "The picture shows the label of a slide.",
  "overlay-in-pixel-data": "Graphics are stored in unused bits of the pixel data.",
  "private-object": "The object is of a private or unknown kind, for which no way to de-identify is defined.",
  directory: "A DICOMDIR describes the files of its medium; it is made anew, not de-identified.",
  "bytes-behind-pixels": "The pixel data is longer than the picture: what stands behind it could be anything.",
  inventory: "An inventory lists the patients and studies of an archive.",
};

/** What is wrong with a package; the engine's own sentence, in English, names the file and the details. */
const findings: Record<FindingCode, string> = {
  NOT_A_PACKAGE: "This is no package of Satchel",
  CUT: "The end is missing",
  TRAILING_BYTES: "Something stands behind the end of the archive",
  GAP: "There are bytes that belong to no file",
  OVERLAP: "Two files claim the same bytes",
  HEADER_CHANGED: "The header of a file was changed",
  DIRECTORY_CHANGED: "The list of files at the end was changed",
  UNSAFE_NAME: "A name that is not safe to unpack",
  DOUBLED: "Two files of the same name",
  MISSING: "A file is missing",
  ADDED: "A file is there that nothing lists",
  RENAMED: "A file was renamed",
  CONTENT_CHANGED: "The content is not what was written",
  BOMB: "It would unpack to far more than it says",
  NOT_DICOM: "A DICOM file that cannot be read",
  MANIFEST: "The manifest is broken",
  RECEIPT: "The receipt is broken",
  RECEIPT_DISAGREES: "The receipt does not agree with the package",
};

const notices: Record<NoticeCode, string> = {
  identified: "This package names the patient: everything is as it was at the source.",
  "pixel-data-unchanged":
    "Pixel data are unchanged: whoever has the original pictures can find them again, and faces can be rebuilt from head CT and MR.",
  "text-in-pictures":
    "Text burned into pictures is not searched for, and comments inside compressed pictures are not removed.",
  "project-key": "Whoever holds the project key can compute which pseudonym belongs to which patient.",
  "retain-uids": "UIDs are those of the source: whoever has access to it can find the patient by them.",
  "retain-device":
    "Serial numbers and names of devices and stations are kept: they tell where the patient was examined.",
  "retain-institution": "Names and addresses of institutions are kept: they tell where the patient was examined.",
  "retain-patient-characteristics":
    "Age (90 years and more as 90), sex, size, weight and similar are kept: together with other knowledge they can identify.",
  "full-dates": "Dates and times are those of the source: together with other knowledge they can identify.",
  "modified-dates":
    "Dates are shifted by a constant number of days for each patient, times are unchanged: the intervals between examinations are real.",
  "clean-descriptors":
    "Descriptions keep words of an allow-list of anatomy and technique; a word that is also a name is kept unless the file itself gives it as one.",
  "clean-graphics":
    "Overlays that mark regions of interest are kept; overlays of graphics, their labels and curves are removed.",
  "retain-safe-private": "Private attributes of PS3.15 Table E.3.10-1 are kept.",
  "held-included":
    "Instances that may show identity in a way the policy cannot clean are included at the request of the exporter: look at them before handing them on.",
  "analysis-values-dropped": "Values of AI results were left out: they could not be shown to be safe.",
};

/** What the engine tells by codes. What has none, or a code of another version, is shown in the engine's own English. */
export const engine = {
  held,
  findings,
  notices,
  tables: tableNotices,
  /** @param shown how many */
  analysisValuesDropped: (shown: string) =>
    `AI results: ${shown} values were left out, since they could not be shown to be safe.`,
  /** Why something could not be exported. The details are the engine's sentence. */
  failure: (_title: string, details: string) => details,

  /** The log of an export. `made`: what `madeOf` says; counts are words already: "3 packages". */
  log: {
    madeOf: (made: string, packages: string) => `${made} of ${packages} made`,
    planned: (packages: string, instances: string) => `Planned: ${packages}, ${instances}.`,
    plannedResources: (resources: string, patients: string) =>
      `Planned: FHIR resources: ${resources}; patients: ${patients}.`,
    plannedResourcesAnew: (resources: string, patients: string) =>
      `The catalog has changed: planned anew, and the package begins anew. FHIR resources: ${resources}; patients: ${patients}.`,
    plannedRows: (rows: string, patients: string) => `Planned: ${rows}; patients: ${patients}.`,
    plannedAnew: (rows: string, patients: string) =>
      `The records have changed: planned anew, and the package begins anew: ${rows}; patients: ${patients}.`,
    waiting: "Waits for its turn.",
    waitingForSync: "Waits for a sync of records to end.",
    started: "Started.",
    resumed: "Resumed.",
    packageBegan: (name: string, number: string, of: string) => `Began ${name} (${number} of ${of}).`,
    packageMade: (name: string, files: string) => `Made ${name}: ${files} verified.`,
    packageIncomplete: (name: string, files: string) => `Made ${name}: ${files} verified. It is incomplete.`,
    heldBack: (name: string, count: string, reason: string) => `${name}: ${count} held back: ${reason}`,
    withoutPreview: (name: string, count: string, reason: string) => `${name}: ${count} without preview: ${reason}`,
    notExported: (name: string, count: string, reason: string) => `${name}: ${count} not exported: ${reason}`,
    paused: (made: string) => `Paused; ${made}.`,
    pausedWaiting: "Paused while it waited for its turn.",
    pausedByError: (made: string) => `Paused, since it could not go on; ${made}.`,
    interrupted: (made: string) => `Interrupted, since Satchel is being closed; ${made}.`,
    crashed: "Interrupted: Satchel ended while it ran.",
    cancelled: (made: string) => `Cancelled; ${made}, what was unfinished has been removed.`,
    givenUp: "Cancelled; what was unfinished has been removed.",
    failed: (made: string) => `Failed; ${made}.`,
    ended: (made: string) => `Ended; ${made}.`,
    endedIncomplete: (made: string, incomplete: string) => `Ended; ${made}, of which ${incomplete} incomplete.`,
    notResumed: "Could not be taken up again at the start.",
    retries: (id: string) => `Makes anew what failed in export ${id}.`,
    retried: (id: string) => `What failed is made anew by export ${id}.`,
  },
};

import type { ErrorCode } from "../../../contract/errors.ts";
import type { HeldCode } from "../../../contract/held.ts";
import type { ReceiptMissing } from "../../../contract/receipt.ts";
import type { InstanceDescription } from "../../dicom/description.ts";
import type { InstanceLocator } from "../../sources/source.ts";

/** One instance of a plan: where its bytes come from, and what it becomes in the package. Stored with the job; JSON values only. */
export interface ImagingItem {
  /** The catalog's number of the source. */
  source: number;
  locator: InstanceLocator;
  orthancInstanceId: string;
  /** As the catalog knows it: source values. Never written to a pseudonymised package but through the policy. */
  description: InstanceDescription;
  /** "studies/<StudyUID>/3.dcm"; null where the package holds no images. */
  path: string | null;
  /** "studies/<StudyUID>/previews"; null where none are wanted. */
  previewFolder: string | null;
  /** Number of this instance's first preview: previews count through the study. */
  firstPreview: number;
  /** Number of its patient in the package, from 1: two patients may share everything that is shown of them. */
  patient: number;
  /** The folder of the study, or its UID in packages without folders: what tells two studies of one package apart. */
  study: string;
}

/** One package of a job. */
export interface PackagePlan {
  /** File or folder name at the destination. */
  name: string;
  scope: "patient" | "study" | "all";
  /** Name of the metadata document inside. */
  document: string;
  /** Items are numbered through the whole job: this package's are [firstItem, firstItem + items). */
  firstItem: number;
  items: number;
  counts: { patients: number; studies: number; series: number; instances: number; previews: number; bytes: number };
  /** AI analysis results by study, see PlannedAnalysis. */
  analyses: PlannedAnalysis[];
}

/** An AI analysis result as it will stand in the document: already under the policy. */
export interface PlannedAnalysis {
  /** Equal to ImagingItem.study. */
  study: string;
  name: string;
  document: unknown;
  /** Values that the policy left out of it. */
  dropped: number;
}

/** What an instance's row in the metadata document and its study's and patient's rows are made of: output values only. */
export interface OutputInstance {
  patientId: string;
  patientName: string;
  birthDate: string;
  sex: string;
  studyInstanceUid: string;
  studyDate: string;
  studyTime: string;
  studyDescription: string;
  modality: string;
  seriesInstanceUid: string;
  sopInstanceUid: string;
  instanceNumber: number | null;
  numberOfFrames: number;
  orthancInstanceId: string;
  transferSyntaxUid: string;
}

/** What became of an item; the journal keeps it. */
export interface ItemOutcome {
  status: "exported" | "held" | "failed" | "described";
  /** Why, for `held` and `failed`. */
  code?: ErrorCode;
  reason?: string;
  /** What `reason` says, for `held`. */
  held?: HeldCode[];
  /** The name the file would have had, for `held` and `failed`. */
  path?: string;
  /** Same as ImagingItem.patient. */
  patient: number;
  /** Same as ImagingItem.study. */
  study: string;
  output: OutputInstance;
  /** Previews that were planned for it. */
  previews: number;
  /** The leak sweep went over the output. */
  swept: boolean;
  /** Previews that could not be made. */
  missing: ReceiptMissing[];
}

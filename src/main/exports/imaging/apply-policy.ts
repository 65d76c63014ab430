import { SatchelError } from "../../../contract/errors.ts";
import type { HeldCode } from "../../../contract/held.ts";
import type { PolicyOption } from "../../../contract/policy.ts";
import { valuesOfDescription } from "../../deidentify/described-values.ts";
import { isUid } from "../../deidentify/pseudonym.ts";
import { createDicomDeidentifier, leakError, type DicomDeidentifier } from "../../deidentify/dicom/deidentifier.ts";
import { sweepText } from "../../deidentify/sweep/sweep-text.ts";
import { describeInstance } from "../../dicom/describe.ts";
import type { InstanceDescription } from "../../dicom/description.ts";
import { EXPLICIT_LITTLE_ENDIAN, encodeDataset, encodeFileMeta, type NewElement } from "../../dicom/encode.ts";
import { walkPart10, type Part10 } from "../../dicom/part10.ts";
import type { Piece } from "../../dicom/piece.ts";
import { tagByKeyword } from "../../dicom/dictionary.ts";
import type { OutputInstance } from "./item.ts";

/** A policy with its key in hand, as it is sent to a worker. */
export type PolicySettings =
  | { kind: "identified" }
  | {
      kind: "pseudonymised";
      key: { name: string; secret: Uint8Array };
      options: PolicyOption[];
      includeHeld: boolean;
    };

/** What a policy makes of an instance: why it stays, or the bytes that leave. */
export type Applied = { held: string; codes: HeldCode[] } | { held?: undefined; pieces: Piece[]; swept: boolean };

export interface InstancePolicy {
  /** @throws LEAK where the sweep finds an identifying value in the output */
  apply(part10: Part10): Applied;
  /** The values that may stand in a metadata document. @throws LEAK */
  describe(description: InstanceDescription, orthancInstanceId: string): OutputInstance;
}

export function createPolicy(settings: PolicySettings): InstancePolicy {
  if (settings.kind === "identified") return identified;
  const { name, secret } = settings.key;
  const deidentifier = createDicomDeidentifier({
    key: { name, secret: Buffer.from(secret) },
    options: settings.options,
  });
  return {
    apply(part10) {
      const result = deidentifier.deidentify(part10);
      if (result.held.length > 0 && !settings.includeHeld) {
        return {
          held: result.held.map(({ sentence }) => sentence).join(" "),
          codes: result.held.map(({ code }) => code),
        };
      }
      if (result.leaks.length > 0) throw leakError(result.leaks);
      return { pieces: result.pieces, swept: true };
    },
    describe: describeUnder(deidentifier, settings.options),
  };
}

const identified: InstancePolicy = {
  apply: (part10) => ({ pieces: wholeOf(part10), swept: false }),
  describe: (description, orthancInstanceId) => toOutput(description, description, orthancInstanceId),
};

/** The bytes as they came. */
function wholeOf(part10: Part10): Piece[] {
  return part10.gaps.length > 0 ? [{ start: 0, length: part10.size }] : [part10.source ?? part10.bytes];
}

function toOutput(
  shown: InstanceDescription,
  own: Pick<InstanceDescription, "instanceNumber" | "numberOfFrames" | "transferSyntaxUid">,
  orthancInstanceId: string,
): OutputInstance {
  return {
    patientId: shown.patientId,
    patientName: shown.patientName,
    birthDate: shown.patientBirthDate,
    sex: shown.patientSex,
    studyInstanceUid: shown.studyInstanceUid,
    studyDate: shown.studyDate,
    studyTime: shown.studyTime,
    studyDescription: shown.studyDescription,
    modality: shown.modality,
    seriesInstanceUid: shown.seriesInstanceUid,
    sopInstanceUid: shown.sopInstanceUid,
    instanceNumber: own.instanceNumber,
    numberOfFrames: own.numberOfFrames,
    orthancInstanceId,
    transferSyntaxUid: own.transferSyntaxUid,
  };
}

/** Attributes that a metadata document shows, in the order of their tags. */
const SHOWN: readonly [keyof InstanceDescription, string, string][] = [
  ["sopClassUid", "SOPClassUID", "UI"],
  ["sopInstanceUid", "SOPInstanceUID", "UI"],
  ["studyDate", "StudyDate", "DA"],
  ["studyTime", "StudyTime", "TM"],
  ["modality", "Modality", "CS"],
  ["studyDescription", "StudyDescription", "LO"],
  ["patientName", "PatientName", "PN"],
  ["patientId", "PatientID", "LO"],
  ["issuerOfPatientId", "IssuerOfPatientID", "LO"],
  ["patientBirthDate", "PatientBirthDate", "DA"],
  ["patientSex", "PatientSex", "CS"],
  ["studyInstanceUid", "StudyInstanceUID", "UI"],
  ["seriesInstanceUid", "SeriesInstanceUID", "UI"],
];

/**
 * Passes what the catalog knows through the same policy as the files: a small data set is made of it and de-identified, so that no
 * second set of rules can disagree with the first. Rows of one series differ only in their SOP Instance UID.
 */
function describeUnder(deidentifier: DicomDeidentifier, options: readonly PolicyOption[]): InstancePolicy["describe"] {
  const retainUids = options.includes("retain-uids");
  let lastKey = "";
  let last: InstanceDescription | undefined;
  return (description, _orthancInstanceId) => {
    const key = JSON.stringify(
      SHOWN.filter(([field]) => field !== "sopInstanceUid").map(([field]) => description[field]),
    );
    if (last === undefined || key !== lastKey) {
      last = describeInstance(walkPart10(Buffer.concat(deidentify(deidentifier, description))));
      const row = toOutput(last, description, "");
      assertClean(JSON.stringify({ ...row, instanceNumber: null }), description, options);
      lastKey = key;
    }
    // An Orthanc id is a plain hash of patient, study, series and instance: whoever guesses them can confirm the guess.
    const { sopInstanceUid: uid, transferSyntaxUid } = description;
    const sopInstanceUid = retainUids && isUid(uid) ? uid : deidentifier.pseudonyms.uid(uid);
    // A UID that is none could say anything; the file itself stays behind for it.
    const own = { ...description, transferSyntaxUid: isUid(transferSyntaxUid) ? transferSyntaxUid : "" };
    return toOutput({ ...last, sopInstanceUid }, own, "");
  };
}

/** @throws LEAK where a row of the metadata document would hold a value that the policy takes away */
function assertClean(text: string, description: InstanceDescription, options: readonly PolicyOption[]): void {
  const hits = sweepText(valuesOfDescription(description, options), text, "metadata document");
  if (hits.length === 0) return;
  throw new SatchelError(
    "LEAK",
    `The leak sweep found an identifying value of the source in the metadata document (${hits.map(({ kind }) => kind).join(", ")}).`,
    "Leave the study out, or report this.",
  );
}

function deidentify(deidentifier: DicomDeidentifier, description: InstanceDescription): Buffer[] {
  const elements: NewElement[] = [
    { tag: 0x00080005, vr: "CS", value: Buffer.from("ISO_IR 192") },
    ...SHOWN.map(([field, keyword, vr]) => ({
      tag: tagByKeyword(keyword) ?? 0,
      vr,
      value: Buffer.from(String(description[field] ?? "")),
    })),
  ];
  const meta = encodeFileMeta([{ tag: 0x00020010, vr: "UI", value: Buffer.from("1.2.840.10008.1.2.1") }]);
  const part10 = walkPart10(Buffer.concat([meta, encodeDataset(elements, EXPLICIT_LITTLE_ENDIAN)]));
  const { pieces, leaks } = deidentifier.deidentify(part10);
  if (leaks.length > 0) throw leakError(leaks);
  return pieces.filter((piece) => Buffer.isBuffer(piece));
}

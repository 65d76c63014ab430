import type { InstanceDescription } from "../../dicom/description.ts";
import type { OrthancTags } from "./orthanc-api.ts";

/**
 * Describes an instance from what Orthanc tells of it: `/tags?short` (UTF-8, decoded by Orthanc) and its metadata. The whole file is
 * not read for this; what goes into a package is always taken from the file itself.
 */
export function describeTags(
  tags: OrthancTags,
  metadata: Readonly<Record<string, string>>,
  transferSyntaxUid: string,
): InstanceDescription {
  const all = (tag: string): string => {
    const value = tags[tag];
    return typeof value === "string" ? trimPadding(value) : "";
  };
  const first = (tag: string): string => trimPadding(all(tag).split("\\")[0] ?? "");
  const integer = (tag: string): number | null => {
    const text = first(tag);
    if (text === "") return null;
    const value = Number(text);
    return Number.isFinite(value) ? Math.trunc(value) : null;
  };
  // Orthanc lists pixel data as null, or leaves it out where it keeps the header apart and notes the offset.
  const hasPixelData =
    "7fe0,0010" in tags || "7fe0,0008" in tags || "7fe0,0009" in tags || metadata["PixelDataOffset"] !== undefined;
  return {
    sopInstanceUid: first("0008,0018"),
    sopClassUid: first("0008,0016"),
    studyInstanceUid: first("0020,000d"),
    seriesInstanceUid: first("0020,000e"),
    transferSyntaxUid,
    patientId: first("0010,0020"),
    issuerOfPatientId: first("0010,0021"),
    patientName: first("0010,0010"),
    patientBirthDate: first("0010,0030"),
    patientSex: first("0010,0040"),
    studyDate: first("0008,0020"),
    studyTime: first("0008,0030"),
    studyDescription: first("0008,1030"),
    studyId: first("0020,0010"),
    accessionNumber: first("0008,0050"),
    modality: first("0008,0060"),
    seriesDescription: first("0008,103e"),
    seriesNumber: integer("0020,0011"),
    bodyPartExamined: first("0018,0015"),
    instanceNumber: integer("0020,0013"),
    numberOfFrames: hasPixelData ? Math.max(1, integer("0028,0008") ?? 1) : 0,
    rows: integer("0028,0010") ?? 0,
    columns: integer("0028,0011") ?? 0,
    imageType: all("0008,0008"),
    burnedInAnnotation: first("0028,0301"),
    institutionName: first("0008,0080"),
    stationName: first("0008,1010"),
    manufacturer: first("0008,0070"),
  };
}

/** Spaces and NULs at both ends (PS3.5 6.2: not significant in any of these attributes). */
function trimPadding(text: string): string {
  let start = 0;
  let end = text.length;
  const padding = (code: number): boolean => code === 0x20 || code === 0;
  while (start < end && padding(text.charCodeAt(start))) start++;
  while (end > start && padding(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

import type { PolicyOption } from "../../contract/policy.ts";
import type { InstanceDescription } from "../dicom/description.ts";
import type { IdentifyingValues } from "./identifying-values.ts";

/** The part of a description that tells who, where and when; every row of the catalog that has these fields will do. */
export type DescribedIdentity = Pick<
  InstanceDescription,
  | "patientId"
  | "patientName"
  | "patientBirthDate"
  | "accessionNumber"
  | "studyId"
  | "studyDate"
  | "institutionName"
  | "stationName"
  | "issuerOfPatientId"
  | "studyInstanceUid"
  | "seriesInstanceUid"
  | "sopInstanceUid"
>;

/**
 * What the policy takes away of what the catalog knows: for sweeping names of entries, documents and a package's metadata. Missing fields
 * are no values.
 */
export function valuesOfDescription(
  description: Partial<DescribedIdentity>,
  options: readonly PolicyOption[],
): IdentifyingValues {
  const keeps = (option: PolicyOption): boolean => options.includes(option);
  const filled = (...values: (string | undefined)[]): string[] =>
    values.filter((value): value is string => value !== undefined && value.trim() !== "");
  const dated = keeps("full-dates") || keeps("modified-dates");
  return {
    names: filled(description.patientName),
    identifiers: filled(
      description.patientId,
      description.accessionNumber,
      description.studyId,
      description.issuerOfPatientId,
      keeps("retain-device") ? undefined : description.stationName,
    ),
    organisations: keeps("retain-institution") ? [] : filled(description.institutionName),
    // A shifted date may fall on another day of the same patient's.
    dates: filled(description.patientBirthDate, dated ? undefined : description.studyDate),
    uids: keeps("retain-uids")
      ? []
      : filled(description.studyInstanceUid, description.seriesInstanceUid, description.sopInstanceUid),
  };
}

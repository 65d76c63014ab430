import type { Gender } from "../../../contract/records.ts";
import type { IndexedStatus } from "../records-source.ts";
import type { Mapping } from "./mapping.ts";

/** A code that the mapping does not name is kept as the label of an unknown status: the system said something. */
export function codedStatus(statuses: Mapping["statuses"], code: string): IndexedStatus {
  const known = Object.hasOwn(statuses, code) ? statuses[code] : undefined;
  return known === undefined ? { status: "unknown", label: code } : { status: known.status, label: known.label };
}

/** @returns undefined where the mapping does not name the code */
export function codedGender(genders: Mapping["genders"], code: string): Gender | undefined {
  if (code.trim() === "") return "N";
  return Object.hasOwn(genders, code.trim()) ? genders[code.trim()] : undefined;
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** The project's sample files, read in place. */
export const SAMPLES = join(import.meta.dirname, "../../../shared/samples/dicom");
export const samplesAbsent = !existsSync(SAMPLES);

/** Names relative to SAMPLES, without tables and texts. */
export function sampleNames(): string[] {
  if (samplesAbsent) return [];
  return readdirSync(SAMPLES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(md|json|csv)$/.test(entry.name))
    .map((entry) => relative(SAMPLES, join(entry.parentPath, entry.name)))
    .toSorted();
}

export function sample(name: string): Buffer {
  return readFileSync(join(SAMPLES, name));
}

/** Files that are damaged, and where: each is refused with a reason. */
export const DAMAGED: ReadonlyMap<string, string> = new Map([
  // An item stands at top level, behind a sequence that says it is empty; dcmdump refuses it too.
  ["050_fo-dicom_FreezePattern.dcm", "(FFFE,E000)"],
  ["060_pydicom_rtplan_truncated.dcm", "(300A,00B0)"],
  ["068_pydicom_MR_truncated.dcm", "(7FE0,0010)"],
]);

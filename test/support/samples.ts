import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** The folder beside the project that holds what is read in place and never copied: standards, samples, facts. */
const sharedFolder = resolve(import.meta.dirname, "..", "..", "..", "shared");

/** Absolute path of something in `../shared`; it need not exist. Parts are joined: `sharedPath("samples", "dicom")`. */
function sharedPath(...parts: string[]): string {
  return join(sharedFolder, ...parts);
}

/**
 * For tests that read `../shared`, which not every clone has beside it:
 *
 *     const canary = sharedData("samples/dicom/canary");
 *     describe.skipIf(!canary.present)(`Canary file${canary.note}`, () => { … canary.path … });
 *
 * `note` is "" where the data is there, otherwise it says in the name of the skipped tests why they were skipped.
 */
export function sharedData(path: string): { path: string; present: boolean; note: string } {
  const absolute = sharedPath(path);
  const present = existsSync(absolute);
  return { path: absolute, present, note: present ? "" : ` (skipped: ../shared/${path} is absent)` };
}

/** Folder of the 65 varied real DICOM files, their manifest.csv, the file-set and the canary. */
export const dicomSamples = sharedData("samples/dicom");

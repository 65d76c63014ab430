import { hash } from "node:crypto";

/** Letters that no file system takes for others, and no names that one of them keeps for itself. */
const PLAIN = /^[0-9a-z]{8}-[0-9a-z-]{8,55}$/;
const LONGEST = 40;

/**
 * Path of the file of a patient. Pseudonyms stand as they are; an id of a source gets what makes it different from all others on every file
 * system.
 *
 * @param exportedId "" of what is about nobody
 */
export function fileOfPatient(exportedId: string): string {
  if (exportedId === "") return "about-nobody.json";
  if (PLAIN.test(exportedId)) return `patients/${exportedId}.json`;
  const readable = exportedId.replaceAll(/[^0-9A-Za-z-]/g, "_").slice(0, LONGEST);
  return `patients/${readable}-${hash("sha256", exportedId, "hex").slice(0, 8)}.json`;
}

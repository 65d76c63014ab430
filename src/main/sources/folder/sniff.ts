import { readSync } from "node:fs";
import { looksLikeDicom } from "../../dicom/part10.ts";

const HEAD = Buffer.alloc(144);

/**
 * Whether a file begins like DICOM: "DICM" behind the preamble (PS3.10 7.1), or, where preamble and prefix are missing, an element of
 * group 0002 or 0008. One small read; a file that passes may still prove to be broken.
 */
export function sniffDicom(fd: number): boolean {
  const length = readSync(fd, HEAD, 0, HEAD.length, 0);
  if (length < 8) return false;
  const head = HEAD.subarray(0, length);
  if (head.toString("latin1", 128, 132) === "DICM" || head.toString("latin1", 0, 4) === "DICM") return true;
  // Without prefix any first element of the dictionary would do for the walk, (0000,0001) of an icon file for example.
  const group = head.readUInt16LE(0);
  return (group === 0x0002 || group === 0x0008 || group === 0x0800) && looksLikeDicom(head);
}

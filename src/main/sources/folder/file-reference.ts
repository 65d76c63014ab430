/**
 * A file of a folder source is named by its path below the root, "/" between parts, whatever the platform. Names that are not UTF-8
 * (CDs and shares of old systems) cannot be a string: such a path is kept byte for byte, each byte as the character of that number,
 * behind RAW. No relative path can begin with "//", so the two never meet.
 */
import { join } from "node:path";
import { SatchelError } from "../../../contract/errors.ts";

const RAW = "//raw/";

/** @param parts names as the file system gave them */
function referenceOf(parts: readonly (string | Buffer)[]): string {
  if (parts.every((part) => typeof part === "string")) return parts.join("/");
  const bytes = parts.map((part) => (typeof part === "string" ? Buffer.from(part, "utf8") : part).toString("latin1"));
  return RAW + bytes.join("/");
}

/** The reference of a file or folder inside a folder. */
export function childReference(folder: string, name: string | Buffer): string {
  if (folder === "") return referenceOf([name]);
  if (!folder.startsWith(RAW) && typeof name === "string") return `${folder}/${name}`;
  return referenceOf([pathBytes(folder), name]);
}

/**
 * @param root absolute path without links
 * @returns what node:fs takes
 * @throws READ_FAILED where the reference would leave the root: a catalog can be damaged or made up
 */
export function resolveReference(root: string, reference: string): string | Buffer {
  const bytes = pathBytes(reference);
  const parts = bytes.toString("latin1").split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".." || part.includes("\0")) && reference !== "")
    throw new SatchelError(
      "READ_FAILED",
      "A file of the folder source has a name that leads out of the folder.",
      "Sync the source again.",
    );
  if (reference.startsWith(RAW)) return Buffer.concat([Buffer.from(`${root}/`, "utf8"), bytes]);
  return join(root, ...reference.split("/"));
}

function pathBytes(reference: string): Buffer {
  return reference.startsWith(RAW)
    ? Buffer.from(reference.slice(RAW.length), "latin1")
    : Buffer.from(reference, "utf8");
}

import { mkdir } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";

/** Names that Windows keeps for devices, with any ending; a folder made here may be read there. */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/i;

/**
 * Makes one folder in another that is there.
 *
 * @param name one that Windows, macOS and Linux all take: what is made on a stick is to be opened elsewhere
 * @returns its path
 * @throws SatchelError USAGE (the name), ALREADY_EXISTS, WRITE_FAILED, DISK_FULL
 */
export async function makeFolderIn(path: string, name: string): Promise<string> {
  const plain = name.normalize("NFC").trim();
  if (!isAbsolute(path) || path.includes("\0"))
    throw new SatchelError("USAGE", "This is not the full path of a folder.", "Begin with a drive or with /.");
  if (
    plain === "" ||
    /[/\\<>:"|?*\p{Cc}]/u.test(plain) ||
    /^\.|\.$/.test(plain) ||
    DEVICES.test(plain) ||
    Buffer.byteLength(plain) > 255
  )
    throw new SatchelError(
      "USAGE",
      "A folder cannot have this name on every system.",
      'Choose one without / \\ < > : " | ? * and without a dot at its beginning or end.',
    );
  const made = join(path, plain);
  try {
    await mkdir(made);
  } catch (error) {
    throw toMakeError(error);
  }
  return made;
}

function toMakeError(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const options = { cause: error };
  if (code === "EEXIST")
    return new SatchelError(
      "ALREADY_EXISTS",
      "There is something of that name already.",
      "Choose another name.",
      options,
    );
  if (code === "ENOSPC" || code === "EDQUOT")
    return new SatchelError("DISK_FULL", "The disk is full.", "Free some space there, then try again.", options);
  if (code === "EROFS")
    return new SatchelError("WRITE_FAILED", "The drive is read-only.", "Choose another place.", options);
  if (typeof code !== "string") return error;
  return new SatchelError(
    "WRITE_FAILED",
    `The folder could not be made (${code}).`,
    "Choose a folder that you may write to.",
    options,
  );
}

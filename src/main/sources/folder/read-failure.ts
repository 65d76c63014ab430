import { SatchelError } from "../../../contract/errors.ts";
import { codeOf } from "./walk-tree.ts";

const CAUSES: Record<string, string> = {
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
  EIO: "the medium could not be read; it may be damaged or pulled out",
  ENOENT: "it is not there",
  ENOTDIR: "a folder on its way is not there",
  ELOOP: "it has been replaced by a symbolic link",
  ENAMETOOLONG: "its path is too long for this system",
  EBUSY: "another program holds it",
  ESTALE: "the network share has lost it",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
};

/** Why a file or folder could not be read, as the end of a sentence, without its path. */
export function readFailure(code: string): string {
  return CAUSES[code] ?? `the system says ${code === "" ? "nothing more" : code}`;
}

/** What reading a file threw, as READ_FAILED; a SatchelError stays as it is, a defect too. */
export function asReadError(thrown: unknown): unknown {
  const code = codeOf(thrown);
  if (thrown instanceof SatchelError || code === "") return thrown;
  return new SatchelError(
    "READ_FAILED",
    `The file could not be read: ${readFailure(code)}.`,
    "Check the folder and its permissions, then sync the source again.",
    { cause: thrown },
  );
}

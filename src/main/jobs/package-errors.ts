import { SatchelError } from "../../contract/errors.ts";
import type { VerifyReport } from "../package/verify-report.ts";

/** @throws PACKAGE_DAMAGED where what was just written is not what was meant */
export function assertVerified({ ok, findings: [first] }: VerifyReport): void {
  if (ok) return;
  throw new SatchelError(
    "PACKAGE_DAMAGED",
    `The finished package did not verify: ${first?.path ?? ""}: ${first?.sentence ?? "unknown cause"}.`,
    "Check the disk of the destination, remove what is left there, and export again.",
  );
}

/** What bears the name of a package is another's. */
export function nameTaken(): SatchelError {
  return new SatchelError(
    "ALREADY_EXISTS",
    "Another package of this name is there already; nothing was overwritten.",
    "Move it away, then resume the job.",
  );
}

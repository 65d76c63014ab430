import type { ErrorCode } from "../../../contract/errors.ts";
import type { JobState } from "../../../contract/job.ts";

/** What the command line ends with; documented in the README and in --help. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  incomplete: 3,
  verification: 4,
  inUse: 5,
  cancelled: 130,
} as const;

export function exitCodeOfError(code: ErrorCode): number {
  if (code === "USAGE") return EXIT.usage;
  if (code === "IN_USE") return EXIT.inUse;
  if (code === "CANCELLED") return EXIT.cancelled;
  if (code === "PACKAGE_DAMAGED" || code === "AUDIT_BROKEN") return EXIT.verification;
  return EXIT.failed;
}

export function exitCodeOfJob(state: JobState, error: string | undefined): number {
  if (state === "complete") return EXIT.done;
  if (state === "incomplete") return EXIT.incomplete;
  if (state === "cancelled") return EXIT.cancelled;
  return error === "PACKAGE_DAMAGED" ? EXIT.verification : EXIT.failed;
}

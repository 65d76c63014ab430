import type { PlanSummary } from "../../../contract/job.ts";
import type { ExportDraft } from "./export-draft.ts";

/** Why an export cannot start yet, each with a sentence in the labels. The first is the one to say. */
export type StartReason =
  | "nothing-picked"
  | "key-missing"
  | "reason-missing"
  | "destination-missing"
  | "plan-failed"
  | "planning"
  | "nothing-found"
  | "names-taken"
  | "read-only"
  | "no-space"
  | "file-too-large";

/** What is known of the file system behind the destination; each is null where it is not known. */
export interface DestinationFacts {
  readOnly: boolean;
  largestFile: number | null;
}

/**
 * @param plan of the draft as it is now; undefined while it is being made.
 * @returns empty where the export can start.
 */
export function reasonsNotToStart(
  draft: ExportDraft,
  picked: boolean,
  plan: PlanSummary | undefined,
  planFailed: boolean,
  place: DestinationFacts | undefined,
): StartReason[] {
  const reasons: StartReason[] = [];
  const unless = (fine: boolean, reason: StartReason): void => {
    if (!fine) reasons.push(reason);
  };
  unless(picked, "nothing-picked");
  unless(draft.identity === "identified" || draft.key !== "", "key-missing");
  unless(draft.heldReason === null || draft.heldReason.trim() !== "", "reason-missing");
  unless(draft.destination !== "", "destination-missing");
  if (reasons.length > 0) return reasons;
  if (planFailed) return ["plan-failed"];
  if (plan === undefined) return ["planning"];
  unless(plan.packages.length > 0, "nothing-found");
  unless(
    plan.packages.every(({ exists }) => !exists),
    "names-taken",
  );
  unless(place?.readOnly !== true, "read-only");
  unless(plan.bytes <= plan.freeBytes, "no-space");
  unless(fitsFileLimit(draft, plan, place?.largestFile ?? null), "file-too-large");
  return reasons;
}

/** A ZIP is one file; in a folder each instance is its own, and those are small against any limit. */
function fitsFileLimit(draft: ExportDraft, plan: PlanSummary, largestFile: number | null): boolean {
  if (largestFile === null || draft.format === "folder") return true;
  return plan.packages.every(({ bytes }) => bytes <= largestFile);
}

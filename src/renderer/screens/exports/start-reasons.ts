import type { PlanSummary } from "../../../contract/job.ts";
import type { ExportDraft } from "./export-draft.ts";
import { needsKey, type NotesDraft } from "./tables/notes-draft.ts";
import {
  hasPolicy,
  needsKey as derivesFromKey,
  type ResourcesDraft,
  type ResourcesKind,
} from "./resources/resources-draft.ts";
import type { StudiesDraft } from "./tables/studies-draft.ts";

/** Why an export cannot start yet, each with a sentence in the labels. The first is the one to say. */
export type StartReason =
  | "nothing-picked"
  | "records-not-picked"
  | "key-missing"
  | "reason-missing"
  | "live-reason-missing"
  | "resources-not-picked"
  | "rules-missing"
  | "identity-reason-missing"
  | "consent-missing"
  | "views-missing"
  | "measures-missing"
  | "columns-missing"
  | "destination-missing"
  | "too-many-rows"
  | "plan-failed"
  | "planning"
  | "nothing-found"
  | "names-taken"
  | "read-only"
  | "no-space"
  | "file-too-large"
  | "table-too-large";

/** What is known of the file system behind the destination; each is null where it is not known. */
export interface DestinationFacts {
  readOnly: boolean;
  largestFile: number | null;
}

function collect(...asked: readonly (readonly [fine: boolean, reason: StartReason])[]): StartReason[] {
  return asked.flatMap(([fine, reason]) => (fine ? [] : [reason]));
}

/** What an export of images still lacks, before anything is said of its plan. */
export function missingOfImages(draft: ExportDraft, picked: boolean): StartReason[] {
  return collect(
    [picked, "nothing-picked"],
    [draft.identity === "identified" || draft.key !== "", "key-missing"],
    [draft.heldReason === null || draft.heldReason.trim() !== "", "reason-missing"],
    [draft.destination !== "", "destination-missing"],
  );
}

export function missingOfNotes(draft: NotesDraft, picked: boolean): StartReason[] {
  return collect(
    [picked, "records-not-picked"],
    [!needsKey(draft) || draft.key !== "", "key-missing"],
    [draft.ids === "pseudonym" || draft.reason.trim() !== "", "live-reason-missing"],
    [draft.destination !== "", "destination-missing"],
  );
}

/** @param tooMany more exams match than rows may leave */
export function missingOfStudies(draft: StudiesDraft, picked: boolean, tooMany: boolean): StartReason[] {
  return collect(
    [picked, "records-not-picked"],
    [draft.columns.length > 0, "columns-missing"],
    [draft.identity === "identified" || draft.key !== "", "key-missing"],
    [!tooMany, "too-many-rows"],
    [draft.destination !== "", "destination-missing"],
  );
}

/** @param picked something was picked, or everything was asked for */
export function missingOfResources(kind: ResourcesKind, draft: ResourcesDraft, picked: boolean): StartReason[] {
  const { identity } = draft;
  const bears = hasPolicy(kind);
  return collect(
    [picked, "resources-not-picked"],
    [!derivesFromKey(kind, draft) || draft.key !== "", "key-missing"],
    [!bears || identity !== "rules" || draft.rules !== undefined, "rules-missing"],
    [!bears || identity !== "identified" || draft.reason.trim() !== "", "identity-reason-missing"],
    [!bears || draft.withoutConsent !== "", "consent-missing"],
    [kind !== "view" || draft.views.length > 0, "views-missing"],
    [kind !== "report" || draft.measures.length > 0, "measures-missing"],
    [draft.destination !== "", "destination-missing"],
  );
}

/**
 * @param missing what the draft itself lacks: as long as there is any, nothing is said of its plan.
 * @param plan of the draft as it is now; undefined while it is being made.
 * @param largest what of it must fit the drive's limit of files: a package in one file, a table whatever its form, or nothing, since each
 * of many is small.
 * @returns empty where the export can start.
 */
export function reasonsNotToStart(
  missing: readonly StartReason[],
  plan: PlanSummary | undefined,
  planFailed: boolean,
  place: DestinationFacts | undefined,
  largest: "file" | "table" | "none",
): StartReason[] {
  if (missing.length > 0) return [...missing];
  if (planFailed) return ["plan-failed"];
  if (plan === undefined) return ["planning"];
  const { packages, bytes, freeBytes } = plan;
  const limit = place?.largestFile ?? null;
  return collect(
    [packages.some(({ resources }) => resources !== 0), "nothing-found"],
    [packages.every(({ exists }) => !exists), "names-taken"],
    [place?.readOnly !== true, "read-only"],
    [bytes <= freeBytes, "no-space"],
    [
      largest === "none" || limit === null || packages.every((one) => one.bytes <= limit),
      largest === "table" ? "table-too-large" : "file-too-large",
    ],
  );
}

import { POLICY_OPTIONS, type PolicyOption } from "../../../contract/policy.ts";
import type { ImagingRecipe, ImagingSelection } from "../../../contract/recipe.ts";
import { READY_RECIPES, type ExportManner } from "../../ready-recipes.ts";

/** An export while it is put together: a recipe of which something may still be missing. */
export interface ExportDraft extends ExportManner {
  /** What leaves, where it does not come from Browse: of a saved recipe or an earlier job, or everything. Null: what is picked in Browse. */
  selection: ImagingSelection | null;
  /** Name of a project key; empty while none is chosen. */
  key: string;
  /** Why held-back objects may pass; null where they stay behind. */
  heldReason: string | null;
  destination: string;
}

export const FIRST_DRAFT: ExportDraft = {
  ...READY_RECIPES.research,
  selection: null,
  key: "",
  heldReason: null,
  destination: "",
};

export type DatesChoice = "removed" | "modified-dates" | "full-dates";
const DATE_OPTIONS: readonly PolicyOption[] = ["modified-dates", "full-dates"];
/** Every option that is not one of the three ways with dates. */
export const SINGLE_OPTIONS = POLICY_OPTIONS.filter((option) => !DATE_OPTIONS.includes(option));

export function datesOf({ options }: Pick<ExportDraft, "options">): DatesChoice {
  if (options.includes("full-dates")) return "full-dates";
  return options.includes("modified-dates") ? "modified-dates" : "removed";
}

/** The options with the dates treated one way of three: two of them exclude each other. */
export function withDates(options: readonly PolicyOption[], dates: DatesChoice): PolicyOption[] {
  return POLICY_OPTIONS.filter((one) => (DATE_OPTIONS.includes(one) ? one === dates : options.includes(one)));
}

export function withOption(options: readonly PolicyOption[], option: PolicyOption, on: boolean): PolicyOption[] {
  return POLICY_OPTIONS.filter((one) => (one === option ? on : options.includes(one)));
}

/** A change with what follows from it: without images there are no previews, and JSON alone holds no images. */
export function changeDraft(draft: ExportDraft, change: Partial<ExportDraft>): ExportDraft {
  const next = { ...draft, ...change };
  if (change.format === "json") next.images = false;
  if (change.images === true && next.format === "json") next.format = "zip";
  if (!next.images) next.previews = false;
  if (next.identity === "identified") next.heldReason = null;
  return next;
}

/**
 * The recipe that a draft has become.
 *
 * @param destination the draft's own, or a stand-in while none is chosen: counts do not depend on it.
 * @returns undefined while the policy is not whole: no key, or held-back objects let pass without a reason.
 */
export function toRecipe(
  draft: ExportDraft,
  selection: ImagingSelection,
  destination: string,
): ImagingRecipe | undefined {
  const { images, previews, format, compress, grouping } = draft;
  const common = { kind: "imaging", version: 1, selection, images, previews, format, compress, grouping } as const;
  if (draft.identity === "identified") return { ...common, policy: { kind: "identified" }, destination };
  const reason = draft.heldReason?.trim();
  if (draft.key === "" || reason === "") return undefined;
  const options = POLICY_OPTIONS.filter((option) => draft.options.includes(option));
  const includeHeld = reason === undefined ? {} : { includeHeld: reason };
  return { ...common, policy: { kind: "pseudonymised", key: draft.key, options, ...includeHeld }, destination };
}

/** A draft that starts from a saved recipe or from an earlier job. */
export function toDraft(recipe: ImagingRecipe): ExportDraft {
  const { images, previews, format, compress, grouping, selection, destination, policy } = recipe;
  const common = { images, previews, format, compress, grouping, selection, destination };
  if (policy.kind === "identified")
    return { ...common, identity: "identified", options: [], key: "", heldReason: null };
  const { key, options, includeHeld } = policy;
  return { ...common, identity: "pseudonymised", options, key, heldReason: includeHeld ?? null };
}

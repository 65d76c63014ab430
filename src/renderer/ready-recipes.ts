import type { PolicyOption } from "../contract/policy.ts";
import type { ImagingRecipe } from "../contract/recipe.ts";

/** The part of a recipe that says how: neither what is picked nor where it goes. */
export interface ExportManner {
  identity: "identified" | "pseudonymised";
  /** In the order of POLICY_OPTIONS. Only where pseudonymised. */
  options: readonly PolicyOption[];
  images: boolean;
  previews: boolean;
  format: ImagingRecipe["format"];
  compress: number;
  grouping: ImagingRecipe["grouping"];
}

export const READY_NAMES = ["research", "patient", "transfer", "metadata"] as const;
export type ReadyName = (typeof READY_NAMES)[number];

const RESEARCH_OPTIONS = ["retain-patient-characteristics", "modified-dates", "clean-descriptors"] as const;

/** What most exports are. Each is a whole manner: choosing one leaves nothing of the one before. */
export const READY_RECIPES: Readonly<Record<ReadyName, ExportManner>> = {
  research: {
    identity: "pseudonymised",
    options: RESEARCH_OPTIONS,
    images: true,
    previews: false,
    format: "zip",
    compress: 0,
    grouping: "one",
  },
  patient: {
    identity: "identified",
    options: [],
    images: true,
    previews: true,
    format: "zip",
    compress: 0,
    grouping: "patient",
  },
  transfer: {
    identity: "identified",
    options: [],
    images: true,
    previews: false,
    format: "zip",
    compress: 0,
    grouping: "each",
  },
  metadata: {
    identity: "pseudonymised",
    options: RESEARCH_OPTIONS,
    images: false,
    previews: false,
    format: "json",
    compress: 0,
    grouping: "one",
  },
};

/** The ready recipe that a manner is, as long as nothing of it was adjusted. Metadata only may name patients or not. */
export function readyNameOf(manner: ExportManner): ReadyName | undefined {
  return READY_NAMES.find((name) => {
    const ready = READY_RECIPES[name];
    const sameIdentity =
      ready.identity === manner.identity
        ? ready.options.length === manner.options.length &&
          ready.options.every((option) => manner.options.includes(option))
        : name === "metadata";
    return (
      sameIdentity &&
      ready.images === manner.images &&
      ready.previews === manner.previews &&
      ready.format === manner.format &&
      ready.compress === manner.compress &&
      ready.grouping === manner.grouping
    );
  });
}

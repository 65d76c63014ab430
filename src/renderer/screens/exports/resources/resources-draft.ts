import type { FhirPolicy, ReportMeasure, ResourcesFilter } from "../../../../contract/fhir.ts";
import type {
  DatasetRecipe,
  FhirRecipe,
  ObservationsRecipe,
  QualityRecipe,
  ReportRecipe,
  SummaryRecipe,
  ViewRecipe,
} from "../../../../contract/fhir-recipe.ts";
import { READY_RESOURCES, type ResourcesManner } from "../../../ready-resources-recipes.ts";

export type ResourcesRecipe = DatasetRecipe | SummaryRecipe;
export type ResourcesKind = ResourcesRecipe["kind"];
export type ChosenView = ViewRecipe["views"][number];

/** An export of FHIR, or of what is made of it, while it is put together: what all five kinds need, so that they share what was chosen. */
export interface ResourcesDraft extends ResourcesManner {
  /** What leaves, where it does not come from Browse. Null: what was picked in Browse. */
  selection: ResourcesFilter | null;
  /** Name of a project key; empty while none is chosen. */
  key: string;
  /** Why identity leaves. */
  reason: string;
  /** Somebody else's rules; undefined while no file is chosen. */
  rules: { name: string; document: string } | undefined;
  /** Empty while it is not decided. */
  withoutConsent: "" | "include" | "exclude";
  codeSystems: readonly string[];
  layout: FhirRecipe["layout"];
  gzip: boolean;
  views: readonly ChosenView[];
  tidy: boolean;
  table: ViewRecipe["table"];
  formulas: ViewRecipe["formulas"];
  measures: readonly ReportMeasure[];
  minimumCount: number;
  region: ReportRecipe["region"];
  expect: readonly string[];
  format: ViewRecipe["format"];
  compress: number;
  /** Name of the package; empty for the kind's own. */
  name: string;
  destination: string;
}

export const FIRST_RESOURCES_DRAFT: ResourcesDraft = {
  ...READY_RESOURCES.research,
  selection: null,
  key: "",
  reason: "",
  rules: undefined,
  withoutConsent: "",
  codeSystems: [],
  layout: "ndjson",
  gzip: false,
  views: [],
  tidy: false,
  table: "csv",
  formulas: "guard",
  measures: ["coverage", "detection", "referral", "follow-up"],
  minimumCount: 5,
  region: "district",
  expect: [],
  format: "zip",
  compress: 6,
  name: "",
  destination: "",
};

export function hasPolicy(kind: ResourcesKind): kind is DatasetRecipe["kind"] {
  return kind === "fhir" || kind === "view" || kind === "observations";
}

/** Whether ids are derived from the project key. */
export function needsKey(kind: ResourcesKind, { identity }: Pick<ResourcesDraft, "identity">): boolean {
  return kind === "quality" || (hasPolicy(kind) && identity === "pseudonymised");
}

/** @returns undefined while it is not whole */
function toPolicy(draft: ResourcesDraft): FhirPolicy | undefined {
  const { identity, key, dates, birth, text, phones, images, withoutConsent, codeSystems, rules } = draft;
  const reason = draft.reason.trim();
  if (withoutConsent === "") return undefined;
  if (identity === "identified") return reason === "" ? undefined : { kind: "identified", reason, withoutConsent };
  if (identity === "rules") return rules && { kind: "rules", ...rules, ...(key === "" ? {} : { key }), withoutConsent };
  if (key === "") return undefined;
  const systems = codeSystems.length === 0 ? {} : { codeSystems: [...codeSystems] };
  return { kind: "pseudonymised", key, dates, birth, text, phones, images, withoutConsent, ...systems };
}

/**
 * The recipe that a draft has become.
 *
 * @param destination the draft's own, or a stand-in while none is chosen: what leaves does not depend on it
 * @returns undefined while something is missing
 */
export function toResourcesRecipe(
  kind: ResourcesKind,
  draft: ResourcesDraft,
  selection: ResourcesFilter,
  destination: string,
): ResourcesRecipe | undefined {
  const { compress, key, table, formulas } = draft;
  const name = draft.name.trim();
  const common = { version: 1 as const, selection, compress, destination, ...(name === "" ? {} : { name }) };
  const packaged = { ...common, format: packageOf(draft) };
  if (kind === "report") {
    const { minimumCount, region, measures } = draft;
    return measures.length === 0
      ? undefined
      : ({ kind, ...packaged, measures: [...measures], minimumCount, region } satisfies ReportRecipe);
  }
  if (kind === "quality")
    return key === "" ? undefined : ({ kind, ...packaged, key, expect: [...draft.expect] } satisfies QualityRecipe);
  const policy = toPolicy(draft);
  if (policy === undefined) return undefined;
  if (kind === "fhir") {
    const { layout, gzip } = draft;
    return { kind, ...packaged, policy, layout, gzip: layout === "ndjson" && gzip } satisfies FhirRecipe;
  }
  const tabled = { ...common, format: formOf(kind, draft), policy, table, formulas };
  if (kind === "observations") return { kind, ...tabled, tidy: draft.tidy } satisfies ObservationsRecipe;
  return draft.views.length === 0 ? undefined : ({ kind, ...tabled, views: [...draft.views] } satisfies ViewRecipe);
}

/** Of what is never one file alone. */
function packageOf({ format }: ResourcesDraft): "zip" | "folder" {
  return format === "folder" ? "folder" : "zip";
}

/** One table alone may stand alone, or with its description beside it. */
export function mayStandAlone(kind: ResourcesKind, { views, tidy }: Pick<ResourcesDraft, "views" | "tidy">): boolean {
  return (kind === "view" && views.length === 1) || (kind === "observations" && tidy);
}

function formOf(kind: ResourcesKind, draft: ResourcesDraft): ResourcesDraft["format"] {
  return mayStandAlone(kind, draft) ? draft.format : packageOf(draft);
}

/** A draft that starts from a saved recipe or from an earlier job. What its kind does not say is as at first. */
export function toResourcesDraft(recipe: ResourcesRecipe): ResourcesDraft {
  const { selection, compress, format, name = "", destination } = recipe;
  const draft = { ...FIRST_RESOURCES_DRAFT, selection, compress, format, name, destination };
  if (recipe.kind === "report") {
    const { measures, minimumCount, region } = recipe;
    return { ...draft, measures, minimumCount, region };
  }
  if (recipe.kind === "quality") return { ...draft, key: recipe.key, expect: recipe.expect };
  const whole = { ...draft, ...fromPolicy(recipe.policy) };
  if (recipe.kind === "fhir") return { ...whole, layout: recipe.layout, gzip: recipe.gzip };
  const { table, formulas } = recipe;
  return recipe.kind === "view"
    ? { ...whole, table, formulas, views: recipe.views }
    : { ...whole, table, formulas, tidy: recipe.tidy };
}

function fromPolicy(policy: FhirPolicy): Partial<ResourcesDraft> {
  const { withoutConsent } = policy;
  if (policy.kind === "identified") return { identity: "identified", reason: policy.reason, withoutConsent };
  if (policy.kind === "rules") {
    const { name, document, key = "" } = policy;
    return { identity: "rules", rules: { name, document }, key, withoutConsent };
  }
  const { kind: _kind, codeSystems = [], ...rest } = policy;
  return { identity: "pseudonymised", ...rest, codeSystems };
}

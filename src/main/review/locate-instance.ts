import { setImmediate } from "node:timers/promises";
import { SatchelError } from "../../contract/errors.ts";
import type { ImagingRecipe } from "../../contract/recipe.ts";
import type { Catalog } from "../catalog/database.ts";
import { findInstance } from "../catalog/one-instance.ts";
import type { SelectedInstance } from "../catalog/selection.ts";
import { countingSelection, instancesAt, seriesBehind, studyKeys } from "../catalog/selection-window.ts";
import type { ImagingItem, PackagePlan } from "../exports/imaging/item.ts";
import { inTurns } from "../in-turns.ts";
import { planImaging } from "../exports/imaging/plan.ts";
import { analysesUnder, planNamesOf, type JobPolicy } from "../jobs/job-policy.ts";
import type { DocumentInstance } from "./side-messages.ts";

/** One instance of a plan, found without making the plan. */
export interface LocatedInstance {
  /** Instances of the selection. */
  instances: number;
  selected: SelectedInstance;
  item: ImagingItem;
  /** Its package, as far as the plan was followed. */
  plan: PackagePlan;
  /** What the metadata document says of its study. */
  study: DocumentInstance[];
  /** Which of `study` it is; -1 where it comes behind those that are shown. */
  own: number;
}

/** Instances of the study that the metadata document of a review lists: more than the text that is shown has room for. */
const MOST_LISTED = 1_000;
/** Studies read at once, and how long the planner may keep the thread that answers everybody. */
const STUDIES_AT_ONCE = 500;
const SLICE_MS = 10;

/**
 * Finds instance number `index` of a plan and the names it will bear. Those depend on what comes before it: studies and patients whose
 * names would be the same are told apart in the order in which they come. So the planner itself is led past one instance of each study
 * before, and through the study.
 *
 * @throws NOT_FOUND where the selection is empty or ends before `index`; USAGE as selectStudies; CANCELLED
 */
export async function locateInstance(
  catalog: Catalog,
  recipe: ImagingRecipe,
  policy: JobPolicy,
  index: number,
  signal: AbortSignal,
): Promise<LocatedInstance> {
  const { studies, starts } = await inTurns(countingSelection(catalog, recipe.selection), signal);
  const instances = starts.at(-1) ?? 0;
  if (index >= instances) throw notThere(instances);
  const at = starts.findLastIndex((start) => start <= index);
  const study = studies[at] ?? 0;
  const offset = index - (starts[at] ?? 0);

  const listed = found(catalog, instancesAt(catalog, study, 0, MOST_LISTED));
  const selected = listed[offset] ?? found(catalog, instancesAt(catalog, study, offset, 1))[0];
  const [first] = listed;
  if (selected === undefined || first === undefined) throw notThere(instances);

  const before = function* (): Generator<SelectedInstance> {
    for (let from = 0; from < at; from += STUDIES_AT_ONCE) {
      for (const key of studyKeys(catalog, studies.slice(from, Math.min(at, from + STUDIES_AT_ONCE))))
        yield { ...first, description: { ...first.description, ...key } };
    }
    yield* listed;
    // Only their number counts.
    for (let number = listed.length; number < offset; number++) yield first;
    if (offset >= listed.length) yield selected;
  };
  const analyses = analysesUnder(catalog, policy);
  const ofStudy: typeof analyses = (description) => (description === first.description ? analyses(description) : []);
  const plan = planImaging(recipe, before(), planNamesOf(policy), ofStudy);
  const items: ImagingItem[] = [];
  let sliceEnd = performance.now() + SLICE_MS;
  for (let number = 0; ; number++) {
    const next = plan.next();
    if (next.done === true) {
      const own = offset < listed.length ? offset : -1;
      const item = own < 0 ? items.at(-1) : items[own];
      const inPackage = next.value.at(-1);
      if (item === undefined || inPackage === undefined) throw notThere(instances);
      const shown: DocumentInstance[] = items.slice(0, listed.length).map((one) => ({ item: one, times: 1 }));
      const behind = seriesBehind(catalog, study, listed.length).flatMap(({ instance, times }) =>
        found(catalog, [instance]).map(({ description }) => ({ item: { ...item, description }, times, hidden: true })),
      );
      return { instances, selected, item, plan: inPackage, study: [...shown, ...behind], own };
    }
    const place = number - at;
    if (place >= 0 && (place < listed.length || place === offset)) items.push(next.value);
    if (performance.now() > sliceEnd) {
      await setImmediate();
      if (signal.aborted) throw new SatchelError("CANCELLED", "The review was cancelled.");
      sliceEnd = performance.now() + SLICE_MS;
    }
  }
}

function found(catalog: Catalog, ids: readonly number[]): SelectedInstance[] {
  return ids.map((id) => findInstance(catalog, id)).filter((one) => one !== undefined);
}

function notThere(instances: number): SatchelError {
  return instances === 0
    ? new SatchelError("NOT_FOUND", "Nothing is selected: the catalog holds no such instances.", "Select something.")
    : new SatchelError("NOT_FOUND", "The selection has changed and ends before this instance.", "Look again.");
}

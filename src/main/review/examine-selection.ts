import type { CountedReason } from "../../contract/held.ts";
import type { ImagingRecipe } from "../../contract/recipe.ts";
import type { Catalog } from "../catalog/database.ts";
import { countingSelection } from "../catalog/selection-window.ts";
import { iterateSelection } from "../catalog/selection.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import { inTurns } from "../in-turns.ts";
import { planImaging, planNames } from "../exports/imaging/plan.ts";
import type { JobPolicy } from "../jobs/job-policy.ts";
import { accessTo } from "./place.ts";
import type { SourceAccess } from "./side-messages.ts";
import type { SideThread } from "./side-thread.ts";

/** As far as an examination has come. `clean`, `heldBack` and `failed` together make `done`; `leaks` are among the failed. */
export interface Examination {
  done: number;
  total: number;
  clean: number;
  heldBack: CountedReason[];
  failed: CountedReason[];
  leaks: number;
}

const BATCH = 32;
/** Batches under way: one waits while the other is worked on. */
const UNDER_WAY = 2;

/**
 * Takes every instance of a selection through its policy without writing anything.
 *
 * @throws NOT_FOUND, USAGE (the selection), SOURCE_UNREACHABLE, SOURCE_REFUSED, CANCELLED
 */
export async function examineSelection(
  { catalog, scratch }: { catalog: Catalog; scratch: string },
  thread: SideThread,
  recipe: ImagingRecipe,
  policy: JobPolicy,
  onProgress: (examination: Examination) => void,
  signal: AbortSignal,
): Promise<Examination> {
  const total = (await inTurns(countingSelection(catalog, recipe.selection), signal)).starts.at(-1) ?? 0;
  const sum = { done: 0, clean: 0, leaks: 0 };
  const heldBack = new Map<string, CountedReason>();
  const failed = new Map<string, CountedReason>();
  const soFar = (): Examination => ({
    ...sum,
    total: Math.max(total, sum.done),
    heldBack: inOrder(heldBack),
    failed: inOrder(failed),
  });
  // Names do not matter here, and pseudonyms cost time.
  const items = planImaging(recipe, iterateSelection(catalog, recipe.selection), planNames(undefined, true), () => []);
  const sources = new Map<number, SourceAccess>();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const lane = async (): Promise<void> => {
    for (let batch = take(items); batch.length > 0; batch = take(items)) {
      for (const { source } of batch) if (!sources.has(source)) sources.set(source, accessTo(catalog, source));
      const answer = await thread.ask(
        { kind: "examine", sources: [...sources.values()], scratch, policy: policy.worker, items: batch },
        either,
      );
      sum.done += batch.length;
      sum.clean += answer.clean;
      sum.leaks += answer.leaks;
      for (const one of answer.heldBack) count(heldBack, one);
      for (const one of answer.failed) count(failed, one);
      onProgress(soFar());
    }
  };
  try {
    await Promise.all(Array.from({ length: UNDER_WAY }, lane));
  } finally {
    stop.abort();
  }
  return soFar();
}

function take(items: Iterator<ImagingItem, unknown>): ImagingItem[] {
  const batch: ImagingItem[] = [];
  while (batch.length < BATCH) {
    const next = items.next();
    if (next.done === true) break;
    batch.push(next.value);
  }
  return batch;
}

function count(reasons: Map<string, CountedReason>, one: Omit<CountedReason, "count">): void {
  const key = `${one.code} ${one.reason}`;
  const known = reasons.get(key);
  if (known === undefined) reasons.set(key, { ...one, count: 1 });
  else known.count++;
}

/** The most frequent first. */
function inOrder(reasons: Map<string, CountedReason>): CountedReason[] {
  return [...reasons.values()].map((one) => ({ ...one })).sort((one, other) => other.count - one.count);
}

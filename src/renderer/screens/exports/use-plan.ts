import { useDebouncedValue } from "@mantine/hooks";
import type { PlanSummary } from "../../../contract/job.ts";
import type { Recipe } from "../../../contract/recipe.ts";
import { useAnswer } from "../../client/query.ts";
import type { DestinationFacts } from "./start-reasons.ts";

/** A plan walks through the whole selection: it is not asked for at every letter that is typed. */
const PLAN_WAIT_MS = 200;

interface Planned<R extends Recipe> {
  /** The recipe that `plan` is of; undefined while the draft is not whole. */
  planned: R | undefined;
  /** What is known, if only of the draft as it was a moment ago. */
  plan: PlanSummary | undefined;
  /** Of the draft as it is now. */
  current: PlanSummary | undefined;
  /** Why there is no plan. */
  problem: Error | null;
  /** There is none of the draft as it is now, and there will be none. */
  failed: boolean;
  uncounted: "counting" | "failed" | "incomplete";
  /** Of the file system behind the destination. */
  place: DestinationFacts | undefined;
}

/** @param destination as chosen; empty while it is not, although the recipe has a stand-in for it */
export function usePlan<R extends Recipe>(recipe: R | undefined, destination: string): Planned<R> {
  const [planned] = useDebouncedValue(recipe, PLAN_WAIT_MS);
  const answer = useAnswer("exports.plan", planned as Recipe, { enabled: planned !== undefined, keepPrevious: true });
  const list = useAnswer("folders.list", { path: destination }, { enabled: destination !== "" });
  const isCurrent =
    JSON.stringify(planned) === JSON.stringify(recipe) && !answer.isPlaceholderData && !answer.isFetching;
  const plan = planned === undefined || answer.error !== null ? undefined : answer.data;
  return {
    planned,
    plan,
    current: isCurrent ? plan : undefined,
    problem: planned === undefined ? null : answer.error,
    failed: isCurrent && answer.error !== null,
    uncounted: recipe === undefined ? "incomplete" : answer.error === null ? "counting" : "failed",
    place: list.data?.place,
  };
}

/** Counts and rows do not depend on where the packages go: until a folder is chosen the plan is made for the home folder. */
export function useStandInDestination(): string | undefined {
  const places = useAnswer("folders.places", {});
  if (places.isPending) return undefined;
  return places.data?.find(({ kind }) => kind === "home")?.path ?? "/";
}
